//! A report as plain text, for terminals and copies; pages and print lay out the same content.

use super::{ANNEX, Block, CaseSection, DistrictReport, GroupReport, Layout, Line, Notes, Silent, silent_zh};
use crate::calendar::{Week, zh_date};
use std::fmt::Write;

impl GroupReport {
    /// The report in Chinese, line by line.
    pub fn text_zh(&self) -> String {
        let mut out = format!("{}代办工作周报　{}\n", self.group_zh(), weeks(self.week, &self.covers));
        if let Some(due_on) = self.due_on {
            put(&mut out, format_args!("报送：{}　截止：{}\n", self.to_zh(), zh_date(due_on)));
        }
        silent(&mut out, &self.silent, self.format);
        match self.layout() {
            Some(layout) => laid_out(&mut out, &layout),
            None => sections(&mut out, &self.cases, &self.supplements, &self.notes),
        }
        recorded(&mut out, &self.notes);
        out
    }
}

impl DistrictReport {
    /// The report in Chinese, line by line.
    pub fn text_zh(&self) -> String {
        let mut out = format!("项目进展情况周报　{}\n", weeks(self.week, &self.covers));
        put(&mut out, format_args!("主送：{}　抄送：{}\n", self.to, self.copy_to.join("、")));
        if let Some(due_on) = self.due_on {
            put(&mut out, format_args!("截止：{}\n", zh_date(due_on)));
        }
        if !self.missing.is_empty() {
            put(&mut out, format_args!("尚未确认周报的组：{}\n", self.missing_zh().join("、")));
        }
        silent(&mut out, &self.silent, self.format);
        match self.layout() {
            Some(layout) => laid_out(&mut out, &layout),
            None => sections(&mut out, &self.cases, &self.supplements, &self.notes),
        }
        recorded(&mut out, &self.all_notes());
        for part in &self.groups {
            put(&mut out, format_args!("依据：{}周报 {}（{}确认）\n", part.group_zh(), part.hash, part.confirmed_by_zh()));
        }
        out
    }
}

/// Writing into a string cannot fail.
fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

fn weeks(week: Week, covers: &[Week]) -> String {
    Week::span_zh(covers.first().copied().unwrap_or(week), week)
}

fn silent(out: &mut String, agents: &[Silent], format: u32) {
    if let Some(told) = silent_zh(agents, format) {
        put(out, format_args!("{told}\n"));
    }
}

fn laid_out(out: &mut String, layout: &Layout) {
    for section in &layout.sections {
        headed(out, section.heading, section.nothing, |out| blocks(out, &section.blocks));
    }
    if !layout.annex.is_empty() {
        put(out, format_args!("附件：{ANNEX}\n"));
        blocks(out, &layout.annex);
    }
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        block.heading.iter().for_each(|heading| put(out, format_args!("{heading}\n")));
        block.paras.iter().for_each(|para| put(out, format_args!("　{para}\n")));
    }
}

fn recorded(out: &mut String, notes: &Notes) {
    if let Some(recorded) = notes.recorded_zh() {
        put(out, format_args!("{recorded}\n"));
    }
}

/// The sections of a report that an earlier version drew up: its text stays as it was confirmed.
fn sections(out: &mut String, cases: &[CaseSection], supplements: &[CaseSection], notes: &Notes) {
    headed(out, "一、进展情况", NOTHING, |out| {
        section(out, &notes.progress, cases, |case| &case.progress);
        for case in cases.iter().filter(|case| !case.awaiting.is_empty()) {
            put(out, format_args!("〔待认定〕{}\n", case.title));
            case.awaiting.iter().for_each(|line| put(out, format_args!("　· {}\n", told(line))));
        }
    });
    headed(out, "二、存在问题", NOTHING, |out| {
        section(out, &notes.problems, cases, |case| &case.problems);
        cases.iter().for_each(|case| overdue(out, case));
    });
    headed(out, "三、解决问题的建议", NOTHING, |out| section(out, &notes.suggestions, cases, |case| &case.suggestions));
    headed(out, "四、补报", NOTHING, |out| supplements.iter().for_each(|case| supplement(out, case)));
}

const NOTHING: &str = "无。";

/// A heading and what stands under it, or that nothing does: the sections are mandatory.
fn headed(out: &mut String, title: &str, nothing: &str, body: impl FnOnce(&mut String)) {
    put(out, format_args!("{title}\n"));
    let before = out.len();
    body(out);
    if out.len() == before {
        put(out, format_args!("　{nothing}\n"));
    }
}

fn supplement(out: &mut String, case: &CaseSection) {
    put(out, format_args!("{}（{}）\n", case.title, case.enterprise));
    for line in case.lines() {
        let received = line.received_on().map_or_else(|| "未到达".to_owned(), zh_date);
        put(out, format_args!("　· {}；{received}到达\n", told(line)));
    }
}

fn overdue(out: &mut String, case: &CaseSection) {
    for duty in &case.overdue {
        let days = match duty.working_days {
            0 => "不足1个工作日".to_owned(),
            n => format!("{n}个工作日"),
        };
        let due_on = zh_date(duty.due_on);
        let clause = duty.clause.split('：').next().unwrap_or_default();
        let owed_by = duty.owed_by.as_ref().map(|who| format!("{who}，")).unwrap_or_default();
        put(out, format_args!("　· {}：{owed_by}{}，{due_on}到期，逾期{days}（{clause}）\n", case.title, duty.title_zh));
    }
}

fn section(out: &mut String, note: &str, cases: &[CaseSection], lines: impl Fn(&CaseSection) -> &Vec<Line>) {
    if !note.is_empty() {
        put(out, format_args!("{note}\n"));
    }
    for case in cases.iter().filter(|case| !lines(case).is_empty()) {
        put(out, format_args!("{}（{}，{}）\n", case.title, case.enterprise, case.stage.zh()));
        lines(case).iter().for_each(|line| put(out, format_args!("　· {}\n", told(line))));
    }
}

fn told(line: &Line) -> String {
    let doubt = if line.clock_doubtful { "，时间存疑" } else { "" };
    format!("{}——{} {}，{}发生{doubt}", line.text, line.unit_name, line.person_zh(), zh_date(line.occurred_on))
}
