//! How a report is laid out: headings and paragraphs, the same for the page, for print and for a terminal.

use super::section::CaseSection;
use super::{DistrictReport, GroupReport, Line, Notes, OverdueLine, Summary};
use crate::calendar::{written, zh_date};
use crate::fact::text::{clauses, visible_line};
use daiban_messages::say::report as say;
use daiban_messages::{Fixed, Say};

/// The first version of the shape with a paragraph a project; of older ones the lines stand in the sections.
pub(super) const PARAGRAPHS: u32 = 2;

/// 附件's title.
pub const ANNEX: &str = say::AnnexTitle::FIXED.zh;

/// The headings, in their order.
pub(super) const HEADINGS: [Fixed; 4] =
    [say::HeadingProgress::FIXED, say::HeadingProblems::FIXED, say::HeadingSuggestions::FIXED, say::HeadingSupplements::FIXED];
/// What stands under a heading that has nothing else.
pub(super) const NOTHING: Fixed = say::Nothing::FIXED;

/// A report's text, laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The three mandatory sections and 补报, none ever left out (四(四)3).
    pub sections: Vec<Section>,
    /// 附件: 工作日志摘录, a block a project.
    pub annex: Vec<Block>,
}

/// A section with its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 一、进展情况.
    pub heading: String,
    /// What stands instead of blocks.
    pub nothing: String,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// A part of a section: usually one project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// （一）….
    pub heading: Option<String>,
    /// Its paragraphs.
    pub paras: Vec<String>,
}

impl GroupReport {
    /// The report laid out; `None` of one that an earlier version drew up, whose text never changes.
    pub fn layout(&self) -> Option<Layout> {
        (self.format >= PARAGRAPHS).then(|| Layout::of(&self.cases, &self.supplements, &self.notes))
    }
}

impl DistrictReport {
    /// The report laid out; `None` of one that an earlier version drew up, whose text never changes.
    pub fn layout(&self) -> Option<Layout> {
        (self.format >= PARAGRAPHS).then(|| Layout::of(&self.cases, &self.supplements, &self.all_notes()))
    }
}

impl Layout {
    fn of(cases: &[CaseSection], supplements: &[CaseSection], notes: &Notes) -> Layout {
        let has_problems = cases.iter().any(|case| !case.problems.is_empty());
        let others = if has_problems { say::NoOtherProblems::FIXED } else { NOTHING };
        let section = |heading: Fixed, nothing: Fixed, blocks| {
            let (heading, nothing) = (heading.zh.to_owned(), nothing.zh.to_owned());
            Section { heading, nothing, blocks }
        };
        let overdue_of = |case: &CaseSection| case.overdue.iter().map(overdue).collect();
        let supplements_of = |case: &CaseSection| case.lines().map(supplement).collect();
        Layout {
            sections: vec![
                section(HEADINGS[0], NOTHING, told(&notes.progress, cases, |case| project(case, notes))),
                section(HEADINGS[1], others, told(&notes.problems, cases, overdue_of)),
                section(HEADINGS[2], NOTHING, told(&notes.suggestions, cases, suggestions)),
                section(HEADINGS[3], NOTHING, told("", supplements, supplements_of)),
            ],
            annex: told("", cases, records),
        }
    }
}

/// What people wrote, and a numbered block for each case that has something to say.
fn told(note: &str, cases: &[CaseSection], paras: impl Fn(&CaseSection) -> Vec<String>) -> Vec<Block> {
    let noted = lines_of(note);
    let noted = (!noted.is_empty()).then_some(Block { heading: None, paras: noted });
    let said = cases.iter().map(|case| (case, paras(case))).filter(|(_, paras)| !paras.is_empty());
    let block = |(n, (case, paras)): (usize, (&CaseSection, Vec<String>))| Block {
        heading: Some(format!("（{}）{}", numeral(n + 1), case.called())),
        paras,
    };
    noted.into_iter().chain(said.enumerate().map(block)).collect()
}

fn lines_of(note: &str) -> Vec<String> {
    note.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| visible_line(line).into_owned()).collect()
}

/// The project's paragraph, and what people wrote on it.
fn project(case: &CaseSection, notes: &Notes) -> Vec<String> {
    let summary = case.summary.clone().unwrap_or_else(|| Summary::of_lines(case));
    let note = notes.cases.get(&case.case).map(|note| lines_of(note)).unwrap_or_default();
    std::iter::once(summary.paragraph(&case.enterprise, case.stage)).chain(summary.remarks).chain(note).collect()
}

fn suggestions(case: &CaseSection) -> Vec<String> {
    case.suggestions.iter().map(|line| stopped(&line.text)).collect()
}

/// Every record of the case that the report tells of, by the day it speaks of.
fn records(case: &CaseSection) -> Vec<String> {
    let counted = case.progress.iter().chain(&case.problems).map(|line| (line, false));
    let mut lines: Vec<(&Line, bool)> = counted.chain(case.awaiting.iter().map(|line| (line, true))).collect();
    lines.sort_by_key(|(line, _)| (line.occurred_on, line.recorded_at));
    let record = |(line, awaiting): (&Line, bool)| {
        let (unit, person, doubtful) = (&line.unit_name, line.person_zh(), line.clock_doubtful);
        let on = zh_date(line.occurred_on);
        // A letter's sentence begins with its day.
        let on = if line.text.starts_with(&on) { String::new() } else { format!("{on}，") };
        let text = format!("{on}{}", stopped(&line.text));
        say::Record { text, unit, person, awaiting, doubtful }.say().zh
    };
    lines.into_iter().map(record).collect()
}

/// A record that came after its week: "补报2026年第48周（…）：…。（太平街道办事处 张伟，2026年11月25日发生，2026年11月25日记录，…到达）".
fn supplement(line: &Line) -> String {
    let (what, text, came) = (line.supplement_zh(), stopped(&line.text), line.came_zh());
    let (unit, person, on, doubtful) = (&line.unit_name, line.person_zh(), written(line.occurred_on), line.clock_doubtful);
    say::Supplement { what, text, unit, person, on, came, doubtful }.say().zh
}

/// "区自然资源分局 张伟：…，应于2026年12月18日（含）前完成，现已逾期3个工作日。"
fn overdue(line: &OverdueLine) -> String {
    let owed_by = line.owed_by.as_ref().map(|who| format!("{who}：")).unwrap_or_default();
    let title = format!("{owed_by}{}", line.title_zh);
    say::Overdue { title, due: written(line.due_on), days: line.working_days }.say().zh
}

/// In one line, so that no record's own lines read as headings of the report.
fn stopped(text: &str) -> String {
    let text = visible_line(&clauses(text)).into_owned();
    let stop = if text.ends_with(['！', '？']) { "" } else { "。" };
    format!("{text}{stop}")
}

/// The Chinese numeral of a heading: 一 … 九十九.
pub fn numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: usize| DIGITS.get(d).copied().unwrap_or_default();
    match (n / 10, n % 10) {
        (0, d) => digit(d).to_owned(),
        (1, d) => format!("十{}", digit(d)),
        (t, d) if t < 10 => format!("{}十{}", digit(t), digit(d)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_in_chinese() {
        let said: Vec<String> = [1, 9, 10, 11, 20, 35, 99, 120].into_iter().map(numeral).collect();
        assert_eq!(said, ["一", "九", "十", "十一", "二十", "三十五", "九十九", "120"]);
    }
}
