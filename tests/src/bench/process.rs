//! The server in a process of its own, so that its CPU and memory are its own.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// Clock ticks a second of /proc; fixed on Linux.
const TICKS: f64 = 100.0;

/// Unix seconds.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}

/// A server on a data folder, in a child process of this very program.
pub struct ServerProcess {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl ServerProcess {
    /// Starts `this program --serve FOLDER` (on that database server, if one is named) and waits until it listens.
    pub fn start(folder: &Path, database: Option<&str>) -> Result<ServerProcess, Box<dyn Error>> {
        let mut child = Command::new(std::env::current_exe()?)
            .envs(database.map(|url| ("DAIBAN_DATABASE", url)))
            .arg("--serve")
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        Ok(ServerProcess { child, address: line.trim().parse()? })
    }

    /// CPU seconds so far, user and system.
    pub fn cpu_seconds(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        // Fields 14 and 15, counted behind the name in parentheses.
        let rest = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        let ticks: f64 = rest.split(' ').skip(11).take(2).filter_map(|f| f.parse::<f64>().ok()).sum();
        ticks / TICKS
    }

    /// The most memory it ever had, MB.
    pub fn peak_rss_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
    }

    /// Ends it gracefully: it stops when its input is closed.
    pub fn stop(mut self) -> Result<(), Box<dyn Error>> {
        drop(self.child.stdin.take());
        self.child.wait()?;
        Ok(())
    }
}

/// Bytes of all files in a folder.
pub fn folder_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|data| data.len()).sum()
}
