//! What a report says of one project in one paragraph: stage, what is done, what is under way, problems, what needs others.
//!
//! Composed when a report is drafted, from flow tables, deliveries and the period's records, and frozen with it.

use super::line::reported_under;
use super::section::Scope;
use super::{CaseSection, Line};
use crate::calendar::{Date, written, zh_date};
use crate::case::{CaseView, FactView, Stage};
use crate::fact::Body;
use crate::fact::kinds::{Delivery, Fee, FlowRow, FlowTableSubmitted, ProblemRaised};
use crate::fact::text::{clauses, visible_line};
use crate::people::Group;
use chrono::Datelike;
use daiban_messages::say::report as say;
use daiban_messages::{Argument, Both, Say};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many records without an item of their own a paragraph tells; the annex has them all.
const WORKS_MAX: usize = 3;

/// How much of a record stands in a paragraph, in characters; the annex has the whole.
const WORK_CHARS_MAX: usize = 60;
const PROBLEM_CHARS_MAX: usize = 120;
const SUBJECT_CHARS_MAX: usize = 24;

/// One project's paragraph in its parts, each a list of clauses without a full stop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// The day of the letter that counts: 签订《代办服务委托书》 is the first thing done.
    pub letter: Option<Date>,
    /// 已办结.
    pub done: Vec<String>,
    /// 正在办理.
    pub underway: Vec<String>,
    /// How many records stand in the annex only.
    pub more: usize,
    /// Somebody said 本周无变化.
    pub quiet: bool,
    /// 存在问题.
    pub problems: Vec<String>,
    /// 需协调事项.
    pub coordination: Vec<String>,
    /// What a group's specialist wrote on the project, in the district's report under the group's name.
    pub remarks: Vec<String>,
}

impl Summary {
    /// Composes the paragraph of the facts in scope; items and deliveries count from the beginning on, records for the period.
    pub(super) fn of(view: &CaseView, scope: &Scope<'_>) -> Summary {
        let mut made = Summary::default();
        let mut items = Items::default();
        for fact in view.current().filter(|fact| fact.sequence.is_some() && reported_under(fact) <= scope.to) {
            items.see(view, fact, scope, &mut made);
        }
        let mut works = Works::default();
        for fact in view.current().filter(|fact| scope.holds(fact) && scope.group_of(view, fact).is_some()) {
            works.see(fact, &items, scope, &mut made);
        }
        items.tell(&works, scope, &mut made);
        works.tell(&mut made);
        for clause in made.parts().into_iter().flatten() {
            *clause = visible_line(clause).into_owned();
        }
        made
    }

    /// The paragraph of a section that an earlier version composed: of its lines only.
    pub(super) fn of_lines(section: &CaseSection) -> Summary {
        let year = section.lines().map(|line| line.occurred_on.year()).max().unwrap_or_default();
        let work = |line: &Line| format!("{}{}", day(line.occurred_on, year), clipped(&line.text, WORK_CHARS_MAX));
        let skipped = section.progress.len().saturating_sub(WORKS_MAX);
        Summary {
            underway: section.progress.iter().skip(skipped).map(work).collect(),
            more: skipped,
            problems: section.problems.iter().map(|line| clipped(&line.text, PROBLEM_CHARS_MAX)).collect(),
            ..Summary::default()
        }
    }

    /// Whether it has nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Summary::default()
    }

    fn parts(&mut self) -> [&mut Vec<String>; 5] {
        [&mut self.done, &mut self.underway, &mut self.problems, &mut self.coordination, &mut self.remarks]
    }

    /// Takes in what another group says of the same project; what both say stands once.
    pub(super) fn absorb(&mut self, mut other: Summary) {
        self.quiet |= other.quiet;
        self.letter = self.letter.or(other.letter);
        self.more += other.more;
        for (mine, theirs) in self.parts().into_iter().zip(other.parts()) {
            for clause in theirs.drain(..) {
                if !mine.contains(&clause) {
                    mine.push(clause);
                }
            }
        }
    }

    /// "项目由…建设，现处于实施阶段。已办结：…。正在办理：…。存在问题：…。需协调事项：…。"; an empty part says 无.
    pub fn paragraph(&self, enterprise: &str, stage: Stage) -> String {
        let by = (!enterprise.is_empty()).then(|| say::BuiltBy { enterprise }.say());
        let letter = self.letter.map(|on| say::LetterSigned { on: written(on) }.say().zh);
        let done: Vec<String> = letter.into_iter().chain(self.done.iter().cloned()).collect();
        let quiet = self.underway.is_empty() && self.quiet;
        let more = (self.more > 0).then(|| say::OthersInAnnex { count: self.more }.say().zh);
        let rest = [quiet.then(|| say::NoChange::FIXED.zh.to_owned()), more];
        let underway: Vec<String> = self.underway.iter().cloned().chain(rest.into_iter().flatten()).collect();
        let paragraph = say::Paragraph {
            by: Both::from(by),
            stage: stage.words(),
            done: said(&done),
            underway: said(&underway),
            problems: said(&self.problems),
            coordination: said(&self.coordination),
        };
        paragraph.say().zh
    }
}

fn said(clauses: &[String]) -> Both {
    if clauses.is_empty() { say::None::FIXED.into() } else { clauses.join("；").both() }
}

/// The flow tables' items and what was delivered.
#[derive(Default)]
struct Items<'a> {
    tables: BTreeMap<Group, &'a FlowTableSubmitted>,
    delivered: Vec<Delivered<'a>>,
}

struct Delivered<'a> {
    result: &'a str,
    way: String,
    /// Whether the report tells of the delivery itself, or only of the item it ends.
    told: bool,
}

impl<'a> Items<'a> {
    fn see(&mut self, view: &'a CaseView, fact: &'a FactView, scope: &Scope<'_>, made: &mut Summary) {
        let told = scope.group_of(view, fact).is_some();
        let on = day(reported_under(fact), scope.to.year());
        match fact.whole().map(|fact| &fact.body) {
            Some(Body::AuthorizationLetterSigned(letter)) if told && view.letter.is_some_and(|l| l.fact == fact.fact.id) => {
                made.letter = Some(letter.signed_on());
            }
            Some(Body::FlowTableSubmitted(table)) if scope.group.is_none_or(|group| group == table.group) => {
                self.tables.insert(table.group, table);
            }
            Some(Body::ResultDelivered(body)) => {
                let way = match &body.delivery {
                    Delivery::ByHand { .. } => say::HandedOver { on }.say().zh,
                    Delivery::Mail { posted_on, .. } => say::Posted { on: day(*posted_on, scope.to.year()) }.say().zh,
                };
                self.delivered.extend(body.results.iter().map(|result| Delivered { result, way: way.clone(), told }));
            }
            _ => {}
        }
    }

    fn rows(&self) -> impl Iterator<Item = &'a FlowRow> {
        self.tables.values().flat_map(|table| table.rows.iter())
    }

    fn tell(&self, works: &Works, scope: &Scope<'_>, made: &mut Summary) {
        for table in self.tables.values() {
            let what = match &table.nil_reason {
                Some(_) => say::TableNil.say(),
                None => say::TableRows { rows: table.rows.len(), fees: fees(&table.rows) }.say(),
            };
            let group = scope.district.organisation.group_zh(table.group);
            made.done.push(say::TableHandedIn { group, what }.say().zh);
        }
        for row in self.rows() {
            match self.delivered.iter().find(|delivered| stem(delivered.result) == stem(&row.item)) {
                Some(delivered) => made.done.push(format!("{}（{}）", row.item.trim(), delivered.way)),
                None => made.underway.push(underway(row, works, scope)),
            }
        }
        let ends_item = |delivered: &&Delivered<'_>| self.rows().any(|row| stem(&row.item) == stem(delivered.result));
        let others = self.delivered.iter().filter(|delivered| delivered.told && !ends_item(delivered));
        made.done.extend(others.map(|delivered| format!("{}（{}）", delivered.result.trim(), delivered.way)));
    }
}

/// "建设用地规划许可证核发（区自然资源分局，代办员王喆，计划20个工作日）：11月18日补测绘图".
fn underway(row: &FlowRow, works: &Works, scope: &Scope<'_>) -> String {
    let agent = row.agent.as_ref().map(|agent| say::ItemAgent { person: scope.names.person(agent) }.say());
    let work = works.of_items.get(stem(&row.item)).map(|(_, work)| format!("：{work}")).unwrap_or_default();
    let (item, unit, days) = (row.item.trim(), scope.names.unit(&row.unit), row.planned_working_days);
    say::ItemUnderway { item, unit, agent: Both::from(agent), days, work }.say().zh
}

/// The period's records.
#[derive(Default)]
struct Works {
    /// By the stem of the item: the latest.
    of_items: BTreeMap<String, (Date, String)>,
    others: Vec<(Date, String)>,
}

impl Works {
    fn see(&mut self, fact: &FactView, items: &Items<'_>, scope: &Scope<'_>, made: &mut Summary) {
        let on = reported_under(fact);
        let told = |text: &str| format!("{}{}", day(on, scope.to.year()), clipped(text, WORK_CHARS_MAX));
        match fact.whole().map(|fact| &fact.body) {
            Some(Body::NoChange(body)) if Some(body.week) == scope.week => made.quiet = true,
            Some(Body::NoChange(_)) => self.others.push((on, clipped(&scope.sentence(fact), WORK_CHARS_MAX))),
            Some(Body::ProblemRaised(problem)) => {
                made.problems.push(clipped(&problem.text, PROBLEM_CHARS_MAX));
                made.coordination.push(coordination(problem, scope));
            }
            Some(Body::WorkLog(log)) => {
                let item = log.item.as_deref().map(stem).filter(|item| items.rows().any(|row| stem(&row.item) == *item));
                match item {
                    Some(item) if self.of_items.get(item).is_none_or(|(before, _)| *before <= on) => {
                        self.of_items.insert(item.to_owned(), (on, told(&log.text)));
                    }
                    Some(_) => {}
                    None => self.others.push((on, told(&log.text))),
                }
            }
            Some(
                Body::CaseOpened(_) | Body::AuthorizationLetterSigned(_) | Body::FlowTableSubmitted(_) | Body::ResultDelivered(_),
            )
            | None => {}
            Some(_) => self.others.push((on, told(&scope.sentence(fact)))),
        }
    }

    fn tell(mut self, made: &mut Summary) {
        self.others.sort_by_key(|(on, _)| *on);
        let skipped = self.others.len().saturating_sub(WORKS_MAX);
        made.underway.extend(self.others.into_iter().skip(skipped).map(|(_, work)| work));
        made.more = skipped;
    }
}

/// "请区自然资源分局牵头，区交通运输局参会，研究“用地红线与规划道路存在重叠”问题".
fn coordination(problem: &ProblemRaised, scope: &Scope<'_>) -> String {
    let lead = scope.district.organisation.lead(problem.group);
    let others: Vec<String> =
        problem.units_needed.iter().filter(|unit| Some(*unit) != lead).map(|unit| scope.names.unit(unit)).collect();
    let others = (!others.is_empty()).then(|| say::Attending { units: others.join("、") }.say());
    let lead = lead.map_or_else(|| scope.district.organisation.group_zh(problem.group).to_owned(), |lead| scope.names.unit(lead));
    let subject = clipped(&problem.text, SUBJECT_CHARS_MAX);
    say::Coordination { lead, others: Both::from(others), subject }.say().zh
}

/// "，建设单位应缴费用合计1234.50元"; nothing where nothing is to be paid.
fn fees(rows: &[FlowRow]) -> Both {
    let sum: Fee = rows.iter().filter_map(|row| row.fee_yuan).sum();
    sum.is_positive().then(|| say::TableFees { sum }.say()).into()
}

/// What an approval item and its certificate have in common: 建设用地规划许可证核发 and 建设用地规划许可证 are one.
fn stem(name: &str) -> &str {
    const ENDS: [&str; 8] = ["核发", "办理", "审批", "批复", "证明", "证书", "文件", "证"];
    let mut name = name.trim();
    while let Some(shorter) = ENDS.iter().find_map(|end| name.strip_suffix(end)).filter(|shorter| !shorter.is_empty()) {
        name = shorter;
    }
    name
}

/// The text in one line, without its full stop, and no longer than so many characters.
fn clipped(text: &str, max: usize) -> String {
    let one = clauses(text);
    let one = visible_line(one.trim_end_matches(['。', '；', '！', '？', '.', ';'])).into_owned();
    match one.char_indices().nth(max) {
        Some((end, _)) => format!("{}……", &one[..end]),
        None => one,
    }
}

/// "11月18日"; with its year if that is not the report's.
fn day(date: Date, year: i32) -> String {
    if date.year() == year { format!("{}月{}日", date.month(), date.day()) } else { zh_date(date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_and_its_certificate_are_one() {
        for (item, result) in [
            ("建设用地规划许可证核发", "建设用地规划许可证"),
            ("建设工程规划许可", "建设工程规划许可证"),
            ("企业投资项目备案", "企业投资项目备案证明"),
            ("营业执照办理", " 营业执照 "),
        ] {
            assert_eq!(stem(item), stem(result));
        }
        for (item, result) in [("建设工程规划许可证变更", "建设工程规划许可证"), ("施工许可证核发", "建设工程规划许可证")]
        {
            assert_ne!(stem(item), stem(result));
        }
        assert_eq!(stem("证"), "证");
    }

    #[test]
    fn a_long_record_is_cut_and_stands_in_one_line() {
        assert_eq!(clipped("一。\n\n二\u{1B}。", 60), "一；二␛");
        assert_eq!(clipped(&"长".repeat(61), 60), format!("{}……", "长".repeat(60)));
        assert_eq!(clipped("。", 60), "");
    }

    #[test]
    fn an_empty_part_says_so_and_quiet_is_not_nothing() {
        let summary = Summary { quiet: true, ..Summary::default() };
        let text = "项目由某公司建设，现处于实施阶段。已办结：无。正在办理：本周无变化。存在问题：无。需协调事项：无。";
        assert_eq!(summary.paragraph("某公司", Stage::Underway), text);
        let busy = Summary { quiet: true, underway: vec!["环评".to_owned()], ..Summary::default() };
        assert!(busy.paragraph("", Stage::Lead).starts_with("项目现处于线索阶段。已办结：无。正在办理：环评。"));
    }
}
