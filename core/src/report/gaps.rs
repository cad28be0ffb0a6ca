//! What a report lacks, which whoever confirms it answers for by name.

use super::{CaseSection, DistrictReport, GroupReport, Notes, Silent};
use crate::people::Group;
use crate::requirement::Requirement;
use daiban_messages::Say;
use daiban_messages::say::report as say;

/// Nothing of this is filled in by the machine: it is asked about, and what is left is told in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// Groups whose report is not confirmed.
    pub groups: Vec<Group>,
    /// What they are called.
    pub group_names: Vec<String>,
    /// Agents who gave no word this week.
    pub silent: Vec<Silent>,
    /// Mandatory sections without a word (四(四)3).
    pub sections: Vec<&'static str>,
}

impl Gaps {
    /// Whether nothing is lacking.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.silent.is_empty() && self.sections.is_empty()
    }

    /// What is lacking, in Chinese: "尚未报送周报：…；尚未报送本周进展情况：…；无内容的章节：…".
    pub fn zh(&self) -> String {
        let silent: Vec<String> = self.silent.iter().map(Silent::zh).collect();
        let groups = (!self.group_names.is_empty()).then(|| say::GapGroups { names: self.group_names.join("、") }.say());
        let agents = (!silent.is_empty()).then(|| say::GapSilent { names: silent.join("、") }.say());
        let sections = (!self.sections.is_empty()).then(|| say::GapSections { names: self.sections.join("、") }.say());
        [groups, agents, sections].into_iter().flatten().map(|gap| gap.zh).collect::<Vec<_>>().join("；")
    }
}

impl GroupReport {
    /// What it lacks.
    pub fn gaps(&self) -> Gaps {
        Gaps { silent: self.silent.clone(), sections: empty_sections(&self.cases, &self.notes), ..Gaps::default() }
    }
}

impl DistrictReport {
    /// What it lacks.
    pub fn gaps(&self) -> Gaps {
        let sections = empty_sections(&self.cases, &self.all_notes());
        let group_names = self.missing_zh().into_iter().map(str::to_owned).collect();
        Gaps { groups: self.missing.clone(), group_names, silent: self.silent.clone(), sections }
    }
}

fn empty_sections(cases: &[CaseSection], notes: &Notes) -> Vec<&'static str> {
    let says = |note: &str, told: fn(&CaseSection) -> bool| !note.trim().is_empty() || cases.iter().any(told);
    let told = [
        (say::SectionProgress::FIXED, says(&notes.progress, |case| !case.progress.is_empty() || !case.awaiting.is_empty())),
        (say::SectionProblems::FIXED, says(&notes.problems, |case| !case.problems.is_empty() || !case.overdue.is_empty())),
        (say::SectionSuggestions::FIXED, says(&notes.suggestions, |case| !case.suggestions.is_empty())),
    ];
    told.into_iter().filter(|(_, said)| !said && Requirement::R106.holds()).map(|(name, _)| name.zh).collect()
}
