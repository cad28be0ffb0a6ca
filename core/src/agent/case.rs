//! One case in memory: its rows, what is known besides, and where this device's chain stands.

use super::saved::{CaseNote, Intent, IntentState};
use crate::admit::{self, Checked};
use crate::case::{CaseView, Cursor, Entry, FactView, ReadFact, Row, Standing, Told, fold};
use crate::doc::ChainTip;
use crate::fact::{Fact, Node, RulingBody};
use crate::ids::{ActorId, CaseId, Chain, DeviceId, FactId};
use crate::sync::session::{OwnChain, Prepared};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// See the module.
#[derive(Debug)]
pub(super) struct Case {
    /// The case.
    pub id: CaseId,
    /// What is known besides the rows.
    pub note: CaseNote,
    /// 1, 2, 3 …, own changes with their bytes.
    pub rows: Vec<Held>,
    /// The fold of the rows, made when first asked for.
    pub view: OnceLock<Arc<CaseView>>,
    /// What the next fact is judged against, made when first asked for.
    pub standing: OnceLock<Standing>,
}

/// A row, and its fact once somebody asked for it.
#[derive(Debug)]
pub(super) struct Held {
    /// The row.
    pub row: Row,
    fact: OnceLock<Option<ReadFact>>,
}

impl Held {
    /// A row that was verified.
    pub fn new(row: Row) -> Held {
        Held { row, fact: OnceLock::new() }
    }

    /// The fact of a change row.
    pub fn fact(&self) -> Option<&ReadFact> {
        let read = || match &self.row.entry {
            Entry::Change { bytes, actor, .. } => {
                let node = admit::check(bytes, *actor).ok()?.fact;
                Some(Fact::read(node).map(Arc::new))
            }
            _ => None,
        };
        self.fact.get_or_init(read).as_ref()
    }

    /// The fact, if it can be read.
    pub fn readable(&self) -> Option<&Fact> {
        self.fact()?.as_deref().ok()
    }
}

impl Case {
    /// A case without rows.
    pub fn new(id: CaseId, note: CaseNote) -> Case {
        Case { id, note, rows: Vec::new(), view: OnceLock::new(), standing: OnceLock::new() }
    }

    /// Sequence number and link of the last row.
    pub fn place(&self) -> (u64, Chain) {
        self.rows.last().map_or_else(|| (0, Row::chain_start(self.id)), |h| (h.row.sequence, h.row.chain))
    }

    /// What the server is told; `None` without rows.
    pub fn cursor(&self) -> Option<Cursor> {
        let row = &self.rows.last()?.row;
        Some(self.cursor_at((row.sequence, row.chain)))
    }

    /// The cursor of a place in this case.
    pub fn cursor_at(&self, (sequence, chain): (u64, Chain)) -> Cursor {
        Cursor { server_epoch: self.note.server_epoch, sequence, chain }
    }

    /// Takes rows in behind the last.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows.into_iter().map(Held::new));
        (self.view, self.standing) = (OnceLock::new(), OnceLock::new());
    }

    /// What the next fact is judged against.
    pub fn standing(&self) -> &Standing {
        self.standing.get_or_init(|| {
            let mut standing = Standing::new(self.id);
            let mut facts: HashMap<FactId, &Fact> = HashMap::new();
            for held in &self.rows {
                let fact = match &held.row.entry {
                    Entry::Ruling(ruling) => match ruling.body() {
                        RulingBody::LateWork(late) => facts.get(&late.fact).copied(),
                        _ => None,
                    },
                    _ => held.readable(),
                };
                standing.apply(&held.row.entry, fact, &held.row.verdict);
                if let Some(fact) = held.readable() {
                    facts.insert(fact.id, fact);
                }
            }
            standing
        })
    }

    /// What the rows add up to.
    pub fn view(&self) -> Arc<CaseView> {
        self.view.get_or_init(|| Arc::new(fold(self.id, self.told()))).clone()
    }

    /// The rows as the fold takes them.
    pub fn told(&self) -> impl Iterator<Item = Told> {
        self.rows.iter().filter_map(|held| Told::row(&held.row, held.fact().cloned()))
    }

    /// Where this device's chain stands: the further of the rows and the acknowledgements.
    pub fn own_chain<'a>(&self, public_key: &[u8; 32], intents: impl Iterator<Item = &'a Intent>) -> OwnChain {
        let epoch = self.note.epoch;
        let actor = ActorId::derive(public_key, self.id, epoch);
        let row = self.rows.iter().rev().find_map(|held| own_change(&held.row, actor));
        let in_rows = row.map_or_else(|| ChainTip::start(self.id), |c| tip(&c));
        let acknowledged = intents.filter_map(|i| match i.state {
            IntentState::Sent { epoch: e, tip, .. } if i.case == self.id && e == epoch => Some(tip),
            _ => None,
        });
        let tip = acknowledged.fold(in_rows, |a, b| if b.seq > a.seq { b } else { a });
        OwnChain { case: self.id, epoch, actor, tip }
    }

    /// Own changes of the current chain from `from` on, with the chain before them; `None` if the first is not held.
    pub fn own_changes(&self, public_key: &[u8; 32], from: u64) -> Option<(OwnChain, Vec<Prepared>)> {
        let actor = ActorId::derive(public_key, self.id, self.note.epoch);
        let own: Vec<Checked> = self.rows.iter().filter_map(|held| own_change(&held.row, actor)).collect();
        let at = own.iter().position(|c| c.seq == from)?;
        let before = match at.checked_sub(1) {
            Some(i) => tip(own.get(i)?),
            None if from == 1 => ChainTip::start(self.id),
            None => return None,
        };
        let prepared = own.into_iter().skip(at).filter_map(|c| {
            let tip = tip(&c);
            Some(Prepared { fact: fact_id(&c.fact)?, bytes: c.raw, tip })
        });
        Some((OwnChain { case: self.id, epoch: self.note.epoch, actor, tip: before }, prepared.collect()))
    }

    /// Whether this device sent a fact: its row, or one that delivered the same fact again (the office may have adopted it first).
    pub fn is_own(&self, device: DeviceId, fact: &FactView) -> bool {
        let sent = |sequence: &u64| {
            let row = usize::try_from(*sequence).ok().and_then(|s| self.rows.get(s.checked_sub(1)?));
            row.is_some_and(|held| matches!(&held.row.entry, Entry::Change { author, .. } if author.device == device))
        };
        fact.author.device == device || fact.repeated.iter().any(sent)
    }

    /// Records of this device among the rows.
    pub fn own_records(&self, device: DeviceId) -> impl Iterator<Item = &Fact> {
        let own = move |held: &&Held| matches!(&held.row.entry, Entry::Change { author, .. } if author.device == device);
        self.rows.iter().filter(own).filter_map(Held::readable)
    }

    /// Facts this device wrote, in the order of the case.
    pub fn own_facts(&self, device: DeviceId) -> Vec<(FactId, Node)> {
        let own = self.rows.iter().filter_map(|held| match &held.row.entry {
            Entry::Change { bytes, actor, author, .. } if author.device == device => admit::check(bytes, *actor).ok(),
            _ => None,
        });
        own.filter_map(|c| Some((fact_id(&c.fact)?, c.fact))).collect()
    }
}

fn own_change(row: &Row, actor: ActorId) -> Option<Checked> {
    match &row.entry {
        Entry::Change { bytes, actor: a, .. } if *a == actor => admit::check(bytes, actor).ok(),
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
