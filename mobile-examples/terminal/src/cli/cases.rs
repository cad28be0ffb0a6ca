//! `cases` and `show`.

use super::fields;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use crate::message::Message;
use daiban_core::agent::CaseSummary;
use daiban_core::calendar::local_stamp;
use daiban_core::case::{CaseView, FactView};
use daiban_core::fact::shown::PlanNames;
use daiban_core::fact::text::visible_line;
use daiban_core::fact::{Names, Sealed, kind_info};
use daiban_core::ids::CaseId;
use daiban_core::rules::Lamp;
use serde_json::{Value, json};
use std::borrow::Cow;

/// Every case on this device, the most urgent first.
pub fn list(field: &Field) -> Report {
    let mut cases = field.cases();
    cases.sort_by(|a, b| (b.lamp, &a.title, a.case).cmp(&(a.lamp, &b.title, b.case)));
    let report = Report::new(json!({ "cases": cases }));
    if cases.is_empty() {
        return report.line(
            "本机没有项目：运行 sync 取回分配给本人的项目，或用 open 登记项目。",
            "No case on this device: run sync to fetch yours, or open one.",
        );
    }
    cases.iter().fold(report, line)
}

fn line(report: Report, c: &CaseSummary) -> Report {
    let short: String = c.case.to_string().chars().take(8).collect();
    let title = c.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let (mut zh, mut en) = match &c.closed {
        Some(closed) => (closed.zh(), closed.en()),
        None => (c.stage.zh().to_owned(), c.stage.en().to_owned()),
    };
    if let Some(due) = c.next_due {
        zh.push_str(&format!("；最近时限 {due}"));
        en.push_str(&format!("; next due {due}"));
    }
    if c.waiting > 0 {
        zh.push_str(&format!("；{}条未上传", c.waiting));
        en.push_str(&format!("; {} unsent", c.waiting));
    }
    if c.quarantined > 0 {
        zh.push_str(&format!("；{}条校验未通过（暂存）", c.quarantined));
        en.push_str(&format!("; {} quarantined", c.quarantined));
    }
    let report =
        report.line(format!("{short}  [{}] {title}（{zh}）", c.lamp.zh()), format!("{short}  [{:?}] {title} ({en})", c.lamp));
    match &c.alarm {
        Some(alarm) => report.line(format!("          ！{}", alarm.zh()), format!("          ! {alarm}")),
        None => report,
    }
}

/// One case: team, records in order, what is contested.
pub fn show(field: &Field, prefix: &str) -> Result<Report, Fault> {
    let case = field.find_case(prefix)?;
    let view = field.case(case)?;
    let lamp = field.duties(Some(case))?.iter().map(|duty| duty.lamp).max().unwrap_or(Lamp::Grey);
    let now = field.now();
    let open = |sealed: &Sealed| field.unseal(sealed);
    let records: Vec<Value> = view.facts.iter().map(|f| record(f, &open)).collect();
    let team: Vec<_> = view.roster.active_at(now).collect();
    let value = json!({
        "case": case, "title": view.title, "enterprise": view.enterprise, "location": view.location, "stage": view.stage,
        "lamp": lamp, "sequence": view.sequence, "team": team, "contested": view.contested, "records": records,
        "update_needed": view.update_needed, "later": view.later.iter().map(|row| row.sequence).collect::<Vec<_>>(),
    });
    let mut report = head(Report::new(value), case, &view, lamp);
    for member in team {
        let group = member.group.map_or(String::new(), |g| format!("（{}）", g.zh()));
        report = report.line(
            format!("  {}{group}：{}，{}", member.role.zh(), member.person, PlanNames::default().unit(&member.unit)),
            format!("  {}: {}, {}", member.role.en(), member.person, member.unit),
        );
    }
    for contested in &view.contested {
        report = report.line(format!("  ！{}", contested.zh()), format!("  ! contested: {}", contested.single.en()));
    }
    if view.update_needed {
        report = report.line("  ！本机版本较旧，请更新程序。", "  ! this version is too old, update it.");
    }
    for fact in &view.facts {
        report = timeline(report, fact, &open);
    }
    for unread in &view.unreadable {
        let number = unread.sequence.unwrap_or(0);
        report = report.line(
            format!("  第{number}号　无法读取的记录（{}）：{}", unread.author.person, unread.verdict.zh()),
            format!("  no. {number}  unreadable record of {}: {}", unread.author.person, unread.verdict.code.name()),
        );
    }
    for row in &view.later {
        let number = row.sequence;
        report = report.line(
            format!("  第{number}号　待识别：由较新版本写入，已原样保存；更新程序后即可查看"),
            format!("  no. {number}  written by a later version and kept as it is: update this program to read it"),
        );
    }
    Ok(report)
}

fn head(report: Report, case: CaseId, view: &CaseView, lamp: Lamp) -> Report {
    let title = view.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let enterprise = view.enterprise.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    report
        .line(format!("{title}　[{}] {}", lamp.zh(), view.stage.zh()), format!("{title}  [{lamp:?}] {}", view.stage.en()))
        .line(format!("  编号 {case}；建设单位 {enterprise}"), format!("  id {case}; enterprise {enterprise}"))
}

fn record(f: &FactView, open: fields::Opener<'_>) -> Value {
    json!({
        "record": f.fact.id, "kind": f.fact.body.kind(), "by": f.fact.by, "unit": f.fact.unit,
        "occurred_at": f.fact.occurred_at, "recorded_at": f.fact.recorded_at, "received_at": f.received_at,
        "sequence": f.sequence, "verdict": f.verdict, "amends": f.fact.amends, "amended_by": f.amended_by,
        "fields": f.whole().map(|fact| fields::json(fact, open)),
    })
}

/// What a kind is called; an unknown one by its own name.
pub fn kind(name: &str) -> Message {
    kind_info(name)
        .map_or_else(|| Message::new(format!("待识别（{name}）"), name), |info| Message::new(info.label.zh, info.label.en))
}

fn timeline(report: Report, f: &FactView, open: fields::Opener<'_>) -> Report {
    let short: String = f.fact.id.to_string().chars().take(8).collect();
    let kind = kind(f.fact.body.kind());
    let when = local_stamp(f.fact.occurred_at);
    let state = match f.sequence {
        Some(n) => Message::new(format!("第{n}号 {}", f.verdict_zh()), format!("no. {n} {}", f.verdict.code.name())),
        None => {
            Message::new(format!("本机，上传后预计{}", f.verdict_zh()), format!("only here, expected {}", f.verdict.code.name()))
        }
    };
    let amended = f.amended_by.map_or_else(|| Message::new("", ""), |_| Message::new("，已更正", ", corrected"));
    let by = match f.recorded_by_other() {
        Some(other) => Message::new(format!("{}（{other}代录）", f.fact.by), format!("{} (recorded by {other})", f.fact.by)),
        None => Message::new(f.fact.by.as_str(), f.fact.by.as_str()),
    };
    let mut report = report.line(
        format!("{when}  {}　{}　{short}（{}{}）", kind.zh, by.zh, state.zh, amended.zh),
        format!("{when}  {}  {}  {short} ({}{})", kind.en, by.en, state.en, amended.en),
    );
    for line in f.whole().map(|fact| fields::lines(fact, open)).unwrap_or_default() {
        report = report.line(format!("    {}", line.zh), format!("    {}", line.en));
    }
    report
}
