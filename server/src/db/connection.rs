//! A connection to the store, and the few ways to ask it something.
//!
//! Statements are spelled once, with `?1`, `?2` … for values; [`sql`](super::sql) holds them all.

use super::postgres::Session;
use super::row::Row;
use super::value::{self, Column, Value};
use super::{DbError, Node, spelling, sqlite};
use std::ops::Deref;

/// A connection that may be read from.
pub struct Connection(pub(super) Engine);

/// Which engine stands behind it.
pub(super) enum Engine {
    /// A file of SQLite's.
    Sqlite(rusqlite::Connection),
    /// A session with a PostgreSQL server.
    Postgres(Box<Session>),
}

/// A connection inside a transaction of the writer's, which may be written to. Who opened it ends it.
pub struct Transaction<'a>(pub(super) &'a Connection, &'a Node);

impl Connection {
    /// The first row of a query; `None` without one.
    pub fn one<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let (mut found, mut read) = (None, Some(read));
        self.walk(sql, params, |row| {
            found = read.take().map(|read| read(row)).transpose()?;
            Ok(false)
        })?;
        Ok(found)
    }

    /// All rows of a query.
    pub fn all<T>(
        &self,
        sql: &str,
        params: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut list = Vec::new();
        self.walk(sql, params, |row| {
            list.push(read(row)?);
            Ok(true)
        })?;
        Ok(list)
    }

    /// The number that a query without a table's rows gives: a count, a maximum.
    pub fn number<T: for<'r> Column<'r>>(&self, sql: &str, params: &[Value<'_>]) -> Result<T, DbError> {
        self.one(sql, params, |row| row.get(0))?.ok_or(DbError::Corrupt("number"))
    }

    /// Walks the rows of a query, in order, until `each` says `false`. `each` may ask this connection other things.
    pub fn walk(
        &self,
        sql: &str,
        params: &[Value<'_>],
        each: impl FnMut(&Row<'_>) -> Result<bool, DbError>,
    ) -> Result<(), DbError> {
        value::must_be_usable(params)?;
        match &self.0 {
            Engine::Sqlite(conn) => sqlite::walk(conn, spelling::sqlite(sql), params, each),
            Engine::Postgres(session) => session.walk(sql, params, each),
        }
    }

    /// Whether it can be asked nothing more.
    pub(super) fn is_lost(&self) -> bool {
        match &self.0 {
            Engine::Sqlite(_) => false,
            Engine::Postgres(session) => session.is_lost(),
        }
    }

    /// Runs `work` on one unchanging state of the store, however long it takes.
    pub fn at_one_moment<T, E: From<DbError>>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        match &self.0 {
            Engine::Sqlite(conn) => sqlite::pin(conn)?,
            Engine::Postgres(session) => session.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?,
        }
        let done = work(self);
        let ended = self.script("ROLLBACK");
        // What went wrong first is what is told.
        let done = done?;
        ended?;
        Ok(done)
    }

    /// Runs statements without values, one after another.
    fn script(&self, sql: &str) -> Result<(), DbError> {
        match &self.0 {
            Engine::Sqlite(conn) => Ok(conn.execute_batch(sql)?),
            Engine::Postgres(session) => session.script(sql),
        }
    }
}

impl<'a> Transaction<'a> {
    /// Over a connection on which `node` began one.
    pub(super) fn of(conn: &'a Connection, node: &'a Node) -> Transaction<'a> {
        Transaction(conn, node)
    }

    /// Which node writes.
    pub fn node(&self) -> &Node {
        self.1
    }

    /// Runs a statement that changes rows; tells how many.
    pub fn run(&self, sql: &str, params: &[Value<'_>]) -> Result<usize, DbError> {
        value::must_be_usable(params)?;
        match &self.0.0 {
            Engine::Sqlite(conn) => sqlite::run(conn, sql, params),
            Engine::Postgres(session) => session.run(sql, params),
        }
    }

    /// Runs a statement whose outcome nobody here asks for. A database server is told together with the next question, or with the
    /// COMMIT, without waiting in between; whatever goes wrong is told there, and nothing of the transaction is kept.
    pub fn post(&self, sql: &str, params: &[Value<'_>]) -> Result<(), DbError> {
        match &self.0.0 {
            Engine::Sqlite(conn) => sqlite::run(conn, sql, params).map(drop),
            Engine::Postgres(session) => session.post(sql, params),
        }
    }

    /// Runs a statement that ends in `RETURNING no` and gives that number; `None` if it gave way to what was there
    /// (`ON CONFLICT DO NOTHING`).
    pub fn insert(&self, sql: &str, params: &[Value<'_>]) -> Result<Option<i64>, DbError> {
        self.one(sql, params, |row| row.get(0))
    }

    /// Runs statements without values, one after another.
    pub fn batch(&self, sql: &str) -> Result<(), DbError> {
        self.script(sql)
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}
