//! Calendar answers as JSON documents: the same for the command line and the API.

use super::words::day as written;
use chrono::Datelike as _;
use daiban_core::calendar::{Calendar, Certainty, CountError, Date, Interval, Week, WeekPlan, Why, zh_date};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::rules::{Number, NumberUnit, NumbersInForce, Policy};
use daiban_messages::say::times;
use daiban_messages::say::workday as say;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};

/// The JSON of `workday add` and of `GET /v1/workdays/add`.
pub fn add_document(calendar: &Calendar, start: Date, n: i64) -> Result<Value, CountError> {
    let count = calendar.add(start, n)?;
    let document =
        json!({ "start": start, "n": n, "date": count.date, "counted": count.counted, "calendar": calendar.version() });
    Ok(with_certainty(document, &count.certainty))
}

/// The JSON of `workday between` and of `GET /v1/workdays/between`.
pub fn between_document(calendar: &Calendar, from: Date, to: Date, closed: bool) -> Value {
    let dates = calendar.between(from, to, interval(closed));
    let document = json!({
        "from": from, "to": to, "closed": closed, "working_days": dates.len(), "dates": dates, "calendar": calendar.version(),
    });
    with_certainty(document, &over(calendar, from, to))
}

/// The JSON of `workday check` and of `GET /v1/workdays/check`.
pub fn check_document(calendar: &Calendar, date: Date) -> Value {
    let day = calendar.day(date);
    let why = match &day.why {
        Why::Weekday => say::Weekday.say(),
        Why::Weekend => say::Weekend.say(),
        Why::Holiday { name } => say::Holiday { name }.say(),
        Why::MakeUp { name } => say::MakeUp { name }.say(),
    };
    let first = calendar.editions().next().map(|edition| edition.year).filter(|first| date.year() < *first);
    let source = match (day.edition.as_deref(), first) {
        (Some(notice), _) => say::ByNotice { notice }.say(),
        (None, Some(year)) => say::NoticesFrom { year }.say(),
        (None, None) => say::NotPublished.say(),
    };
    let said = say::Day { date: written(date), working: day.working, why, source }.say();
    let mut document = serde_json::to_value(&day).unwrap_or_default();
    if let Value::Object(fields) = &mut document {
        fields.insert("zh".into(), json!(said.zh));
        fields.insert("en".into(), json!(said.en));
        fields.insert("calendar".into(), json!(calendar.version()));
    }
    document
}

/// The JSON of `week` and of `GET /v1/weeks/{week}`, by a district's plan and numbers.
pub fn week_document(calendar: &Calendar, plan: &Plan, numbers: &NumbersInForce, week: Week) -> Value {
    let (organisation, policy) = (&plan.organisation, numbers.of_week(calendar, week));
    let plan = numbers.plan(calendar, week);
    let dispatch = Both::new(organisation.group_zh(Group::Dispatch), organisation.group_en(Group::Dispatch));
    let Message { zh, en, .. } = owed(&plan, week, policy, dispatch);
    let days = plan.working_days.len();
    let document = json!({
        "week": week, "monday": week.monday(), "sunday": week.sunday(), "working_days": days, "dates": plan.working_days,
        "group_report_due": plan.group_report_due, "district_report_due": plan.district_report_due, "covers": plan.covers,
        "calendar": calendar.version(), "zh": zh, "en": en,
    });
    with_certainty(document, &plan.certainty)
}

fn owed(plan: &WeekPlan, week: Week, policy: &Policy, dispatch: Both) -> Message {
    let (days, called) = (plan.working_days.len(), Both::new(week.zh(), week.to_string()));
    match (plan.group_report_due, plan.district_report_due) {
        (Some(group), Some(district)) => {
            let covers: Vec<String> = plan.covers.iter().map(Week::to_string).collect();
            let covers_zh = Week::names_zh(plan.covers.first().copied().unwrap_or(week), week);
            let covers = Both::new(covers_zh, covers.join(", "));
            let groups = by(group, policy.get(Number::GroupReportTime));
            let district = by(district, policy.get(Number::DistrictReportTime));
            times::WeekOwes { week: called, days, groups, dispatch, district, covers }.say()
        }
        _ if days == 0 => say::WeekEmpty { week: called }.say(),
        _ => say::WeekShort { week: called, days }.say(),
    }
}

/// Until when: the end of a day, or a time of it, minutes from midnight.
fn by(day: Date, minutes: i64) -> Both {
    let date = Both::new(zh_date(day), day.to_string());
    match NumberUnit::Time.typed(minutes) {
        time if time == "24:00" => times::EndOfDay { date }.say().into(),
        time => times::DueUntil { date, time }.say().into(),
    }
}

fn interval(closed: bool) -> Interval {
    if closed { Interval::Closed } else { Interval::After }
}

/// The certainty of everything between two dates: open days lie at the end of the years held, unknown ones before them.
pub fn over(calendar: &Calendar, from: Date, to: Date) -> Certainty {
    match calendar.day(to).certainty {
        Certainty::Certain => calendar.day(from).certainty,
        provisional => provisional,
    }
}

fn with_certainty(mut document: Value, certainty: &Certainty) -> Value {
    if let (Value::Object(fields), Ok(Value::Object(more))) = (&mut document, serde_json::to_value(certainty)) {
        fields.extend(more);
    }
    document
}
