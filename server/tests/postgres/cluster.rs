//! A PostgreSQL server of a test's own, which may be stopped, copied and filled up.

use super::order;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// The server; stopped and removed with the value.
pub struct Cluster {
    folder: PathBuf,
    url: String,
}

impl Cluster {
    /// A fresh one in a folder of its own.
    pub fn fresh() -> Cluster {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("daiban-cluster-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Cluster::at(std::env::temp_dir().join(name))
    }

    /// One in that folder, which it owns from now on.
    pub fn at(folder: PathBuf) -> Cluster {
        let url = script("start", &[&folder]).unwrap_or_else(|why| panic!("no PostgreSQL in {}: {why}", folder.display()));
        Cluster { folder, url }
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("{}/{database}", self.url.rsplit_once('/').unwrap().0)
    }

    /// Makes an empty database and gives its address.
    pub fn database(&self, name: &str) -> String {
        order(&self.url, &format!("CREATE DATABASE {name}"));
        self.url(name)
    }

    /// Its administrator's database.
    pub fn admin(&self) -> &str {
        &self.url
    }

    /// Stops it: `stop` ends every session, `crash` does not even write down what is in memory.
    pub fn stop(&self, how: &str) {
        script(how, &[&self.folder]).unwrap();
    }

    /// Starts it again where it was.
    pub fn start(&self) -> Result<(), String> {
        script("start", &[&self.folder]).map(drop)
    }

    /// Lets it speak TLS under that certificate and key, and asks for it wherever a password is asked for.
    pub fn with_tls(&self, certificate: &Path, key: &Path) {
        let data = self.folder.join("data");
        for (from, to) in [(certificate, "server.crt"), (key, "server.key")] {
            let (from, to) = (from.display().to_string(), data.join(to).display().to_string());
            as_owner(&["cp", &from, &to]);
            as_owner(&["chmod", "600", &to]);
        }
        let access = data.join("pg_hba.conf");
        let rules = std::fs::read_to_string(&access)
            .unwrap()
            .replace("host all locked", "hostnossl all locked 127.0.0.1/32 reject\nhostssl all locked");
        std::fs::write(&access, rules + "\n").unwrap();
        order(&self.url, "ALTER SYSTEM SET ssl = on");
        order(&self.url, "SELECT pg_reload_conf()");
    }

    /// Moves its log to another disk, while it is stopped.
    pub fn move_log(&self, disk: &Path) {
        let (log, moved) = (self.folder.join("data/pg_wal"), disk.join("pg_wal"));
        as_owner(&["cp", "-a", &log.display().to_string(), &moved.display().to_string()]);
        std::fs::remove_dir_all(&log).unwrap();
        std::os::unix::fs::symlink(moved, log).unwrap();
    }

    /// A replica that follows it, read-only until it is promoted.
    pub fn replica(&self) -> Cluster {
        let folder = self.folder.with_extension("standby");
        let url = script("replica", &[&self.folder, &folder]).unwrap();
        Cluster { folder, url }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = script("crash", &[&self.folder]);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn script(task: &str, folders: &[&Path]) -> Result<String, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/postgres");
    // Into a file: the server inherits a pipe and would keep it open.
    let said = folders[0].with_extension(task);
    let out = std::fs::File::create(&said).unwrap();
    let done = Command::new(script).arg(task).args(folders).stdout(out.try_clone().unwrap()).stderr(out).status().unwrap();
    let text = std::fs::read_to_string(&said).unwrap();
    let _ = std::fs::remove_file(said);
    if done.success() { Ok(text.trim().to_owned()) } else { Err(text) }
}

/// Who owns clusters: the server refuses to be run as root.
enum Owner {
    /// Whoever runs the tests.
    Ourselves,
    /// Debian's user for it.
    Postgres,
    /// In a user namespace root is an ordinary user by another number: there it is given one that is not 0.
    Renumbered,
}

impl Owner {
    fn now() -> Owner {
        if Command::new("id").arg("-u").output().unwrap().stdout != b"0\n" {
            return Owner::Ourselves;
        }
        let tried = Command::new("runuser").args(["-u", "postgres", "--", "true"]).output();
        if tried.is_ok_and(|done| done.status.success()) { Owner::Postgres } else { Owner::Renumbered }
    }

    /// The words that stand before a command of the owner's.
    fn prefix(&self) -> &'static [&'static str] {
        match self {
            Owner::Ourselves => &[],
            Owner::Postgres => &["runuser", "-u", "postgres", "--"],
            Owner::Renumbered => &["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"],
        }
    }
}

/// Runs a program of PostgreSQL's, or another, as the user who owns clusters.
fn as_owner(command: &[&str]) {
    let (program, rest) = command.split_first().unwrap();
    let newest = std::fs::read_dir("/usr/lib/postgresql")
        .ok()
        .and_then(|all| all.flatten().map(|entry| entry.path().join("bin").join(program)).filter(|p| p.exists()).max())
        .unwrap_or_else(|| PathBuf::from(program));
    let words: Vec<_> = Owner::now().prefix().iter().map(|word| PathBuf::from(*word)).chain([newest]).collect();
    run(Command::new(&words[0]).args(&words[1..]).args(rest), command);
}

fn run(command: &mut Command, told_as: &[&str]) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}: {}", told_as.join(" "), String::from_utf8_lossy(&done.stderr));
}

/// A small disk of its own, unmounted with the value.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Of so many megabytes, owned by the database's user.
    pub fn of(megabytes: u32) -> SmallDisk {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("daiban-disk-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let disk = SmallDisk(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&disk.0).unwrap();
        disk.mount(&format!("size={megabytes}m"));
        if matches!(Owner::now(), Owner::Postgres) {
            run(Command::new("chown").arg("postgres").arg(&disk.0), &["chown"]);
        }
        disk
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Makes it larger.
    pub fn grow(&self, megabytes: u32) {
        self.mount(&format!("remount,size={megabytes}m"));
    }

    fn mount(&self, options: &str) {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&self.0).output().unwrap();
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(
            done.status.success(),
            "this test needs the right to mount a small tmpfs, as root or in a user namespace (tests/run postgres): {why}"
        );
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}
