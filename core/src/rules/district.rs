//! D4 (四(四)3, R106): the district's written weekly report, copied to the office.

use super::clock::{Context, Due, Owed};
use super::duty::{Basis, Duty, Rule, Subject};
use super::{Policy, State};
use crate::calendar::{Calendar, Week};
use crate::people::{Group, Role};

/// The duty to send a week's report by the end of the first working day after the week (W3). `None` for a week that owes none (W4).
/// `sent_at` is when it was sent, Unix seconds by the server's clock.
pub fn district_duty(week: Week, sent_at: Option<i64>, calendar: &Calendar, policy: &Policy, now: i64) -> Option<Duty> {
    let context = Context::new(calendar, policy, now);
    let plan = context.week(week);
    let due_on = plan.district_report_due?;
    let state = match sent_at {
        Some(at) if at < context.cutoff(due_on) => State::Met { at, by: None },
        Some(at) => State::MetLate { at, by: None },
        None => context.unmet(due_on, context.cutoff(due_on), policy.weekly_due_soon_working_days),
    };
    let owed = Owed {
        key: format!("D4/{week}"),
        rule: Rule::D4,
        case: None,
        title_zh: format!("{week}周报报区政府，抄送专班办公室"),
        title_en: format!("weekly report {week} to the district government, copied to the office"),
        subject: Subject { role: Role::DispatchLead, group: Some(Group::Dispatch), person: None, unit: None },
        basis: Basis::Week(week),
    };
    let starts_on = plan.covers.first().map_or(week.monday(), Week::monday);
    Some(context.duty(owed, Due { starts_on, due_on, counted: vec![due_on], certainty: plan.certainty }, state))
}
