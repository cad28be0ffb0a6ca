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
