//! The verdict on a fact: once, at its number, against the state below it. Never "refused": an honest device always gets its row.

use super::plausible::{Doubt, Held, doubts};
use super::refer::differs;
use super::seat::seat;
use super::{Arrival, Prior, Timing, ineligible, timing};
use crate::case::{Code, JudgingState, Reason, Verdict};
use crate::fact::{Body, Fact, KindInfo, Unread, fact_kind};
use crate::people::{Organisation, Role, RosterEntry};
use crate::requirement::Requirement;

/// Judges a fact. Reasons that make it void come before those that let it wait, and a missing seat comes last of
/// them, so that whatever a ruling may still let count needs only a person's word.
pub fn judge(standing: &JudgingState, fact: Result<&Fact, &Unread>, arrival: &Arrival<'_>, prior: Prior) -> Verdict {
    let fact = match fact {
        Ok(fact) => fact,
        Err(_) => return verdict(Code::Void, Some(Reason::Unreadable), timing(arrival.received_at, arrival)),
    };
    let time = timing(fact.recorded_at, arrival);
    if !arrival.commanded && fact.by != *arrival.person {
        return verdict(Code::Void, Some(Reason::NotAuthor), time);
    }
    match prior {
        Prior::Same(before) => return before,
        Prior::Different => return verdict(Code::DuplicateId, None, time),
        Prior::None => {}
    }
    let known = !matches!(fact.body, Body::Unknown { .. });
    let Some(info) = fact_kind(fact.body.kind()).filter(|_| known) else {
        return verdict(Code::Unrecognised, None, time);
    };
    let seat = seat(standing, fact, arrival, time.effective_at);
    let void = fields(fact, arrival)
        .and_then(|()| stage(standing, info, fact.amends.is_some()))
        .and_then(|()| references(fact, arrival, standing, seat.at))
        .and_then(|()| member(standing, fact, info, seat.at, &arrival.organisation));
    match void {
        Err(reason) => verdict(Code::Void, Some(reason), time),
        Ok(()) => match waits(standing, fact, arrival, time, seat.ended) {
            Some(reason) => verdict(Code::Late, Some(reason), time),
            None => verdict(Code::Effective, None, time),
        },
    }
}

fn verdict(code: Code, reason: Option<Reason>, time: Timing) -> Verdict {
    Verdict { code, reason, effective_at: time.effective_at, clock_doubtful: time.clock_doubtful }
}

fn fields(fact: &Fact, arrival: &Arrival<'_>) -> Result<(), Reason> {
    match (&fact.body, fact.body.check()) {
        (body, Ok(())) => ineligible(body, arrival.numbers.investment_min).map_or(Ok(()), |_| Err(Reason::Ineligible)),
        (Body::CaseOpened(_), Err(_)) if !Requirement::R061.holds() => Ok(()),
        (Body::AuthorizationLetterSigned(_), Err(_)) if !Requirement::R151.holds() => Ok(()),
        (_, Err(_)) => Err(Reason::Fields),
    }
}

fn member(standing: &JudgingState, fact: &Fact, info: &KindInfo, at: i64, district: &Organisation) -> Result<(), Reason> {
    let mut roles = standing.roster.roles_at(&fact.by, at).peekable();
    if roles.peek().is_none() {
        return Err(Reason::NotMember);
    }
    let allowed = |entry: &RosterEntry| role_may(info, entry.role, district) && own_group(fact, entry);
    if roles.any(allowed) { Ok(()) } else { Err(Reason::RoleMayNot) }
}

/// Whether a kind is recorded in that role; a letter by the chief agent only (R072). A district's pack may leave out roles that the
/// program allows.
pub(super) fn role_may(info: &KindInfo, role: Role, district: &Organisation) -> bool {
    let is_letter = info.name == "authorization_letter_signed";
    let here = district.recorders(info.name).is_none_or(|roles| roles.contains(&role));
    (here && info.who.contains(&role)) || (is_letter && !Requirement::R072.holds())
}

/// A specialist submits the flow table of the own group only (R079, R098).
fn own_group(fact: &Fact, entry: &RosterEntry) -> bool {
    match (&fact.body, entry.role) {
        (Body::FlowTableSubmitted(table), Role::GroupSpecialist) => {
            entry.group == Some(table.group) || !Requirement::R098.holds()
        }
        _ => true,
    }
}

/// Agency work waits for the letter (R014); a case is opened once.
pub(super) fn stage(standing: &JudgingState, info: &KindInfo, amends: bool) -> Result<(), Reason> {
    if !info.before_letter && !standing.has_letter() && Requirement::R014.holds() {
        return Err(Reason::BeforeLetter);
    }
    if info.name == "case_opened" && standing.opened.is_some() && !amends {
        return Err(Reason::AlreadyOpen);
    }
    Ok(())
}

/// What it refers to exists, is of the right kind, and may be corrected by this person: an own fact, or any by the chief agent.
fn references(fact: &Fact, arrival: &Arrival<'_>, standing: &JudgingState, at: i64) -> Result<(), Reason> {
    if fact.amends.is_some() {
        let target = arrival.amends.as_ref().ok_or(Reason::AmendsUnknown)?;
        if target.kind != fact.body.kind() {
            return Err(Reason::Fields);
        }
        let chief = || standing.roster.roles_at(&fact.by, at).any(|entry| entry.role == Role::ChiefAgent);
        if target.person != fact.by && !chief() {
            return Err(Reason::AmendsForeign);
        }
    }
    let Some(reference) = fact.body.refers_to().filter(|reference| reference.needed && Requirement::R115.holds()) else {
        return Ok(());
    };
    arrival.named.as_ref().filter(|target| target.kind == reference.kind).map(|_| ()).ok_or(Reason::InquiryUnknown)
}

/// The late lane: recorded rightly, but the office must say whether it still counts. What is in doubt in the record
/// itself comes before when it came, so that nobody rules on a date or a name unseen.
fn waits(standing: &JudgingState, fact: &Fact, arrival: &Arrival<'_>, time: Timing, ended: bool) -> Option<Reason> {
    if doubts(fact, held(fact, arrival, time)).iter().any(Doubt::waits) {
        return Some(Reason::ImplausibleDate);
    }
    if let Some(differs) = differs(standing, fact, arrival, time.effective_at) {
        return Some(differs);
    }
    if time.token_expired {
        return Some(Reason::TokenExpired);
    }
    let left = ended || standing.roster.roles_at(&fact.by, arrival.received_at).next().is_none();
    left.then_some(Reason::MembershipEnded)
}

/// A clock that is off proves nothing about what it says happened afterwards: then only 到达 is against it.
fn held(fact: &Fact, arrival: &Arrival<'_>, time: Timing) -> Held {
    let recorded_at = fact.recorded_at.max(time.effective_at).max(arrival.token_at.unwrap_or(i64::MIN));
    let recorded_at = if time.clock_doubtful { recorded_at.max(arrival.received_at) } else { recorded_at };
    Held { recorded_at, received_at: arrival.received_at, numbers: arrival.numbers }
}
