//! A folder of its own and the real binary.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// Monday 2026-11-23, 10:00 in Pulandian.
pub const MONDAY: i64 = 1_795_399_200;

/// A device of its own.
pub struct Device {
    folder: PathBuf,
    now: i64,
}

impl Device {
    /// A new one with a fixed clock.
    pub fn new() -> Device {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("daiban-field-{}-{number}", std::process::id()));
        Device { folder, now: MONDAY }
    }

    /// A new one that belongs to a person, by a server that says what it is told afterwards.
    pub fn enrolled(server: &str) -> Device {
        let device = Device::new();
        let done = device.json(&["enrol", "--server", server, "--code", "AB12-CD34", "--model", "测试"]);
        assert_eq!(done["person"]["id"], "wang", "{done}");
        device
    }

    /// With its clock set to a moment, Unix seconds.
    pub fn at(mut self, now: i64) -> Device {
        self.now = now;
        self
    }

    /// Its folder.
    pub fn folder(&self) -> &str {
        self.folder.to_str().unwrap()
    }

    /// The program with arguments, as a person runs it.
    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daiban-field"));
        command.env_clear().env("DAIBAN_FIELD_HOME", &self.folder).env("DAIBAN_FIELD_CLOCK", self.now.to_string());
        // A rule that a test of the tests has let go is let go in the program too.
        command.envs(std::env::var("DAIBAN_STUB").map(|line| ("DAIBAN_STUB", line)));
        command.args(args).output().unwrap()
    }

    /// With `--json`; must succeed.
    pub fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {text}{stderr}");
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{args:?}: {e}: {text}"))
    }

    /// With `--json`; must fail with this exit code. The error's code and Chinese sentence.
    pub fn refused(&self, args: &[&str], exit: i32) -> (String, String) {
        let output = self.run(&[args, &["--json"]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        let error = serde_json::from_str::<Value>(&text).unwrap_or_else(|e| panic!("{args:?}: {e}: {text}"))["error"].take();
        let part = |name: &str| error[name].as_str().unwrap_or_else(|| panic!("{args:?}: {error}")).to_owned();
        assert!(!part("en").is_empty());
        (part("code"), part("zh"))
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.folder);
    }
}
