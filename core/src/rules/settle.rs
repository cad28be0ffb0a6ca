//! A due date that moves under a duty: an open one keeps the later of old and new, a finished one its own (K7).

use super::State;
use super::clock;
use super::duty::{Basis, Duty, Trace};
use crate::calendar::{Calendar, Interval, local_midnight};

/// Reconciles a duty with the same duty computed anew after a new edition. `old` and `new` have the same key.
pub fn settle(old: &Duty, new: Duty, calendar: &Calendar, now: i64) -> Duty {
    let moved = new.due_on != old.due_on;
    let recounted = new.calendar != old.calendar;
    // A corrected date chose other numbers: these hold. Of a week it is the calendar that moves the day they are chosen by.
    let corrected = matches!(new.basis, Basis::Fact(_)) && by_other_numbers(old, &new);
    let mut duty = Duty { trace: old.trace.clone(), ..new };
    if !moved || corrected {
        return duty;
    }
    let (calendar_to, to) = (duty.calendar.clone(), duty.due_on);
    if !old.state.is_open() || old.due_on > duty.due_on {
        keep(old, &mut duty, calendar, now);
    }
    if recounted && old.state.is_open() {
        let calendar_from = old.calendar.clone();
        duty.trace.push(Trace { from: old.due_on, to, kept: duty.due_on, calendar_from, calendar_to });
    }
    duty
}

/// Whether two were counted by numbers of different decisions, or by those of different packs because they are chosen by another day; an
/// earlier version named no document.
fn by_other_numbers(old: &Duty, new: &Duty) -> bool {
    let of_packs = !old.numbers_document.is_empty() && new.numbers_document != old.numbers_document;
    new.policy != old.policy || (of_packs && new.in_force_on != old.in_force_on)
}

/// Puts the old due date into a duty; how early it is due soon and how late overdue is its numbers'.
fn keep(old: &Duty, duty: &mut Duty, calendar: &Calendar, now: i64) {
    let grace = duty.late_from.saturating_sub(duty.cutoff_at);
    let time = duty.cutoff_at.saturating_sub(local_midnight(duty.due_on));
    if let Some(soon_from) = duty.soon_from {
        let soon = calendar.between(soon_from, duty.due_on, Interval::After).len();
        duty.soon_from = Some(clock::soon_from(calendar, old.due_on, i64::try_from(soon).unwrap_or(i64::MAX)));
    }
    duty.due_on = old.due_on;
    duty.cutoff_at = local_midnight(old.due_on).saturating_add(time);
    duty.late_from = duty.cutoff_at.saturating_add(grace);
    duty.counted.clone_from(&old.counted);
    duty.certainty = old.certainty.clone();
    if let State::MetLate { at, by } = duty.state
        && at < duty.cutoff_at
    {
        duty.state = State::Met { at, by };
        duty.lamp = duty.state.lamp();
    }
    duty.bring_to(calendar, now);
}
