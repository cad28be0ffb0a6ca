//! What a report says of one case: the three mandatory sections, and what is owed or waits.

use super::line::{Line, OverdueLine, reported_under};
use super::{ReportCase, Summary, home_group, home_of_duty};
use crate::calendar::{Date, Week};
use crate::case::{CaseView, FactView, Stage, UNNAMED, called};
use crate::fact::text::visible_line;
use crate::fact::{Body, Names};
use crate::ids::{CaseId, FactId};
use crate::people::{Group, Roster};
use crate::plan::Plan;
use daiban_messages::Say;
use daiban_messages::say::report as say;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One case in a report. Sections without lines are empty lists, never left out (四(四)3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSection {
    /// The case.
    pub case: CaseId,
    /// What people call it; absent in what an earlier version wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 项目名称.
    pub title: String,
    /// 建设单位.
    pub enterprise: String,
    /// Its stage when the report was drafted.
    pub stage: Stage,
    /// Its paragraph; absent in what an earlier version wrote, and of 补报.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// 进展情况.
    pub progress: Vec<Line>,
    /// 存在问题.
    pub problems: Vec<Line>,
    /// 解决问题的建议.
    pub suggestions: Vec<Line>,
    /// Duties that are overdue.
    pub overdue: Vec<OverdueLine>,
    /// 待认定: shown, not counted; once accepted they stand in a later report.
    pub awaiting: Vec<Line>,
}

/// What people write over a report before it is confirmed; the lines themselves are never edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notes {
    /// On 进展情况.
    pub progress: String,
    /// On 存在问题.
    pub problems: String,
    /// On 解决问题的建议. A report carries no request (不得夹带请示事项): that needs a 请示 of its own.
    pub suggestions: String,
    /// On single projects; stands under the project's paragraph.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub cases: BTreeMap<CaseId, String>,
    /// 代录: "李娜（代录：孙立）" for each person whose words somebody else wrote down.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub recorded: BTreeSet<String>,
}

impl Notes {
    /// Whose words somebody else wrote down, as a line; `None` if everybody wrote for himself.
    pub fn recorded_zh(&self) -> Option<String> {
        let names: Vec<&str> = self.recorded.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| say::NotesRecorded { names: names.join("、") }.say().zh)
    }
}

impl CaseSection {
    pub(super) fn new(case: &ReportCase<'_>, district: &Plan) -> Self {
        let view = case.view;
        Self {
            number: case.number.map(|number| district.numbered(number)),
            title: shown(view.title.as_deref().unwrap_or(UNNAMED)),
            enterprise: shown(view.enterprise.as_deref().unwrap_or_default()),
            ..Self::silent(view.case, district.stage(view))
        }
    }

    /// The same project with nothing to tell.
    fn emptied(&self) -> Self {
        let (number, title, enterprise) = (self.number.clone(), self.title.clone(), self.enterprise.clone());
        Self { number, title, enterprise, ..Self::silent(self.case, self.stage) }
    }

    fn silent(case: CaseId, stage: Stage) -> Self {
        Self {
            case,
            number: None,
            title: String::new(),
            enterprise: String::new(),
            stage,
            summary: None,
            progress: Vec::new(),
            problems: Vec::new(),
            suggestions: Vec::new(),
            overdue: Vec::new(),
            awaiting: Vec::new(),
        }
    }

    /// What the project is called: its title, with its number where it has one.
    pub fn called(&self) -> String {
        called(Some(&self.title), self.number.as_deref())
    }

    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        let silent = self.summary.as_ref().is_none_or(Summary::is_empty);
        self.lines().next().is_none() && self.overdue.is_empty() && self.awaiting.is_empty() && silent
    }

    /// The lines that count, in all three sections.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.progress.iter().chain(&self.problems).chain(&self.suggestions)
    }

    /// Puts a fact where it belongs. A problem with a suggestion stands in both sections.
    fn tell(&mut self, fact: &FactView, group: Group, roster: &Roster, scope: &Scope<'_>) {
        let line = |text| Line::of(fact, group, text, roster, scope);
        let told = line(scope.sentence(fact));
        match fact.whole().map(|fact| &fact.body) {
            Some(Body::ProblemRaised(problem)) => {
                self.problems.push(told);
                self.suggestions.extend(problem.suggestion.clone().map(line));
            }
            _ => self.progress.push(told),
        }
    }

    /// Brings the lines of another section of the same case in.
    pub(super) fn absorb(&mut self, other: CaseSection) {
        self.progress.extend(other.progress);
        self.problems.extend(other.problems);
        self.suggestions.extend(other.suggestions);
        self.overdue.extend(other.overdue);
        self.awaiting.extend(other.awaiting);
        self.stage = self.stage.max(other.stage);
        match (&mut self.summary, other.summary) {
            (Some(mine), Some(theirs)) => mine.absorb(theirs),
            (mine, theirs) => *mine = mine.take().or(theirs),
        }
        self.sort();
    }

    /// Puts the lines in the order of the days they tell of, whoever wrote them.
    fn sort(&mut self) {
        for lines in [&mut self.progress, &mut self.problems, &mut self.suggestions, &mut self.awaiting] {
            lines.sort_by_key(|line| (line.occurred_on, line.recorded_at));
        }
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Line) -> bool) {
        for lines in [&mut self.progress, &mut self.problems, &mut self.suggestions] {
            lines.retain(&keep);
        }
    }
}

/// A name in one line, whatever stands in it.
fn shown(name: &str) -> String {
    visible_line(name).into_owned()
}

/// Keeps the sections of projects that people wrote on, where a newer draft has nothing else to tell of them: the words stand there.
pub(super) fn keep_noted(cases: &mut Vec<CaseSection>, before: &[CaseSection], notes: &Notes) {
    let noted = |case: &CaseId| notes.cases.get(case).is_some_and(|words| !words.trim().is_empty());
    for section in before.iter().filter(|section| noted(&section.case)) {
        if cases.iter().all(|kept| kept.case != section.case) {
            let after = |kept: &CaseSection| (&kept.title, kept.case) > (&section.title, section.case);
            let place = cases.iter().position(after).unwrap_or(cases.len());
            cases.insert(place, section.emptied());
        }
    }
}

/// The facts that the lines of some sections tell of.
pub(super) fn facts_of<'a>(sections: impl Iterator<Item = &'a CaseSection>) -> BTreeSet<FactId> {
    sections.flat_map(CaseSection::lines).map(|line| line.fact).collect()
}

/// The facts of some sections that arrived after a moment, what waits included.
pub(super) fn arrived_since<'a>(sections: impl Iterator<Item = &'a CaseSection>, at: i64) -> BTreeSet<FactId> {
    let lines = sections.flat_map(|section| section.lines().chain(&section.awaiting));
    lines.filter(|line| line.received_at.is_some_and(|received| received > at)).map(|line| line.fact).collect()
}

/// Which facts of a case a report looks at.
pub(super) struct Scope<'a> {
    /// Only this group's, or everybody's.
    pub(super) group: Option<Group>,
    /// First day; `None` = from the beginning.
    pub(super) from: Option<Date>,
    /// Last day.
    pub(super) to: Date,
    /// Already told by an earlier report of the same series.
    pub(super) reported: &'a BTreeSet<FactId>,
    /// The report's own week, of which 本周 is said.
    pub(super) week: Option<Week>,
    pub(super) district: &'a Plan,
    pub(super) names: &'a dyn Names,
}

impl Scope<'_> {
    /// What a fact says in one line.
    pub(super) fn sentence(&self, fact: &FactView) -> String {
        let Some(fact) = fact.whole() else { return String::new() };
        let said = fact.body.sentence(self.names);
        match &fact.body {
            Body::NoChange(body) if Some(body.week) == self.week => {
                said.replacen(&body.week.name_zh(), say::ThisWeek::FIXED.zh, 1)
            }
            _ => said,
        }
    }

    pub(super) fn holds(&self, fact: &FactView) -> bool {
        let day = reported_under(fact);
        fact.sequence.is_some()
            && day <= self.to
            && self.from.is_none_or(|from| from <= day)
            && !self.reported.contains(&fact.fact.id)
    }

    pub(super) fn group_of(&self, view: &CaseView, fact: &FactView) -> Option<Group> {
        let home = home_group(fact, &view.roster, &self.district.organisation);
        self.group.is_none_or(|group| group == home).then_some(home)
    }

    /// A section with the facts in scope; `None` if there are none.
    pub(super) fn facts(&self, case: &ReportCase<'_>) -> Option<CaseSection> {
        let view = case.view;
        let mut section = CaseSection::new(case, self.district);
        for fact in view.current().filter(|fact| self.holds(fact)) {
            if let Some(group) = self.group_of(view, fact) {
                section.tell(fact, group, &view.roster, self);
            }
        }
        section.sort();
        (!section.is_empty()).then_some(section)
    }

    /// The same with the project's paragraph, what is overdue and what waits.
    pub(super) fn whole(&self, case: &ReportCase<'_>) -> Option<CaseSection> {
        let view = case.view;
        let mut section = self.facts(case).unwrap_or_else(|| CaseSection::new(case, self.district));
        section.summary = Some(Summary::of(view, self));
        for fact in view.facts.iter().filter(|f| f.waits() && self.holds(f)) {
            if let Some(group) = self.group_of(view, fact) {
                section.awaiting.push(Line::of(fact, group, self.sentence(fact), &view.roster, self));
            }
        }
        section.sort();
        for duty in case.duties {
            let home = home_of_duty(duty, &self.district.organisation);
            if self.group.is_none_or(|group| group == home) {
                section.overdue.extend(OverdueLine::of(duty, home, self.names));
            }
        }
        (!section.is_empty()).then_some(section)
    }
}
