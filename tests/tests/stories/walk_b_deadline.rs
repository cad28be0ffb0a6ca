//! Walk B: a deadline computed from a signed letter.

use super::{step, town};
use daiban_core::agent::RecordState;
use daiban_core::calendar::{Date, parse_date};
use daiban_core::case::{Code, Reason};
use daiban_core::people::Group;
use daiban_core::rules::State;
use daiban_tests::phone::Kind;
use daiban_tests::world::night;
use daiban_tests::world::town::{AGENT, CHIEF, LEAD, OTHER_AGENT};
use serde_json::json;

fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

#[test]
fn fifteen_working_days_from_the_letter() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3, OTHER_AGENT, LEAD]);

    step(2, "core::calendar", "an impossible date is refused with a sentence in Chinese, never rounded");
    let error = parse_date("2021-02-30").unwrap_err();
    assert_eq!(error.zh(), "2021年2月没有30日，请核对原件");
    assert_eq!(error.raw(), "2021-02-30", "the raw text is kept");

    step(5, "core::permit", "a letter that a unit agent writes is void: it starts no clock");
    let void = world.record(AGENT, case, Kind::Letter(0));
    world.sync_everybody();
    let RecordState::Judged { verdict, .. } = world.state(AGENT, void) else { panic!("judged") };
    assert_eq!((verdict.code, verdict.reason), (Code::Void, Some(Reason::RoleMayNot)));
    assert!(world.view(CHIEF, case).letter.is_none());

    step(1, "the chief agent's phone", "the chief agent records the letter, signed on Monday 2026-11-23");
    let letter = world.record(CHIEF, case, Kind::Letter(0));

    step(3, "core::doc", "it is a fact like any other: everybody on the case receives it");
    world.sync_everybody();
    assert_eq!(world.view(OTHER_AGENT, case).letter.map(|l| l.fact), Some(letter));

    step(4, "core::case", "nothing is contested: one letter counts");
    assert!(world.view(CHIEF, case).contested.is_empty());

    step(6, "core::rules", "each of the three groups owes a flow table");
    let keys = [Group::Planning, Group::Construction, Group::Dispatch].map(|group| format!("D2/{group}/{letter}"));

    step(7, "core::calendar", "counted from the day after: the fifteenth working day is Monday 2026-12-14");
    for key in &keys {
        let duty = world.duty(CHIEF, case, key).expect("the duty is there");
        assert_eq!((duty.starts_on, duty.due_on, duty.counted.len()), (date("2026-11-23"), date("2026-12-14"), 15));
        assert!(duty.certainty.is_certain() && duty.clause.contains("15个工作日"), "{}", duty.clause);
    }

    step(8, "server::watch", "the same rows stand on the server: conclusions are computed, never replicated");
    for key in &keys {
        assert_eq!(world.served_duty(case, key), world.duty(AGENT, case, key));
    }

    step(10, "core::agent", "the phone computes them offline, by the same functions");
    world.phones[AGENT].online = false;
    world.move_to("2026-12-09", 8, 0);
    assert_eq!(world.duty(AGENT, case, &keys[0]).unwrap().state, State::DueSoon);
    world.phones[AGENT].online = true;

    step(9, "server::watch", "notices: three working days before, on the day, after it; a second sweep says nothing twice");
    night(&mut world.server, date("2026-12-09")).unwrap();
    let notices = world.read("/v1/notices");
    let told = notices.as_array().unwrap().len();
    assert!(told >= 3);
    for notice in notices.as_array().unwrap() {
        let (sentence, arguments) = (notice["sentence"].as_str().unwrap(), &notice["arguments"]);
        assert!(sentence.starts_with("notice-"), "a program goes by the sentence's name: {notice}");
        let title = arguments["title"].as_str().unwrap();
        assert!(notice["zh"].as_str().unwrap().contains(title) && arguments["clause"].is_string(), "{notice}");
    }
    world.advance(3600);
    night(&mut world.server, date("2026-12-09")).unwrap();
    assert_eq!(world.read("/v1/notices").as_array().unwrap().len(), told, "the night of a day is done once");

    step(11, "core::rules", "met when the group's table arrives in time");
    let table = world.record(1, case, Kind::FlowTable(Group::Planning));
    world.sync_everybody();
    let duty = world.served_duty(case, &keys[0]).unwrap();
    assert!(matches!(duty.state, State::Met { by: Some(by), .. } if by == table), "{:?}", duty.state);
    assert_eq!(world.duty(LEAD, case, &keys[0]), Some(duty));

    step(12, "core::rules", "a corrected letter starts the clocks anew; the old rows are closed with a reason");
    let (now, before) = (world.now(), world.read(&format!("/v1/cases/{case}/duties"))["closed"].as_array().unwrap().len());
    let view = world.view(CHIEF, case);
    let mut corrected = view.fact(letter).unwrap().whole().expect("the letter").body.clone();
    let daiban_core::fact::Body::AuthorizationLetterSigned(body) = &mut corrected else { panic!("a letter") };
    body.enterprise_signed_on = date("2026-11-25");
    let corrected = world.phones[CHIEF].record(case, now, Some(letter), corrected, now).unwrap().fact;
    world.sync_everybody();
    daiban_tests::world::compute_duties(&mut world.server);
    let moved = world.served_duty(case, &format!("D2/construction/{corrected}")).expect("a new duty");
    assert_eq!(moved.due_on, date("2026-12-16"));
    let closed = world.read(&format!("/v1/cases/{case}/duties"))["closed"].clone();
    assert!(closed.as_array().unwrap().len() > before, "{closed}");
    assert!(closed.as_array().unwrap().iter().all(|row| row["closed_why"] != json!(null)));
}

#[test]
fn a_count_into_a_year_without_notice_is_provisional() {
    let mut world = town("2026-12-14");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let letter = world.record(CHIEF, case, Kind::Letter(0));
    world.sync_everybody();
    let duty = world.served_duty(case, &format!("D2/planning/{letter}")).unwrap();
    assert!(!duty.certainty.is_certain());
    assert!(duty.due_zh().contains("暂定"), "{}", duty.due_zh());
}
