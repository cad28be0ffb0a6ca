//! The office names people as people do: by their names, and by name and unit when two have the same.

use super::town;
use daiban_tests::office;
use daiban_tests::world::town::{AGENT, CHIEF};
use serde_json::{Value, json};

#[test]
fn a_person_goes_by_a_name_as_long_as_only_one_has_it() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF]);
    let add =
        |id: &str, unit: &str| json!({ "command": "person_add", "id": id, "name": "张伟", "unit": unit, "role": "unit_agent" });
    let assign = |who: &str, end: bool| json!({ "command": "case_assign", "case": case, "person": who, "end": end });
    let seated = |done: Value| done["entry"]["person"].as_str().map(str::to_owned);

    world.order("office", add("zhang", "ecology"));
    assert_eq!(seated(world.order("office", assign("张伟", false))).as_deref(), Some("zhang"));
    world.order("office", add("zhang-2", "housing"));
    for order in [assign("张伟", true), json!({ "command": "device_invite", "person": "张伟" })] {
        let refused = office::order(&mut world.server, "office", order).expect_err("two have this name");
        let told = format!("{refused:?}");
        assert!(told.contains("person_ambiguous") && told.contains("zhang-2"), "{told}");
    }
    let invited = world.order("office", json!({ "command": "device_invite", "person": "张伟@housing" }));
    assert_eq!(invited["person"], "zhang-2");
    assert_eq!(seated(world.order("office", assign("zhang", true))).as_deref(), Some("zhang"));

    let leave = json!({ "command": "person_leave", "person": "张伟@housing", "reason": "岗位调整" });
    assert_eq!(world.order("office", leave)["person"], "zhang-2");
    world.advance(60);
    assert_eq!(seated(world.order("office", assign("张伟", false))).as_deref(), Some("zhang"), "who left is not meant");
}

#[test]
fn what_a_record_at_the_desk_names_goes_by_a_name_too_and_nobody_is_refused_with_who_is_near() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    let unit =
        json!({ "command": "unit_add", "id": "water", "name": "区水务局", "kind": "district-bureau", "aliases": ["水务局"] });
    world.order("office", unit);
    for (id, unit) in [("zhang", "ecology"), ("zhang-2", "water")] {
        let add = json!({ "command": "person_add", "id": id, "name": "张伟", "unit": unit, "role": "unit_agent" });
        world.order("office", add);
    }
    let record = |kind: &str, fields: Value| json!({ "command": "case_record", "case": case, "kind": kind, "fields": fields });
    let hand_over =
        |to: &str| record("agent_handover", json!({ "from": "周敏", "to": to, "open_items": ["环评批复"], "reason": "休假" }));
    let problem = |unit: &str| record("problem_raised", json!({ "text": "协调", "group": "planning", "units_needed": [unit] }));

    for order in [hand_over("吴磊"), hand_over("张伟@水务局"), problem("水务局"), problem("区水务局")] {
        let done = world.order("zhou-min", order.clone());
        assert_eq!(done["verdict"]["code"], "effective", "{order}: {done}");
    }
    let read = world.read(&format!("/v1/cases/{case}/facts")).to_string();
    assert!(read.contains("zhang-2") && read.contains("wu-lei") && !read.contains("吴磊"), "what is kept is ids: {read}");
    for (order, code, near) in [
        (hand_over("张伟"), "person_ambiguous", "zhang-2"),
        (hand_over("吴雷"), "person_unknown", "吴磊（wu-lei）"),
        (problem("水务厅"), "unit_unknown", "区水务局"),
    ] {
        let refused = office::order(&mut world.server, "zhou-min", order).unwrap_err();
        let detail = refused.problem["detail"].as_str().unwrap().to_owned();
        assert_eq!(refused.code(), code, "{detail}");
        assert!(detail.contains(near), "{detail}");
    }
}
