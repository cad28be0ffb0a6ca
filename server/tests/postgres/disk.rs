//! A disk that is really full: under the tables, and under the server's log.

use super::cluster::{Cluster, SmallDisk};
use super::{count_up, counted, kept, name, name_of, open_at, order, scratch};
use daiban_server::db::sql::settings;
use daiban_server::db::{Db, DbError};
use daiban_server::random;
use std::time::{Duration, Instant};

/// Keeps what cannot be made smaller until it is refused; gives how many were kept, and why no more were.
fn fill(db: &Db) -> (u32, DbError) {
    let mut no = 0;
    loop {
        let bytes: Vec<u8> = (0..8).flat_map(|_| random::bytes::<32_768>()).collect();
        let done = db.write_blocking(move |tx| {
            settings::set(tx, &format!("first of {no}"), b"1")?;
            settings::set(tx, &format!("filling {no}"), &bytes)
        });
        match done {
            Ok(()) => no += 1,
            Err(error) => return (no, error),
        }
        assert!(no < 2000, "the disk is not small");
    }
}

#[test]
fn a_full_disk_under_the_tables_is_named_and_nothing_is_half_kept() {
    let disk = SmallDisk::of(24);
    let scratch = scratch();
    let (url, space) = (scratch.url(), format!("small_{}", std::process::id()));
    let admin = url.replace(name_of(&url), "postgres");
    order(&admin, &format!("CREATE TABLESPACE {space} LOCATION '{}'", disk.path().display()));
    order(&admin, &format!("ALTER DATABASE {} SET TABLESPACE {space}", name_of(&url)));
    let db = open_at(&url, "one").unwrap();
    // PostgreSQL may write a file of its own for a database's first connections, and refuses them where it cannot.
    assert!(!kept(&db, "n"));
    let (kept_so_far, error) = fill(&db);
    assert_eq!(name(&error), "Full");
    assert!(error.zh().contains("磁盘已满"));
    assert!(kept(&db, &format!("filling {}", kept_so_far - 1)), "it may still be read");
    for half in ["first of", "filling"] {
        assert!(!kept(&db, &format!("{half} {kept_so_far}")), "{half}: nothing of what was refused is there");
    }
    println!("FIGURE full disk: {kept_so_far} kept, then {}", error.zh());
    disk.grow(64);
    count_up(&db, "n").unwrap();
    assert_eq!(counted(&db, "n"), 1, "with room again it goes on by itself");
    drop(db);
    order(&admin, &format!("DROP DATABASE {} WITH (FORCE)", name_of(&url)));
    order(&admin, &format!("DROP TABLESPACE {space}"));
}

#[test]
fn a_full_disk_under_the_log_loses_nothing_that_was_confirmed() {
    let disk = SmallDisk::of(40);
    let cluster = Cluster::fresh();
    let url = cluster.database("day");
    cluster.stop("stop");
    cluster.move_log(disk.path());
    cluster.start().unwrap();
    let db = open_at(&url, "one").unwrap();
    let (kept_so_far, error) = fill(&db);
    // The server itself goes down when it cannot write its log.
    assert!(["Full", "Lost", "Unreachable", "Uncertain"].contains(&name(&error).as_str()), "{error:?}");
    println!("FIGURE full log: {kept_so_far} kept, then {}", error.zh());
    disk.grow(400);
    // It may have come back by itself or not; either way it is started with room.
    cluster.stop("crash");
    cluster.start().unwrap();
    let began = Instant::now();
    while let Err(error) = count_up(&db, "n") {
        assert!(began.elapsed() < Duration::from_secs(20), "{error:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
    for no in 0..kept_so_far {
        assert!(kept(&db, &format!("filling {no}")), "{no} was confirmed");
    }
    let halves = [format!("first of {kept_so_far}"), format!("filling {kept_so_far}")].map(|key| kept(&db, &key));
    assert!(halves[0] == halves[1], "the last one is there whole or not at all: {halves:?}");
}
