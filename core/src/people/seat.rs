//! The seats of a district – of the task force, of each unit, of each group – and who sits on them from when until when (R020–R025,
//! R071, R078, R082, R130). The seats are the plan's; who holds them is the district's own data.

use super::group::Group;
use super::name::Name;
use super::organisation::Organisation;
use super::role::Role;
use crate::calendar::Date;
use crate::ids::UnitId;
use crate::requirement::Requirement;
use serde::Serialize;

/// Whose a seat is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum SeatOf {
    /// The task force's.
    TaskForce,
    /// A group's.
    Group(Group),
    /// A unit's.
    Unit(UnitId),
}

impl SeatOf {
    /// What it is kept under: nothing, or the id of unit or group.
    pub fn id(&self) -> &str {
        match self {
            Self::TaskForce => "",
            Self::Group(group) => group.id(),
            Self::Unit(unit) => unit.as_str(),
        }
    }
}

/// A seat that one person must sit on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seat {
    /// Names it: `liaison`, or the role that sits there.
    pub id: String,
    /// Whose it is.
    pub of: SeatOf,
    /// What it is called: 工作联系人.
    pub name: Name,
    /// What a deputy is in charge of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub portfolio: Vec<String>,
    /// The office by which it is held, where the plan says so: 区长.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_by: Option<String>,
    /// The role of the directory of people that sits there; `None` for a seat whose holder is noted under its own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

/// Somebody's term on a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatTerm {
    /// The seat's id.
    pub seat: String,
    /// What it is kept under; see [`SeatOf::id`].
    pub of: String,
    /// 姓名.
    pub name: String,
    /// Office line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The first day.
    pub from: Date,
    /// The first day on which it is over; `None` while nobody ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl SeatTerm {
    /// Whether it runs on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether two are of one seat and run on one day.
    pub fn overlaps(&self, other: &SeatTerm) -> bool {
        let before = |until: Option<Date>, from: Date| until.is_some_and(|until| until <= from);
        (&self.seat, &self.of) == (&other.seat, &other.of) && !before(self.until, other.from) && !before(other.until, self.from)
    }

    /// The first of these that overlaps it.
    pub fn conflict<'t>(&self, others: &'t [SeatTerm]) -> Option<&'t SeatTerm> {
        others.iter().find(|other| self.overlaps(other))
    }
}

/// A seat and who sits there on a day: one is as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeldSeat {
    /// The seat.
    pub seat: Seat,
    /// They, earliest first.
    pub terms: Vec<SeatTerm>,
}

impl HeldSeat {
    /// Nobody sits there, or two at once.
    pub fn is_gap(&self) -> bool {
        self.terms.len() != 1
    }
}

impl Organisation {
    /// Every seat that somebody must hold on a day: the task force's, then group by group, then unit by unit.
    pub fn seats(&self, day: Date) -> Vec<Seat> {
        let leaders = || self.leaders.iter().filter(|leader| leader.is_there(day));
        let led = |of: &SeatOf, wanted: fn(&super::Leader) -> bool| -> Vec<Seat> {
            let of_leader = |leader: &super::Leader| Seat {
                id: leader.id.clone(),
                of: of.clone(),
                name: leader.seat.clone(),
                portfolio: leader.portfolio.clone(),
                held_by: Some(leader.held_by.clone()),
                role: None,
            };
            leaders().filter(|leader| wanted(leader)).map(of_leader).collect()
        };
        let of_role = |role: Role, of: SeatOf| Seat {
            id: role.id().to_owned(),
            of,
            name: Name::new(self.role_zh(role), self.role_en(role)),
            portfolio: Vec::new(),
            held_by: None,
            role: Some(role),
        };
        let mut seats = led(&SeatOf::TaskForce, |leader| !leader.of_each_unit && !leader.of_each_group);
        seats.push(of_role(Role::ChiefAgent, SeatOf::TaskForce));
        for group in self.groups() {
            let of = SeatOf::Group(group.group);
            seats.extend(led(&of, |leader| leader.of_each_group));
            if group.flow_table && Requirement::R078.holds() {
                seats.push(of_role(Role::GroupSpecialist, of));
            }
        }
        for unit in self.units() {
            let of = SeatOf::Unit(unit.id.clone());
            if Requirement::R023.holds() {
                seats.extend(led(&of, |leader| leader.of_each_unit));
            }
            if unit.names_agent() && Requirement::R082.holds() {
                seats.push(of_role(Role::UnitAgent, of));
            }
        }
        seats
    }

    /// Those seats with the terms that run on the day; `terms` are all that were ever noted.
    pub fn seated(&self, day: Date, terms: &[SeatTerm]) -> Vec<HeldSeat> {
        let running: Vec<&SeatTerm> = terms.iter().filter(|term| term.holds_on(day)).collect();
        let of_seat = |seat: Seat| {
            let is_of = |term: &&&SeatTerm| term.seat == seat.id && term.of == seat.of.id();
            let mut terms: Vec<SeatTerm> = running.iter().filter(is_of).map(|term| (*term).clone()).collect();
            terms.sort_by(|a, b| (a.from, &a.name).cmp(&(b.from, &b.name)));
            HeldSeat { seat, terms }
        };
        self.seats(day).into_iter().map(of_seat).collect()
    }

    /// Whose a seat is, as people read it; the task force's name for its own.
    pub fn seat_of(&self, of: &SeatOf) -> Name {
        match of {
            SeatOf::TaskForce => self.body(super::BodyKind::Taskforce).map(|body| body.name.clone()).unwrap_or_default(),
            SeatOf::Group(group) => Name::new(self.group_zh(*group), self.group_en(*group)),
            SeatOf::Unit(unit) => self.unit_name(unit),
        }
    }

    /// Who must fill a seat: the unit itself, a group's lead unit, the office (R023, R078, R082).
    pub fn filled_by(&self, of: &SeatOf) -> Name {
        match of {
            SeatOf::Unit(unit) => self.unit_name(unit),
            SeatOf::Group(group) => self.lead(*group).map(|lead| self.unit_name(lead)).unwrap_or_default(),
            SeatOf::TaskForce => Name::new(self.role_zh(Role::Office), self.role_en(Role::Office)),
        }
    }

    fn unit_name(&self, id: &UnitId) -> Name {
        self.unit(id).map_or_else(|| Name::new(id.as_str(), id.as_str()), |unit| Name::new(&unit.name, unit.english()))
    }
}

#[cfg(test)]
#[path = "seat_tests.rs"]
mod tests;
