//! What rows add up to: amendments, contests, rulings, the material ledger, own records without a row.

use super::world::*;
use daiban_core::case::{CaseEvent, Code, Decided, EventFact, Reason, Single, Stage, fold};
use daiban_core::fact::ruling::{CaseClosed, LateWork, QuarantineAdopted};
use daiban_core::fact::{Body, BodyDigest, RulingBody};
use daiban_core::ids::{ActorId, ChangeHash, DeviceId};
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
use daiban_core::rules::State;
use std::sync::Arc;

fn underway() -> World {
    let mut world = World::staffed(at("2026-11-02", 0));
    world.send(sent(1, AGENT, opened(Some(20_000)), at("2026-11-16", 9)));
    world.send(sent(2, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    world
}

#[test]
fn stages_follow_from_facts() {
    let mut world = World::staffed(at("2026-11-02", 0));
    assert_eq!(Plan::builtin().stage(&world.view()), Stage::Lead);
    world.send(sent(2, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    assert_eq!(Plan::builtin().stage(&world.view()), Stage::Planning);
    assert_eq!(world.view().title.as_deref(), Some("海湾新材料基地"), "the letter names the project too");
    for (n, group) in (10..).zip([Group::Planning, Group::Construction, Group::Dispatch]) {
        world.roster(PLANNER, Role::GroupSpecialist, Some(group), at("2026-11-02", 0), None);
        world.send(sent(n, PLANNER, table(group), at("2026-11-20", 9)));
    }
    assert_eq!(Plan::builtin().stage(&world.view()), Stage::Underway);
}

#[test]
fn the_last_effective_amendment_is_what_counts() {
    let mut world = underway();
    world.send(sent(10, AGENT, log("第一稿"), at("2026-11-17", 9)));
    world.send(sent(11, AGENT, log("第二稿"), at("2026-11-17", 10)).amends(10));
    world.send(sent(12, AGENT, log("第三稿"), at("2026-11-17", 11)).amends(11));
    world.send(sent(13, AGENT, log("  "), at("2026-11-17", 12)).amends(12));
    let view = world.view();
    assert_eq!(view.fact(id(10)).unwrap().amended_by, Some(id(11)));
    assert_eq!(view.fact(id(11)).unwrap().amended_by, Some(id(12)));
    assert_eq!(view.fact(id(12)).unwrap().amended_by, None, "a void correction corrects nothing");
    assert!(view.fact(id(13)).unwrap().verdict_zh().contains("日志内容不能为空"));
    let logs = view.current().filter(|f| matches!(f.fact.body, BodyDigest::WorkLog(_))).count();
    assert_eq!(logs, 1);
}

#[test]
fn two_letters_are_contested_and_the_earlier_counts() {
    let mut world = underway();
    world.send(sent(3, CHIEF, letter("2026-11-12", "2026-11-13"), at("2026-11-18", 10)));
    let view = world.view();
    assert_eq!(view.contested.len(), 1);
    assert_eq!((view.contested[0].single, &view.contested[0].facts[..]), (Single::Letter, &[id(2), id(3)][..]));
    assert_eq!(view.contested[0].counts, id(3));
    assert_eq!(view.letter.unwrap().signed_on, date("2026-11-13"), "stricter: the earlier due date");
    assert!(view.contested[0].zh().contains("代办服务委托书"));
    world.send(sent(4, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-18", 11)).amends(3));
    let settled = world.view();
    assert!(settled.contested.is_empty(), "they agree now");
    assert_eq!(settled.letter.unwrap().signed_on, date("2026-11-16"));
}

#[test]
fn rulings_change_a_verdict_by_a_later_row() {
    let mut world = underway();
    world.roster(OTHER, Role::UnitAgent, None, at("2026-11-02", 0), Some(at("2026-11-18", 0)));
    let late = |n| sent(n, OTHER, log("调离前"), at("2026-11-17", 9)).received(at("2026-11-23", 9));
    for n in [10, 11, 12] {
        assert_eq!(world.send(late(n)).reason, Some(Reason::MembershipEnded));
    }
    assert_eq!(world.view().waiting().count(), 3);
    let late_work = |n, accepted| RulingBody::LateWork(LateWork { fact: id(n), accepted });
    world.rule(50, late_work(10, true), at("2026-11-23", 15));
    world.rule(51, late_work(11, false), at("2026-11-23", 15));
    world.rule(52, RulingBody::QuarantineAdopted(QuarantineAdopted { quarantine: 1, fact: id(12) }), at("2026-11-23", 15));
    let view = world.view();
    let now = |n| view.fact(id(n)).map(|f| (f.verdict.code, f.verdict.reason.clone(), f.ruled.as_ref().map(|r| r.decided)));
    assert_eq!(now(10), Some((Code::Effective, None, Some(Decided::Accepted))));
    assert_eq!(now(11), Some((Code::Void, Some(Reason::Rejected), Some(Decided::Rejected))));
    assert_eq!(now(12), Some((Code::Effective, None, Some(Decided::Adopted))));
    assert_eq!(view.fact(id(10)).unwrap().judged.code, Code::Late, "the row itself stands");
    assert_eq!(view.rulings.len(), 3);
}

#[test]
fn a_ruling_may_take_in_what_was_recorded_without_a_seat() {
    let mut world = underway();
    let (end, noon) = (at("2026-11-18", 0), at("2026-11-19", 12));
    world.roster(OTHER, Role::UnitAgent, None, at("2026-11-02", 0), Some(end));
    let knew = |n, body| sent(n, OTHER, body, noon).token(Some(end));
    let twice = letter("2026-11-16", "2026-11-16");
    for (n, body) in [(10, log("调离后")), (11, log("调离后又记")), (12, twice)] {
        assert_eq!(world.send(knew(n, body)).reason, Some(Reason::NotMember));
    }
    let mut unread = sent(13, AGENT, log("  "), noon);
    unread.received_at = noon + 60;
    assert_eq!(world.send(unread).reason, Some(Reason::Fields));
    for (n, accepted) in [(10, true), (11, false), (12, true), (13, true)] {
        world.rule(50 + n, RulingBody::LateWork(LateWork { fact: id(n), accepted }), at("2026-11-23", 15));
    }
    let view = world.view();
    let now = |n| view.fact(id(n)).map(|f| (f.verdict.code, f.verdict.reason.clone()));
    assert_eq!(now(10), Some((Code::Effective, None)));
    assert_eq!(now(11), Some((Code::Void, Some(Reason::Rejected))));
    assert_eq!(now(12), Some((Code::Void, Some(Reason::NotMember))), "a letter is recorded anew by a member");
    assert_eq!(now(13), Some((Code::Void, Some(Reason::Fields))), "no ruling mends what was written wrong");
}

#[test]
fn a_ruling_speaks_only_of_what_stands_before_it() {
    let mut world = World::staffed(at("2026-10-01", 0));
    let early = RulingBody::LateWork(LateWork { fact: id(5), accepted: true });
    world.rule(100, early.clone(), at("2026-11-01", 9));
    let late = sent(5, CHIEF, letter("2026-10-26", "2026-10-26"), at("2026-10-26", 8)).received(at("2026-11-28", 8));
    world.send(late);
    assert_eq!(world.view().facts[0].verdict.code, Code::Late);
    assert_eq!(world.standing.has_letter(), world.view().letter.is_some(), "judging and the view agree");
    world.rule(101, early, at("2026-11-29", 9));
    assert_eq!(world.view().facts[0].verdict.code, Code::Effective);
    assert!(world.standing.has_letter());
}

#[test]
fn the_material_ledger_adds_up_what_counts() {
    let mut world = underway();
    let noon = at("2026-11-17", 12);
    world.send(sent(10, AGENT, received("营业执照", 2), noon));
    world.send(sent(11, OTHER, received("营业执照", 1), noon));
    world.send(sent(12, AGENT, received("总平面图", 3), noon));
    world.send(sent(13, AGENT, received("总平面图", 1), noon).amends(12));
    world.send(sent(14, AGENT, returned("营业执照", 1), noon));
    let held: Vec<(String, i64)> = world.view().materials.iter().map(|m| (m.title.clone(), m.held())).collect();
    assert_eq!(held, [("总平面图".to_owned(), 1), ("营业执照".to_owned(), 2)]);
}

#[test]
fn own_records_without_a_row_stand_last_and_count_as_if_uploaded_now() {
    let mut world = underway();
    let now = at("2026-11-19", 16);
    let own = sent(20, AGENT, log("地下室"), at("2026-11-19", 9)).received(now);
    let local = CaseEvent::Fact(EventFact {
        sequence: None,
        received_at: None,
        hash: ChangeHash([9; 32]),
        actor: ActorId([3; 16]),
        seq: 1,
        author: daiban_core::case::Author { device: DeviceId([4; 16]), person: person(AGENT) },
        verdict: world.judge(&own),
        fact: Ok(Arc::new(own.fact.clone()).into()),
    });
    let mut told = vec![local.clone()];
    told.extend(world.told());
    let view = fold(world.case, told);
    let last = view.facts.last().unwrap();
    assert_eq!((last.fact.id, last.sequence, last.verdict.code), (id(20), None, Code::Effective));
    let calendar = daiban_core::calendar::Calendar::builtin();
    let duties = daiban_core::rules::duties(&view, &calendar, &Default::default(), now);
    let week = duties.iter().find(|d| d.key == "D3/agent/agent/2026-W47").unwrap();
    assert!(matches!(week.state, State::Met { .. }));
    // Once it has its row, the outbox copy is the same fact.
    world.send(own);
    let uploaded = fold(world.case, world.told().into_iter().chain([local]));
    assert_eq!(uploaded, world.view());
}

#[test]
fn unknown_kinds_and_unreadable_changes_are_kept_and_shown() {
    let mut world = underway();
    let unknown = Body::Unknown { kind: "return_visit".into(), fields: Vec::new() };
    assert_eq!(world.send(sent(10, AGENT, unknown, at("2026-11-17", 9))).code, Code::Unrecognised);
    let view = world.view();
    assert!(view.update_needed);
    assert_eq!(view.fact(id(10)).unwrap().verdict.zh(), "待识别");
    let mut told = world.told();
    if let Some(CaseEvent::Fact(fact)) = told.last_mut() {
        fact.fact = Err(daiban_core::fact::Unread::NotAMap);
    }
    assert_eq!(fold(world.case, told).unreadable.len(), 1);
}

#[test]
fn a_case_closed_as_a_mistake_owes_nothing_and_goes_on_when_it_is_reopened() {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-11-20", "2026-11-20"), at("2026-11-20", 10)));
    let now = at("2026-11-23", 9);
    let owed = world.duties(now);
    assert!(!owed.is_empty());
    world.rule(70, RulingBody::CaseClosed(CaseClosed { closed: true }), now);
    let view = world.view();
    assert_eq!((world.duties(now), view.facts.len(), world.standing.closed), (Vec::new(), 1, true), "nothing is lost");
    assert_eq!(view.closed.unwrap().zh(), "登记有误（情况属实）");
    world.rule(71, RulingBody::CaseClosed(CaseClosed { closed: false }), now);
    assert_eq!((world.duties(now), world.view().closed, world.standing.closed), (owed, None, false));
}
