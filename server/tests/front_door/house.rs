//! A server in a process of its own, with its own limits and phones that are enrolled.

use daiban_core::ids::{DeviceId, PersonId, UnitId};
use daiban_core::people::Role;
use daiban_core::sync::{Signer, SoftwareKey};
use daiban_server::app::{App, Folder};
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::sql::devices::{self, Device, DeviceState};
use daiban_server::db::sql::directory::{self, Person};
use daiban_server::db::{DbError, Transaction};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// The running server.
pub struct House {
    /// Its data folder.
    pub data: PathBuf,
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
}

/// How many sockets of a kind: few in the ordinary run, `DAIBAN_FRONT_DOOR` of them in the long one.
pub fn many(ordinary: usize) -> usize {
    std::env::var("DAIBAN_FRONT_DOOR").ok().and_then(|n| n.parse().ok()).unwrap_or(ordinary)
}

/// The key of the phone of that number.
pub fn key(no: usize) -> SoftwareKey {
    let mut secret = [7; 32];
    secret[..8].copy_from_slice(&(no as u64).to_be_bytes());
    SoftwareKey::from_secret(&secret)
}

impl House {
    /// `limits`: lines of the configuration's `[limits]`; `files`: what the process may hold open.
    pub fn start(limits: &str, phones: usize, files: Option<u32>) -> House {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("daiban-front-door-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let data = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&data);
        let app = App::open(Config::local(&data), Clock::system()).unwrap();
        let now = app.now();
        app.db.write_blocking(move |tx| enrolled(tx, phones, now)).unwrap();
        drop(app);
        let config = data.join("daiban.toml");
        std::fs::write(&config, format!("[limits]\n{limits}\n")).unwrap();
        let set = files.map(|files| format!("ulimit -n {files};")).unwrap_or_default();
        let mut serve = Command::new("sh");
        serve.args(["-c", &format!("{set} exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_daiban")]);
        serve.arg("--data").arg(&data).arg("--config").arg(&config).args(["--listen", "127.0.0.1:0", "serve"]);
        let mut child = serve.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        // Nobody reads what it says, as after the death of whoever started it: no line of its log can be written.
        drop(child.stderr.take());
        let served = (0..600).find_map(|_| {
            std::thread::sleep(Duration::from_millis(50));
            Folder::served(&data)
        });
        House { address: served.unwrap().address, data, child }
    }

    /// The office token.
    pub fn token(&self) -> String {
        Folder::office_token(&self.data).unwrap()
    }

    /// Resident memory in MB, now and at its highest.
    pub fn memory(&self) -> (u64, u64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let mb = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
        };
        (mb("VmRSS:"), mb("VmHWM:"))
    }

    /// Sends SIGTERM and waits for the end: its exit code, and how long it took.
    pub fn terminate(&mut self) -> (Option<i32>, Duration) {
        let told = Instant::now();
        let kill = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(kill.success());
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status.code(), told.elapsed());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("still there 30 seconds after it was told to stop");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

fn enrolled(tx: &Transaction<'_>, phones: usize, now: i64) -> Result<(), DbError> {
    for no in 0..phones {
        let (id, key) = (PersonId(format!("agent-{no}")), key(no).public_key());
        let (name, unit) = (id.to_string(), UnitId::from("commerce"));
        let person =
            Person { id: id.clone(), name, unit, role: Role::UnitAgent, group: None, phone: None, joined_at: now, left_at: None };
        directory::put_person(tx, &person)?;
        let device = Device {
            id: DeviceId::of(&key),
            person: id,
            public_key: key,
            model: "test".into(),
            state: DeviceState::Active,
            confirmation: "000000".into(),
            enrolled_at: now,
            counter: 0,
            seen_at: None,
            unsent: None,
            floor: None,
        };
        devices::insert(tx, &device)?;
    }
    Ok(())
}
