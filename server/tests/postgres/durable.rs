//! The power goes: what was acknowledged is there when the database comes back, and a server that does not wait for the disk loses it.

use super::cluster::Cluster;
use super::order;
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::sql::settings;
use daiban_server::db::{Address, DbError};
use daiban_server::planted::Bug;
use std::path::PathBuf;

/// Work that is acknowledged before the crash.
const ACKNOWLEDGED: u8 = 20;

/// How much of what was acknowledged is still there after a crash.
fn kept_after_crash(cluster: &Cluster, bugs: &[Bug], database: &str) -> usize {
    let url = cluster.database(database);
    let data = std::env::temp_dir().join(format!("daiban-durable-{database}-{}", std::process::id()));
    let config = Config { database: Some(url.clone()), ..Config::local(&data) };
    let app = App::open_with_bugs(config, Clock::system(), bugs).unwrap();
    // Everything until here is on the disk; what follows depends on how the writer commits.
    order(cluster.admin(), "CHECKPOINT");
    for no in 0..ACKNOWLEDGED {
        app.db.write_blocking::<_, DbError>(move |tx| settings::set(tx, &format!("ack {no}"), &[no])).unwrap();
    }
    cluster.stop("crash");
    cluster.start().unwrap();
    drop(app);
    std::fs::remove_dir_all(&data).unwrap();
    let conn = Address::read(Some(&url), PathBuf::new()).unwrap().read_only().unwrap();
    (0..ACKNOWLEDGED).filter(|no| settings::get(&conn, &format!("ack {no}")).unwrap().is_some()).count()
}

#[test]
fn what_was_acknowledged_outlives_the_database_and_a_server_that_does_not_wait_is_found_out() {
    let cluster = Cluster::fresh();
    // The database writes its log for nobody but a commit that waits for it.
    order(cluster.admin(), "ALTER SYSTEM SET wal_writer_delay = '10s'");
    order(cluster.admin(), "SELECT pg_reload_conf()");
    assert_eq!(kept_after_crash(&cluster, &[], "waits"), usize::from(ACKNOWLEDGED));
    let kept = kept_after_crash(&cluster, &[Bug::NormalSync], "does_not");
    assert!(kept < usize::from(ACKNOWLEDGED), "a commit that did not wait for the disk was kept all the same: {kept}");
}
