//! Work carried by hand: one phone's outbox travels as a file, by a colleague's phone or straight to the office.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::sync::bundle;
use daiban_core::sync::session::Event;
use daiban_tests::phone::Kind;
use daiban_tests::world::over_socket;
use daiban_tests::world::town::{AGENT, CHIEF, OTHER_AGENT};

#[test]
fn a_colleague_carries_it_and_the_author_gets_the_credit() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.phones[AGENT].online = false;
    world.advance(3600);
    let logs = [world.record(AGENT, case, Kind::Log), world.record(AGENT, case, Kind::Problem)];
    let now = world.now();
    let file = world.phones[AGENT].agent().bundle_export(now).unwrap();

    let taken = world.phones[OTHER_AGENT].agent_mut().bundle_import(&file, now).unwrap();
    assert_eq!((taken.records, taken.cases), (2, 1));
    assert!(
        world.view(OTHER_AGENT, case).fact(logs[0]).is_none(),
        "what is carried is not part of the case before it is admitted"
    );
    let synced = world.sync_well(OTHER_AGENT);
    assert!(synced.shown.iter().any(|e| matches!(e, Event::CarriedDelivered { records: 2, .. })), "{:?}", synced.shown);
    world.sync_well(CHIEF);
    for log in logs {
        let fact = world.view(CHIEF, case);
        let fact = fact.fact(log).expect("it is in the case");
        assert_eq!((fact.author.person.as_str(), fact.fact.by.as_str()), ("zhou-min", "zhou-min"));
    }

    world.phones[AGENT].online = true;
    world.sync_well(AGENT);
    for log in logs {
        assert!(matches!(world.state(AGENT, log), RecordState::Judged { .. }), "{:?}", world.state(AGENT, log));
    }
    assert_eq!(
        world.view(CHIEF, case).facts.iter().filter(|f| logs.contains(&f.fact.id)).count(),
        2,
        "arriving twice is one fact"
    );
}

#[test]
fn the_office_takes_a_file_and_a_damaged_one_is_refused_whole() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.phones[AGENT].online = false;
    let log = world.record(AGENT, case, Kind::Log);
    let now = world.now();
    let file = world.phones[AGENT].agent().bundle_export(now).unwrap();
    let url = world.server.url();
    let headers = vec![("authorization".to_owned(), format!("Bearer {}", world.server.app().office_token))];

    let mut damaged = file.clone();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    let refused = over_socket(&url, "POST", bundle::PATH, &headers, &damaged).unwrap();
    assert_eq!(refused.status / 100, 4, "{}", refused.text());
    assert!(refused.json()["detail"].as_str().is_some_and(|zh| zh.contains("记录包")), "{}", refused.text());

    for _ in 0..2 {
        let taken = over_socket(&url, "POST", bundle::PATH, &headers, &file).unwrap();
        assert!(taken.is_success(), "{}", taken.text());
    }
    world.sync_well(CHIEF);
    assert!(world.view(CHIEF, case).fact(log).is_some());
}
