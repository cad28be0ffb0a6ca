//! The State Council publishes next year's holidays: open duties are counted again, with a trace, on server and phones alike.

use super::town;
use daiban_tests::phone::Kind;
use daiban_tests::world::compute_duties;
use daiban_tests::world::town::{AGENT, CHIEF};
use serde_json::{Value, json};

fn notice() -> Value {
    let mut edition: Value = serde_json::from_str(include_str!("../../../core/data/calendar/2027.statutory.json")).unwrap();
    edition["status"] = json!("published");
    edition["note"] = Value::Null;
    edition["notices"] = json!([{ "title": "国务院办公厅关于2027年部分节假日安排的通知", "number": "国办发明电〔2026〕8号", "date": "2026-12-18", "url": "" }]);
    edition["holidays"][0]["off"] = json!(["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05"]);
    edition
}

#[test]
fn an_open_duty_moves_with_a_trace_and_becomes_certain() {
    let mut world = town("2026-12-14");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let letter = world.record(CHIEF, case, Kind::Letter(0));
    world.sync_everybody();
    compute_duties(&mut world.server);
    let key = format!("D2/planning/{letter}");
    let before = world.served_duty(case, &key).unwrap();
    assert!(!before.certainty.is_certain());

    world.move_to("2026-12-18", 10, 0);
    let preview = world.order("office", json!({ "command": "calendar_import", "edition": notice(), "preview": true }));
    assert!(preview.to_string().contains(&before.due_on.to_string()), "the office sees what would move: {preview}");
    world.order("office", json!({ "command": "calendar_import", "edition": notice() }));
    let after = world.served_duty(case, &key).unwrap();
    assert!(after.due_on > before.due_on && after.certainty.is_certain(), "{} then {}", before.due_on, after.due_on);
    let moved = after.trace.last().expect("it says how it moved");
    assert_eq!((moved.from, moved.kept), (before.due_on, after.due_on));

    world.sync_everybody();
    let on_phone = world.duty(AGENT, case, &key).unwrap();
    assert_eq!((on_phone.due_on, on_phone.certainty), (after.due_on, after.certainty));
}
