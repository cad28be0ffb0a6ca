//! One server process on a data folder.

use crate::world::over_socket;
use daiban_server::app::Folder;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it can work.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// A server that runs. Killed with the value.
pub struct Process {
    child: Child,
    /// `http://…` where it listens.
    pub url: String,
}

/// The shipped server: what `DAIBAN_BIN` names, or else the release build.
fn binary() -> PathBuf {
    std::env::var_os("DAIBAN_BIN")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/daiban"), PathBuf::from)
}

/// The program on a data folder and its database.
pub fn program(data: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(binary());
    command.arg("--data").arg(data);
    if let Some(database) = database {
        command.args(["--database", database]);
    }
    command
}

impl Process {
    /// Starts the server and waits until it has announced where it listens.
    pub fn start(data: &Path, database: Option<&str>, listen: &str, more: &[&str]) -> Process {
        let mut command = program(data, database);
        command.args(["--listen", listen]).args(more).arg("serve");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the server binary is built");
        let mut said = BufReader::new(child.stdout.take().expect("its words"));
        let mut line = String::new();
        let url = loop {
            line.clear();
            assert!(said.read_line(&mut line).expect("its words") > 0, "the server ended before it listened");
            if let Some(served) = Folder::served(data) {
                break format!("http://{}", served.address);
            }
        };
        // It may go on talking; a full pipe must not stop it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Process { child, url }
    }

    /// Waits until it says that it can work.
    pub fn ready(&self) {
        let began = Instant::now();
        while !over_socket(&self.url, "GET", "/v1/health", &[], &[]).is_some_and(|reply| reply.is_success()) {
            assert!(began.elapsed() < READY_WITHIN, "{} is not ready", self.url);
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// kill −9, and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().expect("the server is killed");
        self.child.wait().expect("it is gone");
    }

    /// Freezes it, as a machine without processor time would; [`Process::thaw`] lets it go on.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// See [`Process::freeze`].
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill");
        assert!(told.success(), "kill {signal} of a process of our own");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that is dead already needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
