//! Rows are verified before they are believed: every phone is a witness of every case it holds.

use crate::admit::{self, Checked};
use crate::case::{Entry, RawRow, Row};
use crate::ids::{CaseId, Chain, ChangeHash};
use daiban_messages::say::sync as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Serialize};

/// How a server's history fails to extend what the phone saw. The phone keeps its own rows and says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum HistoryError {
    /// A row is missing or comes twice.
    #[error("row {found} came where row {expected} was due")]
    Gap {
        /// The next row's number.
        expected: u64,
        /// What came.
        found: u64,
    },
    /// The row's link does not follow from the row before.
    #[error("row {sequence} does not follow from the row before")]
    Chain {
        /// The row.
        sequence: u64,
    },
    /// The change in the row is not the one the row names, or is inadmissible.
    #[error("the change in row {sequence} is not the one it names")]
    Change {
        /// The row.
        sequence: u64,
    },
    /// The server wants the phone to drop its rows without having been restored.
    #[error("the server's history does not extend row {sequence}, and its epoch did not rise")]
    Rewritten {
        /// The phone's last row.
        sequence: u64,
    },
}

impl HistoryError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        say::History.say()
    }
}

/// Rows that were verified.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verified {
    /// In sequence.
    pub rows: Vec<VerifiedRow>,
    /// An own change came without bytes that this phone no longer has at hand: the rest comes again next round.
    pub short: bool,
}

/// A row that belongs where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedRow {
    /// As it is stored; of an own change with its bytes.
    pub raw: RawRow,
    /// What this version understands of it.
    pub row: Row,
    /// Of a change row what admission made of it; `None` also for a change that only a later version admits.
    pub change: Option<Checked>,
}

/// Verifies `rows` as the continuation of `case` after row `sequence` with link `chain`. `own` finds the bytes of changes that
/// this phone sent in the very same round.
pub fn verify(
    case: CaseId,
    (mut sequence, mut chain): (u64, Chain),
    rows: Vec<RawRow>,
    own: impl Fn(&ChangeHash) -> Option<Vec<u8>>,
) -> Result<Verified, HistoryError> {
    let mut out = Verified { rows: Vec::with_capacity(rows.len()), short: false };
    for mut raw in rows {
        sequence = sequence.saturating_add(1);
        if raw.sequence != sequence {
            return Err(HistoryError::Gap { expected: sequence, found: raw.sequence });
        }
        if !raw.follows(case, chain) {
            return Err(HistoryError::Chain { sequence });
        }
        chain = raw.chain;
        if !with_bytes(&mut raw, &own) {
            out.short = true;
            break;
        }
        let row = raw.clone().read();
        let change = named_change(&row.entry).map_err(|()| HistoryError::Change { sequence })?;
        out.rows.push(VerifiedRow { raw, row, change });
    }
    Ok(out)
}

/// Puts the bytes of an own change back; `false` if they are not at hand.
fn with_bytes(raw: &mut RawRow, own: &impl Fn(&ChangeHash) -> Option<Vec<u8>>) -> bool {
    let named = raw.named();
    let (Some((hash, _)), Some(change)) = (named, raw.change.as_mut().filter(|change| change.bytes.is_none())) else {
        return true;
    };
    change.bytes = own(&hash).map(Into::into);
    change.bytes.is_some()
}

/// The change of a change row, if it is the one the row names. One that is, but that this version does not admit, is none.
fn named_change(entry: &Entry) -> Result<Option<Checked>, ()> {
    let Entry::Change { bytes, hash, actor, seq, .. } = entry else { return Ok(None) };
    match admit::check(bytes, *actor) {
        Ok(checked) if (checked.hash, checked.seq) == (*hash, *seq) => Ok(Some(checked)),
        Err(_) if admit::peek(bytes).is_ok_and(|seen| (seen.hash, seen.actor, seen.seq) == (*hash, *actor, *seq)) => Ok(None),
        _ => Err(()),
    }
}
