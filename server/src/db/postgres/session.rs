//! One connection to PostgreSQL with the statements it keeps prepared.

use super::Url;
use crate::db::dialect;
use crate::db::row::{Row, Source};
use crate::db::{DbError, Value};
use postgres::types::ToSql;
use postgres::{Client, Statement};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// The oldest server whose behaviour the suites have seen, as `server_version_num`.
const OLDEST: i64 = 150_000;

/// After this a connection has rested and is asked whether it lives before it is used.
const RESTED: Duration = Duration::from_secs(1);
/// How long it has for its answer.
const ALIVE_WITHIN: Duration = Duration::from_secs(2);

/// A connection. Statements are prepared once and kept: their number is bounded, because every one is spelled in the program.
pub(in crate::db) struct Session {
    pub(super) client: RefCell<Client>,
    prepared: RefCell<HashMap<String, Statement>>,
    /// A statement failed since the transaction began: PostgreSQL would answer COMMIT with a silent ROLLBACK.
    failed: Cell<bool>,
    used: Cell<Instant>,
}

impl Session {
    /// Connects and looks whether the server is one we can work with. `durable` = a commit is on the disk before it returns.
    pub(in crate::db) fn open(url: &Url, durable: bool) -> Result<Session, DbError> {
        let session = Session {
            client: RefCell::new(url.connect()?),
            prepared: RefCell::new(HashMap::new()),
            failed: Cell::new(false),
            used: Cell::new(Instant::now()),
        };
        let found = session.setting("SELECT current_setting('server_version_num')")?.parse().unwrap_or(0);
        if found < OLDEST {
            return Err(DbError::TooOld { found, oldest: OLDEST });
        }
        let commit = if durable { "on" } else { "off" };
        session.script(&format!(
            "SET synchronous_commit = {commit}; SET lock_timeout = '10s'; SET statement_timeout = '60s'; \
             SET default_transaction_isolation = 'read committed'; SET client_min_messages = 'warning'"
        ))?;
        Ok(session)
    }

    /// Refuses a server that takes no writes: a replica, or a database set to read-only.
    pub(super) fn must_write(&self) -> Result<(), DbError> {
        match self.setting("SELECT current_setting('transaction_read_only')")?.as_str() {
            "off" => Ok(()),
            _ => Err(DbError::ReadOnly),
        }
    }

    /// As [`Session::open`] for a connection that only reads.
    pub(in crate::db) fn reader(url: &Url) -> Result<Session, DbError> {
        let session = Session::open(url, true)?;
        session.script("SET default_transaction_read_only = on")?;
        Ok(session)
    }

    fn setting(&self, sql: &str) -> Result<String, DbError> {
        let mut found = String::new();
        self.walk(sql, &[], |row| {
            found = row.get(0)?;
            Ok(false)
        })?;
        Ok(found)
    }

    /// Begins a transaction.
    pub(in crate::db) fn begin(&self) -> Result<(), DbError> {
        self.script("BEGIN")?;
        self.failed.set(false);
        Ok(())
    }

    /// Ends it for good. Whether it was kept is not known after [`DbError::Lost`].
    pub(in crate::db) fn commit(&self) -> Result<(), DbError> {
        if self.failed.get() {
            self.script("ROLLBACK")?;
            return Err(DbError::Postgres("a statement failed and the work went on".into()));
        }
        self.script("COMMIT")
    }

    /// Whether the connection is gone. One that rested is asked: it may have died without a word.
    pub(in crate::db) fn is_lost(&self) -> bool {
        let mut client = self.client.borrow_mut();
        client.is_closed() || (self.used.get().elapsed() > RESTED && client.is_valid(ALIVE_WITHIN).is_err())
    }

    /// See [`crate::db::Connection::walk`]. All rows are fetched before the first is shown, so that `each` may ask other things.
    pub(in crate::db) fn walk(
        &self,
        sql: &str,
        params: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<bool, DbError>,
    ) -> Result<(), DbError> {
        for row in self.ask(sql, params, |client, statement, values| client.query(statement, values))? {
            if !each(&Row(Source::Postgres(&row)))? {
                break;
            }
        }
        Ok(())
    }

    /// See [`crate::db::Transaction::run`].
    pub(in crate::db) fn run(&self, sql: &str, params: &[Value<'_>]) -> Result<usize, DbError> {
        let changed = self.ask(sql, params, |client, statement, values| client.execute(statement, values))?;
        usize::try_from(changed).map_err(|_| DbError::Corrupt("number"))
    }

    /// Runs statements without values.
    pub(in crate::db) fn script(&self, sql: &str) -> Result<(), DbError> {
        let done = self.client.borrow_mut().batch_execute(sql);
        done.map_err(|error| self.named(&error))
    }

    fn ask<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        ask: impl FnOnce(&mut Client, &Statement, &[&(dyn ToSql + Sync)]) -> Result<T, postgres::Error>,
    ) -> Result<T, DbError> {
        self.used.set(Instant::now());
        let statement = self.prepared(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        let done = ask(&mut self.client.borrow_mut(), &statement, &values);
        done.map_err(|error| self.named(&error))
    }

    pub(super) fn prepared(&self, sql: &str) -> Result<Statement, DbError> {
        if let Some(statement) = self.prepared.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let made = self.client.borrow_mut().prepare(&dialect::postgres(sql));
        let statement = made.map_err(|error| self.named(&error))?;
        self.prepared.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn named(&self, error: &postgres::Error) -> DbError {
        self.failed.set(true);
        DbError::from_postgres(error)
    }
}
