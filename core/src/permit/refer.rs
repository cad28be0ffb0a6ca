//! Whether a record speaks of what there is: people and units of the directory, the case's own enterprise, the holder of the chief
//! agent's seat, an agent of the unit, a receipt of the case, a week that can be told. What differs waits for a person's word: a
//! typing error is mended by a correction, and nobody's honest work is void for it.

use super::Arrival;
use crate::calendar::{Date, local_midnight};
use crate::case::{JudgingState, Reason};
use crate::fact::kinds::{AuthorizationLetterSigned, FlowRow, NoChange};
use crate::fact::text::same_name;
use crate::fact::{Body, Fact};
use crate::ids::UnitId;
use crate::limits::CLOCK_SKEW_SECONDS_MAX;
use crate::people::{Role, RosterEntry, UnitKind};
use crate::requirement::Requirement;

/// What in a record is not as the case, the directory or the calendar has it; `at` is when it was recorded, Unix seconds.
pub(super) fn differs(standing: &JudgingState, fact: &Fact, arrival: &Arrival<'_>, at: i64) -> Option<Reason> {
    if arrival.names_unknown {
        return Some(Reason::ReferenceUnknown);
    }
    if let Some(reference) = fact.body.refers_to()
        && arrival.named.as_ref().is_none_or(|target| target.kind != reference.kind)
    {
        return Some(Reason::ReceiptUnknown);
    }
    match &fact.body {
        Body::AuthorizationLetterSigned(letter) => letter_differs(standing, letter, at),
        Body::FlowTableSubmitted(table) => {
            let foreign = |row: &FlowRow| is_foreign(standing, row, arrival, at);
            table.rows.iter().any(foreign).then_some(Reason::AgentForeign)
        }
        Body::NoChange(body) => is_untold(body, arrival, at).then_some(Reason::WeekClosed),
        _ => None,
    }
}

/// Its enterprise is the one of the opening that counts; its chief agent held the seat when it was recorded, or on the day it was signed.
/// An opening that an earlier version kept without its enterprise says nothing.
fn letter_differs(standing: &JudgingState, letter: &AuthorizationLetterSigned, at: i64) -> Option<Reason> {
    let opened = standing.opened.as_ref().and_then(|opened| opened.enterprise.as_deref());
    if opened.is_some_and(|enterprise| !same_name(enterprise, &letter.enterprise)) {
        return Some(Reason::LetterEnterprise);
    }
    let signed_on = letter.signed_on();
    let chief = |seat: &RosterEntry| seat.role == Role::ChiefAgent && seat.person == letter.chief;
    let held = |seat: &RosterEntry| seat.holds_at(at) || holds_on(seat, signed_on);
    let seats = standing.roster.entries();
    (!seats.iter().any(|seat| chief(seat) && held(seat))).then_some(Reason::LetterChief)
}

/// Whether a seat was held at any moment of a day.
fn holds_on(seat: &RosterEntry, day: Date) -> bool {
    let begins = local_midnight(day);
    let ends = day.succ_opt().map_or(i64::MAX, local_midnight);
    seat.from < ends && seat.until.is_none_or(|until| begins < until)
}

/// R093: the row's agent works for its unit, by a seat on the case at that time or by the directory. A place that each project fills
/// with its own unit is anybody's.
fn is_foreign(standing: &JudgingState, row: &FlowRow, arrival: &Arrival<'_>, at: i64) -> bool {
    let Some(agent) = &row.agent else { return false };
    let filled_by_project = |unit: &UnitId| arrival.organisation.unit(unit).is_some_and(|unit| unit.kind == UnitKind::OfProject);
    let mut units = arrival.unit_of.get(agent).into_iter().collect::<Vec<_>>();
    let seats = standing.roster.entries().iter().filter(|seat| seat.person == *agent && seat.holds_at(at));
    units.extend(seats.map(|seat| &seat.unit));
    Requirement::R093.holds() && !units.is_empty() && !units.contains(&&row.unit) && !filled_by_project(&row.unit)
}

/// 无变化 is said of the week that runs, or of one whose report is not closed yet; of a week to come nobody knows it.
fn is_untold(body: &NoChange, arrival: &Arrival<'_>, at: i64) -> bool {
    let begins = local_midnight(body.week.monday());
    let closed = arrival.week_closes_at.is_some_and(|closes_at| closes_at <= at);
    Requirement::R105.holds() && (closed || at.saturating_add(CLOCK_SKEW_SECONDS_MAX) < begins)
}
