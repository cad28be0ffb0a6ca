//! A report as plain text, for terminals and copies; pages and print lay out the same content.

use super::layout::{HEADINGS, NOTHING};
use super::{Block, CaseSection, DistrictReport, GroupReport, Layout, Line, Notes, Silent, silent_zh};
use crate::calendar::{Week, written};
use daiban_messages::say::report as say;
use daiban_messages::{Both, Say};

impl GroupReport {
    /// The report in Chinese, line by line.
    pub fn text_zh(&self) -> String {
        let mut out = String::new();
        put(&mut out, say::GroupTitle { group: self.group_zh(), weeks: weeks(self.week, &self.covers) });
        if let Some(due_on) = self.due_on {
            put(&mut out, say::ToGroup { to: self.to_zh(), due: written(due_on) });
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
        let mut out = String::new();
        put(&mut out, say::DistrictTitle { weeks: weeks(self.week, &self.covers) });
        put(&mut out, say::ToDistrict { to: &self.to, copies: self.copy_to.join("、") });
        if let Some(due_on) = self.due_on {
            put(&mut out, say::Due { due: written(due_on) });
        }
        if !self.missing.is_empty() {
            put(&mut out, say::GroupsMissing { groups: self.missing_zh().join("、") });
        }
        silent(&mut out, &self.silent, self.format);
        match self.layout() {
            Some(layout) => laid_out(&mut out, &layout),
            None => sections(&mut out, &self.cases, &self.supplements, &self.notes),
        }
        recorded(&mut out, &self.all_notes());
        for part in &self.groups {
            let (group, hash, person) = (part.group_zh(), &part.hash, part.confirmed_by_zh());
            put(&mut out, say::RestsOn { group, hash, person });
        }
        out
    }
}

fn put(out: &mut String, said: impl Say) {
    line(out, &said.say().zh);
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn weeks(week: Week, covers: &[Week]) -> Both {
    Week::span(covers.first().copied().unwrap_or(week), week)
}

fn silent(out: &mut String, agents: &[Silent], format: u32) {
    if let Some(told) = silent_zh(agents, format) {
        line(out, &told);
    }
}

fn laid_out(out: &mut String, layout: &Layout) {
    for section in &layout.sections {
        headed(out, &section.heading, &section.nothing, |out| blocks(out, &section.blocks));
    }
    if !layout.annex.is_empty() {
        put(out, say::Annex { title: say::AnnexTitle::FIXED });
        blocks(out, &layout.annex);
    }
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for block in blocks {
        block.heading.iter().for_each(|heading| line(out, heading));
        block.paras.iter().for_each(|para| line(out, &format!("　{para}")));
    }
}

fn recorded(out: &mut String, notes: &Notes) {
    if let Some(recorded) = notes.recorded_zh() {
        line(out, &recorded);
    }
}

/// The sections of a report that an earlier version drew up: its text stays as it was confirmed.
fn sections(out: &mut String, cases: &[CaseSection], supplements: &[CaseSection], notes: &Notes) {
    let [progress, problems, suggestions, late] = HEADINGS.map(|heading| heading.zh);
    headed(out, progress, NOTHING.zh, |out| {
        section(out, &notes.progress, cases, |case| &case.progress);
        for case in cases.iter().filter(|case| !case.awaiting.is_empty()) {
            put(out, say::AwaitingOf { title: &case.title });
            case.awaiting.iter().for_each(|record| line(out, &format!("　· {}", told(record))));
        }
    });
    headed(out, problems, NOTHING.zh, |out| {
        section(out, &notes.problems, cases, |case| &case.problems);
        cases.iter().for_each(|case| overdue(out, case));
    });
    headed(out, suggestions, NOTHING.zh, |out| section(out, &notes.suggestions, cases, |case| &case.suggestions));
    headed(out, late, NOTHING.zh, |out| supplements.iter().for_each(|case| supplement(out, case)));
}

/// A heading and what stands under it, or that nothing does: the sections are mandatory.
fn headed(out: &mut String, title: &str, nothing: &str, body: impl FnOnce(&mut String)) {
    line(out, title);
    let before = out.len();
    body(out);
    if out.len() == before {
        line(out, &format!("　{nothing}"));
    }
}

fn supplement(out: &mut String, case: &CaseSection) {
    line(out, &format!("{}（{}）", case.title, case.enterprise));
    for record in case.lines() {
        let received = record.received_on().map_or_else(|| say::NotReceived::FIXED.into(), written);
        line(out, &format!("　· {}", say::SupplementOfOld { line: told(record), received }.say().zh));
    }
}

fn overdue(out: &mut String, case: &CaseSection) {
    for duty in &case.overdue {
        let clause = duty.clause.split('：').next().unwrap_or_default();
        let owed_by = duty.owed_by.as_ref().map(|who| format!("{who}，")).unwrap_or_default();
        let title = format!("{}：{owed_by}{}", case.title, duty.title_zh);
        let told = say::OverdueOfOld { title, due: written(duty.due_on), days: duty.working_days, clause };
        line(out, &format!("　· {}", told.say().zh));
    }
}

fn section(out: &mut String, note: &str, cases: &[CaseSection], lines: impl Fn(&CaseSection) -> &Vec<Line>) {
    if !note.is_empty() {
        line(out, note);
    }
    for case in cases.iter().filter(|case| !lines(case).is_empty()) {
        line(out, &format!("{}（{}，{}）", case.title, case.enterprise, case.stage.zh()));
        lines(case).iter().for_each(|record| line(out, &format!("　· {}", told(record))));
    }
}

fn told(line: &Line) -> String {
    let (unit, person, on, doubtful) = (&line.unit_name, line.person_zh(), written(line.occurred_on), line.clock_doubtful);
    say::Line { text: &line.text, unit, person, on, doubtful }.say().zh
}
