//! A duty: who owes what by when, on which clause, counted how.

use super::clock::{self, Context, Due};
use super::line::Line;
use super::machine::{Term, unmet};
use super::owner::Owner;
use super::shown_duty::provisional;
use super::title::{Filling, Naming, filled};
use super::{Lamp, Rule, State};
use crate::calendar::{Calendar, Certainty, Date, Week, local_date, zh_date};
use crate::ids::{CaseId, FactId, PersonId, UnitId};
use crate::people::{Group, Role};
use crate::permit::enforcement::{EscalationStep, Step, Strength};
use crate::plan::Plan;
use daiban_messages::say::duty as say;
use daiban_messages::say::times;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};

/// A duty as computed at one moment. Its JSON is the row that the server keeps and the API shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Names the duty for good: `D2/planning/<letter>`, `D3/agent/<person>/2026-W47`, `D3/specialist/planning/2026-W47`,
    /// `D4/2026-W47`, `D12/<inquiry>`.
    pub key: String,
    /// The rule.
    pub rule: Rule,
    /// The case; absent for D4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// The plan's words.
    pub clause: String,
    /// Hard or soft.
    pub strength: Strength,
    /// What is owed, in Chinese.
    pub title_zh: String,
    /// The same in English.
    pub title_en: String,
    /// Who owes it.
    pub subject: Subject,
    /// What started it.
    pub basis: Basis,
    /// Day 0 of the count, which is not counted; for weekly duties the first day covered.
    pub starts_on: Date,
    /// Day 0, for duties that have one; absent for those that cover a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day0: Option<Date>,
    /// The first day on which it is due soon; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soon_from: Option<Date>,
    /// The last day that is in time.
    pub due_on: Date,
    /// The end of `due_on`, or the time of that day that the numbers set, Unix seconds; that moment itself is late.
    pub cutoff_at: i64,
    /// From when on it is overdue if nothing met it, Unix seconds: `cutoff_at`, or the end of the night grace after it (K9).
    #[serde(default)]
    pub late_from: i64,
    /// The working days counted, in order.
    pub counted: Vec<Date>,
    /// Whether a coming notice may change the date.
    #[serde(flatten)]
    pub certainty: Certainty,
    /// Where it stands.
    #[serde(flatten)]
    pub state: State,
    /// Its lamp.
    pub lamp: Lamp,
    /// The editions it was counted by.
    pub calendar: String,
    /// The number of the decision whose numbers it was counted by.
    pub policy: u32,
    /// 文号 of the document whose clause it is; empty in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// 文号 of the document that set the number of days it was counted by; empty in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub numbers_document: String,
    /// The day whose numbers and wording hold for it (R002); absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_on: Option<Date>,
    /// A corrected date gave it other numbers than it was counted by before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recounted: Option<Recounted>,
    /// How the due date moved while the duty was open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<Trace>,
}

/// Who owes a duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The role.
    pub role: Role,
    /// The group, for specialists and groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// The person who holds the role, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The person's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Who owed it first and left it open, for a duty that passed on with the seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_from: Option<PersonId>,
}

/// What a duty rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A fact: the letter, the inquiry.
    Fact(FactId),
    /// A reporting week.
    Week(Week),
}

/// A duty that is counted by other numbers since the date they are chosen by was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recounted {
    /// The day before the correction.
    pub from: Date,
    /// The day now.
    pub to: Date,
    /// 文号 of the document that set the numbers of the day before.
    pub document: String,
}

/// A due date that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The date before.
    pub from: Date,
    /// The date that the later editions give.
    pub to: Date,
    /// The one that holds: an open duty keeps the later.
    pub kept: Date,
    /// The editions before.
    pub calendar_from: String,
    /// The editions after.
    pub calendar_to: String,
}

impl Duty {
    /// The escalation_steps of the ladder that apply now, as the plan has it; each is told once per due date.
    pub fn escalation_steps(&self, plan: &Plan) -> Vec<EscalationStep> {
        let ladder = plan.table().ladder(self);
        let applies = |step: &&EscalationStep| match (self.state, step.step) {
            (State::DueSoon, step) => step == Step::DueSoon,
            (State::DueToday, step) => step == Step::Due,
            (State::Overdue { working_days }, Step::Overdue | Step::Urged | Step::Escalated) => {
                working_days >= step.overdue_working_days
            }
            _ => false,
        };
        ladder.iter().filter(applies).cloned().collect()
    }

    /// Brings it to a moment, nothing having been done about it since: what only time moves.
    pub fn bring_to(&mut self, calendar: &Calendar, now: i64) {
        if matches!(self.state, State::Open | State::DueSoon | State::DueToday | State::Overdue { .. }) {
            let (due_on, late_from) = (self.due_on, self.late_from.max(self.cutoff_at));
            let term = Term { soon_from: self.soon_from.unwrap_or(due_on), due_on, late_from };
            self.state = unmet(term, now, || clock::overdue(calendar, due_on, local_date(now)));
            self.lamp = self.state.lamp();
        }
    }

    /// The time of the due day at which it is cut off, `17:30`; `None` at the day's end.
    pub fn due_time(&self) -> Option<String> {
        clock::time_of_cutoff(self.due_on, self.cutoff_at)
    }

    /// The due date with its time, without what is provisional about it.
    pub fn due_said(&self) -> Both {
        due_said(self.due_on, self.cutoff_at)
    }

    /// "2026年12月14日 17:30前（暂定）" for pages and lines.
    pub fn due_zh(&self) -> String {
        let said = self.due_said();
        if self.certainty.is_certain() { said.zh } else { provisional(said).zh }
    }
}

/// A due date with the time of that day, where it is cut off before the day's end.
pub(super) fn due_said(due_on: Date, cutoff_at: i64) -> Both {
    let date = Both::new(zh_date(due_on), due_on.to_string());
    match clock::time_of_cutoff(due_on, cutoff_at) {
        Some(time) => times::DueUntil { date, time }.say().into(),
        None => date,
    }
}

/// What of a duty the line does not say.
pub(super) struct Owed<'a> {
    pub(super) case: Option<CaseId>,
    /// Whose it was first: what its key names.
    pub(super) owner: Owner,
    /// Who owes it now.
    pub(super) subject: Subject,
    pub(super) basis: Basis,
    pub(super) filling: Filling<'a>,
}

fn key(line: &Line, owed: &Owed<'_>) -> String {
    let (begin, owner) = (&line.key, owed.owner.segment());
    match (owner, owed.basis) {
        (Some(owner), Basis::Fact(fact)) => format!("{begin}/{owner}/{fact}"),
        (Some(owner), Basis::Week(week)) => format!("{begin}/{owner}/{week}"),
        (None, Basis::Fact(fact)) => format!("{begin}/{fact}"),
        (None, Basis::Week(week)) => format!("{begin}/{week}"),
    }
}

impl Context<'_> {
    /// Puts a duty together; `concluded` is the state that what was done gives, without it time decides.
    pub(super) fn duty(&self, line: &Line, owed: Owed<'_>, due: &Due<'_>, concluded: Option<State>) -> Duty {
        let term = self.term(due, line.in_time);
        let state = concluded.unwrap_or_else(|| unmet(term, self.now, || self.overdue(due.due_on)));
        let passed = owed.subject.passed_from.is_some();
        let title = Both::new(
            filled(&line.zh, owed.filling, Naming::Zh(self.groups)),
            filled(&line.en, owed.filling, Naming::En(self.groups)),
        );
        let title = if passed { Both::from(say::PassedOn { title }.say()) } else { title };
        Duty {
            key: key(line, &owed),
            rule: line.rule.clone(),
            case: owed.case,
            clause: line.clause.clone(),
            strength: line.strength,
            title_zh: title.zh,
            title_en: title.en,
            subject: owed.subject,
            basis: owed.basis,
            starts_on: due.starts_on,
            day0: due.has_day0.then_some(due.starts_on),
            soon_from: Some(term.soon_from),
            due_on: due.due_on,
            cutoff_at: due.cutoff_at,
            late_from: term.late_from,
            counted: due.counted.clone(),
            certainty: due.certainty.clone(),
            state,
            lamp: state.lamp(),
            calendar: self.version.clone(),
            policy: due.policy.number,
            document: line.document.clone(),
            numbers_document: line.counted_by(due.policy, self.numbers).to_owned(),
            in_force_on: Some(due.in_force_on),
            recounted: None,
            trace: Vec::new(),
        }
    }
}
