#![allow(clippy::unwrap_used)]

use super::*;
use crate::calendar::parse_date;
use crate::people::Leader;
use crate::plan::Plan;

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn term(name: &str, from: &str, until: Option<&str>) -> SeatTerm {
    let until = until.map(day);
    SeatTerm { seat: "liaison".into(), of: "finance".into(), name: name.into(), phone: None, from: day(from), until }
}

#[test]
fn two_terms_overlap_on_the_days_they_share_and_not_where_one_begins_as_the_other_ends() {
    let first = term("张三", "2026-01-01", Some("2026-06-01"));
    assert!(!first.overlaps(&term("李四", "2026-06-01", None)), "the last day is the one before");
    assert!(first.overlaps(&term("李四", "2026-05-31", None)));
    assert!(first.overlaps(&term("李四", "2025-01-01", None)), "an open term meets every later one");
    assert!(!first.overlaps(&SeatTerm { of: "police".into(), ..term("李四", "2026-02-01", None) }), "another unit's");
    let others = [first.clone(), term("王五", "2026-06-01", None)];
    assert_eq!(term("李四", "2026-07-01", None).conflict(&others).unwrap().name, "王五");
    assert_eq!((first.holds_on(day("2026-05-31")), first.holds_on(day("2026-06-01"))), (true, false));
}

#[test]
fn every_seat_of_the_plan_is_there_with_who_must_fill_it() {
    let organisation = &Plan::builtin().organisation;
    let seated = organisation.seated(day("2026-11-30"), &[]);
    assert!(seated.iter().all(HeldSeat::is_gap), "nobody was named yet");
    let count = |id: &str| seated.iter().filter(|one| one.seat.id == id).count();
    let units = organisation.units().count();
    assert_eq!(["head", "deputy", "chief_agent", "member", "liaison"].map(count), [1, 1, 1, units, units]);
    assert_eq!(count("group_specialist"), 3, "all but the generation group");
    assert_eq!(count("unit_agent"), organisation.units().filter(|unit| unit.names_agent()).count());
    let who = |id: &str, of: &SeatOf| {
        assert!(seated.iter().any(|one| one.seat.id == id && one.seat.of == *of), "{id}");
        organisation.filled_by(of).zh
    };
    assert_eq!(who("head", &SeatOf::TaskForce), "专班办公室");
    assert_eq!(who("liaison", &SeatOf::Unit("finance".into())), "区财政局");
    assert_eq!(who("group_specialist", &SeatOf::Group(Group::Planning)), "区自然资源分局");
}

#[test]
fn a_seat_is_held_by_whom_the_day_says() {
    let organisation = &Plan::builtin().organisation;
    let terms = [term("张三", "2026-01-01", Some("2026-06-01")), term("李四", "2026-06-01", None)];
    let holder = |on: &str| {
        let seated = organisation.seated(day(on), &terms);
        let found = seated.into_iter().find(|one| one.seat.id == "liaison" && one.seat.of.id() == "finance").unwrap();
        found.terms.into_iter().map(|term| term.name).collect::<Vec<_>>()
    };
    assert_eq!(holder("2025-12-31"), Vec::<String>::new());
    assert_eq!((holder("2026-05-31"), holder("2026-06-01")), (vec!["张三".to_owned()], vec!["李四".to_owned()]));
}

#[test]
fn a_seat_of_each_group_or_of_some_days_only_is_there_as_the_pack_says() {
    let mut organisation = (*Plan::builtin().organisation).clone();
    organisation.leaders.push(Leader {
        id: "group-head".into(),
        seat: Name::new("组长（工作组）", "group head"),
        held_by: "牵头单位主要领导".into(),
        portfolio: Vec::new(),
        of_each_unit: false,
        of_each_group: true,
        from: Some(day("2027-01-01")),
        until: None,
    });
    let count = |on: &str| organisation.seats(day(on)).iter().filter(|seat| seat.id == "group-head").count();
    assert_eq!((count("2026-12-31"), count("2027-01-01")), (0, 4));
}
