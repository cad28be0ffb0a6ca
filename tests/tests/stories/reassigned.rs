//! An agent is taken off a case with unsent work: it is not lost, it waits for a person's word.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::case::{Code, Reason};
use daiban_core::sync::session::Event;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{CHIEF, OTHER_AGENT, RESERVE};
use serde_json::json;

#[test]
fn work_of_an_agent_who_left_waits_and_counts_once_it_is_accepted() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.phones[OTHER_AGENT].online = false;
    world.advance(3600);
    let taken = world.record(OTHER_AGENT, case, Kind::Log);
    let rejected = world.record(OTHER_AGENT, case, Kind::Received);
    world.advance(3600);
    world.seat(case, RESERVE);
    world.unseat(case, OTHER_AGENT);
    world.advance(24 * 3600);

    world.phones[OTHER_AGENT].online = true;
    let synced = world.sync_well(OTHER_AGENT);
    assert!(synced.shown.iter().any(|e| matches!(e, Event::CaseWithdrawn { .. })), "{:?}", synced.shown);
    for fact in [taken, rejected] {
        let (RecordState::Judged { verdict, .. } | RecordState::Uploaded { verdict, .. }) = world.state(OTHER_AGENT, fact) else {
            panic!("{:?}", world.state(OTHER_AGENT, fact))
        };
        assert_eq!((verdict.code, verdict.reason), (Code::Late, Some(Reason::MembershipEnded)));
    }
    assert!(world.phones[OTHER_AGENT].agent().cases(world.now()).is_empty(), "the case left with its outbox delivered");

    world.sync_well(RESERVE);
    assert_eq!(world.view(RESERVE, case).waiting().count(), 2, "whoever took over sees what waits");
    for (fact, accept) in [(taken, true), (rejected, false)] {
        let ruling = json!({ "command": "ruling_late", "case": case, "fact": fact, "accept": accept, "reason": "与本人核对" });
        world.order("office", ruling);
    }
    world.sync_everybody();
    let view = world.view(CHIEF, case);
    assert_eq!(view.fact(taken).unwrap().verdict.code, Code::Effective);
    let void = view.fact(rejected).unwrap();
    assert_eq!((void.verdict.code, void.verdict.reason.clone()), (Code::Void, Some(Reason::Rejected)));
    assert_eq!(void.judged.code, Code::Late, "what was said at its number stays said");

    let (now, body) = (world.now(), view.fact(taken).unwrap().whole().unwrap().body.clone());
    let again = world.phones[OTHER_AGENT].record(case, now, None, body, now);
    assert!(again.is_err(), "nothing new is begun on a case that is gone from the phone");
}

#[test]
fn work_recorded_after_a_reassignment_that_the_phone_could_not_know_of_waits_too() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.sync_well(OTHER_AGENT);
    world.phones[OTHER_AGENT].online = false;
    world.advance(3600);
    world.seat(case, RESERVE);
    world.unseat(case, OTHER_AGENT);
    world.advance(2);
    let fact = world.record(OTHER_AGENT, case, Kind::Log);
    world.advance(3600);

    world.phones[OTHER_AGENT].online = true;
    world.sync_well(OTHER_AGENT);
    let (RecordState::Judged { verdict, .. } | RecordState::Uploaded { verdict, .. }) = world.state(OTHER_AGENT, fact) else {
        panic!("{:?}", world.state(OTHER_AGENT, fact))
    };
    assert_eq!((verdict.code, verdict.reason), (Code::Late, Some(Reason::MembershipEnded)));
    let ruling = json!({ "command": "ruling_late", "case": case, "fact": fact, "accept": true, "reason": "与本人核对" });
    world.order("office", ruling);
    world.sync_everybody();
    assert_eq!(world.view(CHIEF, case).fact(fact).unwrap().verdict.code, Code::Effective);
}
