//! The district's weekly report (D4, R106): the dispatch lead to the district government, copied to the task-force office.

use super::group::name_then;
use super::layout::PARAGRAPHS;
use super::section::{CaseSection, Notes, Scope, arrived_since, facts_of, keep_noted};
use super::silent::{Silent, silent};
use super::{GroupReport, ReportCase, Summary};
use crate::calendar::{Date, Week, WeekPlan};
use crate::fact::Names;
use crate::fact::text::clauses;
use crate::ids::{CaseId, FactId, PersonId};
use crate::people::Group;
use crate::plan::{Plan, Text};
use daiban_messages::Say;
use daiban_messages::say::report as say;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A frozen group report, as the server keeps it.
#[derive(Clone, Debug)]
pub struct FrozenGroup {
    /// [`super::hash_of`] its bytes.
    pub hash: String,
    /// Who confirmed it.
    pub confirmed_by: PersonId,
    /// 代录: who recorded that for them.
    pub recorded_by: Option<PersonId>,
    /// When, Unix seconds.
    pub frozen_at: i64,
    /// Its content.
    pub report: GroupReport,
}

/// The district's week, made of frozen group reports only, and 补报 received since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistrictReport {
    /// The version of this shape.
    pub format: u32,
    /// The week it is named by, the last it covers.
    pub week: Week,
    /// Every week it covers.
    pub covers: Vec<Week>,
    /// The last day that is in time (W3).
    pub due_on: Option<Date>,
    /// 主送.
    pub to: String,
    /// 抄送: part of sending it (R107).
    pub copy_to: Vec<String>,
    /// The group reports it is made of.
    pub groups: Vec<GroupPart>,
    /// Groups that had not confirmed their report when this was drafted.
    pub missing: Vec<Group>,
    /// What they were called then; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_names: Vec<String>,
    /// The cases, by title.
    pub cases: Vec<CaseSection>,
    /// 补报: what the groups reported so, and what arrived after they froze.
    pub supplements: Vec<CaseSection>,
    /// Agents with neither a log nor 无变化 this week, as it stood when this was drafted; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<Silent>,
    /// What the dispatch lead wrote over it.
    pub notes: Notes,
}

/// Which frozen report stands for a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPart {
    /// The group.
    pub group: Group,
    /// What it was called then; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group_name: String,
    /// SHA-256 of the frozen report, hex.
    pub hash: String,
    /// Who confirmed it.
    pub confirmed_by: PersonId,
    /// That person's name, as it was when the report was drafted, and 代录 with the name of whoever recorded it for the person; empty in what an earlier version wrote.
    #[serde(default)]
    pub confirmed_by_name: String,
    /// When, Unix seconds.
    pub frozen_at: i64,
    /// The specialist's words.
    pub notes: Notes,
}

/// Composes the district's report from the frozen reports of the same week.
///
/// `cases` are the folded cases, for 补报 received since: facts up to this week whose group report is frozen without them.
/// `reported` holds every fact that earlier district reports told ([`DistrictReport::facts`]).
pub fn district_report(
    plan: &WeekPlan,
    frozen: &[FrozenGroup],
    cases: &[ReportCase<'_>],
    reported: &BTreeSet<FactId>,
    district: &Plan,
    names: &dyn Names,
) -> DistrictReport {
    let organisation = &district.organisation;
    let mut parts: Vec<&FrozenGroup> = frozen.iter().filter(|part| part.report.week == plan.week).collect();
    parts.sort_by_key(|part| part.report.group);
    let mut told = Merged::default();
    let mut supplements = Merged::default();
    let mut known = reported.clone();
    for part in &parts {
        told.take(part.report.cases.iter(), reported);
        told.remark(&part.report, &part.report.notes);
        supplements.take(part.report.supplements.iter(), reported);
        known.extend(part.report.facts());
    }
    for part in &parts {
        let group = Some(part.report.group);
        let since = Scope { group, from: None, to: plan.week.sunday(), reported: &known, week: None, district, names };
        let sections: Vec<CaseSection> = cases.iter().filter_map(|case| since.facts(case)).collect();
        supplements.take(sections.iter(), &BTreeSet::new());
    }
    let confirmed = |group: &Group| parts.iter().any(|part| part.report.group == *group);
    let missing: Vec<Group> = organisation.owing_flow_table().filter(|group| !confirmed(group)).collect();
    DistrictReport {
        format: PARAGRAPHS,
        week: plan.week,
        covers: plan.covers.clone(),
        due_on: plan.district_report_due,
        to: district.text(Text::ReportTo).zh.clone(),
        copy_to: vec![district.text(Text::ReportCopyTo).zh.clone()],
        groups: parts.iter().map(|part| GroupPart::of(part, names)).collect(),
        missing_names: missing.iter().map(|group| organisation.group_zh(*group).to_owned()).collect(),
        missing,
        cases: told.sections(),
        supplements: supplements.sections(),
        silent: silent(None, plan.week, cases, organisation, names),
        notes: Notes::default(),
    }
}

impl GroupPart {
    fn of(frozen: &FrozenGroup, names: &dyn Names) -> Self {
        Self {
            group: frozen.report.group,
            group_name: frozen.report.group_zh().to_owned(),
            hash: frozen.hash.clone(),
            confirmed_by: frozen.confirmed_by.clone(),
            confirmed_by_name: match &frozen.recorded_by {
                Some(other) => {
                    let (person, other) = (names.person(&frozen.confirmed_by), names.person(other));
                    say::RecordedFor { person, other }.say().zh
                }
                None => names.person(&frozen.confirmed_by),
            },
            frozen_at: frozen.frozen_at,
            notes: frozen.report.notes.clone(),
        }
    }

    /// What the group was called when it reported.
    pub fn group_zh(&self) -> &str {
        name_then(&self.group_name, self.group)
    }

    /// The name of who confirmed it; the id where an earlier version kept no name.
    pub fn confirmed_by_zh(&self) -> &str {
        if self.confirmed_by_name.is_empty() { self.confirmed_by.as_str() } else { &self.confirmed_by_name }
    }
}

/// Sections of the same case from several groups, as one.
#[derive(Default)]
struct Merged(BTreeMap<CaseId, CaseSection>);

impl Merged {
    fn take<'a>(&mut self, sections: impl Iterator<Item = &'a CaseSection>, reported: &BTreeSet<FactId>) {
        for section in sections {
            let mut section = section.clone();
            section.retain(|line| !reported.contains(&line.fact));
            match self.0.get_mut(&section.case) {
                Some(same) => same.absorb(section),
                None => {
                    self.0.insert(section.case, section);
                }
            }
        }
    }

    /// What a group's specialist wrote on single projects, under the group's name.
    fn remark(&mut self, of: &GroupReport, notes: &Notes) {
        for (case, words) in notes.cases.iter().filter(|(_, words)| !words.trim().is_empty()) {
            if let Some(section) = self.0.get_mut(case) {
                let lines = Summary::of_lines(section);
                let said = say::NoteOfGroup { group: of.group_zh(), words: clauses(words) }.say();
                section.summary.get_or_insert(lines).remarks.push(said.zh);
            }
        }
    }

    fn sections(self) -> Vec<CaseSection> {
        let mut sections: Vec<CaseSection> = self.0.into_values().filter(|section| !section.is_empty()).collect();
        sections.sort_by(|a, b| (&a.title, a.case).cmp(&(&b.title, b.case)));
        sections
    }
}

impl DistrictReport {
    /// The dispatch lead's words, and after them the specialists' on each section, under their groups' names. Of a report that an
    /// earlier version drew up only the lead's: its text never changes.
    pub fn all_notes(&self) -> Notes {
        let mut all = self.notes.clone();
        for part in self.groups.iter().filter(|_| self.format >= PARAGRAPHS) {
            let sections = [
                (&mut all.progress, &part.notes.progress),
                (&mut all.problems, &part.notes.problems),
                (&mut all.suggestions, &part.notes.suggestions),
            ];
            for (told, words) in sections.into_iter().filter(|(_, words)| !words.trim().is_empty()) {
                told.push_str(&format!("\n{}：{}。", part.group_zh(), clauses(words)));
            }
            all.recorded.extend(part.notes.recorded.iter().cloned());
        }
        all
    }

    /// Takes the words over that stand over an earlier draft, and with them the projects they are on.
    pub fn keep_notes_of(&mut self, before: &Self) {
        self.notes = before.notes.clone();
        keep_noted(&mut self.cases, &before.cases, &self.notes);
    }

    /// What the groups were called that had not confirmed.
    pub fn missing_zh(&self) -> Vec<&str> {
        match self.missing_names.is_empty() {
            true => self.missing.iter().map(|group| name_then("", *group)).collect(),
            false => self.missing_names.iter().map(String::as_str).collect(),
        }
    }

    /// The bytes to freeze.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The facts it tells of that arrived after a moment.
    pub fn arrived_since(&self, at: i64) -> BTreeSet<FactId> {
        arrived_since(self.cases.iter().chain(&self.supplements), at)
    }

    /// Every fact it tells of, 补报 included.
    pub fn facts(&self) -> BTreeSet<FactId> {
        facts_of(self.cases.iter().chain(&self.supplements))
    }
}
