//! The office records for somebody who has no signal: a log yes, a letter never.

use super::town;
use daiban_tests::office;
use daiban_tests::world::town::{AGENT, CHIEF, LEAD, OTHER_AGENT};
use serde_json::json;

#[test]
fn a_letter_is_recorded_by_the_chief_agent_in_person() {
    let mut world = town("2026-11-30");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3, OTHER_AGENT, LEAD]);
    let letter = json!({
        "command": "case_record", "case": case, "person": "wang-zhe", "kind": "authorization_letter_signed", "fields": {},
    });
    let refused = office::order(&mut world.server, "office", letter).unwrap_err();
    assert_eq!((refused.status, refused.code()), (403, "letter_not_in_person"));
    let told = refused.problem["detail"].as_str().unwrap();
    assert!(told.contains("首席代办员") && told.contains("本人设备"), "{told}");

    let log = json!({
        "command": "case_record", "case": case, "person": "zhou-min", "kind": "work_log",
        "fields": { "text": "电话口述：材料已备齐", "channel": "telephone" },
    });
    let recorded = world.order("office", log);
    assert_eq!(recorded["verdict"]["code"], "effective", "{recorded}");
    let shown = world.read(&format!("/v1/cases/{case}"))["fact_rows"].clone();
    let row = shown.as_array().unwrap().iter().find(|row| row["kind"] == "work_log").unwrap();
    assert_eq!((&row["by"], &row["sent_by"]), (&json!("zhou-min"), &json!("office")), "both are told");
    assert!(row["zh"].as_str().unwrap().contains("周敏（专班办公室代录）"), "{row}");
    world.sync_everybody();
    let view = world.view(AGENT, case);
    let log = view.facts.iter().find(|fact| fact.fact.body.kind() == "work_log").unwrap();
    assert_eq!(log.recorded_by_other().map(|person| person.as_str()), Some("office"), "on the phone too");
}
