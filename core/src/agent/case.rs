//! One case in memory: its digest, what is known besides, and where this device's chain stands.

use super::case_digest::CaseDigest;
use super::outbox::Outbox;
use super::saved::{CaseNote, IntentState};
use crate::admit::Checked;
use crate::case::{CaseView, Cursor, FactView, JudgingState, Row, fold};
use crate::doc::ChainTip;
use crate::ids::{ActorId, CaseId, Chain, DeviceId};
use crate::sync::session::OwnChain;
use std::sync::{Arc, OnceLock};

/// See the module.
#[derive(Debug)]
pub(super) struct Case {
    /// The case.
    pub id: CaseId,
    /// What is known besides the rows.
    pub note: CaseNote,
    /// The rows without their texts.
    pub case_digest: CaseDigest,
    outline: OnceLock<Arc<CaseView>>,
    standing: OnceLock<JudgingState>,
}

impl Case {
    /// A case without rows.
    pub fn new(id: CaseId, note: CaseNote) -> Case {
        Case { id, note, case_digest: CaseDigest::new(id), outline: OnceLock::new(), standing: OnceLock::new() }
    }

    /// Puts another digest in place.
    pub fn set(&mut self, case_digest: CaseDigest) {
        self.case_digest = case_digest;
        (self.outline, self.standing) = (OnceLock::new(), OnceLock::new());
    }

    /// Takes a row in behind the last; `change` is what admission made of it.
    pub fn take(&mut self, row: &Row, change: Option<Checked>) {
        self.case_digest.take(row, change);
        (self.outline, self.standing) = (OnceLock::new(), OnceLock::new());
    }

    /// Whether it has rows.
    pub fn has_rows(&self) -> bool {
        self.case_digest.sequence > 0
    }

    /// Sequence number and link of the last row.
    pub fn place(&self) -> (u64, Chain) {
        (self.case_digest.sequence, self.case_digest.chain)
    }

    /// What the server is told; `None` without rows.
    pub fn cursor(&self) -> Option<Cursor> {
        self.has_rows().then(|| self.cursor_at(self.place()))
    }

    /// The cursor of a place in this case.
    pub fn cursor_at(&self, (sequence, chain): (u64, Chain)) -> Cursor {
        Cursor { server_epoch: self.note.server_epoch, sequence, chain }
    }

    /// What the next fact is judged against.
    pub fn standing(&self) -> &JudgingState {
        self.standing.get_or_init(|| self.case_digest.standing(self.id))
    }

    /// What the rows add up to, without texts. Never for a screen that shows facts.
    pub fn outline(&self) -> Arc<CaseView> {
        self.outline.get_or_init(|| Arc::new(fold(self.id, self.case_digest.told()))).clone()
    }

    /// Where this device's chain stands: the further of the rows and the acknowledgements.
    pub fn own_chain(&self, public_key: &[u8; 32], outbox: &Outbox) -> OwnChain {
        let epoch = self.note.epoch;
        let actor = ActorId::derive(public_key, self.id, epoch);
        let in_rows = self.case_digest.tip(actor).unwrap_or_else(|| ChainTip::start(self.id));
        let acknowledged = outbox.of(self.id).filter_map(|(_, intent)| match intent.state {
            IntentState::Sent { epoch: e, tip, .. } if e == epoch => Some(tip),
            _ => None,
        });
        let tip = acknowledged.fold(in_rows, |a, b| if b.seq > a.seq { b } else { a });
        OwnChain { case: self.id, epoch, actor, tip }
    }

    /// Whether this device sent a fact: its row, or one that delivered the same fact again (the office may have adopted it first).
    pub fn is_own(&self, device: DeviceId, fact: &FactView) -> bool {
        fact.author.device == device || fact.repeated.iter().any(|sequence| self.case_digest.is_row_of(device, *sequence))
    }
}
