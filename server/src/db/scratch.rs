//! Databases for tests: on the server that `DAIBAN_TEST_POSTGRES` names (see `tests/postgres`), or else files.

use super::{Address, Db, DbError};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// Names a PostgreSQL server that tests may make databases on.
const SERVER: &str = "DAIBAN_TEST_POSTGRES";

/// Whether tests run on a server.
pub fn on_a_server() -> bool {
    server().is_some()
}

fn server() -> Option<String> {
    std::env::var(SERVER).ok().filter(|server| !server.is_empty())
}

/// A database of its own on a server, dropped with the value.
#[derive(Debug)]
pub struct Scratch {
    server: String,
    name: String,
}

impl Scratch {
    /// Makes an empty one; `None` where the tests run on files. Panics if the server does not do it.
    pub fn new() -> Option<Scratch> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = server()?;
        let name = format!("daiban_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let scratch = Scratch { server, name };
        scratch.order(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", scratch.name));
        scratch.order(&format!("CREATE DATABASE {}", scratch.name));
        Some(scratch)
    }

    /// Where it is.
    pub fn url(&self) -> String {
        let (server, rest) = self.server.split_once('?').map_or((self.server.as_str(), None), |(s, rest)| (s, Some(rest)));
        let server = server.rsplit_once('/').map_or(server, |(server, _)| server);
        let rest = rest.map(|rest| format!("?{rest}")).unwrap_or_default();
        format!("{server}/{}{rest}", self.name)
    }

    /// Gives the server an order that concerns the database as a whole, or others on it.
    #[allow(clippy::expect_used)]
    pub fn order(&self, sql: &str) {
        let (server, sql) = (self.server.clone(), sql.to_owned());
        // A thread of its own: tests run inside runtimes too, where the client must not wait.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let connected = tokio_postgres::connect(&server, tokio_postgres::NoTls).await;
                let (client, connection) = connected.expect("the test server answers");
                tokio::spawn(connection);
                client.batch_execute(&sql).await.expect("the test server does it");
            });
        });
        thread.join().expect("the order is carried out");
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.order(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// The store of a test: the scratch database, or that file.
#[allow(clippy::expect_used)]
pub fn address(scratch: Option<&Scratch>, file: &Path) -> Address {
    Address::read(scratch.map(Scratch::url).as_deref(), file.to_owned()).expect("an address")
}

/// Changes what is stored as no part of the program may: past the triggers.
pub fn tamper(db: &Db, sql: &'static str) -> Result<(), DbError> {
    let postgres = matches!(db.address(), Address::Postgres(_));
    db.write_blocking(move |tx| {
        if postgres {
            tx.batch("SET LOCAL session_replication_role = replica")?;
        } else {
            let triggers = "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'";
            tx.all(triggers, &[], |row| row.get::<String>(0))?.iter().try_for_each(|drop| tx.batch(drop))?;
        }
        tx.batch(sql)
    })
}
