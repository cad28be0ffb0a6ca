//! 退回: a record that its receiver sent back meets nothing until it is corrected, and the correction counts from its own arrival.

use super::world::*;
use daiban_core::case::{Code, Reason, Stage, fold};
use daiban_core::fact::ruling::{LateWork, ReportConfirmed, ReportReturned, Returned};
use daiban_core::fact::{Body, RulingBody, fact_kinds, kind_info};
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
use daiban_core::rules::State;

fn returned(n: u64) -> RulingBody {
    RulingBody::Returned(Returned { fact: id(n) })
}

/// Signed on Monday 23 November 2026, so flow tables are due on 14 December; the table of the planning group came on 1 December.
fn with_table() -> World {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-11-23", "2026-11-23"), at("2026-11-23", 10)));
    world.send(sent(10, PLANNER, table(Group::Planning), at("2026-12-01", 9)));
    world
}

fn d2() -> String {
    format!("D2/planning/{}", id(1))
}

fn state(world: &World, day: &str) -> State {
    world.duty(&d2(), at(day, 12)).state
}

#[test]
fn kinds_say_who_may_send_them_back() {
    let returnable: Vec<_> = fact_kinds().iter().filter(|kind| !kind.returned_by.is_empty()).collect();
    let names: Vec<&str> = returnable.iter().map(|kind| kind.name).collect();
    assert_eq!(names, ["authorization_letter_signed", "result_delivered", "flow_table_submitted"]);
    let ruling = kind_info("returned").unwrap();
    assert!(returnable.iter().flat_map(|kind| kind.returned_by).all(|role| ruling.who.contains(role)));
    assert!(ruling.who.contains(&Role::Office) && ruling.before_letter);
    let founding: Vec<&str> = fact_kinds().iter().filter(|kind| kind.founds).map(|kind| kind.name).collect();
    assert_eq!(founding, ["case_opened", "authorization_letter_signed"]);
}

#[test]
fn a_flow_table_sent_back_opens_its_duty_again_with_the_first_date() {
    let mut world = with_table();
    let before = world.duty(&d2(), at("2026-12-02", 12));
    assert!(matches!(before.state, State::Met { .. }));
    world.rule(50, returned(10), at("2026-12-02", 9));
    let after = world.duty(&d2(), at("2026-12-02", 12));
    assert_eq!((after.state, after.due_on), (State::Open, before.due_on));
    let view = world.view();
    let fact = view.fact(id(10)).unwrap();
    assert_eq!((fact.judged.code, fact.verdict.code), (Code::Effective, Code::Void), "the row itself stands");
    assert_eq!(fact.verdict_zh(), "已退回（原因：情况属实；请更正后重报）");
    assert!(fact.verdict.zh().starts_with("已退回") && fact.can_be_corrected() && !fact.is_current());
    assert_eq!(Plan::builtin().stage(&view), Stage::Planning);
    assert!(matches!(state(&world, "2026-12-15"), State::Overdue { .. }));

    let mut in_time = world.clone();
    in_time.send(sent(11, PLANNER, table(Group::Planning), at("2026-12-04", 9)).amends(10));
    assert_eq!(state(&in_time, "2026-12-15"), State::Met { at: at("2026-12-04", 9), by: Some(id(11)) });
    let mended = in_time.view().fact(id(10)).unwrap().clone();
    assert_eq!((mended.amended_by, mended.can_be_corrected()), (Some(id(11)), false));
    assert!(mended.verdict_zh().contains("已另行更正"), "{}", mended.verdict_zh());

    // Recorded before the due day, as its phone says: what counts is when it came.
    let late = sent(11, PLANNER, table(Group::Planning), at("2026-12-02", 10)).amends(10).received(at("2026-12-16", 9));
    world.send(late);
    assert_eq!(state(&world, "2026-12-17"), State::MetLate { at: at("2026-12-16", 9), by: Some(id(11)) });
}

#[test]
fn no_earlier_wording_stands_in_for_what_was_sent_back() {
    let mut world = with_table();
    world.send(sent(11, PLANNER, table(Group::Planning), at("2026-12-02", 9)).amends(10));
    world.send(sent(12, PLANNER, table(Group::Planning), at("2026-12-03", 9)).amends(10));
    assert!(matches!(state(&world, "2026-12-03"), State::Met { .. }));
    world.rule(50, returned(12), at("2026-12-04", 9));
    assert_eq!(state(&world, "2026-12-04"), State::Open);
    // Whichever wording the author corrects, the first one does not come back to life.
    for target in [10, 11, 12] {
        let mut answered = world.clone();
        answered.send(sent(13, PLANNER, table(Group::Planning), at("2026-12-16", 9)).amends(target));
        assert_eq!(state(&answered, "2026-12-17"), State::MetLate { at: at("2026-12-16", 9), by: Some(id(13)) }, "{target}");
        assert_eq!(answered.view().current().filter(|f| f.fact.body.kind() == "flow_table_submitted").count(), 1);
        answered.rule(51, returned(13), at("2026-12-17", 9));
        assert!(matches!(state(&answered, "2026-12-18"), State::Overdue { .. }), "a correction can be sent back again");
    }
}

#[test]
fn sending_the_same_record_again_or_ruling_about_it_does_not_undo_it() {
    let mut world = with_table();
    world.rule(50, returned(10), at("2026-12-02", 9));
    assert_eq!(world.send(sent(10, PLANNER, table(Group::Planning), at("2026-12-01", 9))).code, Code::Effective, "a copy of it");
    for (n, body) in [(51, LateWork { fact: id(10), accepted: true }), (52, LateWork { fact: id(10), accepted: false })] {
        world.rule(n, RulingBody::LateWork(body), at("2026-12-03", 9));
    }
    world.rule(53, returned(10), at("2026-12-03", 10));
    let view = world.view();
    let fact = view.fact(id(10)).unwrap();
    assert_eq!((fact.verdict.reason.clone(), fact.ruled.as_ref().map(|r| r.ruling)), (Some(Reason::Returned), Some(id(50))));
    assert_eq!(state(&world, "2026-12-03"), State::Open);
    let mut told = world.told();
    told.reverse();
    assert_eq!(fold(world.case, told), view, "whatever the order in which rows come");
}

#[test]
fn only_what_counts_is_sent_back() {
    let mut world = with_table();
    world.roster(PLANNER, Role::GroupSpecialist, Some(Group::Planning), at("2026-01-01", 0), Some(at("2026-12-02", 0)));
    let late = sent(11, PLANNER, table(Group::Planning), at("2026-12-01", 10)).received(at("2026-12-03", 9));
    assert_eq!(world.send(late).code, Code::Late);
    world.rule(50, returned(11), at("2026-12-03", 10));
    world.rule(51, returned(99), at("2026-12-03", 10));
    assert_eq!(world.view().fact(id(11)).unwrap().verdict.code, Code::Late, "it still waits");
    world.rule(52, RulingBody::LateWork(LateWork { fact: id(11), accepted: true }), at("2026-12-03", 11));
    world.rule(53, returned(11), at("2026-12-03", 12));
    assert!(world.view().fact(id(11)).unwrap().is_sent_back(), "accepted and found wanting");
    assert!(matches!(state(&world, "2026-12-03"), State::Met { .. }), "another table stands on its own");
}

#[test]
fn a_letter_sent_back_starts_no_clock_until_it_is_corrected() {
    let mut world = with_table();
    let due_on = world.duty(&d2(), at("2026-12-02", 12)).due_on;
    world.rule(50, returned(1), at("2026-12-02", 9));
    assert_eq!(world.duties(at("2026-12-03", 9)), Vec::new());
    assert_eq!((world.view().letter, world.standing.letters_in_force().count()), (None, 0));
    let log = sent(11, AGENT, log("报送总平面图"), at("2026-12-03", 9));
    assert_eq!(world.send(log).code, Code::Effective, "the field goes on working meanwhile");

    let copy = sent(1, CHIEF, letter("2026-11-23", "2026-11-23"), at("2026-11-23", 10));
    world.send(copy);
    assert_eq!(world.standing.letters_in_force().count(), 0, "the same letter again is the letter that was sent back");
    world.send(sent(2, CHIEF, letter("2026-11-23", "2026-11-23"), at("2026-12-07", 9)).amends(1));
    let duty = world.duty(&format!("D2/planning/{}", id(2)), at("2026-12-07", 12));
    assert_eq!((duty.due_on, world.standing.letters_in_force().count()), (due_on, 1));
    assert!(matches!(duty.state, State::Met { .. }), "the table that came meanwhile is not lost");
    let week = world.duty("D3/agent/agent/2026-W49", at("2026-12-07", 12));
    assert!(matches!(week.state, State::Met { .. }), "nor is the log");
}

#[test]
fn a_letter_that_counts_by_a_ruling_is_sent_back_for_good() {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-11-23", "2026-11-23"), at("2026-11-23", 10)).received(at("2026-12-28", 9)));
    for (n, accepted) in [(50, true), (52, true), (53, false)] {
        world.rule(n, RulingBody::LateWork(LateWork { fact: id(1), accepted }), at("2026-12-28", 10));
        if accepted && n == 50 {
            assert_eq!(world.standing.letters_in_force().count(), 1);
            world.rule(51, returned(1), at("2026-12-28", 11));
        }
        assert_eq!(world.standing.letters_in_force().next().is_some(), world.view().letter.is_some());
    }
    assert!(world.view().fact(id(1)).unwrap().is_sent_back());
}

#[test]
fn no_earlier_wording_of_a_letter_stays_in_force() {
    let mut world = with_table();
    let Body::AuthorizationLetterSigned(mut mistyped) = letter("2026-11-23", "2026-11-23") else { panic!("a letter") };
    mistyped.chief = person("查无此人");
    let mistyped = Body::AuthorizationLetterSigned(mistyped);
    let second = sent(2, CHIEF, mistyped, at("2026-12-02", 9)).amends(1);
    assert_eq!(world.send(second).reason, Some(Reason::LetterChief));
    world.rule(50, RulingBody::LateWork(LateWork { fact: id(2), accepted: true }), at("2026-12-02", 10));
    world.send(sent(3, CHIEF, letter("2026-11-23", "2026-11-23"), at("2026-12-02", 11)).amends(2));
    world.rule(51, returned(3), at("2026-12-02", 12));
    assert_eq!((world.view().letter, world.standing.letters_in_force().next()), (None, None));
    world.send(sent(4, CHIEF, letter("2026-11-23", "2026-11-23"), at("2026-12-03", 9)).amends(3));
    let in_force: Vec<_> = world.standing.letters_in_force().map(|letter| letter.fact).collect();
    assert_eq!((world.view().letter.map(|letter| letter.fact), in_force), (Some(id(4)), vec![id(4)]));
}

#[test]
fn a_report_sent_back_opens_the_specialists_week_again() {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-11-20", "2026-11-20"), at("2026-11-20", 10)));
    let (week, group, key) = ("2026-W48".parse().unwrap(), Group::Planning, "D3/specialist/planning/2026-W48");
    let confirm = |report: &str| RulingBody::ReportConfirmed(ReportConfirmed { group, week, report: report.into() });
    let back = |report: &str| RulingBody::ReportReturned(ReportReturned { group, week, report: report.into() });
    world.rule(70, confirm("one"), at("2026-11-27", 15));
    let met = world.duty(key, at("2026-11-27", 16));
    world.rule(71, back("other"), at("2026-11-27", 16));
    assert_eq!(world.duty(key, at("2026-11-27", 16)), met, "another text is another report");
    world.rule(72, back("one"), at("2026-11-27", 17));
    let open = world.duty(key, at("2026-11-27", 18));
    assert_eq!((open.state, open.due_on), (State::DueToday, met.due_on));
    let mut late = world.clone();
    world.rule(73, confirm("two"), at("2026-11-27", 20));
    assert_eq!(world.duty(key, at("2026-11-30", 9)).state, State::Met { at: at("2026-11-27", 20), by: Some(id(73)) });
    late.rule(73, confirm("two"), at("2026-11-30", 9));
    assert!(matches!(late.duty(key, at("2026-11-30", 10)).state, State::MetLate { .. }));
}

#[test]
fn what_is_not_whole_is_no_answer() {
    let mut world = with_table();
    world.rule(50, returned(10), at("2026-12-02", 9));
    let empty = Body::FlowTableSubmitted(daiban_core::fact::kinds::FlowTableSubmitted {
        group: Group::Planning,
        rows: Vec::new(),
        nil_reason: None,
    });
    assert_eq!(world.send(sent(11, PLANNER, empty, at("2026-12-03", 9)).amends(10)).reason, Some(Reason::Fields));
    let foreign = sent(12, AGENT, table(Group::Planning), at("2026-12-03", 10)).amends(10);
    assert_eq!(world.send(foreign).code, Code::Void);
    assert_eq!(state(&world, "2026-12-03"), State::Open);
    assert!(world.view().fact(id(10)).unwrap().can_be_corrected());
}
