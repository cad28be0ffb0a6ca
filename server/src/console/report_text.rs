//! The words of a report: from its frozen content to headings and paragraphs.

use crate::render::Names;
use chrono::Datelike;
use daiban_core::calendar::{Date, Week};
use daiban_core::report::{CaseSection, DistrictReport, GroupReport, Line, Notes, OverdueLine};

/// A section with its heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// 一、进展情况.
    pub heading: String,
    /// What stands instead of blocks.
    pub nothing: &'static str,
    /// Its parts.
    pub blocks: Vec<Block>,
}

/// A part of a section: usually one case.
#[derive(Clone, Debug)]
pub struct Block {
    /// （一）….
    pub heading: Option<String>,
    /// Its paragraphs.
    pub paras: Vec<String>,
}

/// What the sections of both reports are made of.
pub struct Parts<'a> {
    /// The cases.
    pub cases: &'a [CaseSection],
    /// 补报.
    pub supplements: &'a [CaseSection],
    /// What people wrote over it.
    pub notes: &'a Notes,
}

impl<'a> From<&'a DistrictReport> for Parts<'a> {
    fn from(report: &'a DistrictReport) -> Self {
        Parts { cases: &report.cases, supplements: &report.supplements, notes: &report.notes }
    }
}

impl<'a> From<&'a GroupReport> for Parts<'a> {
    fn from(report: &'a GroupReport) -> Self {
        Parts { cases: &report.cases, supplements: &report.supplements, notes: &report.notes }
    }
}

/// The three mandatory sections and 补报, none ever left out (四(四)3).
pub fn sections(parts: &Parts<'_>, names: &Names) -> Vec<Section> {
    let (cases, notes) = (parts.cases, parts.notes);
    let told = |lines: &[Line]| lines.iter().map(|line| sentence(line, names)).collect::<Vec<_>>();
    vec![
        section("一、进展情况", &notes.progress, cases, |case| {
            let waiting = case.awaiting.iter().map(|line| format!("（待认定，暂不计入）{}", sentence(line, names)));
            told(&case.progress).into_iter().chain(waiting).collect()
        }),
        section("二、存在问题", &notes.problems, cases, |case| {
            told(&case.problems).into_iter().chain(case.overdue.iter().map(overdue)).collect()
        }),
        section("三、解决问题的建议", &notes.suggestions, cases, |case| told(&case.suggestions)),
        section("四、补报", "", parts.supplements, |case| {
            let arrived = |line: &Line| line.received_on().map(|on| format!("（{}到达）", short(on))).unwrap_or_default();
            case.lines().map(|line| format!("{}{}", sentence(line, names), arrived(line))).collect()
        }),
    ]
}

fn section(heading: &str, note: &str, cases: &[CaseSection], lines: impl Fn(&CaseSection) -> Vec<String>) -> Section {
    let noted = (!note.trim().is_empty()).then(|| Block { heading: None, paras: note.lines().map(str::to_owned).collect() });
    let told = cases.iter().map(|case| (case, lines(case))).filter(|(_, lines)| !lines.is_empty());
    let block = |(n, (case, paras)): (usize, (&CaseSection, Vec<String>))| Block {
        heading: Some(format!("（{}）{}", numeral(n + 1), case.title)),
        paras,
    };
    let blocks = noted.into_iter().chain(told.enumerate().map(block)).collect();
    Section { heading: heading.to_owned(), nothing: "无。", blocks }
}

/// "11月18日，…。（太平街道办事处 张伟）"
fn sentence(line: &Line, names: &Names) -> String {
    let stop = if line.text.ends_with(['。', '！', '？']) { "" } else { "。" };
    let doubt = if line.clock_doubtful { "，时间存疑" } else { "" };
    let person = names.person(&line.person);
    format!("{}，{}{stop}（{} {person}{doubt}）", short(line.occurred_on), line.text, line.unit_name)
}

fn overdue(line: &OverdueLine) -> String {
    let days = match line.working_days {
        0 => "不足1个工作日".to_owned(),
        n => format!("{n}个工作日"),
    };
    let clause = line.clause.split('：').next().unwrap_or_default();
    let owed_by = line.owed_by.as_ref().map(|who| format!("{who}：")).unwrap_or_default();
    format!("{owed_by}{}，应于{}（含）前完成，现已逾期{days}（{clause}）。", line.title_zh, short(line.due_on))
}

/// "11月18日".
pub fn short(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// "2026年第47周".
pub fn week_name(week: Week) -> String {
    week.name_zh()
}

/// "2026年第47周（11月16日至11月22日）", or of several weeks covered "2026年第8至9周（…）".
pub fn period(week: Week, covers: &[Week]) -> String {
    Week::span_zh(covers.first().copied().unwrap_or(week), week)
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
