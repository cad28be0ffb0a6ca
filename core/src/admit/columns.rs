//! The columns, counted from their run lengths before Automerge sees them: 79 honest-looking bytes can claim 10^12 operations.

use super::cursor::{Cursor, Runs, runs};
use super::refusal::Refusal;
use super::rules::Rules;
use crate::limits::{CHANGE_OPERATIONS_MAX, FIELD_NAME_BYTES_MAX};

/// Columns one change can have; Automerge writes fourteen kinds, a fact needs nine.
const COLUMNS_MAX: u64 = 16;
/// Make map, put, make list: the first three actions; what follows deletes, increments or marks.
const ACTION_MAX: u64 = 2;

/// Checks every column that can be checked by its bytes. Returns how many operations the change has.
pub(super) fn read(cursor: &mut Cursor<'_>, rules: &Rules) -> Result<u64, Refusal> {
    let count = cursor.uleb().ok_or(Refusal::Field)?;
    if count > COLUMNS_MAX {
        return Err(Refusal::Column);
    }
    let mut columns = [(0, 0); COLUMNS_MAX as usize];
    let columns = columns.get_mut(..count as usize).ok_or(Refusal::Column)?;
    for column in columns.iter_mut() {
        *column = (cursor.uleb().ok_or(Refusal::Field)?, cursor.uleb().ok_or(Refusal::Field)?);
    }
    let mut operations = 0;
    for &mut (kind, length) in columns {
        let data = cursor.take(length).ok_or(Refusal::Field)?;
        if let Some(found) = one(kind, data, rules)? {
            operations = found;
        }
    }
    if !(1..=CHANGE_OPERATIONS_MAX).contains(&operations) {
        return Err(Refusal::OpCount);
    }
    // Automerge would take bytes behind the columns as the author's name.
    if !cursor.is_done() {
        return Err(Refusal::Trailing);
    }
    Ok(operations)
}

/// One column; the action column says how many operations there are.
fn one(kind: u64, data: &[u8], rules: &Rules) -> Result<Option<u64>, Refusal> {
    match kind {
        // Object actor and counter, key actor and delta, insert flag, value lengths and values.
        0x01 | 0x02 | 0x11 | 0x13 | 0x34 | 0x56 | 0x57 => Ok(None),
        // Field names. Automerge takes memory for a name by its claimed length, before it looks whether the bytes are there.
        0x15 => {
            let names = walk(data, |c| {
                let length = c.uleb()?;
                c.take(length).map(|_| length <= FIELD_NAME_BYTES_MAX as u64)
            });
            match names {
                Ok(found) if found.all => Ok(None),
                _ => Err(Refusal::FieldName),
            }
        }
        0x42 => {
            let found = walk(data, |c| c.uleb().map(|action| action <= ACTION_MAX))?;
            // Counted here, not at the end: a later rule must never see more.
            if found.entries > CHANGE_OPERATIONS_MAX {
                return Err(Refusal::OpCount);
            }
            rules.need(found.all && !found.nulls, Refusal::BadAction)?;
            Ok(Some(found.entries))
        }
        // How many predecessors each operation has: none.
        0x70 => {
            let mut most = 0;
            let found = walk(data, |c| {
                c.uleb().map(|n| {
                    most = most.max(n);
                    n == 0
                })
            })?;
            // Not to be waived: the count alone decides how much Automerge reads.
            if most > CHANGE_OPERATIONS_MAX {
                return Err(Refusal::HasPred);
            }
            rules.need(found.all && !found.nulls, Refusal::HasPred).map(|()| None)
        }
        0x71 | 0x73 => rules.need(false, Refusal::HasPred).map(|()| None),
        _ => rules.need(false, Refusal::Column).map(|()| None),
    }
}

fn walk<'a>(data: &'a [u8], item: impl FnMut(&mut Cursor<'a>) -> Option<bool>) -> Result<Runs, Refusal> {
    runs(data, item).ok_or(Refusal::Field)
}
