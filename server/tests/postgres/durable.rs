//! The power goes: what was acknowledged is there when the database comes back, and a server that does not wait for the disk loses it.

use daiban_server::app::{App, Bug};
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::sql::settings;
use daiban_server::db::{Address, DbError};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Work that is acknowledged before the crash.
const ACKNOWLEDGED: u8 = 20;

/// A PostgreSQL server of this test's own, which may be killed.
struct Cluster {
    folder: PathBuf,
    url: String,
}

impl Cluster {
    fn start() -> Cluster {
        let folder = std::env::temp_dir().join(format!("daiban-durable-{}", std::process::id()));
        let url = script("start", &folder);
        Cluster { folder, url }
    }

    /// All its processes end at once, with whatever they had not written yet; it then recovers from its log.
    fn crash(&self) {
        script("crash", &self.folder);
        assert_eq!(script("start", &self.folder), self.url);
    }

    fn order(&self, sql: &str) {
        postgres::Client::connect(&self.url, postgres::NoTls).unwrap().batch_execute(sql).unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        script("crash", &self.folder);
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

fn script(task: &str, folder: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/postgres");
    let done = Command::new(script).arg(task).arg(folder).output().unwrap();
    assert!(done.status.success(), "{task}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// How much of what was acknowledged is still there after a crash.
fn kept_after_crash(cluster: &Cluster, bugs: &[Bug], database: &str) -> usize {
    cluster.order(&format!("CREATE DATABASE {database}"));
    let url = format!("{}/{database}", cluster.url.rsplit_once('/').unwrap().0);
    let data = cluster.folder.with_extension(database);
    let config = Config { database: Some(url.clone()), ..Config::local(&data) };
    let app = App::open_with_bugs(config, Clock::system(), bugs).unwrap();
    // Everything until here is on the disk; what follows depends on how the writer commits.
    cluster.order("CHECKPOINT");
    for no in 0..ACKNOWLEDGED {
        app.db.write_blocking::<_, DbError>(move |tx| settings::set(tx, &format!("ack {no}"), &[no])).unwrap();
    }
    cluster.crash();
    drop(app);
    std::fs::remove_dir_all(&data).unwrap();
    let conn = Address::read(Some(&url), PathBuf::new()).unwrap().read_only().unwrap();
    (0..ACKNOWLEDGED).filter(|no| settings::get(&conn, &format!("ack {no}")).unwrap().is_some()).count()
}

#[test]
fn what_was_acknowledged_outlives_the_database_and_a_server_that_does_not_wait_is_found_out() {
    let cluster = Cluster::start();
    // The database writes its log for nobody but a commit that waits for it.
    cluster.order("ALTER SYSTEM SET wal_writer_delay = '10s'");
    cluster.order("SELECT pg_reload_conf()");
    assert_eq!(kept_after_crash(&cluster, &[], "waits"), usize::from(ACKNOWLEDGED));
    let kept = kept_after_crash(&cluster, &[Bug::NormalSync], "does_not");
    assert!(kept < usize::from(ACKNOWLEDGED), "a commit that did not wait for the disk was kept all the same: {kept}");
}
