//! A phone whose app speaks the protocol of before meets an updated server: it is told to update, loses nothing, and its outbox is
//! taken after the update.

use super::town;
use daiban_core::agent::{AgentError, RecordState};
use daiban_core::sync::request::HEADER_PROTOCOL;
use daiban_core::sync::session::outbound::sign_body;
use daiban_core::sync::session::{Event, HttpRequest};
use daiban_tests::phone::{Kind, Phone};
use daiban_tests::world::town::AGENT;

/// The version before rows travelled as bytes.
const BEFORE: u8 = 2;

/// The request as the app of before would have sent it: its signature covers headers that do not name the version.
fn of_before(phone: &Phone, request: HttpRequest) -> HttpRequest {
    let header = |name: &str| request.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let counter = header("daiban-counter").and_then(|value| value.parse().ok()).expect("requests are counted");
    let mut body = request.body;
    body[0] = BEFORE;
    let mut request = sign_body(body, counter, phone.key());
    request.headers.iter_mut().filter(|(name, _)| name == HEADER_PROTOCOL).for_each(|(_, value)| *value = BEFORE.to_string());
    request
}

#[test]
fn a_client_of_before_keeps_everything_and_is_taken_after_its_update() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    let held = world.view(AGENT, case);

    // The server was updated; this phone was not.
    world.phones[AGENT].go_back_to_protocol_2();
    assert_eq!(*world.view(AGENT, case), *held, "an updated app reads what the one before kept");
    let unsent = world.record(AGENT, case, Kind::Log);
    for _ in 0..2 {
        let now = world.now();
        let step = world.phones[AGENT].agent_mut().begin_sync(now).expect("an enrolled phone asks");
        let request = of_before(&world.phones[AGENT], step.send.expect("there is work"));
        let reply = world.server.call(request.method, request.path, &request.headers, &request.body).expect("the server lives");
        let error = world.phones[AGENT].agent_mut().receive(reply.status, &reply.body, now).expect_err("the app is too old");
        assert_eq!((reply.status, error.code()), (400, "unsupported_version"));
        let zh = error.message().zh;
        assert!(zh.contains("更新应用") && zh.contains("仍安全保存在本机"), "{zh}");
        assert!(matches!(error, AgentError::Server { again: false, .. }), "{error:?}");
        world.phones[AGENT].crash();
        assert!(matches!(world.state(AGENT, unsent), RecordState::Local { .. }));
        assert_eq!(world.view(AGENT, case).facts.len(), held.facts.len() + 1, "what it held is there");
    }

    // The app is updated: the same store, read by this version.
    let synced = world.sync_well(AGENT);
    assert!(!synced.shown.iter().any(|event| matches!(event, Event::HistoryAlarm { .. })), "{:?}", synced.shown);
    assert!(matches!(world.state(AGENT, unsent), RecordState::Judged { .. }), "{:?}", world.state(AGENT, unsent));
    let served = world.read(&format!("/v1/cases/{case}"));
    assert_eq!(served["sequence"].as_u64(), Some(world.view(AGENT, case).sequence), "nothing is lost and nothing stands twice");
    world.phones[AGENT].agent().agrees(world.now()).expect("lists and rows agree");
}
