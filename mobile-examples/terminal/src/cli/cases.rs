//! `cases` and `show`.

use super::fields;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use crate::message::Message;
use daiban_core::agent::{CaseSummary, KnownNames};
use daiban_core::calendar::local_stamp;
use daiban_core::case::{CaseView, FactView};
use daiban_core::fact::text::visible_line;
use daiban_core::fact::{Names, Sealed, kind_info};
use daiban_core::ids::CaseId;
use daiban_core::people::RosterEntry;
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
    cases.iter().fold(report, |report, case| line(report, field, case))
}

fn line(report: Report, field: &Field, c: &CaseSummary) -> Report {
    let handle = field.handle(c.case);
    let (zh_number, en_number) = if c.number.is_some() { ("", "") } else { ("（未编号）", " (no number yet)") };
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
    let report = report.line(
        format!("{handle}  [{}] {title}{zh_number}（{zh}）", c.lamp.zh()),
        format!("{handle}  [{:?}] {title}{en_number} ({en})", c.lamp),
    );
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
    let names = field.names();
    let records: Vec<Value> = view.facts.iter().map(|f| record(f, names, &open)).collect();
    let team: Vec<_> = view.roster.active_at(now).collect();
    let value = json!({
        "case": case, "number": names.number(case), "title": view.title, "enterprise": view.enterprise, "location": view.location, "stage": view.stage,
        "lamp": lamp, "sequence": view.sequence, "team": team.iter().map(|seat| seated(seat, names)).collect::<Vec<_>>(), "contested": view.contested, "records": records,
        "update_needed": view.update_needed, "later": view.later.iter().map(|row| row.sequence).collect::<Vec<_>>(),
    });
    let mut report = head(Report::new(value), field, (case, &view), lamp);
    for member in team {
        let group = member.group.map_or(String::new(), |g| format!("（{}）", g.zh()));
        report = report.line(
            format!("  {}{group}：{}，{}", member.role.zh(), names.person(&member.person), names.unit(&member.unit)),
            format!("  {}: {}, {}", member.role.en(), names.person(&member.person), names.unit_en(&member.unit)),
        );
    }
    for contested in &view.contested {
        report = report.line(format!("  ！{}", contested.zh()), format!("  ! contested: {}", contested.single.en()));
    }
    if view.update_needed {
        report = report.line("  ！本机版本较旧，请更新程序。", "  ! this version is too old, update it.");
    }
    for fact in &view.facts {
        report = timeline(report, fact, (&view, names), &open);
    }
    for unread in &view.unreadable {
        let number = unread.sequence.unwrap_or(0);
        report = report.line(
            format!("  第{number}号　无法读取的记录（{}）：{}", names.person(&unread.author.person), unread.verdict.zh()),
            format!(
                "  no. {number}  unreadable record of {}: {}",
                names.person(&unread.author.person),
                unread.verdict.code.name()
            ),
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

/// A seat with the name of whoever holds it.
fn seated(seat: &RosterEntry, names: &KnownNames) -> Value {
    let mut value = json!(seat);
    (value["name"], value["unit_name"]) = (json!(names.person(&seat.person)), json!(names.unit(&seat.unit)));
    value
}

fn head(report: Report, field: &Field, (case, view): (CaseId, &CaseView), lamp: Lamp) -> Report {
    let title = view.title.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    let enterprise = view.enterprise.as_deref().map_or(Cow::Borrowed("—"), visible_line);
    report.line(format!("{title}　[{}] {}", lamp.zh(), view.stage.zh()), format!("{title}  [{lamp:?}] {}", view.stage.en())).line(
        format!("  编号 {}；建设单位 {enterprise}；系统标识 {case}", field.number(case)),
        format!("  number {}; enterprise {enterprise}; id {case}", field.number(case)),
    )
}

fn record(f: &FactView, names: &KnownNames, open: fields::Opener<'_>) -> Value {
    json!({
        "record": f.fact.id, "kind": f.fact.body.kind(), "by": f.fact.by, "by_name": names.person(&f.fact.by), "unit": f.fact.unit,
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

fn timeline(report: Report, f: &FactView, (view, names): (&CaseView, &KnownNames), open: fields::Opener<'_>) -> Report {
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
    let author = format!("{} {}", names.unit(f.unit(&view.roster)), names.person(&f.fact.by));
    let by = match f.recorded_by_other().map(|other| names.person(other)) {
        Some(other) => Message::new(format!("{author}（{other}代录）"), format!("{author} (recorded by {other})")),
        None => Message::new(author.clone(), author),
    };
    let mut report = report.line(
        format!("{when}  {}　{}　{short}（{}{}）", kind.zh, by.zh, state.zh, amended.zh),
        format!("{when}  {}  {}  {short} ({}{})", kind.en, by.en, state.en, amended.en),
    );
    for line in f.whole().map(|fact| fields::lines(fact, names, open)).unwrap_or_default() {
        report = report.line(format!("    {}", line.zh), format!("    {}", line.en));
    }
    report
}
