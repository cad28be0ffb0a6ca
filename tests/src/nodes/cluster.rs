//! A PostgreSQL cluster of our own with a standby, by way of `tests/postgres`.

use crate::house::root;
use crate::world::TempFolder;
use std::path::PathBuf;
use std::process::Command;

/// Two servers: one that takes writes, and one that every commit waits for.
pub struct Cluster {
    // First: the servers are stopped before their folders go.
    ends: Stopped,
    hosts: [String; 2],
    /// Which one takes writes.
    leads: usize,
    _folder: TempFolder,
}

struct Stopped([PathBuf; 2]);

impl Drop for Stopped {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = Command::new(root().join("tests/postgres")).arg("crash").arg(folder).status();
        }
    }
}

fn told(command: &str, folders: &[&PathBuf]) -> String {
    let done = Command::new(root().join("tests/postgres")).arg(command).args(folders).output().expect("tests/postgres runs");
    assert!(done.status.success(), "tests/postgres {command}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// `host:port` of an address.
fn host(url: &str) -> String {
    url.split(['@', '/']).find(|part| part.contains(':') && !part.ends_with(':')).expect("a host").to_owned()
}

impl Cluster {
    /// Starts both.
    pub fn start() -> Cluster {
        let folder = TempFolder::on_disk("cluster");
        let ends = Stopped(["one", "two"].map(|name| folder.path().join(name)));
        let one = host(&told("start", &[&ends.0[0]]));
        let two = host(&told("replica", &[&ends.0[0], &ends.0[1]]));
        Cluster { ends, hosts: [one, two], leads: 0, _folder: folder }
    }

    /// The address that finds whichever of them takes writes.
    pub fn url(&self) -> String {
        format!("postgres://daiban@{},{}/postgres?target_session_attrs=read-write", self.hosts[0], self.hosts[1])
    }

    /// Kills every process of the one that takes writes, and starts it again.
    pub fn crash_and_restart(&self) {
        told("crash", &[&self.ends.0[self.leads]]);
        told("start", &[&self.ends.0[self.leads]]);
    }

    /// Kills the one that takes writes for good; the other one takes its place.
    pub fn fail_over(&mut self) {
        told("crash", &[&self.ends.0[self.leads]]);
        self.leads = 1 - self.leads;
        told("promote", &[&self.ends.0[self.leads]]);
    }

    /// Makes the dead one the standby of the other.
    pub fn mend(&self) {
        told("replica", &[&self.ends.0[self.leads], &self.ends.0[1 - self.leads]]);
    }
}
