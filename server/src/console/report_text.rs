//! The words of a report: from its frozen content to headings and paragraphs.

use crate::render::Names;
use chrono::Datelike;
use daiban_core::calendar::{Date, Week};
use daiban_core::report::{Block, CaseSection, DistrictReport, GroupReport, Layout, Line, Notes, OverdueLine, Section, numeral};
use daiban_messages::Say;
use daiban_messages::say::report_page as say;

/// What the sections of both reports are made of.
pub struct Parts<'a> {
    /// The cases.
    pub cases: &'a [CaseSection],
    /// 补报.
    pub supplements: &'a [CaseSection],
    /// What people wrote over it.
    pub notes: &'a Notes,
    /// The text laid out; absent of a report that an earlier version drew up.
    pub layout: Option<Layout>,
}

impl<'a> From<&'a DistrictReport> for Parts<'a> {
    fn from(report: &'a DistrictReport) -> Self {
        Parts { cases: &report.cases, supplements: &report.supplements, notes: &report.notes, layout: report.layout() }
    }
}

impl<'a> From<&'a GroupReport> for Parts<'a> {
    fn from(report: &'a GroupReport) -> Self {
        Parts { cases: &report.cases, supplements: &report.supplements, notes: &report.notes, layout: report.layout() }
    }
}

/// The sections and the annex.
pub fn laid_out(parts: Parts<'_>, names: &Names) -> Layout {
    match parts.layout {
        Some(layout) => layout,
        None => Layout { sections: sections(&parts, names), annex: Vec::new() },
    }
}

/// The sections of a report that an earlier version drew up: its text stays as it was confirmed.
fn sections(parts: &Parts<'_>, names: &Names) -> Vec<Section> {
    let (cases, notes) = (parts.cases, parts.notes);
    let told = |lines: &[Line]| lines.iter().map(|line| sentence(line, names)).collect::<Vec<_>>();
    vec![
        section(say::Progress, &notes.progress, cases, |case| {
            let waiting = case.awaiting.iter().map(|line| say::Awaiting { line: sentence(line, names) }.say().zh);
            told(&case.progress).into_iter().chain(waiting).collect()
        }),
        section(say::Problems, &notes.problems, cases, |case| {
            told(&case.problems).into_iter().chain(case.overdue.iter().map(overdue)).collect()
        }),
        section(say::Suggestions, &notes.suggestions, cases, |case| told(&case.suggestions)),
        section(say::Supplements, "", parts.supplements, |case| case.lines().map(|line| supplement(line, names)).collect()),
    ]
}

fn section(heading: impl Say, note: &str, cases: &[CaseSection], lines: impl Fn(&CaseSection) -> Vec<String>) -> Section {
    let noted = (!note.trim().is_empty()).then(|| Block { heading: None, paras: note.lines().map(str::to_owned).collect() });
    let told = cases.iter().map(|case| (case, lines(case))).filter(|(_, lines)| !lines.is_empty());
    let block = |(n, (case, paras)): (usize, (&CaseSection, Vec<String>))| Block {
        heading: Some(say::Project { number: numeral(n + 1), title: &case.title }.say().zh),
        paras,
    };
    let blocks = noted.into_iter().chain(told.enumerate().map(block)).collect();
    Section { heading: heading.say().zh, nothing: say::Nothing.say().zh, blocks }
}

/// "11月18日，…。（太平街道办事处 张伟）"
fn sentence(line: &Line, names: &Names) -> String {
    let stop = if line.text.ends_with(['。', '！', '？']) { "" } else { "。" };
    let (person, doubtful) = (names.person(&line.person), line.clock_doubtful);
    say::Line { day: short(line.occurred_on), text: &line.text, stop, unit: &line.unit_name, person, doubtful }.say().zh
}

fn supplement(line: &Line, names: &Names) -> String {
    let told = sentence(line, names);
    line.received_on().map_or(told.clone(), |on| say::Supplement { line: told, day: short(on) }.say().zh)
}

fn overdue(line: &OverdueLine) -> String {
    let clause = line.clause.split('：').next().unwrap_or_default();
    let told = say::Overdue { title: &line.title_zh, day: short(line.due_on), days: line.working_days, clause }.say();
    line.owed_by.as_ref().map_or(told.zh.clone(), |who| say::OverdueOf { who, overdue: &told }.say().zh)
}

/// "11月18日".
pub fn short(date: Date) -> String {
    say::MonthDay { month: date.month(), day: date.day() }.say().zh
}

/// "2026年第47周（11月16日至11月22日）", or of several weeks covered "2026年第8至9周（…）".
pub fn period(week: Week, covers: &[Week]) -> String {
    Week::span_zh(covers.first().copied().unwrap_or(week), week)
}
