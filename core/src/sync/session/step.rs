//! What the host does next, and what it shows.

use super::page::HistoryError;
use crate::calendar::local_stamp;
use crate::case::Verdict;
use crate::ids::{CaseId, FactId};
use crate::sync::answer_code::outcome;
use daiban_messages::say::sync as say;
use daiban_messages::{Both, Message, Say};
use serde::Serialize;

/// One HTTP request, signed and complete. Send it as it is; after a failure send the very same again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpRequest {
    /// `POST`.
    pub method: &'static str,
    /// From the root, without host.
    pub path: &'static str,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// How far an upload is, in records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Durable on the server since [`crate::agent::Agent::begin_sync`].
    pub sent: u64,
    /// To be sent when the sync began, and recorded since.
    pub total: u64,
    /// Still only on this phone.
    pub remaining: u64,
}

/// What comes out of each turn of the machine.
#[must_use]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// To be sent; `None` = this sync is over.
    pub send: Option<HttpRequest>,
    /// What changed, for the screen.
    pub show: Vec<Event>,
    /// How far the upload is.
    pub progress: Progress,
}

/// Something an agent should see.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An own record is durable on the server, with its number and verdict.
    Judged {
        /// The case.
        case: CaseId,
        /// The record.
        fact: FactId,
        /// Its row.
        sequence: u64,
        /// Its verdict.
        verdict: Verdict,
    },
    /// An own record was refused; it is kept, and can be recorded again.
    Quarantined {
        /// The case.
        case: CaseId,
        /// The record.
        fact: FactId,
        /// Why ([`crate::admit::Refusal`] code, or `signature`).
        code: String,
        /// Why and what to do, in Chinese.
        zh: String,
    },
    /// The phone's chain in the case went on under a new number (a restored phone, or after a refusal).
    NewEpoch {
        /// The case.
        case: CaseId,
        /// The chain's new epoch.
        epoch: u32,
    },
    /// A case came to this phone.
    CaseAdded {
        /// The case.
        case: CaseId,
    },
    /// Rows came.
    CaseChanged {
        /// The case.
        case: CaseId,
        /// How many.
        rows: u64,
    },
    /// The case is no longer this person's; its rows were removed, own records stay listed.
    CaseWithdrawn {
        /// The case.
        case: CaseId,
    },
    /// The server was restored from a backup; own records it lost go out again.
    ServerRestored {
        /// Its new epoch.
        server_epoch: u32,
    },
    /// The server's history does not extend what this phone saw. The phone keeps its own rows (witness).
    HistoryAlarm {
        /// The case.
        case: CaseId,
        /// What does not fit.
        error: HistoryError,
    },
    /// A calendar edition or a policy came; due dates may have moved.
    RulesChanged,
    /// A calendar edition or policy could not be read: update the app.
    RulesUnreadable {
        /// What is wrong, in the parser's words.
        why: String,
    },
    /// The phone's clock is off by this many seconds (positive = ahead).
    ClockOff {
        /// Phone minus server.
        seconds: i64,
    },
    /// A record was left out of this sync, because the line broke whenever it went alone, and carried less than it.
    LineTooWeak {
        /// The case.
        case: CaseId,
        /// The record; `None` = records that this phone carries for somebody else.
        fact: Option<FactId>,
        /// What it weighs, bytes.
        bytes: u64,
        /// How many records of the case wait behind it.
        behind: u64,
    },
    /// The server's clock stands before what this phone holds: what it withdraws by that clock is kept.
    ServerClockBehind {
        /// By how many seconds.
        seconds: i64,
    },
    /// The server's disk has no room: what is not uploaded stays here, and reading goes on.
    ServerFull {
        /// What the server says, in Chinese.
        zh: String,
    },
    /// The server takes no more of this today; the records stay here and go out by themselves later.
    Deferred {
        /// The case.
        case: CaseId,
        /// When it goes on, Unix seconds.
        until: i64,
        /// Which of the day's limits: `records`, `bytes` or `cases`.
        code: String,
    },
    /// Work carried for another device reached the server.
    CarriedDelivered {
        /// The case.
        case: CaseId,
        /// How many records were accepted or known.
        records: u64,
    },
    /// Work carried for another device was refused; it stays here to be shown, and is no longer sent.
    CarriedRefused {
        /// The case.
        case: CaseId,
        /// Why ([`crate::admit::Refusal`] code, or `signature`).
        code: String,
        /// Why and what to do, in Chinese.
        zh: String,
    },
}

impl Event {
    /// The case it is about.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Event::Judged { case, .. }
            | Event::Quarantined { case, .. }
            | Event::NewEpoch { case, .. }
            | Event::CaseAdded { case }
            | Event::CaseChanged { case, .. }
            | Event::CaseWithdrawn { case }
            | Event::HistoryAlarm { case, .. }
            | Event::LineTooWeak { case, .. }
            | Event::Deferred { case, .. }
            | Event::CarriedDelivered { case, .. }
            | Event::CarriedRefused { case, .. } => Some(*case),
            Event::ServerRestored { .. }
            | Event::RulesChanged
            | Event::RulesUnreadable { .. }
            | Event::ClockOff { .. }
            | Event::ServerClockBehind { .. }
            | Event::ServerFull { .. } => None,
        }
    }

    /// What happened, with what to do where something is to be done.
    pub fn message(&self) -> Message {
        match self {
            Event::Judged { sequence, verdict, .. } => say::Judged { sequence, verdict: verdict.message() }.say(),
            Event::Quarantined { code, .. } => say::Quarantined { why: outcome(code) }.say(),
            Event::NewEpoch { epoch, .. } => say::NewEpoch { epoch }.say(),
            Event::CaseAdded { .. } => say::CaseAdded.say(),
            Event::CaseChanged { rows, .. } => say::CaseChanged { rows }.say(),
            Event::CaseWithdrawn { .. } => say::CaseWithdrawn.say(),
            Event::ServerRestored { server_epoch } => say::ServerRestored { epoch: server_epoch }.say(),
            Event::HistoryAlarm { error, .. } => error.message(),
            Event::RulesChanged => say::RulesChanged.say(),
            Event::RulesUnreadable { why } => say::RulesUnreadable { why: Both::new("", why) }.say(),
            Event::ClockOff { seconds } => {
                let side = if *seconds > 0 { "ahead" } else { "behind" };
                say::ClockOff { side, time: long(seconds.unsigned_abs()) }.say()
            }
            Event::LineTooWeak { fact, bytes, behind, .. } => {
                let what = if fact.is_some() { "record" } else { "carried" };
                say::LineTooWeak { what, kilobytes: bytes.div_ceil(1024), behind }.say()
            }
            Event::ServerClockBehind { seconds } => say::ServerClockBehind { time: long(seconds.unsigned_abs()) }.say(),
            Event::ServerFull { zh } => say::ServerFull { said: Both::new(zh, "") }.say(),
            Event::Deferred { until, code, .. } => say::Deferred { what: code, hour: local_stamp(*until) }.say(),
            Event::CarriedDelivered { records, .. } => say::CarriedDelivered { records }.say(),
            Event::CarriedRefused { zh, code, .. } => say::CarriedRefused { why: Both::new(zh, outcome(code).en) }.say(),
        }
    }
}

/// A stretch of time in the largest unit that says it.
fn long(seconds: u64) -> Message {
    match seconds {
        0..7_200 => say::Minutes { n: seconds / 60 }.say(),
        7_200..172_800 => say::Hours { n: seconds / 3_600 }.say(),
        172_800..63_072_000 => say::Days { n: seconds / 86_400 }.say(),
        _ => say::Years { n: seconds / 31_536_000 }.say(),
    }
}
