//! The rows of one case, read from the store when somebody opens it or the server wants them back.

use super::case::Case;
use super::case_digest::CaseDigest;
use super::saved;
use crate::admit::{self, Checked};
use crate::case::{CaseEvent, CaseView, Entry, ReadFact, Row, Verdict, fold};
use crate::doc::ChainTip;
use crate::fact::{Fact, Glimpse, Node, sealed_keys};
use crate::ids::{ActorId, CaseId, Chain, DeviceId, FactId, KeyId};
use crate::store::{Item, Namespace, Store, StoreError};
use crate::sync::session::{OwnChain, Prepared};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// How many cases' rows stay in memory; the one used longest ago goes first.
const KEPT_MAX: usize = 4;

/// See the module.
#[derive(Debug)]
pub(super) struct History {
    case: CaseId,
    /// 1, 2, 3 …, own changes with their bytes.
    pub rows: Vec<Held>,
    view: OnceLock<Arc<CaseView>>,
}

/// A row, and its fact once somebody asked for it.
#[derive(Debug)]
pub(super) struct Held {
    /// The row.
    pub row: Row,
    fact: OnceLock<Option<ReadFact>>,
}

impl Held {
    /// The fact of a change row.
    pub fn fact(&self) -> Option<&ReadFact> {
        self.fact.get_or_init(|| Some(Fact::read(change(&self.row)?.fact).map(Arc::new))).as_ref()
    }
}

/// A row whose change holds no readable fact.
pub(super) struct UnreadableRow {
    /// The record's id; of one that cannot be read, the beginning of the change's hash.
    pub id: FactId,
    /// The row's number.
    pub sequence: u64,
    /// Its verdict.
    pub verdict: Verdict,
    /// What can be read of it.
    pub glimpse: Glimpse,
}

impl History {
    /// Reads the rows of a case, each as far as this version understands it. What is no row at all, a gap or a broken link ends them: the server sends the rest again.
    pub fn load(store: &dyn Store, case: CaseId) -> Result<History, StoreError> {
        Ok(History::of(case, store.load_under(Namespace::Row, &case.0)?))
    }

    /// The rows among stored values of a case, as [`History::load`].
    pub fn of(case: CaseId, items: impl IntoIterator<Item = Item>) -> History {
        let mut history = History { case, rows: Vec::new(), view: OnceLock::new() };
        for (_, value) in items {
            let (sequence, chain) = history.place();
            let Ok(raw) = saved::read_row(&value) else { break };
            if raw.sequence != sequence.saturating_add(1) || !raw.follows(case, chain) {
                break;
            }
            history.rows.push(Held { row: raw.read(), fact: OnceLock::new() });
        }
        history
    }

    /// Sequence number and link of the last row.
    pub fn place(&self) -> (u64, Chain) {
        self.rows.last().map_or_else(|| (0, Row::chain_start(self.case)), |h| (h.row.sequence, h.row.chain))
    }

    /// What is kept of these rows.
    pub fn case_digest(&self) -> CaseDigest {
        let mut case_digest = CaseDigest::new(self.case);
        self.rows.iter().for_each(|held| case_digest.take(&held.row, change(&held.row)));
        case_digest
    }

    /// What the rows add up to.
    pub fn view(&self) -> Arc<CaseView> {
        self.view.get_or_init(|| Arc::new(fold(self.case, self.told()))).clone()
    }

    /// The rows as the fold takes them.
    pub fn told(&self) -> impl Iterator<Item = CaseEvent> {
        self.rows
            .iter()
            .map(|held| CaseEvent::row(&held.row, held.fact().cloned()).unwrap_or_else(|| CaseEvent::later(&held.row)))
    }

    /// The facts of an id, whole.
    pub fn facts(&self, id: FactId) -> impl Iterator<Item = &Fact> {
        let readable = self.rows.iter().filter_map(|held| held.fact()?.as_deref().ok());
        readable.filter(move |fact| fact.id == id)
    }

    /// Own changes of the current chain from `from` on, with the chain before them; `None` if the first is not held.
    pub fn own_changes(&self, public_key: &[u8; 32], epoch: u32, from: u64) -> Option<(OwnChain, Vec<Prepared>)> {
        let actor = ActorId::derive(public_key, self.case, epoch);
        let of_chain = |held: &&Held| matches!(&held.row.entry, Entry::Change { actor: a, .. } if *a == actor);
        let own: Vec<Checked> = self.rows.iter().filter(of_chain).filter_map(|held| change(&held.row)).collect();
        let at = own.iter().position(|c| c.seq == from)?;
        let before = match at.checked_sub(1) {
            Some(i) => tip(own.get(i)?),
            None if from == 1 => ChainTip::start(self.case),
            None => return None,
        };
        let prepared = own.into_iter().skip(at).filter_map(|c| {
            let tip = tip(&c);
            Some(Prepared { fact: fact_id(&c.fact)?, bytes: c.raw, tip })
        });
        Some((OwnChain { case: self.case, epoch, actor, tip: before }, prepared.collect()))
    }

    /// Own changes of a chain from the first to the last that holds a value sealed under one of `wanted` keys, with the chain before
    /// them.
    pub fn own_with_keys(
        &self,
        public_key: &[u8; 32],
        epoch: u32,
        wanted: impl Fn(&KeyId) -> bool,
    ) -> Option<(OwnChain, Vec<Prepared>)> {
        let actor = ActorId::derive(public_key, self.case, epoch);
        let of_chain = |held: &&Held| matches!(&held.row.entry, Entry::Change { actor: a, .. } if *a == actor);
        let own = self.rows.iter().filter(of_chain).filter_map(|held| change(&held.row));
        let mut holding = own.filter(|change| sealed_keys(&change.fact).iter().any(&wanted)).map(|change| change.seq);
        let first = holding.next()?;
        let last = holding.last().unwrap_or(first);
        let (before, mut changes) = self.own_changes(public_key, epoch, first)?;
        changes.retain(|change| change.tip.seq <= last);
        Some((before, changes))
    }

    /// Rows of a device that hold no readable fact, in the order of the case.
    pub fn unreadable(&self, device: DeviceId) -> Vec<UnreadableRow> {
        let of_device = |held: &&Held| matches!(&held.row.entry, Entry::Change { author, .. } if author.device == device);
        let unreadable = self.rows.iter().filter(of_device).filter(|held| matches!(held.fact(), Some(Err(_))));
        let row = |held: &Held| {
            let change = change(&held.row)?;
            let glimpse = Glimpse::of(&change.fact);
            let by_hash = || FactId(std::array::from_fn(|at| change.hash.0.get(at).copied().unwrap_or_default()));
            let id = glimpse.id.unwrap_or_else(by_hash);
            Some(UnreadableRow { id, sequence: held.row.sequence, verdict: held.row.verdict.clone(), glimpse })
        };
        unreadable.filter_map(row).collect()
    }

    /// Facts a device sent, in the order of the case.
    pub fn own_facts(&self, device: DeviceId) -> Vec<(FactId, Node)> {
        let of_device = |held: &&Held| matches!(&held.row.entry, Entry::Change { author, .. } if author.device == device);
        let own = self.rows.iter().filter(of_device).filter_map(|held| change(&held.row));
        own.filter_map(|c| Some((fact_id(&c.fact)?, c.fact))).collect()
    }
}

fn change(row: &Row) -> Option<Checked> {
    match &row.entry {
        Entry::Change { bytes, actor, .. } => admit::check(bytes, *actor).ok(),
        _ => None,
    }
}

fn tip(checked: &Checked) -> ChainTip {
    ChainTip { seq: checked.seq, hash: checked.hash, max_op: checked.max_op }
}

/// The id a fact's tree carries.
pub(super) fn fact_id(node: &Node) -> Option<FactId> {
    node.get("id").and_then(Node::as_bytes).and_then(FactId::from_slice)
}

/// The rows used last, and the cases whose rows were found to be fewer than their digest says.
#[derive(Debug, Default)]
pub(super) struct Recent {
    kept: Vec<Arc<History>>,
    hurt: BTreeSet<CaseId>,
}

impl Recent {
    /// The rows of a case, from memory if they are the newest.
    pub fn of(&mut self, store: &dyn Store, case: &Case) -> Result<Arc<History>, StoreError> {
        let kept = self.kept.iter().position(|h| h.case == case.id).map(|at| self.kept.remove(at));
        let history = match kept.filter(|history| history.place() == case.place()) {
            Some(history) => history,
            None => Arc::new(History::load(store, case.id)?),
        };
        if history.place() != case.place() {
            self.hurt.insert(case.id);
        }
        self.kept.truncate(KEPT_MAX.saturating_sub(1));
        self.kept.insert(0, history.clone());
        Ok(history)
    }

    /// Cases to be put right, each told once.
    pub fn take_hurt(&mut self) -> BTreeSet<CaseId> {
        std::mem::take(&mut self.hurt)
    }
}
