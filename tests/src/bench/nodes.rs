//! One or more server processes on one store, and the CPU that everything in the bench takes.

use super::process::{ServerProcess, family_cpu_seconds, own_cpu_seconds, parent};
use daiban_server::db::{Address, DbError};
use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The processes.
pub struct Nodes {
    running: Vec<ServerProcess>,
    /// The database server's first process.
    database: Option<u32>,
}

/// CPU seconds so far, user and system.
pub struct Cpu {
    /// The server's processes.
    pub server: f64,
    /// The database server.
    pub database: f64,
    /// This program.
    pub phones: f64,
}

impl Cpu {
    /// What was taken since.
    pub fn since(&self, before: &Cpu) -> Cpu {
        Cpu {
            server: self.server - before.server,
            database: self.database - before.database,
            phones: self.phones - before.phones,
        }
    }
}

impl Nodes {
    /// Starts them; all but the first get a data folder of their own with the first one's keys.
    pub fn start(folder: &Path, database: Option<&str>, count: usize) -> Result<Nodes, Box<dyn Error>> {
        let mut running = vec![ServerProcess::start(folder, database)?];
        for no in 1..count {
            let other = folder.join(format!("node{no}"));
            std::fs::create_dir_all(&other)?;
            for key in ["server.key", "office.token"] {
                std::fs::copy(folder.join(key), other.join(key))?;
            }
            running.push(ServerProcess::start(&other, database)?);
        }
        let database = database.map(first_process).transpose()?.flatten();
        Ok(Nodes { running, database })
    }

    /// Where the next phone turns to.
    pub fn address(&self, turn: usize) -> SocketAddr {
        self.running[turn % self.running.len()].address
    }

    /// So far.
    pub fn cpu(&self) -> Cpu {
        Cpu {
            server: self.running.iter().map(ServerProcess::cpu_seconds).sum(),
            database: self.database.map_or(0.0, family_cpu_seconds),
            phones: own_cpu_seconds(),
        }
    }

    /// The most memory one of them ever had, MB.
    pub fn peak_rss_mb(&self) -> f64 {
        self.running.iter().map(ServerProcess::peak_rss_mb).fold(0.0, f64::max)
    }

    /// Ends them gracefully.
    pub fn stop(self) -> Result<(), Box<dyn Error>> {
        self.running.into_iter().try_for_each(ServerProcess::stop)
    }
}

/// The first process of a database server on this machine: the one that started the process behind a connection.
fn first_process(url: &str) -> Result<Option<u32>, DbError> {
    let conn = Address::read(Some(url), PathBuf::new())?.read_only()?;
    Ok(parent(conn.number("SELECT pg_backend_pid()::bigint", &[])?))
}
