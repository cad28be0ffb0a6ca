//! How long what a case owes stays as it is: until when time alone changes nothing, so that nobody need compute it again.

use super::{Duty, RulesInForce, State};
use crate::calendar::{Calendar, Date, Week, local_date, local_midnight};
use crate::case::CaseView;
use crate::fact::table::KINDS_VERSION;
use crate::people::Roster;
use crate::plan::Plan;
use sha2::{Digest, Sha256};

/// Whatever was computed is looked at again after so long, even where nothing is known to change: what a later version reads otherwise
/// does not stay unseen.
const LOOK_AGAIN_SECONDS: i64 = 28 * 24 * 3600;
/// Days off in a row after which a day is looked at all the same.
const DAYS_OFF_MAX: usize = 60;

/// From when on the duties of a case are other ones than at `now` although nothing was recorded: Unix seconds, later than `now`. Until
/// just before it [`owed`](super::owed) gives the same duties, each to the last field. It may be too early, never too late. `owed` is
/// what the case owes at `now`.
///
/// `None` if there is no such moment: a record that has no 到达 yet counts as if it arrived now, whenever that is.
pub fn next_change<'a>(view: &CaseView, owed: impl IntoIterator<Item = &'a Duty>, rules: &RulesInForce, now: i64) -> Option<i64> {
    if view.facts.iter().any(|fact| fact.received_at.is_none()) {
        return None;
    }
    Some(Seated { roster: &view.roster, closed: view.closed.is_some() }.next_change(owed, rules, now))
}

/// What of a case time alone works upon, besides its duties: what the server keeps in the case's head.
#[derive(Clone, Copy, Debug)]
pub struct Seated<'a> {
    /// Who holds which seat.
    pub roster: &'a Roster,
    /// The office closed it: it owes nothing.
    pub closed: bool,
}

impl Seated<'_> {
    /// [`next_change`] of a case of which every record has its 到达.
    pub fn next_change<'d>(&self, owed: impl IntoIterator<Item = &'d Duty>, rules: &RulesInForce, now: i64) -> i64 {
        let calendar = calendar(rules, now);
        let moved = owed.into_iter().filter_map(|duty| moves(duty, calendar?, now));
        moved.chain([self.owes_others(rules, now)]).fold(now.saturating_add(LOOK_AGAIN_SECONDS), i64::min)
    }

    /// Brings duties of one moment to a later one, where that is all there is to do; `false`, and nothing is done, if other ones may be
    /// owed by then, or by others. What they were counted by must hold still.
    pub fn bring_to<'d>(&self, owed: impl IntoIterator<Item = &'d mut Duty>, rules: &RulesInForce, from: i64, now: i64) -> bool {
        let Some(calendar) = calendar(rules, now).filter(|_| (from..self.owes_others(rules, from)).contains(&now)) else {
            return false;
        };
        owed.into_iter().for_each(|duty| duty.bring_to(calendar, now));
        true
    }

    /// From when on there may be other duties than at `now`, or others who owe them.
    fn owes_others(&self, rules: &RulesInForce, now: i64) -> i64 {
        let later = |at: &i64| *at > now;
        let era = rules.calendars.iter().map(|era| era.since).filter(later).min().unwrap_or(i64::MAX);
        if self.closed {
            return era;
        }
        // A week begins, and with it what is owed for it.
        let week = local_midnight(Week::of(local_date(now)).next().monday());
        let seats = self.roster.entries().iter().flat_map(|entry| [Some(entry.from), entry.until]).flatten();
        seats.filter(later).fold(era.min(week), i64::min)
    }
}

/// The calendar in force.
fn calendar(rules: &RulesInForce, now: i64) -> Option<&Calendar> {
    let eras = &rules.calendars;
    eras.iter().rev().find(|era| era.since <= now).or(eras.first()).map(|era| &era.calendar)
}

/// Names the rules of a plan in this version: its table of duties, the kinds of records they read, and what those who owe and are told
/// are called on the plan's day. By others the same rows may owe otherwise, or are told in other words.
pub fn rules_digest(plan: &Plan) -> [u8; 32] {
    let mut sum = Sha256::new().chain_update(KINDS_VERSION.to_be_bytes()).chain_update(plan.to_json());
    for unit in plan.organisation.units() {
        sum.update(format!("\n{} {} {}", unit.id, unit.name, unit.en));
    }
    sum.finalize().into()
}

/// When a duty is next brought to another state by time.
fn moves(duty: &Duty, calendar: &Calendar, now: i64) -> Option<i64> {
    let late_from = duty.late_from.max(duty.cutoff_at);
    match duty.state {
        State::Open | State::DueSoon | State::DueToday => {
            let soon = local_midnight(duty.soon_from.unwrap_or(duty.due_on));
            [soon, local_midnight(duty.due_on), late_from].into_iter().filter(|at| *at > now).min()
        }
        // The working days are counted, today included.
        State::Overdue { .. } => next_working_day(calendar, local_date(now)).map(local_midnight),
        State::Met { .. } | State::MetLate { .. } | State::AwaitingRuling { .. } | State::Stopped => None,
    }
}

fn next_working_day(calendar: &Calendar, today: Date) -> Option<Date> {
    let mut days = std::iter::successors(today.succ_opt(), Date::succ_opt).take(DAYS_OFF_MAX).peekable();
    let soonest = days.peek().copied();
    days.find(|day| calendar.is_workday(*day)).or(soonest)
}
