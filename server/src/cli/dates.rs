//! `daiban workday` and `daiban week`: the calendar without a data folder; editions imported into one count where it is there.

use super::Failure;
use super::args::WorkdayQuestion;
use super::show::{Out, complain, say};
use crate::commands::dates::{add_document, between_document, check_document, over, week_document};
use crate::config::ConfigArgs;
use crate::db::sql::calendar::calendar_at;
use crate::db::sql::pack::at as pack_at;
use crate::db::sql::policy::numbers_at;
use daiban_core::calendar::{Calendar, Certainty, Date, Interval, Week, parse_date, zh_date};
use daiban_messages::Say;
use daiban_messages::say::command_line::DatesReversed;
use std::process::ExitCode;

/// Answers a question about working days.
pub(super) fn workday(config: &ConfigArgs, out: Out, question: WorkdayQuestion) -> Result<ExitCode, Failure> {
    let calendar = held(config)?;
    match question {
        WorkdayQuestion::Add { date, n } => add(&calendar, out, parse_date(&date)?, n),
        WorkdayQuestion::Between { from, to, closed, list } => {
            between(&calendar, out, parse_date(&from)?, parse_date(&to)?, closed, list);
            Ok(())
        }
        WorkdayQuestion::Check { date } => {
            check(&calendar, out, parse_date(&date)?);
            Ok(())
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

/// Tells what a reporting week owes.
pub(super) fn week(config: &ConfigArgs, out: Out, week: &str) -> Result<ExitCode, Failure> {
    let calendar = held(config)?;
    let week: Week = week.parse()?;
    let store = config.load()?.address()?;
    let (plan, numbers) = (pack_at(&store)?, numbers_at(&store)?);
    let document = week_document(&calendar, &plan, &numbers, week);
    if out.json {
        out.document(&document);
        return Ok(ExitCode::SUCCESS);
    }
    say(document["zh"].as_str().unwrap_or_default());
    say(document["en"].as_str().unwrap_or_default());
    reason(&numbers.plan(&calendar, week).certainty);
    Ok(ExitCode::SUCCESS)
}

fn held(config: &ConfigArgs) -> Result<Calendar, Failure> {
    Ok(calendar_at(&config.load()?.address()?)?)
}

fn add(calendar: &Calendar, out: Out, start: Date, n: i64) -> Result<(), Failure> {
    let count = calendar.add(start, n)?;
    if out.json {
        out.document(&add_document(calendar, start, n)?);
    } else {
        say(count.date);
        reason(&count.certainty);
    }
    Ok(())
}

fn between(calendar: &Calendar, out: Out, from: Date, to: Date, closed: bool, list: bool) {
    let document = between_document(calendar, from, to, closed);
    if out.json {
        out.document(&document);
        return;
    }
    let ends = if closed { Interval::Closed } else { Interval::After };
    let dates = calendar.between(from, to, ends);
    if list {
        dates.iter().for_each(say);
    } else {
        say(dates.len());
    }
    if from > to {
        complain(DatesReversed { from: zh_date(from), to: zh_date(to) }.say().zh);
    }
    reason(&over(calendar, from, to));
}

fn check(calendar: &Calendar, out: Out, date: Date) {
    let document = check_document(calendar, date);
    if out.json {
        out.document(&document);
        return;
    }
    say(document["zh"].as_str().unwrap_or_default());
    say(document["en"].as_str().unwrap_or_default());
    reason(&calendar.day(date).certainty);
}

/// A provisional answer says why on stderr, so that stdout holds the answer alone.
fn reason(certainty: &Certainty) {
    if let Certainty::Provisional { reason_zh, reason_en } = certainty {
        complain(reason_zh);
        complain(format_args!("(provisional: {reason_en})"));
    }
}
