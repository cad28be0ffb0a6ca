//! A file from the first step, with the rows of a rich store, brought up step by step.

use super::old_file::{LATER_TABLES, forget_later_columns, stepped};
use super::rich::{Place, Rich, open};
use super::steps;
use daiban_server::db::{Address, Db, DbError, Node};
use daiban_server::jobs;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Opened as the program does, and so brought up to date.
pub fn opened(file: &Path) -> Db {
    Db::open(&Address::File(file.to_owned()), Node::ONLY).unwrap()
}

pub fn version(file: &Path) -> i64 {
    Connection::open(file).unwrap().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

/// What the schema is made of, blanks aside.
fn schema(file: &Path) -> BTreeSet<String> {
    let conn = Connection::open(file).unwrap();
    let mut all = conn.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master").unwrap();
    let rows = all.query_map([], |row| {
        let parts: [String; 4] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
        Ok(parts.join(" | ").split_whitespace().collect::<Vec<_>>().join(" "))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Every table's rows, by the names of its columns.
fn content(file: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let conn = Connection::open(file).unwrap();
    let mut names = conn.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let rows = |name: &String| {
        let mut all = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let rows = all.query_map([], |row| {
            let values = columns.iter().enumerate().map(|(at, column)| Ok((column.clone(), row.get::<_, Value>(at)?)));
            values.collect::<rusqlite::Result<BTreeMap<_, _>>>()
        });
        (name.clone(), rows.unwrap().map(|row| format!("{:?}", row.unwrap())).collect())
    };
    names.iter().map(rows).collect()
}

#[test]
fn a_file_from_any_step_becomes_the_file_of_today() {
    let (rich, place) = (Rich::new(), Place::new("steps"));
    let fresh = place.0.join("fresh.sqlite");
    drop(opened(&fresh));
    forget_later_columns(&rich.file());
    let (schema_today, content_today) = (schema(&fresh), content(&rich.file()));
    assert_eq!(schema(&rich.file()), schema_today);
    let filled = |(name, rows): (&String, &BTreeSet<String>)| !rows.is_empty() || LATER_TABLES.contains(&name.as_str());
    assert!(content_today.iter().all(filled), "every table has rows");
    let all = steps::names(steps::FILE).len();
    for steps in 1..=all {
        let data = place.0.join(format!("from-{steps}"));
        std::fs::create_dir(&data).unwrap();
        for key in ["server.key", "office.token"] {
            std::fs::copy(rich.data().join(key), data.join(key)).unwrap();
        }
        let file = data.join("daiban.sqlite");
        stepped(&file, &rich.file(), steps);
        assert_eq!(version(&file), i64::try_from(steps).unwrap());
        drop(opened(&file));
        assert_eq!(version(&file), i64::try_from(all).unwrap());
        assert_eq!(schema(&file), schema_today, "from step {steps}");
        assert_eq!(content(&file), content_today, "from step {steps}");
        let app = open(&data, None);
        app.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap().unwrap();
    }
}
