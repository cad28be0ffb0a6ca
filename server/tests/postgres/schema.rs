//! The shape that lets rows be spread over machines, read from the database's own catalogue.

use super::{open, scratch};
use daiban_server::db::{Address, Connection, Db, DbError, Node, OFFICE_WORK, Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

fn tables(conn: &Connection) -> Result<Vec<String>, DbError> {
    conn.all("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace", &[], |row| row.get(0))
}

#[test]
fn every_unique_key_holds_the_column_by_which_its_table_is_spread() {
    let scratch = scratch();
    let db = open(&scratch);
    let mut spread = BTreeMap::new();
    db.read(|conn| -> Result<(), DbError> {
        for table in tables(conn)? {
            let comment = "SELECT obj_description(to_regclass(?1::text), 'pg_class')";
            let comment: Option<String> = conn.one(comment, params![table], |row| row.get(0))?.flatten();
            let by =
                comment.as_deref().and_then(|c| c.strip_prefix("spread: ")).unwrap_or_else(|| panic!("{table} says nothing"));
            spread.insert(table.clone(), by.to_owned());
            if by == "everywhere" {
                continue;
            }
            let keys = "SELECT i.indexrelid::regclass::text, (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = i.indrelid \
                        AND a.attname = ?2::text AND a.attnum = ANY (i.indkey) AND a.attnotnull) \
                        FROM pg_index i WHERE i.indrelid = to_regclass(?1::text) AND i.indisunique";
            let keys: Vec<(String, i64)> = conn.all(keys, params![table, by], |row| Ok((row.get(0)?, row.get(1)?)))?;
            assert!(!keys.is_empty(), "{table} has no key");
            for (key, holds) in keys {
                assert_eq!(holds, 1, "unique key {key} of {table} does not hold {by}");
            }
        }
        Ok(())
    })
    .unwrap();
    let case_tables: BTreeSet<&str> =
        spread.iter().filter(|(_, by)| by.as_str() == "case_no").map(|(table, _)| table.as_str()).collect();
    assert_eq!(
        case_tables,
        BTreeSet::from(["actor", "case_person", "case_row", "duty", "fact", "notice", "seal_key", "statement", "unrecognised"])
    );
    assert_eq!(spread["case_head"], "no");
}

/// What the notes for engines that spread rows say of each table, in their table and in their statements for Citus.
fn noted() -> [BTreeMap<String, String>; 2] {
    let notes = include_str!("../../migrations/postgres/README.md");
    let quoted = |text: &str, mark| text.split(mark).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = notes.lines().filter(|line| line.starts_with("| `")).flat_map(|line| {
        let cells: Vec<&str> = line.split('|').collect();
        let by = quoted(cells[1], '`').remove(0);
        quoted(cells[2], '`').into_iter().map(move |table| (table, by.clone()))
    });
    let statements = notes.lines().filter(|line| line.starts_with("SELECT create_")).map(|line| {
        let mut said = quoted(line, '\'').into_iter();
        let (table, by) = (said.next().unwrap(), said.next().unwrap_or_else(|| "everywhere".into()));
        let with_its_case = line.contains("colocate_with => 'case_head'");
        assert_eq!(with_its_case, by == "case_no", "{line}");
        (table, by)
    });
    [rows.collect(), statements.collect()]
}

#[test]
fn the_notes_for_engines_that_spread_rows_say_what_the_schema_says() {
    let scratch = scratch();
    let sql = "SELECT c.relname::text, substr(obj_description(c.oid, 'pg_class'), 9) FROM pg_class c \
               WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace";
    let schema: BTreeMap<String, String> = open(&scratch)
        .read(|conn| conn.all(sql, &[], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(|e: DbError| e)
        .unwrap()
        .into_iter()
        .collect();
    for noted in noted() {
        assert_eq!(noted, schema);
    }
}

#[test]
fn nothing_but_a_migration_asks_for_an_advisory_lock() {
    let scratch = scratch();
    let db = open(&scratch);
    let held = |tx: &Transaction<'_>| {
        tx.alone(OFFICE_WORK)?;
        let sql = "SELECT coalesce(sum((locktype = 'advisory')::int), 0)::bigint, coalesce(sum((relation = 'setting'::regclass)::int), 0)::bigint \
                   FROM pg_locks WHERE pid = pg_backend_pid()";
        tx.one(sql, &[], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
    };
    for time in ["first", "second"] {
        let (advisory, rows) = db.write_blocking::<_, DbError>(held).unwrap().unwrap();
        assert!(advisory == 0 && rows > 0, "{time} time: {advisory} advisory locks, {rows} on setting");
    }
}

#[test]
fn no_case_table_counts_over_all_cases() {
    let scratch = scratch();
    let db = open(&scratch);
    let counted: BTreeSet<String> = db
        .read(|conn| {
            let sql = "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' \
                       AND (is_identity = 'YES' OR column_default LIKE 'nextval%')";
            conn.all(sql, &[], |row| row.get(0)).map(|all| all.into_iter().collect())
        })
        .map_err(|e: DbError| e)
        .unwrap();
    // Numbers of rows nobody waits for: a sequence hands them out without a lock, and each machine can have its own range.
    let harmless = ["clock_wrong", "duty", "edition", "notice", "policy", "quarantine", "report"];
    assert_eq!(counted, harmless.into_iter().map(str::to_owned).collect());
}

#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let scratch = scratch();
    let theirs = open(&scratch);
    let file = std::env::temp_dir().join(format!("daiban-columns-{}.sqlite", std::process::id()));
    let ours = Db::open(&Address::File(file.clone()), Node::ONLY).unwrap();
    let columns = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' \
                   AND table_name <> 'migration'";
    let theirs: BTreeSet<String> =
        theirs.read(|conn| conn.all(columns, &[], |row| row.get(0))).map_err(|e: DbError| e).unwrap().into_iter().collect();
    let columns = "SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
    let ours: BTreeSet<String> =
        ours.read(|conn| conn.all(columns, &[], |row| row.get(0))).map_err(|e: DbError| e).unwrap().into_iter().collect();
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    assert_eq!(theirs, ours);
}
