//! The rows a phone lacks: those after its cursors, in pages of bounded size.

use crate::app::App;
use crate::auth::device::Asking;
use crate::db::sql::members::{self, Held};
use crate::db::sql::{cases, cbor, keys, rows};
use crate::db::{Connection, DbError};
use crate::planted::Bug;
use daiban_core::case::{Cursor, JudgingState, RawRow};
use daiban_core::fact::SealKey;
use daiban_core::ids::{CaseId, ChangeHash, DeviceId, PersonId};
use daiban_core::limits::{SYNC_PAGE_BYTES_MAX, SYNC_ROW_BYTES};
use daiban_core::people::Role;
use daiban_core::sync::wire::{BatchOutcome, CasePage, Outcome, Place, SyncRequest, digest};
use std::collections::{HashMap, HashSet};

/// Everything of an answer that depends on where the phone stands.
#[derive(Default)]
pub(super) struct Found {
    pub(super) cases: Vec<CasePage>,
    /// Which rows the pages hold, case by case.
    pub(super) brought: Vec<Brought>,
    pub(super) withdrawn: Vec<CaseId>,
    pub(super) need_cursors: bool,
    pub(super) more: bool,
}

/// The rows of a page: those of a case behind `after`, up to `upto`.
pub(super) struct Brought {
    pub(super) held: Held,
    pub(super) after: u64,
    pub(super) upto: u64,
}

/// Picks them. `outcomes` are those of the device's own batches in this round: it has these bytes.
pub(super) fn pages(
    conn: &Connection,
    app: &App,
    asking: &Asking,
    request: &SyncRequest,
    outcomes: &[BatchOutcome],
    now: i64,
) -> Result<Found, DbError> {
    let mut held = members::held(conn, &asking.person, now)?;
    let mut need_cursors = false;
    let cursors = match &request.place {
        Place::Digest(theirs) => {
            let ours: Vec<_> = held.iter().map(|h| (h.case, h.cursor(app.epoch))).collect();
            return Ok(Found { need_cursors: digest(&ours)[..] != theirs[..], ..Found::default() });
        }
        Place::Changed(theirs, cursors) => {
            let named: HashSet<CaseId> = outcomes.iter().map(|o| o.case).chain(cursors.iter().map(|(case, _)| *case)).collect();
            let (changed, others): (Vec<Held>, Vec<Held>) = held.into_iter().partition(|h| named.contains(&h.case));
            let ours: Vec<_> = others.iter().map(|h| (h.case, h.cursor(app.epoch))).collect();
            need_cursors = digest(&ours)[..] != theirs[..];
            held = changed;
            cursors
        }
        Place::Cursors(cursors) => cursors,
    };
    let place: HashMap<CaseId, Cursor> = cursors.iter().copied().collect();
    let mut picker = Picker {
        conn,
        person: &asking.person,
        now,
        own: own_hashes(outcomes),
        holds_own: request.holds_own.then_some(asking.device),
        skip: u64::from(app.planted(Bug::WrongCursor)),
        room: request.page_bytes.map_or(SYNC_PAGE_BYTES_MAX, |asked| (asked as usize).clamp(1, SYNC_PAGE_BYTES_MAX)),
        found: Found { need_cursors, ..Found::default() },
    };
    for case in &held {
        picker.case(case, place.get(&case.case).copied())?;
    }
    picker.gone(cursors, &held)?;
    Ok(picker.found)
}

fn own_hashes(outcomes: &[BatchOutcome]) -> HashSet<ChangeHash> {
    let hash = |outcome: &Outcome| match outcome {
        Outcome::Accepted { hash, .. } | Outcome::Known { hash, .. } => Some(*hash),
        _ => None,
    };
    outcomes.iter().flat_map(|batch| batch.changes.iter().filter_map(hash)).collect()
}

struct Picker<'a> {
    conn: &'a Connection,
    person: &'a PersonId,
    now: i64,
    own: HashSet<ChangeHash>,
    /// The device, if it has the bytes of all its changes.
    holds_own: Option<DeviceId>,
    skip: u64,
    room: usize,
    found: Found,
}

impl Picker<'_> {
    /// The page of one case; none if the phone has every row or the answer is full.
    fn case(&mut self, held: &Held, cursor: Option<Cursor>) -> Result<(), DbError> {
        let at = cursor.map_or(0, |cursor| cursor.sequence);
        if cursor.is_some_and(|cursor| (cursor.sequence, cursor.chain) == (held.sequence, held.chain)) {
            return Ok(());
        }
        if at == 0 && held.sequence == 0 {
            return Ok(());
        }
        if self.room == 0 {
            self.found.more = true;
            return Ok(());
        }
        let joined = match cursor.filter(|cursor| cursor.sequence > 0) {
            Some(cursor) => self.rows_behind(held.case_no, cursor)?,
            None => None,
        };
        let (restart, after, (rows, full)) = match joined {
            Some(page) => (false, at + self.skip, page),
            None => (at > 0, 0, self.rows(held.case_no)?),
        };
        self.found.more |= full;
        let upto = rows.last().map_or(after, |row| row.sequence);
        let keys = self.keys(held.case_no, after, upto)?;
        if restart || !rows.is_empty() {
            self.found.brought.push(Brought { held: *held, after, upto });
            self.found.cases.push(CasePage { case: held.case, restart, rows, keys });
        }
        Ok(())
    }

    /// All rows while there is room; `true` if more wait.
    fn rows(&mut self, case_no: i64) -> Result<(Vec<RawRow>, bool), DbError> {
        let (mut list, mut full) = (Vec::new(), false);
        rows::walk_raw(self.conn, case_no, 0, |row| {
            full = !self.take(row, &mut list);
            Ok(!full)
        })?;
        Ok((list, full))
    }

    /// The same behind a cursor; `None` if the row it stands on is not the one the phone holds.
    fn rows_behind(&mut self, case_no: i64, cursor: Cursor) -> Result<Option<(Vec<RawRow>, bool)>, DbError> {
        let (mut list, mut full, mut joined) = (Vec::new(), false, false);
        rows::walk_raw(self.conn, case_no, cursor.sequence - 1, |row| {
            if row.sequence == cursor.sequence {
                joined = row.chain == cursor.chain;
                return Ok(joined);
            }
            full = joined && row.sequence > cursor.sequence + self.skip && !self.take(row, &mut list);
            Ok(joined && !full)
        })?;
        Ok(joined.then_some((list, full)))
    }

    /// Adds a row if there is room.
    fn take(&mut self, mut row: RawRow, list: &mut Vec<RawRow>) -> bool {
        if self.room == 0 {
            return false;
        }
        self.shorten(&mut row);
        let bytes = row.change.as_ref().and_then(|change| change.bytes.as_ref()).map_or(0, |bytes| bytes.len());
        self.room = self.room.saturating_sub(bytes + SYNC_ROW_BYTES);
        list.push(row);
        true
    }

    /// The bytes of a change that the device has need not go back.
    fn shorten(&self, row: &mut RawRow) {
        let Some((hash, author)) = row.named() else { return };
        if self.own.contains(&hash) || self.holds_own == Some(author.device) {
            row.change.iter_mut().for_each(|change| change.bytes = None);
        }
    }

    /// The keys that travel with these rows, if the person's role may open sealed values.
    fn keys(&self, case_no: i64, after: u64, upto: u64) -> Result<Vec<SealKey>, DbError> {
        let keys = keys::between(self.conn, case_no, after, upto)?;
        if keys.is_empty() {
            return Ok(keys);
        }
        let Some(head) = cases::by_no(self.conn, case_no)? else { return Ok(Vec::new()) };
        let standing: JudgingState = cbor::read(&head.standing, "standing")?;
        let opens = standing.roster.roles_at(self.person, self.now).any(|entry| may_open(entry.role));
        Ok(if opens { keys } else { Vec::new() })
    }

    /// Cases the phone names and its holder does not hold: withdrawn, or (after a restore) not here any more.
    fn gone(&mut self, cursors: &[(CaseId, Cursor)], held: &[Held]) -> Result<(), DbError> {
        let held: HashSet<CaseId> = held.iter().map(|h| h.case).collect();
        for (case, _) in cursors.iter().filter(|(case, _)| !held.contains(case)) {
            match cases::find(self.conn, *case)? {
                Some(_) => self.found.withdrawn.push(*case),
                None => self.found.cases.push(CasePage { case: *case, restart: true, rows: Vec::new(), keys: Vec::new() }),
            }
        }
        Ok(())
    }
}

/// Who on a case works with the people behind the sealed values.
fn may_open(role: Role) -> bool {
    match role {
        Role::ChiefAgent | Role::GroupSpecialist | Role::UnitAgent | Role::DispatchLead | Role::Office => true,
        Role::DistrictGovernment | Role::Supervision | Role::Administrator => false,
    }
}
