//! A group's weekly report to the dispatch group (D3, R105).

use super::layout::PARAGRAPHS;
use super::section::{CaseSection, Notes, Scope, arrived_since, facts_of, keep_noted};
use super::silent::{Silent, silent};
use crate::calendar::{Date, Week, WeekPlan};
use crate::case::{CaseNumber, CaseView};
use crate::fact::Names;
use crate::ids::FactId;
use crate::people::{Group, Role};
use crate::plan::Plan;
use crate::rules::Duty;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A case as a report reads it.
#[derive(Clone, Copy, Debug)]
pub struct ReportCase<'a> {
    /// The folded case.
    pub view: &'a CaseView,
    /// What people call it, 普代〔2026〕17号; `None` where nobody numbers cases.
    pub number: Option<CaseNumber>,
    /// Its duties at the moment of drafting.
    pub duties: &'a [Duty],
}

/// A group's week. Equal arguments give equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupReport {
    /// The version of this shape.
    pub format: u32,
    /// The group.
    pub group: Group,
    /// What it was called then; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group_name: String,
    /// To whom it goes, by the name of then; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to_name: String,
    /// The week it is named by, the last it covers.
    pub week: Week,
    /// Every week it covers: weeks without working days go into the next report (W4).
    pub covers: Vec<Week>,
    /// The last day that is in time (W2).
    pub due_on: Option<Date>,
    /// The cases, by title; those with nothing to say are left out.
    pub cases: Vec<CaseSection>,
    /// 补报: facts of earlier weeks that no earlier report of this group told.
    pub supplements: Vec<CaseSection>,
    /// Agents with neither a log nor 无变化 this week, as it stood when this was drafted; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<Silent>,
    /// What the specialist wrote over it.
    pub notes: Notes,
}

/// Drafts a group's report.
///
/// `reported` holds every fact that an earlier frozen report of this group told ([`GroupReport::facts`]); `None` if there is no
/// earlier one, and then everything up to the week is told as its progress.
pub fn group_report(
    group: Group,
    plan: &WeekPlan,
    cases: &[ReportCase<'_>],
    reported: Option<&BTreeSet<FactId>>,
    district: &Plan,
    names: &dyn Names,
) -> GroupReport {
    let organisation = &district.organisation;
    let first = plan.covers.first().copied().unwrap_or(plan.week);
    let nothing = BTreeSet::new();
    let (from, earlier) = (reported.map(|_| first.monday()), reported.unwrap_or(&nothing));
    let scope =
        Scope { group: Some(group), from, to: plan.week.sunday(), reported: earlier, week: Some(plan.week), district, names };
    let before =
        Scope { group: Some(group), from: None, to: first.prev().sunday(), reported: earlier, week: None, district, names };
    let mut cases = cases.to_vec();
    // By their names, as people look them up; by id where two have one.
    cases.sort_by_key(|case| (case.view.title.clone(), case.view.case));
    let supplements = if reported.is_some() { cases.iter().filter_map(|case| before.facts(case)).collect() } else { Vec::new() };
    GroupReport {
        format: PARAGRAPHS,
        group,
        group_name: organisation.group_zh(group).to_owned(),
        to_name: match group {
            Group::Dispatch => organisation.role_zh(Role::Office),
            _ => organisation.group_zh(Group::Dispatch).to_owned(),
        },
        week: plan.week,
        covers: plan.covers.clone(),
        due_on: plan.group_report_due,
        cases: cases.iter().filter_map(|case| scope.whole(case)).collect(),
        supplements,
        silent: silent(Some(group), plan.week, &cases, organisation, names),
        notes: Notes::default(),
    }
}

impl GroupReport {
    /// Takes the words over that stand over an earlier draft, and with them the projects they are on.
    pub fn keep_notes_of(&mut self, before: &Self) {
        self.notes = before.notes.clone();
        keep_noted(&mut self.cases, &before.cases, &self.notes);
    }

    /// The bytes to freeze.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// 主送: the dispatch group (R105); its own report goes to the office, which receives the district's (R107).
    pub fn to_zh(&self) -> String {
        match (self.to_name.as_str(), self.group) {
            ("", Group::Dispatch) => Plan::builtin().organisation.role_zh(Role::Office),
            ("", _) => name_then("", Group::Dispatch).to_owned(),
            (name, _) => name.to_owned(),
        }
    }

    /// What the group was called when this was drafted.
    pub fn group_zh(&self) -> &str {
        name_then(&self.group_name, self.group)
    }

    /// The facts it tells of that arrived after a moment, what waits for the office included.
    pub fn arrived_since(&self, at: i64) -> BTreeSet<FactId> {
        arrived_since(self.cases.iter().chain(&self.supplements), at)
    }

    /// Every fact it tells of, 补报 included.
    pub fn facts(&self) -> BTreeSet<FactId> {
        facts_of(self.cases.iter().chain(&self.supplements))
    }
}

/// The name that a report keeps; one that keeps none was written when there was but the built-in plan.
pub(super) fn name_then(kept: &str, group: Group) -> &str {
    if kept.is_empty() { Plan::builtin().organisation.group_zh(group) } else { kept }
}
