//! One connection to PostgreSQL with the statements it keeps prepared.

use super::Url;
use super::post::{Outbox, Post, together};
use super::server::{self, Server, Use};
use super::value::values;
use super::wire::Wire;
use crate::db::row::{Row, Source};
use crate::db::{DbError, Value, spelling};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio_postgres::{Client, Error, SimpleQueryMessage, SimpleQueryRow, Statement};

/// After this a connection has rested and is asked whether it lives before it is used.
const RESTED: Duration = Duration::from_secs(1);
/// How long it has for its answer.
const ALIVE_WITHIN: Duration = Duration::from_secs(2);
/// How much longer than the server's own limit an answer is waited for.
const UNDERWAY: Duration = Duration::from_secs(2);
/// How long to wait for somebody else's row.
const LOCK: Duration = Duration::from_secs(10);
/// A transaction asks something every few milliseconds. One whose node froze in the middle holds its locks no longer than this, and
/// for less than [`crate::db::sql::jobs::LEASE_SECONDS`].
const IDLE: Duration = Duration::from_secs(10);
/// How long one step of a migration may take.
const MIGRATION: Duration = Duration::from_secs(3600);

/// Why nothing of a transaction will be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undone {
    /// It met another transaction. Run again it may go well.
    Contended,
    /// The connection broke before COMMIT was sent. Run again it may go well.
    Lost,
    /// A statement failed for another reason.
    Failed,
}

/// A connection. Statements are prepared once and kept: their number is bounded, because every one is spelled in the program.
pub(in crate::db) struct Session {
    wire: Wire,
    patience: Duration,
    prepared: RefCell<HashMap<String, Statement>>,
    /// Set by the first failure since the transaction began: from then on PostgreSQL would answer COMMIT with a silent ROLLBACK.
    undone: Cell<Option<Undone>>,
    used: Cell<Instant>,
    outbox: Outbox,
}

impl Session {
    /// Connects and looks whether the server is one we can work with.
    pub(in crate::db) fn open(url: &Url, purpose: Use) -> Result<Session, DbError> {
        let limit = if purpose == Use::Migrate { url.patience().max(MIGRATION) } else { url.patience() };
        let session = Session {
            wire: Wire::open(url)?,
            patience: limit + UNDERWAY,
            prepared: RefCell::new(HashMap::new()),
            undone: Cell::new(None),
            used: Cell::new(Instant::now()),
            outbox: Outbox::default(),
        };
        Server::read(session.text_row(server::ASK)?.as_ref()).must_serve(purpose)?;
        session.script(&settings(purpose, limit))?;
        Ok(session)
    }

    /// The first row of a query without values, all as text.
    pub(super) fn text_row(&self, sql: &str) -> Result<Option<SimpleQueryRow>, DbError> {
        let said = self.wait(self.client().simple_query(sql))?;
        Ok(said.into_iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        }))
    }

    /// Begins a transaction. The server is told together with the first question; before the first statement that writes it is asked
    /// whether it has begun one, because what came behind a BEGIN that failed would stand for good.
    pub(in crate::db) fn begin(&self) {
        self.undone.set(None);
        self.outbox.take();
        self.outbox.hold(Post::Begin);
    }

    /// Ends the transaction without a trace; statements that were held back are never sent.
    pub(in crate::db) fn roll_back(&self) -> Result<(), DbError> {
        self.outbox.take();
        self.script("ROLLBACK")
    }

    /// Why nothing of the transaction will be kept; `None` while it may be.
    pub(super) fn undone(&self) -> Option<Undone> {
        self.undone.get()
    }

    /// Ends it for good. Whether it was kept is not known after [`DbError::Uncertain`]; any other error means that it was not.
    pub(in crate::db) fn commit(&self) -> Result<(), DbError> {
        if self.undone.get().is_some() {
            self.roll_back()?;
            return Err(DbError::Postgres("a statement failed and the work went on".into()));
        }
        let (posts, client) = (self.outbox.take(), self.client());
        self.note(self.wire.commit(self.patience, together(client, &posts, client.batch_execute("COMMIT"))))
    }

    /// Whether the connection is gone. One that rested is asked: it may have died without a word.
    pub(in crate::db) fn is_lost(&self) -> bool {
        let rested = self.used.get().elapsed() > RESTED;
        self.wire.is_closed() || (rested && self.wire.wait(ALIVE_WITHIN, self.wire.client().check_connection()).is_err())
    }

    /// See [`crate::db::Connection::walk`]. All rows are fetched before the first is shown, so that `each` may ask other things.
    pub(in crate::db) fn walk(
        &self,
        sql: &str,
        params: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<bool, DbError>,
    ) -> Result<(), DbError> {
        let (statement, values) = (self.prepared(sql)?, values(params));
        if !sql.starts_with("SELECT") {
            self.has_begun()?;
        }
        let rows = self.send(self.client().query(&statement, &values))?;
        for row in rows {
            if !each(&Row(Source::Postgres(&row)))? {
                break;
            }
        }
        Ok(())
    }

    /// See [`crate::db::Transaction::run`].
    pub(in crate::db) fn run(&self, sql: &str, params: &[Value<'_>]) -> Result<usize, DbError> {
        let (statement, values) = (self.prepared(sql)?, values(params));
        self.has_begun()?;
        let changed = self.send(self.client().execute(&statement, &values))?;
        usize::try_from(changed).map_err(|_| DbError::Corrupt("number"))
    }

    /// Runs statements without values.
    pub(in crate::db) fn script(&self, sql: &str) -> Result<(), DbError> {
        self.has_begun()?;
        self.send(self.client().batch_execute(sql))
    }

    /// Waits for the beginning of the transaction, if nobody did so far.
    fn has_begun(&self) -> Result<(), DbError> {
        if self.outbox.begins() { self.send(std::future::ready(Ok(()))) } else { Ok(()) }
    }

    /// See [`crate::db::Transaction::post`].
    pub(in crate::db) fn post(&self, sql: &str, params: &[Value<'_>]) -> Result<(), DbError> {
        let post = Post::new(self.prepared(sql)?, params);
        self.has_begun()?;
        let full = self.outbox.hold(post);
        if full { self.send(std::future::ready(Ok(()))) } else { Ok(()) }
    }

    /// What is asked with, apart from [`Session::send`].
    pub(super) fn client(&self) -> &Client {
        self.wire.client()
    }

    /// Waits for an answer to what nothing that was held back belongs to.
    pub(super) fn wait<T>(&self, ask: impl Future<Output = Result<T, Error>>) -> Result<T, DbError> {
        self.note(self.wire.wait(self.patience, ask))
    }

    /// Sends what was held back and this question right behind it, and waits for all the answers.
    fn send<T>(&self, ask: impl Future<Output = Result<T, Error>>) -> Result<T, DbError> {
        let (posts, client) = (self.outbox.take(), self.client());
        self.wait(together(client, &posts, ask))
    }

    pub(super) fn prepared(&self, sql: &str) -> Result<Statement, DbError> {
        self.used.set(Instant::now());
        if let Some(statement) = self.prepared.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let spelled = spelling::postgres(sql);
        let statement = self.wait(self.client().prepare(&spelled))?;
        self.prepared.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Remembers what the first failure was.
    fn note<T>(&self, done: Result<T, DbError>) -> Result<T, DbError> {
        if let (Err(error), None) = (&done, self.undone.get()) {
            self.undone.set(Some(match error {
                DbError::Contended => Undone::Contended,
                DbError::Lost => Undone::Lost,
                _ => Undone::Failed,
            }));
        }
        done
    }
}

/// How the server is to treat this connection. The keep-alives are the server's own: without them it would hold a case's row for
/// hours after a node's network fell silent. A reader may rest within its transaction, it holds nobody up.
fn settings(purpose: Use, limit: Duration) -> String {
    let durable = purpose != (Use::Write { durable: false });
    let reads = matches!(purpose, Use::Read | Use::Answer);
    let (commit, read_only) = (if durable { "on" } else { "off" }, if reads { "on" } else { "off" });
    let idle = match purpose {
        Use::Read | Use::Answer => 0,
        Use::Write { .. } => limit.min(IDLE).as_millis(),
        Use::Migrate => limit.as_millis(),
    };
    let (limit, lock) = (limit.as_millis(), limit.min(LOCK).as_millis());
    format!(
        "SET synchronous_commit = {commit}; SET default_transaction_read_only = {read_only}; SET statement_timeout = {limit}; \
         SET lock_timeout = {lock}; SET idle_in_transaction_session_timeout = {idle}; \
         SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; \
         SET default_transaction_isolation = 'read committed'; SET client_min_messages = 'warning'"
    )
}
