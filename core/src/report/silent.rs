//! Who owed a word on a case this week and gave none: neither a log nor 无变化 (R105).

use super::ReportCase;
use super::home::of_member;
use super::layout::PARAGRAPHS;
use crate::calendar::Week;
use crate::case::UNNAMED;
use crate::fact::Names;
use crate::fact::text::visible_line;
use crate::ids::PersonId;
use crate::people::{Group, Organisation, Role};
use crate::rules::{Basis, State};
use daiban_messages::Say;
use daiban_messages::say::report as say;
use serde::{Deserialize, Serialize};

/// A unit agent of whom a report has nothing to tell on a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Silent {
    /// 项目名称.
    pub title: String,
    /// The agent.
    pub person: PersonId,
    /// The name, as it was when the report was drafted.
    pub name: String,
    /// The unit's name, likewise.
    pub unit_name: String,
}

impl Silent {
    /// "区自然资源分局 李昇玥（某项目）".
    pub fn zh(&self) -> String {
        format!("{} {}（{}）", self.unit_name, self.name, self.title)
    }
}

/// Who gave no word before the report was drafted; `None` of nobody. `format` is that of the report: what an earlier version drew up
/// keeps its words.
pub fn silent_zh(agents: &[Silent], format: u32) -> Option<String> {
    let names = agents.iter().map(Silent::zh).collect::<Vec<_>>().join("、");
    match format {
        _ if agents.is_empty() => None,
        PARAGRAPHS.. => Some(say::Silent { names }.say().zh),
        _ => Some(say::SilentOfOld { names }.say().zh),
    }
}

/// The agents whose duty of that week nothing has answered, of a group or of all.
pub(super) fn silent(
    group: Option<Group>,
    week: Week,
    cases: &[ReportCase<'_>],
    organisation: &Organisation,
    names: &dyn Names,
) -> Vec<Silent> {
    let mut found = Vec::new();
    for case in cases {
        let title = visible_line(case.view.title.as_deref().unwrap_or(UNNAMED)).into_owned();
        for duty in case.duties.iter().filter(|duty| duty.basis == Basis::Week(week) && unanswered(&duty.state)) {
            let (Role::UnitAgent, Some(person), Some(unit)) = (duty.subject.role, &duty.subject.person, &duty.subject.unit)
            else {
                continue;
            };
            let home = of_member(Role::UnitAgent, duty.subject.group, unit, organisation);
            if group.is_none_or(|group| group == home) {
                let (name, unit_name) = (names.person(person), names.unit(unit));
                found.push(Silent { title: title.clone(), person: person.clone(), name, unit_name });
            }
        }
    }
    found.sort();
    found
}

fn unanswered(state: &State) -> bool {
    matches!(state, State::Open | State::DueSoon | State::DueToday | State::Overdue { .. })
}
