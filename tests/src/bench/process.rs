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
        cpu_seconds(self.child.id(), OWN)
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

/// How many of the fields of `/proc/…/stat` from the 14th: a process's own user and system time.
const OWN: usize = 2;
/// With those of its children that ended.
const WITH_ENDED: usize = 4;

fn cpu_seconds(process: u32, fields: usize) -> f64 {
    let ticks: f64 = stat(process).iter().skip(11).take(fields).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / TICKS
}

/// The fields of `/proc/…/stat` behind the name in parentheses: the 3rd and so on.
fn stat(process: u32) -> Vec<String> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ').map(str::to_owned).collect()
}

/// CPU seconds so far of this very process, which plays the phones.
pub fn own_cpu_seconds() -> f64 {
    cpu_seconds(std::process::id(), OWN)
}

/// The process that started this one.
pub fn parent(process: u32) -> Option<u32> {
    stat(process).get(1)?.parse().ok()
}

/// CPU seconds so far of a process with all its children, also those that ended.
pub fn family_cpu_seconds(process: u32) -> f64 {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let children = ids.filter(|id| parent(*id) == Some(process));
    cpu_seconds(process, WITH_ENDED) + children.map(|id| cpu_seconds(id, OWN)).sum::<f64>()
}

/// Bytes of all files in a folder.
pub fn folder_bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|data| data.len()).sum()
}
