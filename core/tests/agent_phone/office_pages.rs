//! What a phone lacks, as far as it fits into one answer.

use super::Office;
use daiban_core::case::{Cursor, RawRow};
use daiban_core::ids::{CaseId, ChangeHash};
use daiban_core::limits::SYNC_ROW_BYTES;
use daiban_core::sync::wire::{CasePage, Place, SyncRequest, digest};
use std::collections::{BTreeMap, BTreeSet};

impl Office {
    pub(super) fn pages(
        &self,
        members: &BTreeSet<CaseId>,
        sync: &SyncRequest,
        written: &BTreeSet<CaseId>,
        sent: &BTreeSet<ChangeHash>,
    ) -> (Vec<CasePage>, bool, bool) {
        let mut need_cursors = false;
        let mut asked: Vec<CaseId> = members.iter().copied().collect();
        let cursor = |id: &CaseId| {
            let row = self.cases[id].rows.last()?;
            Some((*id, Cursor { server_epoch: self.epoch, sequence: row.sequence, chain: row.chain }))
        };
        let cursors = match &sync.place {
            Place::Digest(theirs) => {
                let ours: Vec<_> = members.iter().filter_map(cursor).collect();
                return (Vec::new(), digest(&ours)[..] != theirs[..], false);
            }
            Place::Changed(theirs, cursors) => {
                let ours: Vec<_> = members.difference(written).filter_map(cursor).collect();
                need_cursors = digest(&ours)[..] != theirs[..];
                asked.retain(|id| written.contains(id));
                cursors.iter().copied().collect::<BTreeMap<_, _>>()
            }
            Place::Cursors(cursors) => cursors.iter().copied().collect::<BTreeMap<_, _>>(),
        };
        let (mut pages, mut room, mut more) = (Vec::new(), self.page_rows, false);
        let mut bytes = sync.page_bytes.map_or(usize::MAX, |asked| asked as usize);
        for id in &asked {
            let case = &self.cases[id];
            let theirs = cursors.get(id);
            let on_chain = theirs
                .is_none_or(|c| c.sequence == 0 || case.rows.get(c.sequence as usize - 1).is_some_and(|r| r.chain == c.chain));
            let from = if on_chain { theirs.map_or(0, |c| c.sequence as usize) } else { 0 };
            let lacking = &case.rows[from..];
            let fits = |row: &RawRow| {
                let change = row.change.as_ref().and_then(|change| change.bytes.as_ref()).map_or(0, |bytes| bytes.len());
                let left = bytes.saturating_sub(change + SYNC_ROW_BYTES);
                std::mem::replace(&mut bytes, left) > 0
            };
            let rows: Vec<RawRow> = lacking.iter().take(room).map(|r| own(RawRow::of(r), sent)).take_while(fits).collect();
            more |= rows.len() < lacking.len();
            room -= rows.len();
            if !rows.is_empty() || !on_chain {
                pages.push(CasePage { case: *id, restart: !on_chain, rows, keys: case.keys.clone() });
            }
        }
        (pages, need_cursors, more)
    }
}

fn own(mut row: RawRow, sent: &BTreeSet<ChangeHash>) -> RawRow {
    if row.named().is_some_and(|(hash, _)| sent.contains(&hash)) {
        row.change.iter_mut().for_each(|change| change.bytes = None);
    }
    row
}
