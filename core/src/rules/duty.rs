//! A duty: who owes what by when, on which clause, counted how.

use super::{Lamp, State};
use crate::calendar::{Certainty, Date, Week};
use crate::ids::{CaseId, FactId, PersonId, UnitId};
use crate::people::{Group, Role};
use crate::permit::enforcement::{Enforcement, Rung, Step, Strength, enforcement};
use serde::{Deserialize, Serialize};

/// The rules of this version, by their ids in requirements §4.16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rule {
    /// Flow tables within 15 working days of the letter.
    D2,
    /// Weekly progress of unit agents and specialists to the dispatch group.
    D3,
    /// The weekly report to the district government.
    D4,
    /// Answers to the enterprise.
    D12,
}

impl Rule {
    /// The id as printed.
    pub const fn id(self) -> &'static str {
        match self {
            Rule::D2 => "D2",
            Rule::D3 => "D3",
            Rule::D4 => "D4",
            Rule::D12 => "D12",
        }
    }

    /// Its line in the table of enforcement.
    pub fn enforcement(self) -> Option<&'static Enforcement> {
        enforcement(self.id())
    }

    pub(super) fn clause(self) -> String {
        self.enforcement().map_or(String::new(), |line| line.clause.to_owned())
    }

    pub(super) fn strength(self) -> Strength {
        self.enforcement().map_or(Strength::Hard, |line| line.strength)
    }
}

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
    /// The last day that is in time.
    pub due_on: Date,
    /// The end of `due_on`, Unix seconds; that moment itself is late.
    pub cutoff_at: i64,
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
    /// The policy's number.
    pub policy: u32,
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

/// A due date that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// The date before.
    pub from: Date,
    /// The date that the later editions give.
    pub to: Date,
    /// The one that holds: an open duty keeps the later (architecture.md §6).
    pub kept: Date,
    /// The editions before.
    pub calendar_from: String,
    /// The editions after.
    pub calendar_to: String,
}

impl Duty {
    /// The rungs of the ladder that apply now; each is told once per due date.
    pub fn rungs(&self) -> Vec<Rung> {
        let ladder = self.rule.enforcement().map_or(&[][..], |line| line.ladder);
        let applies = |rung: &&Rung| match (self.state, rung.step) {
            (State::DueSoon, step) => step == Step::DueSoon,
            (State::DueToday, step) => step == Step::Due,
            (State::Overdue { working_days }, Step::Overdue | Step::Urged | Step::Escalated) => {
                working_days >= rung.overdue_working_days
            }
            _ => false,
        };
        ladder.iter().filter(applies).copied().collect()
    }

    /// "第15个工作日：2026年12月14日（暂定）" for pages and lines.
    pub fn due_zh(&self) -> String {
        let date = crate::calendar::zh_date(self.due_on);
        if self.certainty.is_certain() { date } else { format!("{date}（暂定）") }
    }
}
