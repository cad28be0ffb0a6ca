//! `each_period`: again in each week from that of the start to this one, both included (W6). A week without a due day is covered by
//! the next one (W4); what was due before the start, or before the day the server first heard of it, is not owed: nobody could do
//! it, and a mistyped year would owe hundreds.
//!
//! Who holds a seat in the last second of the due day owes, and what is open when that person leaves passes on (`heir`), also within
//! the period where nobody of the unit takes over; another seat that was vacant in that second owes nothing.

use super::found::Done;
use crate::calendar::{Date, Week, WeekPlan, local_date, local_midnight};
use crate::case::CaseView;
use crate::people::Group;
use crate::rules::clock::{self, Context, Due};
use crate::rules::duty::{Basis, Duty, Owed};
use crate::rules::heir;
use crate::rules::line::{Line, PeriodEnd, Way};
use crate::rules::machine::{Found, concluded};
use crate::rules::numbers::Number;
use crate::rules::owner::{OwedBy, Owner, seat};
use crate::rules::reading::Started;
use crate::rules::title::Filling;
use std::collections::BTreeMap;
use std::rc::Rc;

pub(super) fn of_case(line: &Line, end: PeriodEnd, view: &CaseView, starts: &[Started<'_>], context: &Context<'_>) -> Vec<Duty> {
    let done = Done::of(line, view);
    let mut duties = Vec::new();
    for start in starts {
        for (plan, due) in periods(line, end, begins(view, start, context), context) {
            let at = due.cutoff_at.saturating_sub(1);
            let departed = line.owed_by.departed(view, local_midnight(due.starts_on), at);
            let owners = line.owed_by.owners(view, start.fact, at, context.groups).into_iter().chain(departed);
            for owner in owners.filter(|owner| owner.subject.person.is_some()) {
                let records = done.within(view, &owner, &plan).into_iter();
                let records = records.filter_map(|fact| line.in_time.of_fact(context, fact, &due));
                let ruled = owner.subject.group.and_then(|group| confirmed(line, view, group, &plan, &due));
                let state = concluded(records.chain(ruled), line.in_time);
                let group = owner.subject.group;
                let filling = Filling { group, days: None, plan: Some(&plan), start: Some(start.fact) };
                let subject = heir::owes(&view.roster, &owner.subject, state, context.now);
                let owed = Owed { case: Some(view.case), owner, subject, basis: Basis::Week(plan.week), filling };
                duties.push(context.duty(line, owed, &due, state));
            }
        }
    }
    duties
}

pub(super) fn of_district(
    line: &Line,
    end: PeriodEnd,
    first: Date,
    sent: &BTreeMap<Week, i64>,
    context: &Context<'_>,
) -> Vec<Duty> {
    let OwedBy::Seat { role, group } = &line.owed_by else { return Vec::new() };
    let (role, group) = (*role, *group);
    let duty = |(plan, due): (Rc<WeekPlan>, Due<'_>)| {
        let worth = |at: &i64| line.in_time.of_moment(*at, &due);
        let noted = sent.get(&plan.week).map(|at| Found { at: *at, order: 0, by: None, worth: worth(at) });
        let owner = Owner::of(seat(role, group));
        let filling = Filling { group, days: None, plan: Some(&plan), start: None };
        let subject = owner.subject.clone();
        let owed = Owed { case: None, owner, subject, basis: Basis::Week(plan.week), filling };
        context.duty(line, owed, &due, concluded(noted.into_iter(), line.in_time))
    };
    periods(line, end, first, context).map(duty).collect()
}

/// The day from which on a start owes periods: its own, but not before the server heard of it.
fn begins(view: &CaseView, start: &Started<'_>, context: &Context<'_>) -> Date {
    let heard = view.first_heard(start.fact.fact.id).unwrap_or(context.now);
    start.day0.max(local_date(heard))
}

/// The weeks that owe by a line, each with its due day.
fn periods<'a>(line: &Line, end: PeriodEnd, first: Date, context: &Context<'a>) -> impl Iterator<Item = (Rc<WeekPlan>, Due<'a>)> {
    let last = Week::of(context.today);
    let weeks = std::iter::successors(Some(Week::of(first)), |week| Some(week.next()).filter(|next| next > week));
    let plans = weeks.take_while(move |week| *week <= last).map(|week| context.week(week));
    plans.filter_map(move |plan| {
        let due = due(end, &plan, context).filter(|due| due.due_on >= first && line.holds_on(due.in_force_on))?;
        Some((plan, due))
    })
}

/// A week's numbers and wording are those of its last working day.
fn due<'a>(end: PeriodEnd, plan: &WeekPlan, context: &Context<'a>) -> Option<Due<'a>> {
    let (due_on, counted, time) = match end {
        PeriodEnd::LastWorkingDayOfWeek => (plan.group_report_due?, plan.working_days.clone(), Number::GroupReportTime),
        PeriodEnd::FirstWorkingDayAfterWeek => {
            (plan.district_report_due?, plan.district_report_due.into_iter().collect(), Number::DistrictReportTime)
        }
    };
    let starts_on = plan.covers.first().map_or(plan.week.monday(), Week::monday);
    let in_force_on = plan.working_days.last().copied().unwrap_or(plan.week.sunday());
    let policy = context.numbers.on(in_force_on);
    let cutoff_at = clock::cutoff(due_on, policy.get(time));
    let (certainty, soon) = (plan.certainty.clone(), policy.get(Number::WeeklyDueSoonWorkingDays));
    Some(Due { starts_on, has_day0: false, due_on, cutoff_at, counted, certainty, soon, in_force_on, policy })
}

/// The ruling that confirms the group's report, by the server's clock.
fn confirmed(line: &Line, view: &CaseView, group: Group, plan: &WeekPlan, due: &Due<'_>) -> Option<Found> {
    let by_ruling = line.met.iter().any(|way| matches!(way, Way::Ruling(_)));
    let confirmed = view.confirmations.get(&(group, plan.week)).filter(|_| by_ruling)?;
    let worth = line.in_time.of_moment(confirmed.at, due);
    Some(Found { at: confirmed.at, order: 0, by: Some(confirmed.ruling), worth })
}
