//! The seats of the district and who sits there on a day: leaders and liaisons as they were noted, agents and specialists as the
//! directory has them.

use crate::db::sql::directory::{self, Person};
use crate::db::sql::{pack, seats};
use crate::db::{Connection, DbError};
use daiban_core::calendar::{Date, local_date, zh_date};
use daiban_core::people::{HeldSeat, Organisation, Role, Seat, SeatOf, SeatTerm};
use daiban_messages::say::seat as say;
use daiban_messages::{Both, Say};
use std::sync::Arc;

/// One reading of it.
pub struct Seating {
    /// The district as it is on the day.
    pub organisation: Arc<Organisation>,
    /// Every seat, in the plan's order.
    pub seated: Vec<HeldSeat>,
}

impl Seating {
    /// As it is on a day.
    pub fn on(conn: &Connection, day: Date) -> Result<Seating, DbError> {
        let organisation = pack::with_units(conn)?.on(day).organisation;
        let mut terms = seats::on(conn, day)?;
        for person in directory::people(conn)? {
            terms.extend(term_of(&person, &organisation, day));
        }
        let seated = organisation.seated(day, &terms);
        Ok(Seating { organisation, seated })
    }

    /// Those that nobody holds, or two at once.
    pub fn gaps(&self) -> impl Iterator<Item = &HeldSeat> {
        self.seated.iter().filter(|seated| seated.is_gap())
    }

    /// What is said where somebody of the staff shares the seat with others.
    pub fn shared(&self, person: &Person) -> Option<Both> {
        let name = |seated: &&HeldSeat| seated.terms.len() > 1 && seated.terms.iter().any(|term| term.name == person.name);
        let of_role = |seated: &&HeldSeat| seated.seat.role == Some(person.role);
        let seated = self.seated.iter().filter(of_role).find(name)?;
        Some(say::SeatLine { seat: called(&self.organisation, &seated.seat), said: self.said(seated) }.say().into())
    }

    /// What is said of a seat: who holds it since when, or who must fill it.
    pub fn said(&self, seated: &HeldSeat) -> Both {
        let who = self.filled_by(&seated.seat);
        let held: Vec<Both> = seated.terms.iter().map(held).collect();
        match held.len() {
            0 => say::Empty { who }.say().into(),
            1 => Both::listed(&held),
            count => {
                let several = say::Several { count, who }.say().into();
                Both::listed(held.iter().chain([&several]))
            }
        }
    }

    /// Who must fill a seat.
    pub fn filled_by(&self, seat: &Seat) -> Both {
        let name = self.organisation.filled_by(&seat.of);
        Both::new(name.zh, name.en)
    }
}

/// A seat with whose it is: 工作联系人（区财政局）.
pub fn called(organisation: &Organisation, seat: &Seat) -> Both {
    let listed = |sep: &str| seat.portfolio.join(sep);
    let (seat_name, of) = (Both::new(&seat.name.zh, &seat.name.en), organisation.seat_of(&seat.of));
    match (&seat.of, seat.portfolio.is_empty()) {
        (SeatOf::TaskForce, true) => seat_name,
        (SeatOf::TaskForce, false) => say::SeatOf { seat: seat_name, of: Both::new(listed("、"), listed(", ")) }.say().into(),
        _ => say::SeatOf { seat: seat_name, of: Both::new(of.zh, of.en) }.say().into(),
    }
}

/// A holder with the days of the term.
pub fn held(term: &SeatTerm) -> Both {
    let holder = match &term.phone {
        Some(phone) => say::HolderWithPhone { name: &term.name, phone }.say().into(),
        None => Both::new(&term.name, &term.name),
    };
    match term.until {
        None => say::Held { holder, from: day(term.from) }.say().into(),
        Some(until) => say::HeldUntil { holder, from: day(term.from), until: day(until) }.say().into(),
    }
}

/// A day as each language writes it.
pub fn day(day: Date) -> Both {
    Both::new(zh_date(day), day.to_string())
}

/// The seat that somebody of the staff holds by the own role; of a unit that is there no more, that of whoever does its work.
fn term_of(person: &Person, organisation: &Organisation, day: Date) -> Option<SeatTerm> {
    let of = match person.role {
        Role::ChiefAgent => String::new(),
        Role::GroupSpecialist => person.group?.id().to_owned(),
        Role::UnitAgent => organisation.standing_on(&person.unit, day).first()?.as_str().to_owned(),
        _ => return None,
    };
    Some(SeatTerm {
        seat: person.role.id().to_owned(),
        of,
        name: person.name.clone(),
        phone: person.phone.clone(),
        from: local_date(person.joined_at),
        until: person.left_at.map(local_date),
    })
}
