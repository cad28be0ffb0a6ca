//! Every way to ask wrongly has a name, a sentence and an exit code, and changes nothing anywhere.

use super::rich::{Place, Rich, copied, fingerprints, open};
use super::{Told, client, migrate, scratch, sqlite};
use std::path::{Path, PathBuf};

/// Looks at how a command did not go.
fn refused(told: &Told, code: i32, name: &str) {
    assert_eq!((told.code, told.document["code"].as_str()), (code, Some(name)), "{}\n{}", told.stderr, told.document);
    let zh = told.document["detail"].as_str().unwrap();
    assert!((zh.contains('请') || zh.contains("格式为")) && told.stderr.contains(zh), "says what to do: {zh}");
    assert!(!told.stderr.contains("secret") && !told.document.to_string().contains("secret"), "{}", told.stderr);
}

fn write(folder: &Place, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.0.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A copy of the data folder in which SQL was run past the program.
fn changed(rich: &Rich, place: &Place, name: &str, sql: &str) -> PathBuf {
    let folder = place.0.join(name);
    copied(&rich.data(), &folder);
    let conn = rusqlite::Connection::open(folder.join("daiban.sqlite")).unwrap();
    let triggers = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master WHERE type = 'trigger'";
    let drop: String = conn.query_row(triggers, [], |row| row.get(0)).unwrap();
    conn.execute_batch(&drop).unwrap();
    conn.execute_batch(sql).unwrap();
    folder
}

#[test]
fn a_source_that_is_none_is_told_by_name() {
    let (place, database) = (Place::new("none"), scratch());
    let to = database.url();
    let at = |path: &Path| migrate(&place.0, &sqlite(path), &to);
    refused(&at(&place.0.join("missing.sqlite")), 2, "no_database");
    refused(&at(&place.0), 2, "no_database");
    refused(&at(&write(&place, "text", &b"not a database, but long enough to be looked at\n".repeat(40))), 2, "not_daiban");
    refused(&at(&write(&place, "empty", b"")), 2, "not_daiban");
    let other = place.0.join("other.sqlite");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE setting (x); PRAGMA user_version = 1").unwrap();
    refused(&at(&other), 2, "not_daiban");
    for unnamed in ["data", "sqlite:", "mysql://a/b"] {
        refused(&migrate(&place.0, unnamed, &to), 2, "store_unnamed");
    }
    refused(&migrate(&place.0, &to, &to), 2, "same_kind");
    refused(&migrate(&place.0, &sqlite(&other), &sqlite(&other)), 2, "same_kind");
    refused(&migrate(&place.0, &to, &sqlite(&place.0.join("new.sqlite"))), 2, "not_daiban");
    assert!(!place.0.join("new.sqlite").exists());
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    assert_eq!(client(&to).query_one(tables, &[]).unwrap().get::<_, i64>(0), 0, "the target was not even touched");
}

#[test]
fn a_source_that_is_not_as_it_should_be_is_left_alone() {
    let (rich, place, database) = (Rich::new(), Place::new("source"), scratch());
    let to = database.url();
    let at = |folder: &Path, code, name| {
        let before = fingerprints(folder);
        let told = migrate(&place.0, &sqlite(folder), &to);
        refused(&told, code, name);
        assert_eq!(fingerprints(folder), before, "{name}");
        told
    };
    at(&changed(&rich, &place, "newer", "PRAGMA user_version = 99"), 2, "database");
    let cut = changed(&rich, &place, "cut", "");
    let file = std::fs::OpenOptions::new().write(true).open(cut.join("daiban.sqlite")).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    at(&cut, 1, "damaged");
    let nul = changed(&rich, &place, "nul", "UPDATE person SET name = 'a' || char(0) || 'b' WHERE id = 'wang'");
    let told = at(&nul, 1, "text_with_nul");
    let where_it_is = told.document["detail"].as_str().unwrap();
    assert!(["person", "wang", "name"].iter().all(|part| where_it_is.contains(part)), "{where_it_is}");
    let stray = changed(&rich, &place, "stray", "UPDATE notice SET case_no = 999 WHERE no = 2");
    let told = at(&stray, 1, "stray_row");
    assert!(told.document["detail"].as_str().unwrap().contains("notice"), "{}", told.document);
    let tampered = changed(&rich, &place, "tampered", "UPDATE case_row SET received_at = received_at + 1 WHERE sequence = 2");
    at(&tampered, 1, "verify_failed");
    let other_key = changed(&rich, &place, "other_key", "");
    std::fs::write(other_key.join("server.key"), "11".repeat(32)).unwrap();
    at(&other_key, 2, "other_key");
    let held = open(&rich.data(), None);
    refused(&migrate(&place.0, &sqlite(&rich.data()), &to), 2, "in_use");
    drop(held);
    let told = migrate(&place.0, &sqlite(&rich.data()), &to);
    assert_eq!(told.code, 0, "all that left the target empty: {}", told.stderr);
}

#[test]
fn a_target_that_cannot_be_filled_is_told_by_name() {
    let (rich, database) = (Rich::new(), scratch());
    let (from, to) = (sqlite(&rich.data()), database.url());
    let at = |to: &str| migrate(&rich.data(), &from, to);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    refused(&at(&format!("postgres://daiban:secret@{closed}/x")), 1, "database");
    refused(&at(&format!("{}/no_such_database", to.rsplit_once('/').unwrap().0)), 1, "database");
    refused(&at("postgres://127.0.0.1"), 2, "store_unnamed");
    client(&to).batch_execute("CREATE TABLE invoice (no BIGINT); INSERT INTO invoice VALUES (7)").unwrap();
    let told = at(&to);
    refused(&told, 2, "not_empty");
    assert!(told.document["detail"].as_str().unwrap().contains("invoice"));
    assert_eq!(client(&to).query_one("SELECT no FROM invoice", &[]).unwrap().get::<_, i64>(0), 7);
    let tables = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
    assert_eq!(client(&to).query_one(tables, &[]).unwrap().get::<_, i64>(0), 1, "somebody else's database got no table");
    let begun = scratch();
    let place = Place::new("begun");
    drop(open(&place.0, Some(begun.url())));
    refused(&at(&begun.url()), 2, "not_empty");
}

#[test]
fn the_way_back_looks_as_closely() {
    let (rich, database, home) = (Rich::new(), scratch(), Place::new("home"));
    let url = database.url();
    assert_eq!(migrate(&rich.data(), &sqlite(&rich.data()), &url).code, 0);
    let file = sqlite(&home.0.join("daiban.sqlite"));
    let back = |to: &str| migrate(&home.0, &url, to);
    refused(&back(&sqlite(&rich.file())), 2, "exists");
    refused(&back(&sqlite(&home.0.join("nowhere/other.sqlite"))), 2, "no_database");
    refused(&back(&sqlite(&home.0.join("nowhere/deeper/daiban.sqlite"))), 2, "no_database");
    std::fs::write(home.0.join("server.key"), "11".repeat(32)).unwrap();
    refused(&back(&file), 2, "other_key");
    std::fs::remove_file(home.0.join("server.key")).unwrap();
    let node = open(&rich.data(), Some(url.clone()));
    refused(&back(&file), 2, "in_use");
    drop(node);
    client(&url).batch_execute("DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)").unwrap();
    refused(&back(&file), 2, "older_schema");
    refused(&back(&sqlite(&home.0.join("new"))), 2, "older_schema");
    client(&url).batch_execute("INSERT INTO migration VALUES (99, 'of tomorrow')").unwrap();
    refused(&back(&file), 2, "database");
    assert_eq!(fingerprints(&home.0).len(), 0);
}
