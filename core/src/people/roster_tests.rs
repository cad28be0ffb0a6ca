#![allow(clippy::unwrap_used)]

use super::*;
use crate::people::{Organisation, RosterGap};
use crate::plan::Plan;

fn organisation() -> &'static Organisation {
    &Plan::builtin().organisation
}

fn entry(person: &str, role: Role, group: Option<Group>, from: i64, until: Option<i64>) -> RosterEntry {
    RosterEntry { person: person.into(), role, unit: "drc".into(), group, from, until }
}

fn chief(person: &str, from: i64) -> RosterEntry {
    entry(person, Role::ChiefAgent, None, from, None)
}

fn specialist(person: &str, group: Group, from: i64) -> RosterEntry {
    entry(person, Role::GroupSpecialist, Some(group), from, None)
}

fn full() -> Roster {
    let seats = [Group::Planning, Group::Construction, Group::Dispatch].map(|g| specialist(g.id(), g, 100));
    seats.into_iter().chain([chief("wang-zhe", 100)]).collect()
}

#[test]
fn a_member_holds_from_the_first_second_until_before_the_last() {
    let roster: Roster = [entry("li", Role::UnitAgent, None, 100, Some(200))].into_iter().collect();
    let held = |t| roster.member_at(&"li".into(), t).is_some();
    assert_eq!([99, 100, 199, 200].map(held), [false, true, true, false]);
    assert_eq!(roster.agents(150).count(), 1);
    assert_eq!(roster.agents(250).count(), 0);
}

#[test]
fn a_new_entry_ends_the_open_one_and_keeps_the_past() {
    let mut roster: Roster = [entry("li", Role::UnitAgent, None, 100, None)].into_iter().collect();
    let moved = RosterEntry { unit: "housing".into(), ..entry("li", Role::UnitAgent, None, 300, None) };
    roster.set(moved.clone());
    assert_eq!(roster.entries().len(), 2);
    assert_eq!(roster.member_at(&"li".into(), 299).unwrap().unit.as_str(), "drc");
    assert_eq!(roster.member_at(&"li".into(), 300).unwrap().unit.as_str(), "housing");
    let once = roster.clone();
    roster.set(moved);
    assert_eq!(roster, once, "a repeated delivery changes nothing");
}

#[test]
fn a_membership_is_ended_by_setting_its_end() {
    let mut roster: Roster = [chief("wang-zhe", 100)].into_iter().collect();
    roster.set(RosterEntry { until: Some(200), ..chief("wang-zhe", 100) });
    assert_eq!(roster.entries().len(), 1);
    assert_eq!((roster.chief(199).is_some(), roster.chief(200)), (true, None));
}

#[test]
fn stretches_apart_are_kept_and_one_inside_is_replaced() {
    let stint = |from, until| entry("li", Role::UnitAgent, None, from, until);
    let mut roster: Roster = [stint(500, None), stint(100, Some(200))].into_iter().collect();
    assert_eq!(roster.entries(), [stint(500, None), stint(100, Some(200))], "a past stretch entered late ends nothing");
    roster.set(stint(50, None));
    assert_eq!(roster.entries(), [stint(50, None)]);
    roster.set(stint(150, Some(160)));
    assert_eq!(roster.entries(), [stint(50, Some(150)), stint(150, Some(160))]);
    assert!(roster.roles_at(&"li".into(), 155).count() == 1);
}

#[test]
fn other_roles_and_groups_of_the_person_are_left_alone() {
    let mut roster: Roster = [specialist("li", Group::Planning, 100), chief("li", 100)].into_iter().collect();
    roster.set(specialist("li", Group::Dispatch, 200));
    assert_eq!(roster.roles_at(&"li".into(), 250).count(), 3);
    assert_eq!(roster.member_at(&"li".into(), 250).unwrap().role, Role::ChiefAgent);
    assert_eq!(roster.specialist(Group::Planning, 250), Some(&"li".into()));
    assert_eq!(roster.specialist(Group::Construction, 250), None);
}

#[test]
fn a_full_roster_has_no_gap() {
    let roster = full();
    assert_eq!(roster.gaps(100, organisation()), []);
    assert_eq!(roster.chief(100), Some(&"wang-zhe".into()));
    assert_eq!(roster.active_at(99).count(), 0);
    assert_eq!(roster.gaps(99, organisation()).len(), 4);
    assert_eq!(Roster::new().gaps(0, organisation())[0].zh(organisation()), "尚无首席代办员，请专班办公室指定一人。");
}

#[test]
fn each_missing_seat_is_named() {
    let mut roster = full();
    roster.set(RosterEntry { until: Some(200), ..specialist("construction", Group::Construction, 100) });
    let gaps = roster.gaps(200, organisation());
    assert_eq!(gaps, [RosterGap::SpecialistMissing { group: Group::Construction }]);
    assert_eq!(gaps[0].zh(organisation()), "施工许可和竣工验收组尚无代办专员，请牵头单位（区住房和城乡建设局）指定一人。");
}

#[test]
fn two_on_one_seat_is_a_gap_of_another_kind_and_the_later_one_acts() {
    let mut roster = full();
    roster.set(specialist("zhao", Group::Planning, 150));
    roster.set(chief("an", 100));
    let people = vec!["planning".into(), "zhao".into()];
    let two_chiefs = RosterGap::SeveralChiefs { people: vec!["an".into(), "wang-zhe".into()] };
    assert_eq!(roster.gaps(150, organisation()), [two_chiefs, RosterGap::SeveralSpecialists { group: Group::Planning, people }]);
    assert_eq!(
        roster.gaps(150, organisation())[1].zh(organisation()),
        "立项用地规划和工程建设许可组同时有2名代办专员（planning、zhao），请牵头单位（区自然资源分局）保留一人。"
    );
    assert_eq!(roster.specialist(Group::Planning, 150), Some(&"zhao".into()));
    assert_eq!(roster.chief(150), Some(&"an".into()), "both began together: the first by id");
    assert_eq!(roster.specialist(Group::Planning, 149), Some(&"planning".into()));
}

#[test]
fn an_entry_is_checked_before_it_is_set() {
    assert_eq!(chief("wang-zhe", 100).check(), Ok(()));
    let backward = RosterEntry { until: Some(100), ..chief("wang-zhe", 100) };
    assert_eq!(backward.check(), Err(RosterEntryError::EndsBeforeItBegins { person: "wang-zhe".into() }));
    let nowhere = entry("li", Role::GroupSpecialist, None, 0, None).check().unwrap_err();
    assert_eq!(nowhere.zh(), "li是代办专员，请填写所在工作组。");
    let generation = specialist("li", Group::Generation, 0).check();
    assert_eq!(generation, Err(RosterEntryError::GroupHasNoSpecialist { group: Group::Generation }));
}

#[test]
fn json_has_no_nulls_and_reads_back() {
    let roster = full();
    let json = serde_json::to_string(&roster).unwrap();
    assert!(!json.contains("null"), "{json}");
    assert!(json.contains(r#""role":"group_specialist""#));
    assert_eq!(serde_json::from_str::<Roster>(&json).unwrap(), roster);
}
