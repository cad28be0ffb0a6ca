//! The digest of a case: its rows without their texts, in order, and where its chains end. What lists, lamps, judging and the outbox
//! need is computed from this as from the rows; the rows themselves stay in the store until somebody opens the case.
//!
//! A cache and a pure function of the rows, saved in the same batch as they.

use super::kept_fact::{KeptFact, whole};
use crate::admit::Checked;
use crate::case::{Author, CaseEvent, Code, Entry, EventFact, JudgingState, Reason, Row, Unrecognised, Verdict};
use crate::doc::ChainTip;
use crate::fact::{Fact, FactDigest, Ruling, Unread};
use crate::ids::{ActorId, CaseId, Chain, ChangeHash, DeviceId};
use crate::people::RosterEntry;
use crate::store::{Batch, Namespace};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The first byte of a stored digest: the version of everything in it but the digests of facts, which have their own
/// ([`FactDigest::version`], the next four bytes). A digest of other versions is made anew from the rows.
const VERSION: u8 = 3;
/// The key whose presence says that every case with rows has a digest.
pub(super) const COMPLETE: &[u8] = b"complete";

/// See the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CaseDigest {
    /// The last row; 0 without rows.
    pub sequence: u64,
    /// Its link.
    pub chain: Chain,
    /// Where each chain of changes ends.
    tips: Vec<(ActorId, ChainTip)>,
    /// One for each row that can be told.
    pub lines: Vec<Line>,
}

/// A row without its texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    /// The row's number.
    sequence: u64,
    /// 到达.
    received_at: i64,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum What {
    /// A change; without a brief it cannot be read.
    Fact {
        author: Author,
        verdict: Judged,
        brief: Option<KeptFact>,
    },
    Ruling(#[serde(with = "whole")] Ruling),
    Roster(#[serde(with = "whole")] RosterEntry),
    /// 待识别: a row, or a change, that this version does not understand.
    Later,
}

/// [`Verdict`], every field always written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Judged {
    code: Code,
    reason: Option<Reason>,
    effective_at: i64,
    clock_doubtful: bool,
}

impl Judged {
    fn of(verdict: &Verdict) -> Judged {
        let Verdict { code, reason, effective_at, clock_doubtful } = verdict.clone();
        Judged { code, reason, effective_at, clock_doubtful }
    }

    fn verdict(&self) -> Verdict {
        let Judged { code, reason, effective_at, clock_doubtful } = self.clone();
        Verdict { code, reason, effective_at, clock_doubtful }
    }
}

fn version() -> [u8; 5] {
    let [a, b, c, d] = FactDigest::version();
    [VERSION, a, b, c, d]
}

impl CaseDigest {
    /// A case without rows.
    pub fn new(case: CaseId) -> CaseDigest {
        CaseDigest { sequence: 0, chain: Row::chain_start(case), tips: Vec::new(), lines: Vec::new() }
    }

    /// Takes in the next row. `change` is what admission made of a change row.
    pub fn take(&mut self, row: &Row, change: Option<Checked>) {
        (self.sequence, self.chain) = (row.sequence, row.chain);
        let what = match (&row.entry, change) {
            (Entry::Change { author, .. }, Some(change)) => {
                self.ends(change.actor, ChainTip { seq: change.seq, hash: change.hash, max_op: change.max_op });
                let brief = Fact::read(change.fact).ok().map(|fact| KeptFact::of(Arc::new(fact)));
                What::Fact { author: author.clone(), verdict: Judged::of(&row.verdict), brief }
            }
            (Entry::Ruling(ruling), _) => What::Ruling(ruling.clone()),
            (Entry::Roster(entry), _) => What::Roster(entry.clone()),
            (Entry::Change { .. } | Entry::Own { .. } | Entry::Later { .. }, _) => What::Later,
        };
        self.lines.push(Line { sequence: row.sequence, received_at: row.received_at, what });
    }

    fn ends(&mut self, actor: ActorId, tip: ChainTip) {
        match self.tips.iter_mut().find(|(a, _)| *a == actor) {
            Some((_, end)) => *end = tip,
            None => self.tips.push((actor, tip)),
        }
    }

    /// Where a chain ends, if a row holds a change of it.
    pub fn tip(&self, actor: ActorId) -> Option<ChainTip> {
        self.tips.iter().find(|(a, _)| *a == actor).map(|(_, tip)| *tip)
    }

    /// When its newest row that `counts` was received, by the server's clock.
    pub fn newest(&self, counts: impl Fn(i64) -> bool) -> Option<i64> {
        self.lines.iter().map(|line| line.received_at).filter(|at| counts(*at)).max()
    }

    /// Saves it.
    pub fn put(&self, case: CaseId, batch: &mut Batch) {
        let bytes = postcard::to_extend(self, version().to_vec()).unwrap_or_default();
        batch.put(Namespace::CaseDigest, case.0, bytes);
        batch.put(Namespace::CaseDigest, COMPLETE, Vec::new());
    }

    /// Reads what was saved; `None` if it is of another version.
    pub fn read(bytes: &[u8]) -> Option<CaseDigest> {
        let rest = bytes.strip_prefix(&version())?;
        postcard::from_bytes(rest).ok()
    }

    /// The rows as the fold takes them.
    pub fn told(&self) -> impl Iterator<Item = CaseEvent> {
        self.lines.iter().map(Line::told)
    }

    /// What the next fact is judged against.
    pub fn standing(&self, case: CaseId) -> JudgingState {
        let (mut standing, mut unrecognised) = (JudgingState::new(case), Unrecognised::default());
        let waits = |line: &Line| matches!(&line.what, What::Fact { verdict, .. } if verdict.code == Code::Unrecognised);
        let any_waits = self.lines.iter().any(waits);
        for line in &self.lines {
            match &line.what {
                What::Roster(entry) => standing.roster.set(entry.clone()),
                What::Ruling(ruling) => {
                    let about = unrecognised.settle(&ruling.body());
                    standing.apply(
                        &Entry::Ruling(ruling.clone()),
                        about.as_deref(),
                        &Verdict::row(line.received_at),
                        line.received_at,
                    );
                }
                What::Fact { author, verdict, brief: Some(brief) } => {
                    let verdict = verdict.verdict();
                    standing.apply(&own_entry(author.clone()), Some(&brief.fact), &verdict, line.received_at);
                    if any_waits {
                        unrecognised.note(brief.fact.id, &verdict, || brief.fact.clone());
                    }
                }
                What::Fact { brief: None, .. } | What::Later => {}
            }
        }
        standing
    }

    /// Readable facts and their verdicts, in order.
    pub fn briefs(&self) -> impl Iterator<Item = (&KeptFact, Verdict)> {
        self.lines.iter().filter_map(|line| match &line.what {
            What::Fact { verdict, brief: Some(brief), .. } => Some((brief, verdict.verdict())),
            _ => None,
        })
    }

    /// Whether a row holds a change without a readable fact.
    pub fn has_unreadable(&self) -> bool {
        self.lines.iter().any(|line| matches!(&line.what, What::Fact { brief: None, .. }))
    }

    /// Whether a row was not understood when this was made.
    pub fn has_later(&self) -> bool {
        self.lines.iter().any(|line| matches!(line.what, What::Later))
    }

    /// Readable facts that a device sent.
    pub fn sent_by(&self, device: DeviceId) -> impl Iterator<Item = &KeptFact> {
        self.lines.iter().filter_map(move |line| match &line.what {
            What::Fact { author, brief, .. } if author.device == device => brief.as_ref(),
            _ => None,
        })
    }

    /// Whether a device sent the change of a row.
    pub fn is_row_of(&self, device: DeviceId, sequence: u64) -> bool {
        let line = self.lines.binary_search_by_key(&sequence, |line| line.sequence).ok().and_then(|at| self.lines.get(at));
        line.is_some_and(|line| matches!(&line.what, What::Fact { author, .. } if author.device == device))
    }
}

impl Line {
    fn told(&self) -> CaseEvent {
        let (sequence, received_at) = (self.sequence, self.received_at);
        match &self.what {
            What::Ruling(ruling) => CaseEvent::Ruling { sequence, received_at, ruling: ruling.clone() },
            What::Roster(entry) => CaseEvent::Roster { sequence, entry: entry.clone() },
            What::Later => CaseEvent::Later { sequence, received_at },
            What::Fact { author, verdict, brief } => CaseEvent::Fact(EventFact {
                sequence: Some(sequence),
                received_at: Some(received_at),
                hash: ChangeHash::default(),
                actor: ActorId::default(),
                seq: 0,
                author: author.clone(),
                verdict: verdict.verdict(),
                fact: brief.as_ref().map(KeptFact::known).ok_or(Unread::NotAMap),
            }),
        }
    }
}

/// A change of whatever content, for [`JudgingState::apply`].
pub(super) fn own_entry(author: Author) -> Entry {
    Entry::Own { hash: ChangeHash::default(), actor: ActorId::default(), seq: 0, author }
}
