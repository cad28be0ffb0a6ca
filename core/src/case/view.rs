//! What a case looks like: the fold's answer, which screens, rules and reports read.

use super::{Author, Closed, Code, Contested, LateLetter, Material, Reason, Verdict};
use crate::calendar::{Date, Week, local_date};
use crate::fact::{Content, Fact, FactDigest, Ruling, Unread, fact_kind};
use crate::ids::{ActorId, CaseId, ChangeHash, FactId, PersonId, UnitId};
use crate::people::{Group, Role, Roster};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A case, folded from its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseView {
    /// The case.
    pub case: CaseId,
    /// The highest row taken in; 0 if the case has none.
    pub sequence: u64,
    /// 项目名称; from the opening that counts, else from the letter.
    pub title: Option<String>,
    /// 建设单位.
    pub enterprise: Option<String>,
    /// The street or park where the project lies.
    pub location: Option<UnitId>,
    /// The groups whose flow tables are in hand; with the letter they make the stage ([`crate::plan::Plan::stage`]).
    pub flow_tables: BTreeSet<Group>,
    /// The opening that counts.
    pub opening: Option<FactId>,
    /// The authorization letter that counts: of contested ones the one that was signed first.
    pub letter: Option<LetterView>,
    /// The team, past and present.
    pub roster: Roster,
    /// Every fact, in the order of the case; own records that are not uploaded yet stand last.
    pub facts: Vec<FactView>,
    /// Changes whose fact cannot be read at all; void, kept and shown.
    pub unreadable: Vec<UnreadableView>,
    /// 待识别: rows of a later version, kept and shown by their numbers.
    pub later: Vec<LaterView>,
    /// Rulings in the order of the case.
    pub rulings: Vec<RulingView>,
    /// The first confirmation of each group's weekly report that covers this case (R105), by group and last week covered; of one that was
    /// sent back the first after that.
    pub confirmations: BTreeMap<(Group, Week), Confirmation>,
    /// The office closed it as 登记有误: it owes nothing.
    pub closed: Option<Closed>,
    /// Single-valued things that facts disagree about.
    pub contested: Vec<Contested>,
    /// 材料台账, by title; empty where facts are known as digests only.
    pub materials: Vec<Material>,
    /// A row, fact or ruling of a later version is here: show the server's duties and ask for an update.
    pub update_needed: bool,
}

/// One fact of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct FactView {
    /// The row's number; `None` while it is on this phone only.
    pub sequence: Option<u64>,
    /// Further rows with the same id and equal content: one fact, delivered again.
    pub repeated: Vec<u64>,
    /// What rules may read of what was recorded.
    pub fact: Arc<FactDigest>,
    /// What was recorded.
    pub content: Content,
    /// The change.
    pub hash: ChangeHash,
    /// Its chain.
    pub actor: ActorId,
    /// Its place in that chain.
    pub seq: u64,
    /// Who sent it, as pinned in the row.
    pub author: Author,
    /// 到达, Unix seconds.
    pub received_at: Option<i64>,
    /// The verdict at its number; of a 待识别 fact that was recognised later, the one it would have got there.
    pub judged: Verdict,
    /// The verdict now, after later rulings.
    pub verdict: Verdict,
    /// The ruling that decided about it last.
    pub ruled: Option<Ruled>,
    /// The effective fact that corrects it; this one is then shown as 已更正 and no longer counts.
    pub amended_by: Option<FactId>,
}

/// A ruling about one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// The ruling.
    pub ruling: FactId,
    /// Its row.
    pub sequence: u64,
    /// Who ordered it.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// When, Unix seconds.
    pub at: i64,
    /// What it decided.
    pub decided: Decided,
}

/// What a ruling decided about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// 迟到记录认定: it counts, as in time.
    Accepted,
    /// 迟到记录不予采纳: a waiting fact is void; an effective one stays, but does not count as in time.
    Rejected,
    /// 暂存记录补录: it counts; whether it was in time is a question of its own.
    Adopted,
    /// 退回: it counts no more; its author is asked to correct it.
    Returned,
}

/// A change whose fact cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableView {
    /// The row's number.
    pub sequence: Option<u64>,
    /// The change.
    pub hash: ChangeHash,
    /// Who sent it.
    pub author: Author,
    /// 到达, Unix seconds.
    pub received_at: Option<i64>,
    /// Its verdict.
    pub verdict: Verdict,
    /// What is wrong.
    pub why: Unread,
}

/// A row of a later version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaterView {
    /// The row's number.
    pub sequence: u64,
    /// When the server wrote it, Unix seconds.
    pub received_at: i64,
}

/// A ruling row.
#[derive(Clone, Debug, PartialEq)]
pub struct RulingView {
    /// The row's number.
    pub sequence: u64,
    /// When the server wrote it, Unix seconds.
    pub received_at: i64,
    /// The ruling.
    pub ruling: Ruling,
}

/// The letter that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterView {
    /// The fact.
    pub fact: FactId,
    /// Day 0 of the 15 working days: the later of the two signatures.
    pub signed_on: Date,
}

/// A group confirmed its weekly report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The ruling.
    pub ruling: FactId,
    /// Who confirmed.
    pub by: PersonId,
    /// When, Unix seconds, by the server's clock.
    pub at: i64,
    /// SHA-256 of the frozen report, hex.
    pub report: String,
}

impl CaseView {
    /// The fact with an id; of several rows with that id the one that counts.
    pub fn fact(&self, id: FactId) -> Option<&FactView> {
        self.facts.iter().find(|f| f.fact.id == id && f.holds_id())
    }

    /// 到达 of the first version of a fact, following what it corrects back; `None` if none of them has a row yet. Unix seconds.
    pub fn first_heard(&self, id: FactId) -> Option<i64> {
        let place = |id, below: usize| self.facts[..below].iter().position(|f| f.fact.id == id && f.holds_id());
        // What a fact corrects stands before it, so each is met once.
        let corrected = |at: &usize| place(self.facts[*at].fact.amends?, *at);
        std::iter::successors(place(id, self.facts.len()), corrected).filter_map(|at| self.facts[at].received_at).min()
    }

    /// The letter that counts, if the server heard of it in a later week than that of its date.
    pub fn late_letter(&self) -> Option<LateLetter> {
        let LetterView { fact, signed_on } = self.letter?;
        let heard_on = local_date(self.first_heard(fact)?);
        (Week::of(signed_on) < Week::of(heard_on)).then_some(LateLetter { signed_on, heard_on })
    }

    /// Effective facts that nothing amends: what counts.
    pub fn current(&self) -> impl DoubleEndedIterator<Item = &FactView> {
        self.facts.iter().filter(|f| f.is_current())
    }

    /// Facts that were sent back and are not corrected yet (退回).
    pub fn sent_back(&self) -> impl Iterator<Item = &FactView> {
        self.facts.iter().filter(|f| f.is_sent_back() && f.amended_by.is_none())
    }

    /// What more went back of than was recorded as received. A return counts all the same: the receipt may still be on a colleague's
    /// phone, and then it puts this right whenever it comes; a verdict would have been given for good by the order in which two phones
    /// came.
    pub fn surplus(&self) -> impl Iterator<Item = &Material> {
        self.materials.iter().filter(|material| material.held() < 0)
    }

    /// Facts that wait for a ruling (待认定); what was corrected meanwhile needs none.
    pub fn waiting(&self) -> impl Iterator<Item = &FactView> {
        self.facts.iter().filter(|f| f.waits())
    }
}

impl FactView {
    /// The whole fact; a phone's list of cases has only its digest.
    pub fn whole(&self) -> Option<&Fact> {
        self.content.whole().map(|fact| &**fact)
    }

    /// Effective, amended or not.
    pub fn is_effective(&self) -> bool {
        self.verdict.code == Code::Effective
    }

    /// Whether its id is its own: not one used before (编号重复), nor one sent under a foreign name.
    pub fn holds_id(&self) -> bool {
        self.judged.takes_id()
    }

    /// Effective and not amended.
    pub fn is_current(&self) -> bool {
        self.is_effective() && self.amended_by.is_none()
    }

    /// It waits for a ruling (待认定).
    pub fn waits(&self) -> bool {
        self.verdict.code == Code::Late && self.amended_by.is_none()
    }

    /// Whether a ruling about it can make it count: it waits, or its author had no seat and it is of a kind that any agent records.
    /// What the case stands on, and what a seat of its own answers for, is recorded anew by whoever holds the seat.
    pub fn is_open_to_ruling(&self) -> bool {
        let of_any_agent = || {
            let kind = fact_kind(self.fact.body.kind());
            kind.is_some_and(|kind| !kind.founds && kind.who.contains(&Role::UnitAgent))
        };
        match self.judged.code {
            Code::Late => true,
            Code::Void => self.judged.reason == Some(Reason::NotMember) && of_any_agent(),
            _ => false,
        }
    }

    /// The day it speaks of: 发生, but never later than the moment the record can be trusted to be from. Local date.
    pub fn speaks_of(&self) -> Date {
        local_date(self.fact.occurred_at.min(self.verdict.effective_at))
    }

    /// For which unit it stands: that of a seat its author held when recording it, whatever unit the record names; that one only where
    /// the author held none.
    pub fn unit<'a>(&'a self, roster: &'a Roster) -> &'a UnitId {
        let (by, at, named) = (&self.fact.by, self.verdict.effective_at, &self.fact.unit);
        if roster.roles_at(by, at).any(|seat| seat.unit == *named) {
            return named;
        }
        roster.member_at(by, at).map_or(named, |seat| &seat.unit)
    }

    /// 代录: who ordered it, if that is not the person in whose name it stands. A name that somebody forged is not.
    pub fn recorded_by_other(&self) -> Option<&PersonId> {
        let forged = self.judged.reason == Some(Reason::NotAuthor);
        Some(&self.author.person).filter(|person| !forged && **person != self.fact.by)
    }

    /// A ruling decided that it counts as in time.
    pub fn accepted_late(&self) -> bool {
        self.ruled.as_ref().is_some_and(|r| r.decided == Decided::Accepted)
    }

    /// 退回: whoever receives it sent it back, or a later wording of it. A correction that was sent back goes on correcting.
    pub fn is_sent_back(&self) -> bool {
        self.verdict.reason == Some(Reason::Returned)
    }

    /// The verdict with its reason and, for wrong fields, which field and what to do.
    pub fn verdict_zh(&self) -> String {
        if let Some(sent_back) = self.sent_back() {
            return sent_back.zh();
        }
        let fields = self.verdict.reason == Some(Reason::Fields);
        match self.whole().filter(|_| fields).map(|fact| fact.body.check()) {
            Some(Err(errors)) => format!("{}（{}）", self.verdict.code.zh(), errors.zh()),
            _ => self.verdict.zh(),
        }
    }
}
