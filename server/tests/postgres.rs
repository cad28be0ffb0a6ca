//! What only a PostgreSQL store has: its schema's shape, failures with names, many writers, more than one node.
//!
//! Run by `tests/postgres run cargo test --release -p daiban-server --test postgres`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "postgres/failures.rs"]
mod failures;
#[path = "postgres/health.rs"]
mod health;
#[path = "postgres/lease.rs"]
mod lease;
#[path = "postgres/nodes.rs"]
mod nodes;
#[path = "postgres/schema.rs"]
mod schema;

use daiban_server::db::scratch::Scratch;
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
