//! `due`: who owes what by when, on which clause, counted how.

use super::args::Due;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::fact::Names as _;
use daiban_core::rules::ShownDuty;
use serde_json::json;

/// Duties of one case or of all, the most urgent first.
pub fn run(field: &Field, due: &Due) -> Result<Report, Fault> {
    let one = due.case.as_deref().map(|prefix| field.find_case(prefix)).transpose()?;
    let mut duties = field.duties(one)?;
    duties.retain(|duty| due.all || duty.open);
    duties.sort_by(|a, b| (b.lamp, a.due_on, &a.key).cmp(&(a.lamp, b.due_on, &b.key)));
    let mut report = Report::new(json!({ "duties": duties }));
    if duties.is_empty() {
        return Ok(report.line("没有未完成的应办事项。", "Nothing is due."));
    }
    for duty in &duties {
        report = lines(report, field, duty);
    }
    Ok(report)
}

fn lines(report: Report, field: &Field, duty: &ShownDuty) -> Report {
    let (case_zh, case_en) = duty.case.map_or((String::new(), String::new()), |case| {
        let title = field.title(case);
        (format!("{title}　"), format!("{title}  "))
    });
    let who = duty.person.as_ref().map_or(String::new(), |person| format!(" {}", field.names().person(person)));
    let (clause, words) = duty.clause.split_once('：').unwrap_or((&duty.clause, ""));
    let quoted = if words.is_empty() { String::new() } else { format!("：{words}") };
    let grounds = duty.grounds.as_ref().map_or((clause, clause), |grounds| (grounds.zh.as_str(), grounds.en.as_str()));
    let english_certainty = if duty.provisional.is_none() { "" } else { " (provisional)" };
    let zh = format!("[{}] {}　{case_zh}{}", duty.lamp.zh(), duty.due_zh(), duty.title_zh);
    let en = format!("[{:?}] {}{english_certainty}  {case_en}{}", duty.lamp, duty.due_on, duty.title_en);
    let mut report = report.line(zh, en).line(
        format!("    {}；责任：{}{who}；依据：{}{quoted}", duty.state.zh, duty.role.zh, grounds.0),
        format!("    {}; owed by: {}{who}; clause: {}{quoted}", duty.state.en, duty.role.en, grounds.1),
    );
    if let Some(recounted) = &duty.recounted {
        report = report.line(format!("    {}", recounted.zh), format!("    {}", recounted.en));
    }
    if let (Some(first), Some(last)) = (duty.counted.first(), duty.counted.last()) {
        let n = duty.counted.len();
        report = match (duty.period, n) {
            (true, _) => report.line(
                format!("    所报期间{n}个工作日：{first}至{last}"),
                format!("    the period has {n} working days: {first} to {last}"),
            ),
            (false, 1) => report.line(
                format!("    自{}的次日起算，第1个工作日{first}", duty.starts_on),
                format!("    counted from the day after {}: working day 1 is {first}", duty.starts_on),
            ),
            (false, _) => report.line(
                format!("    自{}的次日起算，第1个工作日{first}，第{n}个工作日{last}", duty.starts_on),
                format!("    counted from the day after {}: working day 1 is {first}, working day {n} is {last}", duty.starts_on),
            ),
        };
    }
    if let Some(why) = &duty.provisional {
        report = report.line(format!("    {}", why.zh), format!("    provisional: {}", why.en));
    }
    report
}
