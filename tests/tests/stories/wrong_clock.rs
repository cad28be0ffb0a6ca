//! A phone whose clock is two days wrong: its records are kept, marked, and wait where time matters.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::calendar::Week;
use daiban_core::rules::State;
use daiban_core::sync::session::Event;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, LEAD};
use serde_json::json;

const DAY: i64 = 24 * 3600;

#[test]
fn two_days_slow_does_not_backdate_and_two_days_fast_does_not_postdate() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let token_at = world.now();

    world.move_to("2026-11-24", 9, 0);
    world.phones[AGENT].skew = -2 * DAY;
    let slow = world.record(AGENT, case, Kind::Log);
    let synced = world.sync_well(AGENT);
    assert!(synced.shown.iter().any(|e| matches!(e, Event::ClockOff { seconds } if *seconds == -2 * DAY)), "{:?}", synced.shown);
    let RecordState::Judged { verdict, .. } = world.state(AGENT, slow) else { panic!("judged") };
    assert!(verdict.clock_doubtful && verdict.effective_at >= token_at, "held above the token: {verdict:?}");

    world.phones[AGENT].skew = 2 * DAY;
    let fast = world.record(AGENT, case, Kind::Log);
    world.sync_well(AGENT);
    let RecordState::Judged { verdict, .. } = world.state(AGENT, fast) else { panic!("judged") };
    assert!(verdict.clock_doubtful && verdict.effective_at <= world.now(), "held below the arrival: {verdict:?}");
    world.phones[AGENT].skew = 0;

    let week = Week::of("2026-11-24".parse().unwrap());
    let key = format!("D3/agent/zhou-min/{week}");
    let waits = world.served_duty(case, &key).unwrap();
    assert!(
        matches!(waits.state, State::AwaitingRuling { .. }),
        "a doubtful record does not answer by itself: {:?}",
        waits.state
    );
    let ruling = json!({ "command": "ruling_late", "case": case, "fact": fast, "accept": true, "reason": "窗口登记本可以佐证" });
    world.order("office", ruling);
    world.sync_everybody();
    let met = world.served_duty(case, &key).unwrap();
    assert!(matches!(met.state, State::Met { by: Some(by), .. } if by == fast), "{:?}", met.state);
    assert_eq!(world.duty(LEAD, case, &key), Some(met));
}
