//! A seat as somebody names it.

use crate::app::seating;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::{Date, parse_date};
use daiban_core::people::{Organisation, Seat, SeatOf};
use daiban_messages::say::seat as say;
use daiban_messages::{Both, Say};

/// The seat that is meant, as the district has it on a day: by id or name, and of each unit or group by that one's name.
pub(super) fn named(organisation: &Organisation, day: Date, seat: &str, of: Option<&str>) -> Result<Seat, Problem> {
    let (seat, of) = (seat.trim(), of.map(str::trim).filter(|of| !of.is_empty()));
    let mut found = organisation.seats(day);
    let noted = |seats: &[Seat]| {
        let mut ids: Vec<String> = seats.iter().filter(|seat| seat.role.is_none()).map(|seat| seat.id.clone()).collect();
        ids.dedup();
        ids.sort();
        ids.dedup();
        Both::new(ids.join("、"), ids.join(", "))
    };
    let all = noted(&found);
    let is_called = |one: &Seat| one.id == seat || one.name.zh == seat || one.name.en.eq_ignore_ascii_case(seat);
    found.retain(is_called);
    let Some(first) = found.first() else {
        return Err(refused("seat_unknown", say::NoSuchSeat { given: seat, seats: all }));
    };
    let called = Both::new(&first.name.zh, &first.name.en);
    if first.role.is_some() {
        return Err(refused("seat_unknown", say::OfOfficeOnly { seat: called }));
    }
    let part = match (&first.of, of) {
        (SeatOf::TaskForce, None) => SeatOf::TaskForce,
        (SeatOf::TaskForce, Some(_)) => return Err(refused("seat_of", say::OfNotAsked { seat: called })),
        (SeatOf::Unit(_), None) => return Err(refused("seat_of", say::OfUnitMissing { seat: called })),
        (SeatOf::Group(_), None) => return Err(refused("seat_of", say::OfGroupMissing { seat: called })),
        (SeatOf::Unit(_), Some(given)) => SeatOf::Unit(organisation.unit_id(given)),
        (SeatOf::Group(_), Some(given)) => match organisation.group_called(given) {
            Some(group) => SeatOf::Group(group),
            None => return Err(refused("seat_of", say::OfGroupUnknown { given })),
        },
    };
    found.retain(|one| one.of == part);
    match (found.len(), &part) {
        (1, _) => Ok(found.remove(0)),
        (0, SeatOf::Unit(_)) => Err(refused("seat_of", say::OfUnitUnknown { given: of.unwrap_or_default() })),
        (0, _) => Err(refused("seat_of", say::OfGroupUnknown { given: of.unwrap_or_default() })),
        _ => Err(refused("seat_unknown", say::NoSuchSeat { given: seat, seats: noted(&found) })),
    }
}

/// The same for people: 工作联系人（区财政局）.
pub(super) fn told(organisation: &Organisation, seat: &Seat) -> Both {
    seating::called(organisation, seat)
}

/// A date as typed.
pub(super) fn day(typed: &str) -> Result<Date, Problem> {
    parse_date(typed.trim()).map_err(|error| Problem::unprocessable("date_unreadable", error.zh(), error.to_string()))
}

pub(super) fn refused(code: &'static str, why: impl Say) -> Problem {
    Problem::said(StatusCode::UNPROCESSABLE_ENTITY, code, why)
}
