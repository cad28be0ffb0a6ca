//! Who holds which seat from when until when: leaders, liaisons and group heads by name, and gaps with who must fill them.

use super::{page, town};
use daiban_tests::office::{self, Refused};
use daiban_tests::world::{Line, World};
use serde_json::{Value, json};
use std::path::Path;

fn set(of: Option<&str>, seat: &str, name: &str, from: &str) -> Value {
    json!({ "command": "seat_set", "seat": seat, "of": of, "name": name, "from": from })
}

fn refused(world: &mut World, by: &str, command: Value) -> Refused {
    office::order(&mut world.server, by, command).unwrap_err()
}

/// What the list says of a seat on a day.
fn said(world: &mut World, seat: &str, of: &str, on: &str) -> Value {
    let list = world.order("office", json!({ "command": "seat_list", "on": on }));
    let rows = list["seats"].as_array().unwrap();
    let is = |row: &&Value| row["seat"]["id"] == seat && (row["seat"]["of"]["id"] == of || of.is_empty());
    rows.iter().find(is).unwrap_or_else(|| panic!("{seat} {of}: {list:#}")).clone()
}

#[test]
fn a_liaison_is_missed_until_the_unit_has_named_one_and_has_one_on_each_day() {
    let mut world = town("2026-11-23");
    let unit = |world: &mut World| {
        let units = world.order("office", json!({ "command": "unit_list" }));
        units.as_array().unwrap().iter().find(|unit| unit["id"] == "finance").unwrap().clone()
    };
    let before = unit(&mut world);
    assert_eq!(before["seats_missing"], json!(["member", "liaison"]));
    assert!(before["zh"].as_str().unwrap().ends_with("；尚无组员、工作联系人，请该单位指定"), "{before}");
    let empty = said(&mut world, "liaison", "finance", "2026-11-23");
    assert_eq!(empty["zh"], "工作联系人（区财政局）：空缺，请区财政局指定一人");
    assert_eq!(empty["en"], "liaison of Finance Bureau: empty; Finance Bureau must name somebody");

    world.order("office", set(Some("区财政局"), "工作联系人", "张三", "2026-11-01"));
    assert_eq!(unit(&mut world)["seats_missing"], json!(["member"]));
    assert_eq!(said(&mut world, "liaison", "finance", "2026-11-23")["zh"], "工作联系人（区财政局）：张三，2026年11月1日起");

    // A second one at the same time is refused by name; once the first term ends, the next begins.
    let taken = refused(&mut world, "office", set(Some("finance"), "liaison", "李四", "2026-12-01"));
    assert_eq!((taken.status, taken.code()), (409, "seat_taken"));
    let detail = taken.problem["detail"].as_str().unwrap();
    assert!(detail.contains("张三，2026年11月1日起") && detail.contains("李四"), "{detail}");
    world.order("office", json!({ "command": "seat_end", "seat": "liaison", "of": "区财政局", "until": "2026-12-01" }));
    world.order("office", set(Some("finance"), "liaison", "李四", "2026-12-01"));
    let names = ["2026-10-31", "2026-11-30", "2026-12-01"]
        .map(|on| said(&mut world, "liaison", "finance", on)["terms"][0]["name"].clone());
    assert_eq!(names, [Value::Null, json!("张三"), json!("李四")]);
}

#[test]
fn leaders_agents_and_gaps_stand_on_one_page_in_both_languages() {
    let mut world = town("2026-11-23");
    world.order("office", set(None, "组长", "陈立", "2026-01-01"));
    let chief = json!({ "command": "person_add", "id": "wang-zhe", "name": "王喆", "unit": "区营商局", "role": "chief_agent", "phone": "0411-83100000" });
    world.order("office", chief);
    let html = page(&world, "/organisation");
    for expected in [
        "组织机构",
        "陈立，2026年1月1日起",
        "区长",
        "空缺，请专班办公室指定一人",
        "李娜",
        "牵头单位：区自然资源分局",
        "工作联系人（区财政局）",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    let english = page(&world, "/organisation?lang=en");
    for expected in ["Organisation", "陈立, since 2026-01-01", "empty; Finance Bureau must name somebody", "lead unit: "] {
        assert!(english.contains(expected), "{expected}");
    }
    let chief = said(&mut world, "chief_agent", "", "2026-11-23");
    assert!(chief["zh"].as_str().unwrap().starts_with("首席代办员：王喆（电话0411-83100000），2026年11月23日起"), "{chief}");
    let gaps = world.order("office", json!({ "command": "seat_list", "gaps": true }));
    assert_eq!(gaps["seats"].as_array().unwrap().len() as u64, gaps["gaps"].as_u64().unwrap());
    assert!(gaps["seats"].as_array().unwrap().iter().all(|row| row["seat"]["id"] != "head"));
    // Two on one seat are told by name when the second one comes, and on the page.
    let second = json!({ "command": "person_add", "id": "he-shan", "name": "何山", "unit": "区自然资源局", "role": "group_specialist", "group": "立项用地规划和工程建设许可组" });
    let told = world.order("office", second)["zh"].as_str().unwrap().to_owned();
    assert!(told.contains("何山，2026年11月23日起、李娜，2026年11月23日起、同时有2人，请区自然资源分局保留一人"), "{told}");
    assert!(page(&world, "/organisation").contains("重复"));
    world.order("office", json!({ "command": "person_leave", "person": "he-shan", "reason": "调离" }));
    // Who left holds no seat, and what became empty says who must fill it.
    world.order("office", json!({ "command": "person_leave", "person": "li-na", "reason": "调离" }));
    let specialist = said(&mut world, "group_specialist", "planning", "2026-11-24");
    assert_eq!((&specialist["missing"], specialist["filled_by"]["zh"].as_str().unwrap()), (&json!(true), "区自然资源分局"));
}

#[test]
fn a_seat_that_is_not_there_or_not_of_that_unit_is_told_with_what_would_do() {
    let mut world = town("2026-11-23");
    for (order, code, part) in [
        (set(None, "秘书长", "某人", "2026-11-01"), "seat_unknown", "deputy、head、liaison、member"),
        (set(None, "工作联系人", "某人", "2026-11-01"), "seat_of", "每个单位各设一人"),
        (set(Some("某局"), "工作联系人", "某人", "2026-11-01"), "seat_of", "没有名为“某局”的单位"),
        (set(Some("finance"), "组长", "某人", "2026-11-01"), "seat_of", "全区只设一人"),
        (set(Some("planning"), "代办专员", "某人", "2026-11-01"), "seat_unknown", "daiban person add"),
        (set(None, "组长", " ", "2026-11-01"), "seat_name", "姓名"),
        (set(None, "组长", "某\n人", "2026-11-01"), "seat_name", "姓名"),
        (set(None, "组长", "某人", "1921-11-01"), "term_implausible", "核对年份"),
        (set(None, "组长", "某人", "2062-11-01"), "term_implausible", "核对年份"),
        (set(None, "组长", "某人", "2026-02-30"), "date_unreadable", "30日"),
        (
            json!({ "command": "seat_set", "seat": "head", "name": "某人", "from": "2026-11-02", "until": "2026-11-02" }),
            "seat_days",
            "不晚于",
        ),
        (json!({ "command": "seat_end", "seat": "head", "until": "2026-11-02" }), "seat_empty", "无人担任"),
    ] {
        let refused = refused(&mut world, "office", order.clone());
        assert_eq!((refused.status, refused.code()), (422, code), "{order}");
        assert!(refused.problem["detail"].as_str().unwrap().contains(part), "{order}: {refused:?}");
    }
    assert_eq!(refused(&mut world, "zhou-min", set(None, "组长", "某人", "2026-11-01")).status, 403);
}

#[test]
fn another_district_has_seats_of_its_own() {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/packs/qinglan-2026");
    let mut world = World::in_district(Line::Loopback, 7, "2026-11-23", pack);
    world.order("office", set(Some("审批小组"), "召集人", "何山", "2026-11-01"));
    assert_eq!(said(&mut world, "group-head", "planning", "2026-11-23")["zh"], "召集人（审批小组）：何山，2026年11月1日起");
    let list = world.order("office", json!({ "command": "seat_list" }));
    assert!(!list.to_string().contains("副组长"), "the other district's deputy is none of its seats");
    // A unit that is renamed keeps who sits there, under its new name.
    world.order("office", set(Some("县投促局"), "联络员", "马林", "2026-11-01"));
    let told = |world: &mut World, on: &str| said(world, "liaison", "business-environment", on)["zh"].clone();
    assert_eq!(told(&mut world, "2026-11-30"), "联络员（县投促局）：马林，2026年11月1日起");
    assert_eq!(told(&mut world, "2026-12-01"), "联络员（县数据局）：马林，2026年11月1日起");
}
