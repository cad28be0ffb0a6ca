//! Who owes, what meets it and when, at the borders between in time, late and waiting.

use super::world::*;
use daiban_core::case::{Author, CaseEvent, EventFact, Reason, Verdict, fold};
use daiban_core::fact::kinds::NoChange;
use daiban_core::fact::ruling::{LateWork, QuarantineAdopted, ReportConfirmed};
use daiban_core::fact::{Body, RulingBody};
use daiban_core::ids::{ActorId, ChangeHash, DeviceId, UnitId};
use daiban_core::people::{Group, Role, Roster, RosterEntry};
use daiban_core::rules::{State, Subject, duties, successor};
use std::sync::Arc;

const BEGAN: &str = "2026-01-01";
const WEEK: &str = "D3/agent/agent/2026-W47";

fn signed(day: &str) -> World {
    let mut world = World::staffed(at(BEGAN, 0));
    world.send(sent(1, CHIEF, letter(day, day), at(day, 10)));
    world
}

fn late_work(n: u64, accepted: bool) -> RulingBody {
    RulingBody::LateWork(LateWork { fact: id(n), accepted })
}

/// A case of 16 November with these records, and its duty on Thursday ten days later.
fn after(key: &str, records: Vec<Sent>, rulings: &[RulingBody]) -> State {
    let mut world = signed("2026-11-16");
    records.into_iter().for_each(|record| drop(world.send(record)));
    for (n, body) in (70..).zip(rulings) {
        world.rule(n, body.clone(), at("2026-11-25", 9));
    }
    world.duty(key, at("2026-11-26", 9)).state
}

#[test]
fn the_date_on_the_paper_starts_the_clock_whenever_it_was_recorded() {
    let mut world = World::staffed(at(BEGAN, 0));
    world.send(sent(1, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-19", 10)));
    let duty = world.duty(&format!("D2/planning/{}", id(1)), at("2026-11-20", 9));
    assert_eq!((duty.starts_on, duty.due_on), (date("2026-11-16"), date("2026-12-07")));
    let view = world.view();
    let kept = view.fact(id(1)).unwrap();
    assert_eq!(kept.fact.recorded_at, at("2026-11-19", 10), "the day of the entry stands beside it");
}

#[test]
fn a_colleagues_log_is_nobody_elses_weekly_report() {
    let mut world = signed("2026-11-16");
    world.send(sent(10, AGENT, log("现场"), at("2026-11-18", 9)));
    let now = at("2026-11-23", 12);
    assert!(matches!(world.duty(WEEK, now).state, State::Met { .. }));
    assert!(matches!(world.duty("D3/agent/other/2026-W47", now).state, State::Overdue { .. }));
}

#[test]
fn the_last_second_before_the_cut_off_is_in_time_and_the_cut_off_is_not() {
    let cutoff = at("2026-11-21", 0);
    let week = |recorded| after(WEEK, vec![sent(10, AGENT, log("现场"), recorded).occurred(cutoff - HOUR)], &[]);
    assert_eq!(week(cutoff - 1), State::Met { at: cutoff - 1, by: Some(id(10)) });
    assert_eq!(week(cutoff), State::AwaitingRuling { by: id(10) });
    let question = sent(10, AGENT, inquiry("何时？"), at("2026-11-20", 15));
    let end = at("2026-11-24", 0);
    let answered = |recorded| {
        after(&format!("D12/{}", id(10)), vec![question.clone(), sent(11, AGENT, answer(id(10), "周三"), recorded)], &[])
    };
    assert_eq!(answered(end - 1), State::Met { at: end - 1, by: Some(id(11)) });
    assert_eq!(answered(end), State::MetLate { at: end, by: Some(id(11)) });
    let confirmed = |at| {
        let mut world = signed("2026-11-16");
        let body = ReportConfirmed { group: Group::Planning, week: "2026-W47".parse().unwrap(), report: "00".repeat(32) };
        world.rule(70, RulingBody::ReportConfirmed(body), at);
        world.duty("D3/specialist/planning/2026-W47", cutoff + DAY).state
    };
    assert!(matches!(confirmed(cutoff - 1), State::Met { .. }));
    assert!(matches!(confirmed(cutoff), State::MetLate { .. }));
}

#[test]
fn the_first_confirmation_of_a_week_is_the_one_that_counts() {
    let mut world = signed("2026-11-16");
    for (n, hour) in [(70, 15), (71, 17)] {
        let body = ReportConfirmed { group: Group::Planning, week: "2026-W47".parse().unwrap(), report: "00".repeat(32) };
        world.rule(n, RulingBody::ReportConfirmed(body), at("2026-11-20", hour));
    }
    let state = world.duty("D3/specialist/planning/2026-W47", at("2026-11-20", 18)).state;
    assert_eq!(state, State::Met { at: at("2026-11-20", 15), by: Some(id(70)) });
}

#[test]
fn the_earliest_record_meets_it_even_if_it_arrives_after_others() {
    let first = sent(11, AGENT, log("先"), at("2026-11-17", 9)).received(at("2026-11-19", 9));
    let second = sent(10, AGENT, log("后"), at("2026-11-18", 9));
    let met = State::Met { at: at("2026-11-17", 9), by: Some(id(11)) };
    assert_eq!(after(WEEK, vec![second.clone(), first.clone()], &[]), met);
    assert_eq!(after(WEEK, vec![first, second], &[]), met);
}

#[test]
fn of_two_records_of_one_second_without_a_row_the_first_counts() {
    let world = signed("2026-11-16");
    let now = at("2026-11-18", 9);
    let own = |n: u64| {
        let sent = sent(n, AGENT, log("现场"), now);
        CaseEvent::Fact(EventFact {
            sequence: None,
            received_at: None,
            hash: ChangeHash([n as u8; 32]),
            actor: ActorId([3; 16]),
            seq: n,
            author: Author { device: DeviceId([4; 16]), person: person(AGENT) },
            verdict: Verdict::row(now),
            fact: Ok(Arc::new(sent.fact).into()),
        })
    };
    let view = fold(world.case, world.told().into_iter().chain([own(20), own(21)]));
    let calendar = daiban_core::calendar::Calendar::builtin();
    let state = duties(&view, &calendar, &Default::default(), now).into_iter().find(|duty| duty.key == WEEK).unwrap().state;
    assert_eq!(state, State::Met { at: now, by: Some(id(20)) });
}

#[test]
fn what_the_office_said_of_a_record_decides_whether_it_was_in_time() {
    let in_time = || sent(10, AGENT, log("现场"), at("2026-11-19", 9));
    let too_late = || in_time().received(at("2026-11-23", 9));
    assert!(matches!(after(WEEK, vec![in_time()], &[]), State::Met { .. }));
    assert!(matches!(after(WEEK, vec![in_time()], &[late_work(10, false)]), State::MetLate { .. }), "rejected as in time");
    assert!(matches!(after(WEEK, vec![too_late()], &[late_work(10, false)]), State::MetLate { .. }));
    let adopted = RulingBody::QuarantineAdopted(QuarantineAdopted { quarantine: 1, fact: id(10) });
    let waits = State::AwaitingRuling { by: id(10) };
    assert_eq!(after(WEEK, vec![too_late()], &[adopted]), waits, "adopting it says nothing of the time");
}

#[test]
fn a_week_with_one_late_and_one_waiting_record_waits_but_a_question_is_late() {
    let late = sent(10, AGENT, log("现场"), at("2026-11-18", 9)).received(at("2026-11-23", 9));
    let waiting = sent(11, AGENT, log("现场"), at("2026-11-19", 9)).received(at("2026-11-23", 9));
    assert_eq!(after(WEEK, vec![late, waiting], &[late_work(10, false)]), State::AwaitingRuling { by: id(11) });
    let tuesday = at("2026-11-24", 9);
    let question = vec![
        sent(10, AGENT, inquiry("何时？"), at("2026-11-20", 15)),
        sent(11, AGENT, answer(id(10), "周三"), at("2026-11-23", 17)).received(tuesday),
        sent(12, AGENT, answer(id(10), "周四"), tuesday),
    ];
    let state = after(&format!("D12/{}", id(10)), question, &[]);
    assert_eq!(state, State::MetLate { at: tuesday, by: Some(id(12)) });
}

/// Nobody can rule about a record that was corrected, so no duty waits for that.
#[test]
fn a_corrected_record_waits_no_more_and_its_correction_speaks_for_it() {
    let typed = sent(10, AGENT, log("现厂"), at("2026-11-21", 9)).occurred(at("2026-11-20", 15));
    let mended = sent(11, AGENT, log("现场"), at("2026-11-21", 10)).occurred(at("2026-11-20", 15)).amends(10);
    assert_eq!(after(WEEK, vec![typed.clone(), mended.clone()], &[]), State::AwaitingRuling { by: id(11) });
    let decided = |accepted| after(WEEK, vec![typed.clone(), mended.clone()], &[late_work(11, accepted)]);
    assert!(matches!(decided(true), State::Met { by, .. } if by == Some(id(11))));
    assert!(matches!(decided(false), State::MetLate { by, .. } if by == Some(id(11))));
    let in_time = sent(10, AGENT, log("现厂"), at("2026-11-20", 15));
    assert_eq!(after(WEEK, vec![in_time, mended], &[]), State::Met { at: at("2026-11-20", 15), by: Some(id(10)) });

    let nothing = |week: &str| Body::NoChange(NoChange { week: week.parse().unwrap(), note: None });
    let mut world = signed("2026-11-16");
    world.roster(AGENT, Role::UnitAgent, None, at(BEGAN, 0), Some(at("2026-11-23", 12)));
    let late = sent(10, AGENT, nothing("2026-W47"), at("2026-11-20", 9)).received(at("2026-11-23", 13));
    assert_eq!(world.send(late).reason, Some(Reason::MembershipEnded));
    assert_eq!(world.duty(WEEK, at("2026-11-23", 14)).state, State::AwaitingRuling { by: id(10) });
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-23", 15), None);
    world.send(sent(11, AGENT, nothing("2026-W48"), at("2026-11-23", 16)).amends(10));
    assert_eq!(world.view().waiting().count(), 0);
    let state = world.duty(WEEK, at("2026-11-24", 9)).state;
    assert!(matches!(state, State::Overdue { .. }), "it was said of another week: {state:?}");
}

#[test]
fn an_answer_that_was_late_and_is_corrected_does_not_wait() {
    let (question, tuesday) = (sent(10, AGENT, inquiry("何时？"), at("2026-11-20", 15)), at("2026-11-24", 9));
    let first = sent(11, AGENT, answer(id(10), "周仨"), at("2026-11-23", 17)).received(tuesday);
    let mended = sent(12, AGENT, answer(id(10), "周三"), tuesday).amends(11);
    let state = after(&format!("D12/{}", id(10)), vec![question, first, mended], &[]);
    assert_eq!(state, State::MetLate { at: tuesday, by: Some(id(12)) });
}

#[test]
fn a_flow_table_that_waits_for_a_ruling_neither_meets_nor_leaves_it_open() {
    let mut world = signed("2026-11-16");
    let key = format!("D2/planning/{}", id(1));
    world.roster(PLANNER, Role::GroupSpecialist, Some(Group::Planning), at(BEGAN, 0), Some(at("2026-11-19", 0)));
    let verdict = world.send(sent(10, PLANNER, table(Group::Planning), at("2026-11-18", 9)).received(at("2026-11-20", 9)));
    assert_eq!(verdict.reason, Some(Reason::MembershipEnded));
    assert_eq!(world.duty(&key, at("2026-11-23", 9)).state, State::AwaitingRuling { by: id(10) });
}

#[test]
fn a_word_for_a_week_counts_only_once_that_week_has_begun() {
    let nothing = |at| {
        let body = Body::NoChange(NoChange { week: "2026-W48".parse().unwrap(), note: None });
        let mut world = signed("2026-11-16");
        world.send(sent(10, AGENT, body, at));
        world.duty("D3/agent/agent/2026-W48", self::at("2026-11-27", 12)).state
    };
    let monday = at("2026-11-23", 0);
    assert_eq!(nothing(monday - 1), State::DueToday);
    assert_eq!(nothing(monday), State::Met { at: monday, by: Some(id(10)) });
}

#[test]
fn each_overdue_duty_counts_its_own_working_days() {
    let world = signed("2026-11-09");
    let now = at("2026-11-30", 9);
    let days = |week: &str| world.duty(&format!("D3/agent/agent/2026-{week}"), now).state;
    let overdue = |working_days| State::Overdue { working_days };
    assert_eq!(["W46", "W47", "W48"].map(days), [11, 6, 1].map(overdue));
}

#[test]
fn whoever_holds_two_seats_owes_for_each_and_an_agent_of_two_groups_once() {
    let mut world = signed("2026-11-16");
    world.roster(PLANNER, Role::GroupSpecialist, Some(Group::Construction), at(BEGAN, 0), None);
    world.roster(AGENT, Role::UnitAgent, Some(Group::Planning), at(BEGAN, 0), None);
    let owed = world.duties(at("2026-11-18", 9));
    let of = |begin: &str| owed.iter().filter(|duty| duty.key.starts_with(begin)).map(|d| d.subject.clone()).collect::<Vec<_>>();
    let unit = Some(UnitId::from("natural-resources"));
    let subject = |role, group, name| Subject { role, group, person: Some(person(name)), unit: unit.clone(), passed_from: None };
    for group in [Group::Planning, Group::Construction] {
        let owner = subject(Role::GroupSpecialist, Some(group), PLANNER);
        assert_eq!(of(&format!("D2/{}/", group.id())), std::slice::from_ref(&owner));
        assert_eq!(of(&format!("D3/specialist/{}/", group.id())), [owner]);
    }
    let vacant = Subject { person: None, unit: None, ..subject(Role::GroupSpecialist, Some(Group::Dispatch), "") };
    assert_eq!(of("D2/dispatch/"), [vacant], "a vacant seat owes the flow table");
    assert_eq!(of("D3/specialist/dispatch/"), [], "and no report");
    assert_eq!(of("D3/agent/agent/").len(), 1);
}

#[test]
fn a_question_is_owed_by_whoever_took_it_down_in_the_seat_of_that_moment() {
    let mut world = signed("2026-11-16");
    world.send(sent(10, PLANNER, inquiry("何时出证？"), at("2026-11-20", 15)));
    let subject = world.duty(&format!("D12/{}", id(10)), at("2026-11-20", 16)).subject;
    let (person, unit) = (Some(person(PLANNER)), Some(UnitId::from("natural-resources")));
    assert_eq!(subject, Subject { role: Role::GroupSpecialist, group: Some(Group::Planning), person, unit, passed_from: None });
}

/// An agent's week that was left open on Friday; the colleague `OTHER` took over.
fn left_open() -> (World, i64) {
    let mut world = signed("2026-11-09");
    let left = at("2026-11-20", 17);
    world.roster("elder", Role::UnitAgent, None, at("2025-12-01", 0), None);
    world.roster(AGENT, Role::UnitAgent, None, at(BEGAN, 0), Some(left));
    (world, left)
}

#[test]
fn only_the_one_who_took_over_can_still_meet_a_leavers_week() {
    let key = "D3/agent/agent/2026-W46";
    let nothing = || Body::NoChange(NoChange { week: "2026-W46".parse().unwrap(), note: None });
    let (world, left) = left_open();
    let told = |by: &str| {
        let mut world = world.clone();
        world.send(sent(12, by, nothing(), left + HOUR));
        world.duty(key, left + 2 * HOUR).state
    };
    assert_eq!(told(OTHER), State::AwaitingRuling { by: id(12) });
    assert!(matches!(told("elder"), State::Overdue { .. }), "a colleague who did not take over");
    let mut before = signed("2026-11-09");
    before.send(sent(12, OTHER, nothing(), at("2026-11-13", 9)));
    before.roster(AGENT, Role::UnitAgent, None, at(BEGAN, 0), Some(left));
    assert!(matches!(before.duty(key, left + HOUR).state, State::Overdue { .. }), "the colleague's own word of before");
}

#[test]
fn whoever_changed_units_and_is_on_the_case_again_left_nothing_behind() {
    let mut world = signed("2026-11-09");
    let moved = at("2026-11-18", 9);
    world.roster(OTHER, Role::UnitAgent, None, at(BEGAN, 0), Some(at("2026-11-02", 0)));
    world.roster(AGENT, Role::UnitAgent, None, at(BEGAN, 0), Some(moved));
    let of_week = |world: &World| {
        let duties = world.duties(at("2026-11-19", 9));
        duties
            .into_iter()
            .filter(|d| d.key.starts_with("D3/agent/") && d.key.ends_with("W47"))
            .map(|d| d.subject)
            .collect::<Vec<_>>()
    };
    assert_eq!(of_week(&world).len(), 1, "what was left open is somebody's");
    world.seat(RosterEntry { unit: UnitId::from("housing"), ..seat(AGENT, Role::UnitAgent, None, moved, None) });
    let [subject] = &of_week(&world)[..] else { panic!("one duty") };
    assert_eq!(
        (&subject.person, &subject.unit, &subject.passed_from),
        (&Some(person(AGENT)), &Some(UnitId::from("housing")), &None)
    );
}

fn seat(name: &str, role: Role, group: Option<Group>, from: i64, until: Option<i64>) -> RosterEntry {
    RosterEntry { person: person(name), role, unit: UnitId::from("drc"), group, from, until }
}

#[test]
fn a_seat_passes_to_unit_then_group_then_chief_and_each_kind_of_seat_by_itself() {
    use Role::{ChiefAgent, DispatchLead, GroupSpecialist, UnitAgent};
    let planning = Some(Group::Planning);
    let left = seat("left", UnitAgent, planning, 0, Some(100));
    let heir = |ended: &RosterEntry, others: &[RosterEntry]| {
        let roster: Roster = others.iter().chain([ended]).cloned().collect();
        successor(&roster, ended, 100).map(|subject| (subject.role, subject.person.map(|person| person.to_string())))
    };
    let named = |role, name: &str| Some((role, Some(name.to_owned())));
    let (chief, specialist) = (seat("chief", ChiefAgent, None, 0, None), seat("planner", GroupSpecialist, planning, 0, None));
    let elsewhere = RosterEntry { unit: UnitId::from("housing"), ..seat("elsewhere", UnitAgent, None, 50, None) };
    let colleagues =
        [seat("b", UnitAgent, None, 10, None), seat("a", UnitAgent, None, 10, None), seat("c", UnitAgent, None, 5, None)];
    let team = [chief.clone(), specialist.clone(), elsewhere.clone()];
    assert_eq!(heir(&left, &[&team[..], &colleagues].concat()), named(UnitAgent, "a"), "the last to begin, of equals by name");
    assert_eq!(heir(&left, &team), named(GroupSpecialist, "planner"));
    let other_group = seat("builder", GroupSpecialist, Some(Group::Construction), 0, None);
    assert_eq!(heir(&left, &[chief.clone(), other_group]), named(ChiefAgent, "chief"));
    assert_eq!(heir(&left, &[elsewhere]), Some((ChiefAgent, None)), "the vacant seat");
    assert_eq!(heir(&seat("left", UnitAgent, None, 0, Some(101)), &team), None, "not yet gone");
    assert_eq!(heir(&left, &[seat("left", UnitAgent, None, 60, None)]), None, "still there in another seat");

    let led = seat("left", ChiefAgent, None, 0, Some(100));
    let still_agent = seat("left", UnitAgent, None, 0, None);
    assert_eq!(heir(&led, &[still_agent.clone(), seat("next", ChiefAgent, None, 0, None)]), named(ChiefAgent, "next"));
    assert_eq!(heir(&led, &[still_agent]), Some((ChiefAgent, None)));
    let planned = seat("left", GroupSpecialist, planning, 0, Some(100));
    let still_builds = seat("left", GroupSpecialist, Some(Group::Construction), 0, None);
    assert_eq!(heir(&planned, &[still_builds.clone(), specialist]), named(GroupSpecialist, "planner"));
    assert_eq!(heir(&planned, &[still_builds]), Some((GroupSpecialist, None)));
    assert_eq!(heir(&seat("left", DispatchLead, None, 0, Some(100)), &[chief]), None, "the district's seat is no case's");
    let roster: Roster = [chief_of("chief"), left.clone()].into_iter().collect();
    assert_eq!(successor(&roster, &left, 100).and_then(|subject| subject.passed_from), Some(person("left")));
}

fn chief_of(name: &str) -> RosterEntry {
    seat(name, Role::ChiefAgent, None, 0, None)
}
