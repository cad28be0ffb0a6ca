//! An agent comes back after six weeks without signal: what is recorded now counts now, what was recorded long before waits.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::case::{Code, Reason};
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};

const DAY: i64 = 24 * 3600;

#[test]
fn a_fresh_log_after_six_weeks_away_waits_for_nobody() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.phones[AGENT].online = false;
    world.advance(5 * DAY);
    let long_ago = world.record(AGENT, case, Kind::Log);
    world.advance(37 * DAY);
    let fresh = world.record(AGENT, case, Kind::Log);
    let forecast = |world: &daiban_tests::world::World, fact| {
        let view = world.view(AGENT, case);
        let verdict = view.fact(fact).unwrap().verdict.clone();
        (verdict.code, verdict.reason)
    };
    let waits = (Code::Late, Some(Reason::TokenExpired));
    assert_eq!(
        (forecast(&world, long_ago), forecast(&world, fresh)),
        (waits.clone(), (Code::Effective, None)),
        "the phone knows"
    );

    world.phones[AGENT].online = true;
    world.sync_well(AGENT);
    let said = |fact| match world.state(AGENT, fact) {
        RecordState::Judged { verdict, .. } | RecordState::Uploaded { verdict, .. } => (verdict.code, verdict.reason),
        other => panic!("{other:?}"),
    };
    assert_eq!((said(long_ago), said(fresh)), (waits, (Code::Effective, None)), "the server says the same");

    let token = format!("Bearer {}", world.server.app().office_token);
    let request = ureq::get(format!("{}/cases/{case}", world.server.url())).header("authorization", token);
    let page = request.call().unwrap().body_mut().read_to_string().unwrap();
    assert_eq!(page.matches("可由办公室认定（ruling late）").count(), 1, "the page says what the office can do");
    let rows = world.read(&format!("/v1/cases/{case}/facts"));
    let open = rows.as_array().unwrap().iter().filter(|row| row["open_to_ruling"] == true).count();
    assert_eq!(open, 1);
    world.sync_well(CHIEF);
    assert_eq!(world.view(CHIEF, case).waiting().count(), 1);
}
