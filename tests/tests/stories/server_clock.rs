//! A server that starts with its clock nine months back: nothing is judged, and no phone loses a case. And a long backlog over a bad
//! line, by which no honest phone's time is doubted.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::sync::session::Event;
use daiban_tests::op::Fate;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF, OTHER_AGENT};
use daiban_tests::world::{Line, World, check, night};

#[test]
fn a_server_nine_months_back_takes_no_case_from_anybody() {
    let mut world = town("2026-12-01");
    let case = world.usual_case(3);
    let unsent = [(); 2].map(|()| world.record(OTHER_AGENT, case, Kind::Log));
    let right = world.now();

    world.clock.set(right - 270 * 24 * 3600);
    world.server.restart();
    for phone in [AGENT, CHIEF, OTHER_AGENT] {
        // The phones' clocks are right.
        world.phones[phone].skew = 270 * 24 * 3600;
        let synced = world.sync(phone, &[]);
        let refused = synced.failed.expect("a clock in the past judges nobody");
        assert_eq!(refused.code(), "server_clock");
        assert!(
            refused.message().zh.contains("记录安全保存在本机") && refused.message().zh.contains("校准服务器时间"),
            "{}",
            refused.message().zh
        );
        assert!(!synced.shown.iter().any(|event| matches!(event, Event::CaseWithdrawn { .. })));
        assert!(world.phones[phone].agent().case(case, right).is_ok(), "phone {phone} keeps its case");
    }
    let said: Vec<String> = world.ledger.wrong.drain(..).collect();
    assert!(said.len() == 3 && said.iter().all(|answer| answer.contains("server_clock")), "{said:?}");
    let health = world.server.call("GET", "/v1/health", &[], &[]).expect("it answers");
    assert_eq!((health.status, health.json()["reason"].as_str()), (503, Some("clock_behind")));
    assert!(night(&mut world.server, "2026-03-06".parse().unwrap()).is_err(), "no night by a wrong clock");

    world.clock.set(right + 120);
    world.server.restart();
    for phone in &mut world.phones {
        phone.skew = 0;
    }
    world.sync_everybody();
    for record in unsent {
        let RecordState::Judged { verdict, .. } = world.state(OTHER_AGENT, record) else { panic!("it is judged") };
        assert_eq!((verdict.code, verdict.clock_doubtful), (Code::Effective, false));
    }
    check(&mut world).unwrap();
}

#[test]
fn a_backlog_of_500_records_over_200_rounds_with_every_third_answer_lost_is_not_doubted() {
    let mut world = World::new(Line::InProcess, 7, "2026-11-23", &[]);
    world.settle_people();
    let case = world.usual_case(3);
    let mut recorded = Vec::new();
    for round in 0..200 {
        for _ in 0..2 + round % 2 {
            world.advance(300);
            recorded.push(world.record(AGENT, case, Kind::Log));
        }
        world.advance(1200);
        let fates: &[Fate] = if round % 3 == 2 { &[Fate::DropAnswer] } else { &[] };
        world.sync(AGENT, fates);
        // Now and then it asks with nothing to send, and now and then it is off for a day with its records.
        match round % 20 {
            7 => drop(world.sync_well(AGENT)),
            13 => world.advance(24 * 3600),
            _ => {}
        }
    }
    world.sync_well(AGENT);
    world.sync_well(AGENT);
    assert_eq!(recorded.len(), 500);
    for fact in recorded {
        let RecordState::Judged { verdict, .. } = world.state(AGENT, fact) else { panic!("every record is judged") };
        assert!(!verdict.clock_doubtful && verdict.code == Code::Effective, "{verdict:?}");
    }
}
