//! A server's database from the first step, with the rows of a rich store, brought up step by step; and a file from the first
//! step that moves there.

use super::rich::{Place, Rich, fingerprints, open};
use super::{client, migrate, scratch, sqlite, steps};
use daiban_server::db::{Address, Db, DbError, Node};
use daiban_server::jobs;
use postgres::Client;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// Columns, keys, triggers, functions, comments and settings of every table, as the catalogue spells them.
const SCHEMA: &[&str] = &[
    "SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, \
     (SELECT collname FROM pg_collation WHERE oid = a.attcollation), pg_get_expr(d.adbin, d.adrelid)) \
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum \
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped",
    "SELECT concat_ws(' ', 'relation', relname, relkind, reloptions, relpersistence, obj_description(oid, 'pg_class')) \
     FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid)) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
     WHERE c.relnamespace = 'public'::regnamespace",
    "SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint \
     WHERE connamespace = 'public'::regnamespace",
    "SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT concat_ws(' ', 'function', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT concat_ws(' ', 'sequence', seqrelid::regclass, seqstart, seqincrement, seqmax, seqcycle) FROM pg_sequence",
    "SELECT concat_ws(' ', 'step', number, name) FROM migration",
];

fn schema(client: &mut Client) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for sql in SCHEMA {
        let rows = client.query(*sql, &[]).unwrap();
        assert!(!rows.is_empty(), "{sql}");
        all.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    all
}

fn tables(client: &mut Client) -> Vec<String> {
    let sql = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace \
               AND relname <> 'migration' ORDER BY relname";
    client.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
}

fn columns(client: &mut Client, table: &str) -> String {
    let sql = "SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute \
               WHERE attrelid = to_regclass($1::text) AND attnum > 0 AND NOT attisdropped";
    client.query_one(sql, &[&table]).unwrap().get(0)
}

fn copied_out(client: &mut Client, table: &str, columns: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    client.copy_out(&format!("COPY {table} ({columns}) TO STDOUT")).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Every table's rows.
fn content(client: &mut Client) -> BTreeMap<String, BTreeSet<String>> {
    let names = tables(client);
    let one = |table: String| {
        let columns = columns(client, &table).split(", ").collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
        let text = String::from_utf8(copied_out(client, &table, &columns)).unwrap();
        (table, text.lines().map(str::to_owned).collect())
    };
    names.into_iter().map(one).collect()
}

/// Makes a database of the first step with the rows another one holds today, and takes further steps by hand.
fn stepped(client: &mut Client, today: &mut Client, steps: usize) {
    client.batch_execute("CREATE TABLE migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)").unwrap();
    for (name, number) in steps::names(steps::SERVER).iter().zip(1i64..).take(steps) {
        client.batch_execute(&steps::sql(steps::SERVER, name)).unwrap();
        client.execute("INSERT INTO migration VALUES ($1, $2)", &[&number, name]).unwrap();
        if number == 1 {
            // Devices and codes point at people.
            let (first, then): (Vec<String>, Vec<String>) = tables(client).into_iter().partition(|name| name == "person");
            for table in first.into_iter().chain(then) {
                let columns = columns(client, &table);
                let bytes = copied_out(today, &table, &columns);
                let mut into = client.copy_in(&format!("COPY {table} ({columns}) FROM STDIN")).unwrap();
                std::io::Write::write_all(&mut into, &bytes).unwrap();
                into.finish().unwrap();
            }
        }
    }
}

fn opened(url: &str) -> Db {
    Db::open(&Address::read(Some(url), "unused".into()).unwrap(), Node::named("one")).unwrap()
}

#[test]
fn a_database_from_any_step_becomes_the_database_of_today() {
    let (rich, today, fresh) = (Rich::new(), scratch(), scratch());
    super::old_file::forget_later_columns(&rich.file());
    assert_eq!(migrate(&rich.data(), &sqlite(&rich.data()), &today.url()).code, 0);
    drop(opened(&fresh.url()));
    let schema_today = schema(&mut client(&fresh.url()));
    let mut from = client(&today.url());
    let content_today = content(&mut from);
    assert_eq!(schema(&mut from), schema_today);
    let filled =
        |(name, rows): (&String, &BTreeSet<String>)| !rows.is_empty() || super::old_file::LATER_TABLES.contains(&name.as_str());
    assert!(content_today.iter().all(filled), "every table has rows");
    for steps in 1..=steps::names(steps::SERVER).len() {
        let old = scratch();
        stepped(&mut client(&old.url()), &mut from, steps);
        drop(opened(&old.url()));
        let mut old_client = client(&old.url());
        assert_eq!(schema(&mut old_client), schema_today, "from step {steps}");
        assert_eq!(content(&mut old_client), content_today, "from step {steps}");
        drop(old_client);
        let app = open(&rich.data(), Some(old.url()));
        app.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap().unwrap();
    }
}

#[test]
fn a_file_from_the_first_step_moves_without_being_changed() {
    let (rich, place, database) = (Rich::new(), Place::new("old"), scratch());
    super::old_file::forget_later_columns(&rich.file());
    let file = place.0.join("old.sqlite");
    super::old_file::stepped(&file, &rich.file(), 1);
    let before = fingerprints(&place.0);
    let told = migrate(&place.0, &sqlite(&file), &database.url());
    assert_eq!(told.code, 0, "{}", told.stderr);
    assert_eq!(fingerprints(&place.0), before);
    let now = scratch();
    let expected = migrate(&rich.data(), &sqlite(&rich.file()), &now.url());
    assert_eq!(told.document["tables"], expected.document["tables"]);
}
