//! The log of each case: appending to it, reading it, proving it.
//!
//! [`CaseLog`] is one case opened for writing; [`append_change`] judges a change and gives it its row; [`append_ruling`],
//! [`append_roster`] and [`append_fact`] are what the office orders; [`recognise_case`] judges 待识别 facts again; [`verify`] recomputes every link, hash and signature.

mod case_log;
mod change;
mod known;
mod named;
mod office;
mod recognise;
mod verify;
mod view;

pub use case_log::CaseLog;
pub use change::{Ready, Sent, Vouched, append_change};
pub use named::week_closes_at;
pub use office::{append_fact, append_roster, append_ruling, open_case};
pub use recognise::recognise_case;
pub use verify::{FirstBad, VerifyReport, verify};
pub use view::{case_rows, read_fact, view};

use crate::db::DbError;
use crate::error::Problem;
use daiban_core::admit::Refusal;
use daiban_core::ids::DeviceId;
use daiban_core::sync::{Signer, SoftwareKey};
use daiban_messages::say::server as words;
use daiban_messages::{Message, Say};

/// The server as a writer: its key, its epoch, its time.
#[derive(Clone)]
pub struct Env {
    /// Now, Unix seconds: 到达 of what is written with it.
    pub now: i64,
    /// The server's key.
    pub key: SoftwareKey,
    /// The server's epoch: stands in the server's own actor ids.
    pub epoch: u32,
}

impl Env {
    /// The server as a device.
    pub fn device(&self) -> DeviceId {
        DeviceId::of(&self.key.public_key())
    }
}

/// Why a row cannot be appended.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
    /// There is no such case.
    #[error("there is no such case")]
    NoCase,
    /// The ruling names a fact that the case does not have.
    #[error("the case has no such fact")]
    NoFact,
    /// A commanded fact that admission refuses.
    #[error("refused: {0}")]
    Refused(Refusal),
}

fn not_found(what: impl Say) -> Problem {
    let Message { zh, en, .. } = what.say();
    Problem::not_found(&zh, &en)
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Problem {
        match error {
            LedgerError::Db(error) => error.into(),
            LedgerError::NoCase => not_found(words::Case),
            LedgerError::NoFact => not_found(words::Record),
            LedgerError::Refused(refusal) => Problem::unprocessable(refusal.code(), refusal.zh(), refusal.to_string()),
        }
    }
}
