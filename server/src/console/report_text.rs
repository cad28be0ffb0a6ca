//! The words of a report: from its frozen content to headings and paragraphs.

use crate::render::Names;
use chrono::Datelike;
use daiban_core::calendar::{Date, Week};
use daiban_core::report::{Block, CaseSection, DistrictReport, GroupReport, Layout, Line, Notes, OverdueLine, Section, numeral};

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

fn section(heading: &'static str, note: &str, cases: &[CaseSection], lines: impl Fn(&CaseSection) -> Vec<String>) -> Section {
    let noted = (!note.trim().is_empty()).then(|| Block { heading: None, paras: note.lines().map(str::to_owned).collect() });
    let told = cases.iter().map(|case| (case, lines(case))).filter(|(_, lines)| !lines.is_empty());
    let block = |(n, (case, paras)): (usize, (&CaseSection, Vec<String>))| Block {
        heading: Some(format!("（{}）{}", numeral(n + 1), case.title)),
        paras,
    };
    let blocks = noted.into_iter().chain(told.enumerate().map(block)).collect();
    Section { heading, nothing: "无。", blocks }
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

/// "2026年第47周（11月16日至11月22日）", or of several weeks covered "2026年第8至9周（…）".
pub fn period(week: Week, covers: &[Week]) -> String {
    Week::span_zh(covers.first().copied().unwrap_or(week), week)
}
