//! Whether this server's clock can be believed: it never stands before what the store is known to have said.
//!
//! The newest instant that was said (a row, a time token, an audit entry) is kept with the store, for every node that shares it; so is
//! the last sign of life. A clock more than two minutes before the first is behind. One that stands days ahead of both is asked about:
//! what it would write could not be taken back. Both are looked at in memory; the store is asked and told every few seconds.

use super::App;
use crate::db::sql::settings;
use crate::db::{Connection, Db, DbError, Transaction};
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::local_stamp;
use daiban_core::limits::SERVER_CLOCK_BACK_SECONDS_MAX;
use daiban_messages::Say;
use daiban_messages::say::server as say;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Names the setting.
const KNOWN: &str = "clock_known";
/// What was said is kept no later than so many seconds afterwards; far less than a clock may stand back.
const KEPT_WITHIN_SECONDS: i64 = 10;
/// A sign of life is kept this often while nothing is said.
const ALIVE_SECONDS: i64 = 3600;

/// What can be said of this server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// Nothing speaks against it.
    Right,
    /// It stands before something that was said at this instant.
    Behind {
        /// Unix seconds.
        newest: i64,
    },
    /// It stands far ahead of the last sign of life, and nobody has confirmed it.
    Ahead {
        /// Unix seconds.
        newest: i64,
    },
}

/// What is known of the time. Its bytes order as it does, so that the store keeps the greater one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KnownTime {
    /// How often a clock was declared wrong: what is known since then counts, not what was known before.
    pub(crate) declared: i64,
    /// The newest instant that was said, Unix seconds; 0 = nothing yet.
    pub(crate) newest: i64,
    /// The last sign of life, Unix seconds.
    pub(crate) alive: i64,
}

impl KnownTime {
    fn bytes(self) -> Vec<u8> {
        [self.declared, self.newest, self.alive].map(|n| n.max(0).to_be_bytes()).concat()
    }

    fn of_bytes(bytes: &[u8]) -> Result<KnownTime, DbError> {
        let number = |at: usize| bytes.get(at..at + 8).and_then(|part| part.try_into().ok()).map(i64::from_be_bytes);
        match (number(0), number(8), number(16)) {
            (Some(declared), Some(newest), Some(alive)) => Ok(KnownTime { declared, newest, alive }),
            _ => Err(DbError::Corrupt(KNOWN)),
        }
    }

    /// What is known when both are.
    fn with(self, other: KnownTime) -> KnownTime {
        match self.declared.cmp(&other.declared) {
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Equal => {
                KnownTime { newest: self.newest.max(other.newest), alive: self.alive.max(other.alive), ..self }
            }
        }
    }

    /// What the store knows.
    pub(crate) fn read(conn: &Connection) -> Result<KnownTime, DbError> {
        settings::get(conn, KNOWN)?.map_or(Ok(KnownTime::default()), |bytes| KnownTime::of_bytes(&bytes))
    }

    /// Keeps it, unless the store knows more.
    pub(crate) fn keep(self, tx: &Transaction<'_>) -> Result<(), DbError> {
        settings::raise(tx, KNOWN, &self.bytes())
    }
}

/// What this node knows, and what of it the store has.
#[derive(Debug, Default)]
struct Memory {
    known: KnownTime,
    stored: KnownTime,
}

/// See the module.
#[derive(Debug)]
pub(super) struct TimeGuard {
    memory: Mutex<Memory>,
    /// Seconds ahead of the last sign of life from which on somebody is asked; 0 = never.
    ahead_seconds: i64,
    /// There is a case: before the first one a clock can poison nothing.
    cases: AtomicBool,
    /// The log was told that the clock is not right.
    told: AtomicBool,
}

impl TimeGuard {
    /// Reads what the store knows; of a store that never kept it, from its rows, once.
    pub(super) fn open(db: &Db, ahead_days: u32) -> Result<TimeGuard, DbError> {
        let (mut known, cases) = db.read(|conn| Ok::<_, DbError>((KnownTime::read(conn)?, has_cases(conn)?)))?;
        if known == KnownTime::default() {
            let newest = db.read(newest_row)?;
            known = KnownTime { newest, alive: newest, ..known };
            if newest > 0 {
                db.write_blocking(move |tx| known.keep(tx))?;
            }
        }
        Ok(TimeGuard {
            memory: Mutex::new(Memory { known, stored: known }),
            ahead_seconds: i64::from(ahead_days) * 24 * 3600,
            cases: AtomicBool::new(cases),
            told: AtomicBool::new(false),
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self, now: i64) -> ClockState {
        let known = self.memory().known;
        let newest = known.newest.max(known.alive);
        if now < known.newest.saturating_sub(SERVER_CLOCK_BACK_SECONDS_MAX) {
            ClockState::Behind { newest: known.newest }
        } else if self.asks() && known.newest > 0 && now.saturating_sub(newest) > self.ahead_seconds {
            ClockState::Ahead { newest }
        } else {
            ClockState::Right
        }
    }

    fn asks(&self) -> bool {
        self.ahead_seconds > 0 && self.cases.load(Ordering::Relaxed)
    }
}

fn has_cases(conn: &Connection) -> Result<bool, DbError> {
    Ok(conn.one("SELECT no FROM case_head LIMIT 1", &[], |row| row.get::<i64>(0))?.is_some())
}

fn newest_row(conn: &Connection) -> Result<i64, DbError> {
    conn.number(
        "SELECT coalesce(max(t.at), 0) FROM (SELECT max(received_at) AS at FROM case_row UNION ALL SELECT max(seen_at) FROM device \
         UNION ALL SELECT max(at) FROM audit) t",
        &[],
    )
}

impl App {
    /// What can be said of this server's clock now.
    pub fn clock_state(&self) -> ClockState {
        self.time.state(self.now())
    }

    /// Notes that something was said at this instant. A clock that is not right says nothing.
    pub(super) fn said(&self, now: i64) {
        if self.time.state(now) == ClockState::Right {
            let mut memory = self.time.memory();
            memory.known = memory.known.with(KnownTime { newest: now, alive: now, ..memory.known });
        }
    }

    /// What this node knows of the time.
    pub(crate) fn known_time(&self) -> KnownTime {
        self.time.memory().known
    }

    /// Takes over what is known and stored.
    pub(crate) fn learn_time(&self, known: KnownTime) {
        let mut memory = self.time.memory();
        memory.known = memory.known.with(known);
        memory.stored = memory.stored.with(known);
    }

    /// Keeps with the store that something is said now, if what it has is older than some seconds. Asked before it is said.
    pub(crate) async fn keep_time(&self) -> Result<(), DbError> {
        self.said(self.now());
        let due = {
            let memory = self.time.memory();
            let Memory { known, stored } = &*memory;
            known.newest > stored.newest + KEPT_WITHIN_SECONDS || known.alive > stored.alive + ALIVE_SECONDS
        };
        if due { self.exchange_time().await } else { Ok(()) }
    }

    async fn exchange_time(&self) -> Result<(), DbError> {
        let known = self.known_time();
        let merged = self
            .db
            .write(move |tx| {
                let merged = KnownTime::read(tx)?.with(known);
                merged.keep(tx)?;
                Ok::<_, DbError>(merged)
            })
            .await?;
        self.learn_time(merged);
        Ok(())
    }

    /// Learns what other nodes said, shows a sign of life, and tells the log when the clock begins or ceases to be right. Called every
    /// few seconds.
    pub(crate) async fn watch_time(&self) -> Result<(), DbError> {
        let (stored, cases) = self.db.read(|conn| Ok::<_, DbError>((KnownTime::read(conn)?, has_cases(conn)?)))?;
        self.learn_time(stored);
        self.time.cases.store(cases, Ordering::Relaxed);
        let state = self.clock_state();
        match self.clock_problem() {
            Some(problem) if !self.time.told.swap(true, Ordering::Relaxed) => tracing::error!(%problem, ?state, "clock"),
            None if self.time.told.swap(false, Ordering::Relaxed) => tracing::info!("the clock is right again"),
            _ => {}
        }
        if state != ClockState::Right {
            return Ok(());
        }
        let due = {
            let now = self.now();
            let mut memory = self.time.memory();
            memory.known.alive = memory.known.alive.max(now);
            let Memory { known, stored } = &*memory;
            known.newest > stored.newest || known.alive > stored.alive + ALIVE_SECONDS
        };
        if due { self.exchange_time().await } else { Ok(()) }
    }

    /// Refuses to judge, take away, compute or order anything by a clock that is not right. Told to phones: nothing is lost there.
    pub fn must_be_on_time(&self) -> Result<(), Problem> {
        let (reason, said) = match self.clock_state() {
            ClockState::Right => return Ok(()),
            ClockState::Behind { .. } => ("clock_behind", say::ClockWrong.say()),
            ClockState::Ahead { .. } => ("clock_ahead", say::ClockWaits.say()),
        };
        Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server_clock", said.zh, said.en).with("reason", reason))
    }

    /// The same for whoever keeps the server: what is wrong with its clock, and what to do; `None` if nothing is.
    pub fn clock_problem(&self) -> Option<Problem> {
        let now = local_stamp(self.now());
        let (reason, said) = match self.clock_state() {
            ClockState::Right => return None,
            ClockState::Behind { newest } => ("clock_behind", say::ClockBehind { now, newest: local_stamp(newest) }.say()),
            ClockState::Ahead { newest } => ("clock_ahead", say::ClockAhead { now, newest: local_stamp(newest) }.say()),
        };
        Some(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "server_clock", said.zh, said.en).with("reason", reason))
    }
}
