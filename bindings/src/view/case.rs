//! The screen of one case.

use super::overview::case_row;
use super::record::Reading;
use super::{CaseRow, DutyView, RecordView};
use crate::error::EngineError;
use crate::ids::{RecordId, UtcTime};
use crate::term::{Role, Term};
use daiban_core::agent::{Agent, AgentError, KnownNames};
use daiban_core::calendar::local_date;
use daiban_core::fact::{Names as _, Sealed};
use daiban_core::ids::CaseId;
use daiban_core::people::RosterEntry;
use daiban_core::rules::ShownDuty;
use std::collections::HashMap;

/// Everything the screen of a case needs.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct CaseView {
    /// Its line in the list.
    pub row: CaseRow,
    /// The street or park where the project lies.
    pub location: Option<Term>,
    /// The team as of now (1+3+N).
    pub team: Vec<MemberView>,
    /// Duties, open and done.
    pub duties: Vec<DutyView>,
    /// Every record in the order of the case; own ones that are not uploaded yet stand last.
    pub records: Vec<RecordView>,
    /// 待识别: numbers of rows of a later version, kept as they are and shown once the app is updated.
    pub later: Vec<u64>,
    /// Single things that records disagree about.
    pub contested: Vec<ContestView>,
    /// 材料台账.
    pub materials: Vec<MaterialView>,
    /// What the person may record, each with why they had better not.
    pub actions: Vec<ActionView>,
    /// Of the moment it was read.
    pub revision: i64,
}

/// Somebody on the team.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct MemberView {
    /// By id.
    pub person: String,
    /// By name; 未知人员 with the id where this phone was not told it.
    pub name: String,
    /// The role held.
    pub role: Role,
    /// In words.
    pub role_zh: String,
    /// The group, for specialists.
    pub group: Option<Term>,
    /// The unit acted for.
    pub unit: Term,
    /// From when on.
    pub since: UtcTime,
}

/// Records that disagree about a thing of which there is one.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ContestView {
    /// About what.
    pub about: Term,
    /// The sentence, with what to do.
    pub zh: String,
    /// The records, in the order of the case.
    pub records: Vec<RecordId>,
    /// The one that counts meanwhile: the stricter reading.
    pub counts: RecordId,
}

/// One line of the ledger of materials.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct MaterialView {
    /// 材料名称.
    pub title: String,
    /// 原件, or else copies.
    pub original: bool,
    /// 份数 received.
    pub received: i64,
    /// 份数 given back.
    pub returned: i64,
    /// 份数 still held; negative if more went back than was recorded as received.
    pub held: i64,
}

/// A kind of record that may be begun.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ActionView {
    /// The kind.
    pub kind: Term,
    /// As things stand here it would count. If not, it may be recorded all the same: the server's verdict alone counts.
    pub advised: bool,
    /// Why not, with what to do.
    pub why_zh: Option<String>,
    /// The reason's stable code.
    pub why: Option<String>,
}

/// Reads one case off the engine.
pub(crate) struct Screen<'a> {
    pub agent: &'a Agent,
    pub now: i64,
    pub revision: i64,
}

impl Screen<'_> {
    /// What people, units and cases are called today.
    pub fn names(&self) -> KnownNames {
        self.agent.names().on(local_date(self.now))
    }

    /// The screen of a case.
    pub fn case(&self, id: CaseId) -> Result<CaseView, EngineError> {
        let view = self.agent.case(id, self.now)?;
        let summary = self.agent.summary(id, self.now)?;
        let (me, names) = (self.agent.identity(), self.names());
        let (person, device) = me.map(|i| (i.person.id.clone(), i.device)).ok_or(AgentError::NotEnrolled)?;
        let open = |sealed: &Sealed| self.agent.unseal(sealed);
        Ok(CaseView {
            location: view.location.as_ref().map(|unit| Term::unit(&names, unit)),
            team: view.roster.active_at(self.now).map(|seat| member(seat, &names)).collect(),
            duties: self.duties(Some(id), false)?,
            records: view
                .facts
                .iter()
                .map(|fact| RecordView::of(fact, &view.roster, &person, device, &Reading { names: &names, open: &open }))
                .collect(),
            later: view.later.iter().map(|row| row.sequence).collect(),
            contested: view.contested.iter().map(contest).collect(),
            materials: view.materials.iter().map(material).collect(),
            actions: self.actions(id)?,
            row: case_row(summary),
            revision: self.revision,
        })
    }

    /// Duties of one case or of all, the most urgent first.
    pub fn duties(&self, id: Option<CaseId>, open_only: bool) -> Result<Vec<DutyView>, EngineError> {
        let cases = match id {
            Some(id) => vec![self.agent.summary(id, self.now)?],
            None => self.agent.cases(self.now),
        };
        let titles: HashMap<CaseId, Option<String>> = cases.into_iter().map(|c| (c.case, c.title)).collect();
        let person = self.agent.identity().map(|i| i.person.id.as_str());
        let names = self.names();
        let mut duties = self.agent.shown_duties(id, self.now)?;
        duties.retain(|duty| !open_only || duty.open);
        duties.sort_by(|a, b| (b.lamp, a.due_on, &a.key).cmp(&(a.lamp, b.due_on, &b.key)));
        let title = |case: Option<CaseId>| case.and_then(|c| titles.get(&c).cloned().flatten());
        let view = |duty: ShownDuty| {
            let of = title(duty.case);
            DutyView::of(duty, of, person, &names)
        };
        Ok(duties.into_iter().map(view).collect())
    }

    fn actions(&self, id: CaseId) -> Result<Vec<ActionView>, EngineError> {
        let judged = self.agent.actions(id, self.now)?;
        let action = |(kind, reason): (&daiban_core::fact::KindInfo, Option<daiban_core::case::Reason>)| ActionView {
            kind: Term::kind(kind.name),
            advised: reason.is_none(),
            why_zh: reason.as_ref().map(|r| r.zh().to_owned()),
            why: reason.as_ref().map(|r| r.code().to_owned()),
        };
        Ok(judged.into_iter().map(action).collect())
    }
}

fn member(entry: &RosterEntry, names: &KnownNames) -> MemberView {
    MemberView {
        person: entry.person.to_string(),
        name: names.person(&entry.person),
        role: entry.role,
        role_zh: names.organisation().role_zh(entry.role),
        group: entry.group.map(|group| Term::group(names, group)),
        unit: Term::unit(names, &entry.unit),
        since: UtcTime(entry.from),
    }
}

fn contest(contested: &daiban_core::case::Contested) -> ContestView {
    let code = match contested.single {
        daiban_core::case::Single::Opening => "opening",
        daiban_core::case::Single::Letter => "letter",
    };
    ContestView {
        about: Term::new(code, contested.single.zh(), contested.single.en()),
        zh: contested.zh(),
        records: contested.facts.clone(),
        counts: contested.counts,
    }
}

fn material(line: &daiban_core::case::Material) -> MaterialView {
    MaterialView {
        title: line.title.clone(),
        original: line.original,
        received: line.received,
        returned: line.returned,
        held: line.held(),
    }
}
