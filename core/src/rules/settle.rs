//! A due date that moves under a duty: an open one keeps the later of old and new, a finished one its own (K7).

use super::clock::Context;
use super::duty::{Duty, Rule, Trace};
use super::{Policy, State};
use crate::calendar::Calendar;

/// Reconciles a duty with the same duty computed anew after a new edition or policy. `old` and `new` have the same key.
pub fn settle(old: &Duty, new: Duty, calendar: &Calendar, policy: &Policy, now: i64) -> Duty {
    let moved = new.due_on != old.due_on;
    let recounted = new.calendar != old.calendar || new.policy != old.policy;
    let mut duty = Duty { trace: old.trace.clone(), ..new };
    if !moved {
        return duty;
    }
    let (calendar_to, to) = (duty.calendar.clone(), duty.due_on);
    let keeps_old = !old.state.is_open() || old.due_on > duty.due_on;
    if keeps_old {
        duty.due_on = old.due_on;
        duty.cutoff_at = old.cutoff_at;
        duty.counted.clone_from(&old.counted);
        duty.certainty = old.certainty.clone();
        duty.state = state(&duty, &Context::new(calendar, policy, now));
        duty.lamp = duty.state.lamp();
    }
    if recounted && old.state.is_open() {
        let calendar_from = old.calendar.clone();
        duty.trace.push(Trace { from: old.due_on, to, kept: duty.due_on, calendar_from, calendar_to });
    }
    duty
}

/// The state of a duty under the due date that it keeps.
fn state(duty: &Duty, context: &Context<'_>) -> State {
    let (late_from, due_soon) = match duty.rule {
        Rule::D2 => (duty.cutoff_at, context.policy.due_soon_working_days),
        Rule::D12 => (context.grace(duty.due_on), context.policy.due_soon_working_days),
        Rule::D4 => (duty.cutoff_at, context.policy.weekly_due_soon_working_days),
        Rule::D3 if duty.key.starts_with("D3/agent/") => {
            (context.grace(duty.due_on), context.policy.weekly_due_soon_working_days)
        }
        Rule::D3 => (duty.cutoff_at, context.policy.weekly_due_soon_working_days),
    };
    match duty.state {
        State::MetLate { at, by } if at < duty.cutoff_at => State::Met { at, by },
        State::Open | State::DueSoon | State::DueToday | State::Overdue { .. } => context.unmet(duty.due_on, late_from, due_soon),
        other => other,
    }
}
