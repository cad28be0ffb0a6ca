//! What only a PostgreSQL store has: its schema's shape, failures with names, many writers, more than one node.
//!
//! Run by `tests/postgres run cargo test --release -p daiban-server --test postgres`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "postgres/again.rs"]
mod again;
#[path = "postgres/cluster.rs"]
mod cluster;
#[path = "postgres/disk.rs"]
mod disk;
#[path = "postgres/durable.rs"]
mod durable;
#[path = "postgres/failures.rs"]
mod failures;
#[path = "postgres/health.rs"]
mod health;
#[path = "postgres/lease.rs"]
mod lease;
#[path = "postgres/nodes.rs"]
mod nodes;
#[path = "postgres/outage.rs"]
mod outage;
#[path = "postgres/phone.rs"]
mod phone;
#[path = "postgres/proxy.rs"]
mod proxy;
#[path = "postgres/replica.rs"]
mod replica;
#[path = "postgres/schema.rs"]
mod schema;
#[path = "postgres/start.rs"]
mod start;
#[path = "postgres/tls.rs"]
mod tls;

use daiban_server::db::scratch::Scratch;
use daiban_server::db::sql::{audit, settings};
use daiban_server::db::{Address, Db, DbError, Node};

fn scratch() -> Scratch {
    Scratch::new().expect("DAIBAN_TEST_POSTGRES names no server; run this by tests/postgres")
}

fn open_at(url: &str, node: &str) -> Result<Db, DbError> {
    Db::open(&Address::read(Some(url), "unused".into())?, Node::named(node))
}

fn open(scratch: &Scratch) -> Db {
    open_at(&scratch.url(), "one").unwrap()
}

/// The name of a database.
fn name_of(url: &str) -> &str {
    url.split('?').next().unwrap().rsplit('/').next().unwrap()
}

/// Gives a server an order, past the program.
fn order(url: &str, sql: &str) {
    ask(url, sql);
}

/// Asks a server, past the program; the first column of the first row.
fn ask(url: &str, sql: &str) -> Option<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let said = client.simple_query(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
        said.into_iter().find_map(|message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        })
    })
}

/// A failure's name.
fn name(error: &DbError) -> String {
    format!("{error:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// The name under which an address is refused.
fn refused(url: &str) -> String {
    let Err(error) = open_at(url, "one") else { panic!("{url} opens") };
    assert!(error.zh().ends_with('。') && !error.zh().contains("secret"), "{}", error.zh());
    name(&error)
}

fn kept(db: &Db, key: &str) -> bool {
    db.read(|conn| settings::get(conn, key)).unwrap().is_some()
}

/// Ends every connection to a database; from another one, because it may take none.
fn cut_off(url: &str) {
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = ";
    let beside = format!("{}/postgres", url.rsplit_once('/').unwrap().0);
    order(&beside, &format!("{end}'{}'", name_of(url)));
}

/// Adds one to a counter and a row to the node's audit chain: what is done twice or by half shows.
fn count_up(db: &Db, key: &str) -> Result<(), DbError> {
    let key = key.to_owned();
    db.write_blocking(move |tx| {
        let counted = settings::get(tx, &key)?.map_or(0, |bytes| i64::from_be_bytes(bytes.try_into().unwrap()));
        settings::set(tx, &key, &(counted + 1).to_be_bytes())?;
        audit::append(tx, 1, "zhang", "count", &key, "done").map(drop)
    })
}

/// How far a counter is; its audit rows must be as many.
fn counted(db: &Db, key: &str) -> i64 {
    let rows = "SELECT count(*) FROM audit WHERE object = ?1";
    db.read(|conn| -> Result<i64, DbError> {
        let counted = settings::get(conn, key)?.map_or(0, |bytes| i64::from_be_bytes(bytes.try_into().unwrap()));
        assert_eq!(conn.number::<i64>(rows, daiban_server::db::params![key])?, counted, "half of something was kept");
        Ok(counted)
    })
    .unwrap()
}
