//! The office records for somebody who has no signal: a log yes, a letter never.

use super::{page, town};
use daiban_tests::office;
use daiban_tests::world::World;
use daiban_tests::world::town::{AGENT, CHIEF, LEAD, OTHER_AGENT};
use serde_json::{Value, json};

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

#[test]
fn a_report_confirmed_for_its_specialist_tells_both_names() {
    let mut world = town("2026-11-30");
    world.usual_case(3);
    world.move_to("2026-12-04", 14, 0);
    let week = |command: &str| json!({ "command": command, "week": "2026-W49", "group": "planning" });
    let hash = world.order("li-na", week("report_draft"))["hash"].clone();
    let mut confirm = week("report_confirm");
    (confirm["hash"], confirm["without_missing"]) = (hash, json!(true));
    let refusal = |world: &mut World, by: &str, command: &Value| {
        office::order(&mut world.server, by, command.clone()).unwrap_err().code().to_owned()
    };
    assert_eq!(refusal(&mut world, "office", &confirm), "role_may_not", "the office confirms nothing of its own");
    confirm["person"] = json!("zhou-min");
    assert_eq!(refusal(&mut world, "office", &confirm), "role_may_not", "nor for somebody who may not");
    confirm["person"] = json!("sun-yan");
    assert_eq!(refusal(&mut world, "office", &confirm), "not_the_specialist");
    confirm["person"] = json!("li-na");
    assert_eq!(refusal(&mut world, "sun-yan", &confirm), "not_author", "only the office records for somebody else");

    let mut note = week("report_note");
    (note["person"], note["progress"]) = (json!("李娜"), json!("电话口述：进展正常"));
    world.order("office", note.clone());
    let mut own = week("report_note");
    own["progress"] = json!("进展正常");
    world.order("li-na", own);
    let text = world.read("/v1/reports/2026-W49/planning")["text"].to_string();
    assert!(!text.contains("文字说明"), "all words are her own now: {text}");
    confirm["hash"] = world.order("office", note)["hash"].clone();
    let confirmed = world.order("office", confirm);
    assert_eq!((&confirmed["for"], &confirmed["recorded_by"]), (&json!("li-na"), &json!("office")));
    assert!(confirmed["zh"].as_str().unwrap().contains("（代录：专班办公室）"), "{confirmed}");

    let report = world.read("/v1/reports/2026-W49/planning");
    assert_eq!((&report["confirmed_by"], &report["confirm_recorded_by"]), (&json!("li-na"), &json!("office")));
    assert!(report["text"].as_str().unwrap().contains("文字说明：李娜（代录：专班办公室）"), "{report}");
    let rows = world.order("office", json!({ "command": "audit_list", "limit": 10 }));
    let results: Vec<&str> = rows.as_array().unwrap().iter().filter_map(|row| row["result"].as_str()).collect();
    assert!(results.iter().filter(|result| result.ends_with(" for li-na")).count() == 3, "{results:?}");
    let page = page(&world, "/reports/2026-W49/planning");
    assert!(page.contains("签发人：<span class=\"kai\">李娜（代录：专班办公室）</span>"), "{page}");

    world.move_to("2026-12-07", 9, 0);
    let hash = world.order("wei-dong", json!({ "command": "report_draft", "week": "2026-W49" }))["hash"].clone();
    let text = world.read("/v1/reports/2026-W49")["text"].to_string();
    assert!(text.contains("（李娜（代录：专班办公室）确认）"), "{text}");
    let confirm = json!({
        "command": "report_confirm", "week": "2026-W49", "hash": hash, "without_missing": true, "person": "wei-dong",
    });
    world.order("office", confirm);
    world.order("office", json!({ "command": "report_send", "week": "2026-W49", "person": "wei-dong" }));
    let sent = world.read("/v1/reports/2026-W49");
    assert_eq!((&sent["sent_by"], &sent["send_recorded_by"]), (&json!("wei-dong"), &json!("office")));
}
