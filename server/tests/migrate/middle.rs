//! What breaks in the middle leaves nothing behind, and the next try goes through.

use super::rich::{Place, Rich, fingerprints, open};
use super::{client, migrate, scratch, sqlite};
use daiban_server::db::scratch::Scratch;
use daiban_server::db::sql::audit;
use daiban_server::db::transfer::{TransferError, TransferSide, carry, place};
use daiban_server::db::{Connection, DbError, Transaction};
use std::path::Path;

/// Rows in all tables of a database, the migrations' own aside.
fn rows(url: &str) -> i64 {
    let mut client = client(url);
    let names = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
    let names: Vec<String> = client.query(names, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    let tables = names.iter().filter(|name| *name != "migration");
    tables.map(|name| client.query_one(&format!("SELECT count(*) FROM {name}"), &[]).unwrap().get::<_, i64>(0)).sum()
}

/// Ends every connection of the program to a database, as a failing network or a stopped server does.
fn cut_off(scratch: &Scratch) {
    let name = scratch.url().rsplit('/').next().unwrap().to_owned();
    scratch.order(&format!(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}' AND application_name = 'daiban'"
    ));
}

/// Moves, and at that line of the progress does something bad.
fn carry_until(from: &str, to: &str, line: &str, bad: impl Fn()) -> Result<(), TransferError> {
    let prove = |_: TransferSide, _: &Connection| Ok::<_, TransferError>(());
    let say = |said: &str| {
        if said.trim_start().starts_with(line) {
            bad();
        }
    };
    carry((&place(from)?, &place(to)?), None, prove, say).map(drop)
}

#[test]
fn a_target_that_dies_in_the_middle_holds_nothing() {
    let rich = Rich::new();
    let (database, from) = (scratch(), sqlite(&rich.data()));
    let before = fingerprints(&rich.data());
    for line in ["setting", "case_row", "audit", "读回核对"] {
        let died = carry_until(&from, &database.url(), line, || cut_off(&database)).unwrap_err();
        let lost = matches!(&died, TransferError::Table { side: TransferSide::Target, why: DbError::Lost, .. });
        assert!(lost || matches!(&died, TransferError::Store { why: DbError::Lost, .. }), "at {line}: {died:?}");
        assert!(died.zh().contains("目标"), "{}", died.zh());
        assert_eq!(rows(&database.url()), 0, "at {line}");
        assert_eq!(fingerprints(&rich.data()), before);
    }
    let told = migrate(&rich.data(), &from, &database.url());
    assert_eq!(told.code, 0, "the next try goes through: {}", told.stderr);
}

#[test]
fn a_proof_that_fails_at_the_target_undoes_everything() {
    let rich = Rich::new();
    let database = scratch();
    let (from, to) = (place(&sqlite(&rich.data())).unwrap(), place(&database.url()).unwrap());
    let other = |side: TransferSide, conn: &Connection| {
        assert!(conn.number::<i64>("SELECT count(*) FROM case_row", &[])? > 0, "both are whole when they are proved");
        Ok::<_, TransferError>(side == TransferSide::Source)
    };
    let differs = carry((&from, &to), None, other, |_| ()).unwrap_err();
    assert!(matches!(differs, TransferError::Differs(_)), "{differs:?}");
    let refuses = |side: TransferSide, _: &Connection| match side {
        TransferSide::Source => Ok(()),
        TransferSide::Target => Err(TransferError::Differs("made up".into())),
    };
    carry((&from, &to), None, refuses, |_| ()).unwrap_err();
    assert_eq!(rows(&database.url()), 0);
}

#[test]
fn a_row_that_changes_on_the_way_is_noticed() {
    let rich = Rich::new();
    let database = scratch();
    let url = database.url();
    // Made before the first row comes: a trigger that changes a text as it is written.
    let spoil = || {
        let sql = "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.zh := NEW.zh || '。'; RETURN NEW; END $$; \
                   CREATE TRIGGER spoil BEFORE INSERT ON notice FOR EACH ROW EXECUTE FUNCTION spoil()";
        client(&url).batch_execute(sql).unwrap();
    };
    carry_until(&sqlite(&rich.data()), &url, "setting", || cut_off(&database)).unwrap_err();
    spoil();
    let told = migrate(&rich.data(), &sqlite(&rich.data()), &url);
    assert_eq!((told.code, told.document["code"].as_str()), (1, Some("differs")), "{}", told.stderr);
    assert!(told.document["detail_en"].as_str().unwrap().contains("notice"));
    assert_eq!(rows(&url), 0);
}

#[test]
fn a_connection_lost_at_the_commit_is_told_as_what_it_is() {
    let rich = Rich::new();
    let database = scratch();
    let (from, url) = (sqlite(&rich.data()), database.url());
    carry_until(&from, &url, "setting", || cut_off(&database)).unwrap_err();
    // Runs when the transaction is committed, after its last statement.
    let sql = "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS \
               $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$; \
               CREATE CONSTRAINT TRIGGER die AFTER INSERT ON policy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()";
    client(&url).batch_execute(sql).unwrap();
    let told = migrate(&rich.data(), &from, &url);
    assert_eq!((told.code, told.document["code"].as_str()), (1, Some("unsure")), "{}", told.stderr);
    assert!(told.document["detail"].as_str().unwrap().contains("要么"), "{}", told.document);
    assert_eq!(rows(&url), 0);
    client(&url).batch_execute("DROP TRIGGER die ON policy").unwrap();
    assert_eq!(migrate(&rich.data(), &from, &url).code, 0, "the advice it gave works");
}

#[test]
fn a_node_that_writes_to_the_source_meanwhile_is_noticed() {
    let rich = Rich::new();
    let (database, home) = (scratch(), Place::new("home"));
    assert_eq!(migrate(&rich.data(), &sqlite(&rich.data()), &database.url()).code, 0);
    let file = home.0.join("daiban.sqlite");
    // Come and gone between two looks at the connections.
    let writes = || {
        let app = open(&rich.data(), Some(database.url()));
        let note = |tx: &Transaction<'_>| audit::append(tx, 1, "office", "test", "meanwhile", "done");
        app.db.write_blocking::<_, DbError>(note).unwrap();
    };
    let told = carry_until(&database.url(), &sqlite(&file), "policy", writes).unwrap_err();
    assert!(matches!(told, TransferError::Changed), "{told:?}");
    assert_eq!(fingerprints(&home.0).len(), 0, "nothing was kept");
    assert_eq!(migrate(&home.0, &database.url(), &sqlite(&file)).code, 0, "and now it goes");
}

#[test]
fn a_source_that_dies_on_the_way_back_leaves_no_file() {
    let rich = Rich::new();
    let (database, home) = (scratch(), Place::new("home"));
    assert_eq!(migrate(&rich.data(), &sqlite(&rich.data()), &database.url()).code, 0);
    let file = home.0.join("daiban.sqlite");
    for line in ["case_row", "policy"] {
        let died = carry_until(&database.url(), &sqlite(&file), line, || cut_off(&database)).unwrap_err();
        assert!(
            matches!(&died, TransferError::Table { side: TransferSide::Source, why: DbError::Lost, .. }),
            "at {line}: {died:?}"
        );
        assert_eq!(fingerprints(&home.0).len(), 0, "at {line}");
    }
    assert!(!Path::new(&format!("{}.partial", file.display())).exists());
    assert_eq!(migrate(&home.0, &database.url(), &sqlite(&file)).code, 0);
}
