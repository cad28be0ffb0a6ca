//! Calendar answers as JSON documents: the same for the command line and the API.

use chrono::Datelike as _;
use daiban_core::calendar::{Calendar, Certainty, CountError, Date, Interval, Week, Why, zh_date};
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
    let (why_zh, why_en) = match &day.why {
        Why::Weekday => ("周一至周五".to_owned(), "Monday to Friday".to_owned()),
        Why::Weekend => ("周末".to_owned(), "weekend".to_owned()),
        Why::Holiday { name } => (format!("{name}放假"), format!("holiday: {name}")),
        Why::MakeUp { name } => (format!("{name}调休上班"), format!("make-up day worked for {name}")),
    };
    let is = if day.working { ("是工作日", "is a working day") } else { ("不是工作日", "is not a working day") };
    let source = day.edition.as_deref();
    let first = calendar.editions().next().map(|edition| edition.year);
    let (none_zh, none_en) = match first.filter(|first| date.year() < *first) {
        Some(first) => {
            (format!("系统只收录{first}年起的放假安排，此前按法定节假日计"), format!("notices are held from {first} on"))
        }
        None => ("当年放假安排尚未公布".to_owned(), "no notice for that year yet".to_owned()),
    };
    let source_zh = source.map_or(none_zh, |number| format!("依据{number}"));
    let source_en = source.map_or(none_en, |number| format!("notice {number}"));
    let mut document = serde_json::to_value(&day).unwrap_or_default();
    if let Value::Object(fields) = &mut document {
        fields.insert("zh".into(), json!(format!("{}{}：{why_zh}（{source_zh}）。", zh_date(date), is.0)));
        fields.insert("en".into(), json!(format!("{date} {}: {why_en} ({source_en}).", is.1)));
        fields.insert("calendar".into(), json!(calendar.version()));
    }
    document
}

/// The JSON of `week` and of `GET /v1/weeks/{week}`.
pub fn week_document(calendar: &Calendar, week: Week) -> Value {
    let plan = calendar.week(week);
    let days = plan.working_days.len();
    let covers: Vec<String> = plan.covers.iter().map(Week::to_string).collect();
    let covers_zh = Week::names_zh(plan.covers.first().copied().unwrap_or(week), week);
    let (zh, en) = match (plan.group_report_due, plan.district_report_due) {
        (Some(group), Some(district)) => (
            format!(
                "{}有{days}个工作日；各组周报于{}（含）前报调度组，全区周报于{}（含）前报送；涵盖{covers_zh}。",
                week.zh(),
                zh_date(group),
                zh_date(district)
            ),
            format!(
                "{week}: {days} working days; group reports due {group}, district report due {district}; covers {}.",
                covers.join(", ")
            ),
        ),
        _ => (
            match days {
                0 => format!("{}无工作日，不报送周报，工作情况并入下一期周报报送。", week.zh()),
                _ => format!("{}仅有{days}个工作日，不单独报送周报，工作情况并入下一期周报报送。", week.zh()),
            },
            format!("{week}: {days} working days, no report owed; its days go into the next report."),
        ),
    };
    let document = json!({
        "week": week, "monday": week.monday(), "sunday": week.sunday(), "working_days": days, "dates": plan.working_days,
        "group_report_due": plan.group_report_due, "district_report_due": plan.district_report_due, "covers": plan.covers,
        "calendar": calendar.version(), "zh": zh, "en": en,
    });
    with_certainty(document, &plan.certainty)
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
