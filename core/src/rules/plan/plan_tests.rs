#![allow(clippy::unwrap_used)]

use super::*;
use crate::case::CaseNumber;
use crate::people::{Group, Role};
use crate::rules::{Number, rules_digest};
use serde_json::json;

fn pack() -> Value {
    serde_json::from_str(Plan::builtin().to_json()).unwrap()
}

fn wrong(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut pack = pack();
    change(&mut pack);
    Plan::read(&pack).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn the_builtin_pack_is_whole() {
    let plan = Plan::from_json(Plan::builtin().to_json()).unwrap();
    assert_eq!((plan.id.as_str(), plan.organisation.units().count()), ("pulandian-2021", 25));
    assert_eq!((plan.document.number.as_str(), plan.policy.get(Number::LetterWorkingDays)), ("普政办发〔2021〕1号", 15));
    assert_eq!(plan.document.signed_as_written.as_deref(), Some("2021年2月30日"), "kept as written");
    assert_eq!(plan.document.effective, plan.document.issued);
    assert_eq!(plan.document.copies.len(), 6);
    assert_eq!(plan.document.to, ["各街道办事处", "园区管委会", "区政府各部门", "各相关单位"]);
    assert_eq!(plan.document.title, "普兰店区重大项目帮办代办实施方案（试行）");
    assert_eq!((&*plan.numbers, plan.numbers.policy()), (Numbers::declared(), Policy::default()));
    assert_eq!(plan.hash(), Plan::builtin().hash());
    assert_eq!(plan.contact().zh, "首席代办员席位：区市民服务中心三层C区“一件事联办综合窗口”；专班办公室：区营商环境建设局");
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let told = wrong(|pack| {
        pack["pack"]["format"] = json!(2);
        pack["pack"]["document"]["issued"] = json!("2021-02-30");
        pack["organisation"]["unit"][1]["name"] = json!("");
        pack["organisation"]["unit"][3]["aliases"] = json!(["区教育局"]);
        pack["organisation"]["group"][1]["lead"] = json!("water");
        pack["organisation"]["group"][2]["id"] = json!("finance");
        pack["duties"]["duty"][0]["clause"] = json!("");
        pack["duties"]["duty"][3]["owed_by"] = json!({ "seat": { "role": "mayor" } });
        pack["texts"]["site_name"].as_object_mut().unwrap().remove("en");
        pack["numbers"] = json!({ "number": [{ "id": "letter_working_days", "default": 0 }, { "id": "luck", "default": 7 }] });
    });
    let expected = [
        "pack.toml, format: format 2 is that of a later version",
        "pack.toml, document, issued: ",
        "organisation.toml, unit 2, name: `name` is empty",
        "organisation.toml, unit 5, id: ",
        "organisation.toml, group 2, lead: water is no unit",
        "organisation.toml, group 3, id: \"finance\" is none of generation",
        "texts.toml, site_name: `en` is missing",
        "numbers.toml, number 1, default: `letter_working_days` must be 1 to 250",
        "numbers.toml, number 2, id: `luck` is no number",
        "duties.toml, duty 1, clause: ",
        "duties.toml, duty 4: ",
    ];
    for expected in expected {
        assert!(told.iter().any(|told| told.starts_with(expected)), "{expected}: {told:#?}");
    }
}

#[test]
fn two_units_of_one_alias_are_told() {
    let told = wrong(|pack| pack["organisation"]["unit"][6]["aliases"] = json!(["区财政局"]));
    assert_eq!(told.len(), 1 + groups_that_lose("finance"), "{told:#?}");
    assert!(told.iter().any(|told| told.contains("区财政局 already names unit")), "{told:#?}");
}

/// How often a unit that is left out is missed in groups.
fn groups_that_lose(unit: &str) -> usize {
    Plan::builtin().organisation.groups_of(&unit.into()).count()
}

#[test]
fn two_on_one_seat_at_the_same_time_are_told_and_one_after_the_other_is_not() {
    let seat = |held_by: &str, from: Option<&str>, until: Option<&str>| {
        let mut leader = json!({ "seat": "组长", "en": "head", "held_by": held_by });
        for (key, day) in [("from", from), ("until", until)] {
            if let Some(day) = day {
                leader[key] = json!(day);
            }
        }
        leader
    };
    let both = [seat("区长", None, Some("2026-03-02")), seat("代理区长", Some("2026-03-01"), None)];
    let told = wrong(|pack| pack["organisation"]["leader"] = json!(both));
    assert!(told[0].contains("区长 and 代理区长 hold the seat 组长"), "{told:?}");
    let mut pack = pack();
    pack["organisation"]["leader"] = json!([seat("区长", None, Some("2026-03-01")), seat("代理区长", Some("2026-03-01"), None)]);
    assert!(Plan::read(&pack).is_ok());
}

#[test]
fn a_pack_says_who_may_give_a_command_in_roles_that_there_are() {
    let mut pack = pack();
    pack["access"] = json!({ "command": [{ "name": "unit_add", "who": ["office", "chief_agent"] }] });
    let plan = Plan::read(&pack).unwrap();
    assert_eq!(plan.who_may("unit_add"), Some(&[Role::Office, Role::ChiefAgent][..]));
    assert_eq!(plan.who_may("unit_list"), None);
    let told = wrong(|pack| {
        pack["access"] = json!({ "command": [
            { "name": "unit_add", "who": ["mayor"] }, { "name": "unit_add", "who": ["office"] }, { "name": "unit_list", "who": [] },
        ] });
    });
    for expected in [
        "access.toml, command 1, who: \"mayor\" is none of",
        "command 2, name: unit_add stands twice",
        "command 3, who: `who` is empty",
    ] {
        assert!(told.iter().any(|told| told.contains(expected)), "{expected}: {told:#?}");
    }
}

#[test]
fn a_pack_narrows_who_writes_a_kind_of_record_and_never_widens_it() {
    let mut pack = pack();
    pack["access"] = json!({ "record": [{ "kind": "inquiry_answered", "who": ["unit_agent"] }] });
    let plan = Plan::read(&pack).unwrap();
    assert_eq!(plan.organisation.recorders("inquiry_answered"), Some(&[Role::UnitAgent][..]));
    let told = wrong(|pack| {
        pack["access"] = json!({ "record": [
            { "kind": "authorization_letter_signed", "who": ["unit_agent"] }, { "kind": "painting", "who": ["unit_agent"] },
        ] });
    });
    assert!(told[0].contains("record 1, who: \"unit_agent\" is none of chief_agent"), "{told:?}");
    assert!(told[1].contains("record 2, kind: \"painting\" is none of"), "{told:?}");
}

#[test]
fn a_time_of_the_day_is_written_as_one() {
    let mut pack = pack();
    pack["numbers"] = json!({ "number": [{ "id": "close_of_business", "default": "17:30" }] });
    assert_eq!(Plan::read(&pack).unwrap().policy.get(Number::CloseOfBusiness), 1050);
    let told = wrong(|pack| {
        pack["numbers"] = json!({ "number": [
            { "id": "close_of_business", "default": "17:61" }, { "id": "group_report_time", "default": "08:00" },
        ] });
    });
    assert!(told[0].contains("number 1, default: \"\"17:61\"\" is none of 00:00"), "{told:?}");
    assert!(told[1].contains("`group_report_time` must be 12:00 to 24:00"), "{told:?}");
}

#[test]
fn a_case_is_called_as_the_pack_writes_its_number() {
    let case = CaseNumber { year: 2026, number: 17 };
    assert_eq!(Plan::builtin().numbered(case), "普代〔2026〕17号");
    let mut pack = pack();
    pack["pack"]["case_number"]["form"] = json!("青帮〔{year}〕第{number}号");
    assert_eq!(Plan::read(&pack).unwrap().numbered(case), "青帮〔2026〕第17号");
}

#[test]
fn a_number_that_a_pack_does_not_declare_cites_no_clause_of_another_plan() {
    let mut pack = pack();
    pack["numbers"] = json!({ "number": [{ "id": "letter_working_days", "clause": "三(二)1", "default": 10 }] });
    let plan = Plan::read(&pack).unwrap();
    let clause = |number| plan.numbers.get(number).unwrap().clause.as_str();
    assert_eq!((clause(Number::LetterWorkingDays), clause(Number::AnswerWorkingDays)), ("三(二)1", "none"));
}

#[test]
fn nobody_is_made_to_give_photo_video_place_or_track() {
    for field in ["photo", "video", "place", "track", "现场照片", "轨迹"] {
        let told = wrong(|pack| pack["kinds"] = json!({ "kind": [{ "name": "work_log", "required": ["text", field] }] }));
        assert!(told[0].contains("R190"), "{told:?}");
        let column = json!({ "id": field, "zh": field, "sort": "text", "required": true });
        let told = wrong(|pack| pack["kinds"] = json!({ "kind": [{ "name": "work_log", "column": [column] }] }));
        assert!(told[0].contains("R190"), "{told:?}");
    }
}

#[test]
fn a_file_that_is_missing_or_of_another_name_is_told() {
    let told = wrong(|pack| {
        let files = pack.as_object_mut().unwrap();
        files.remove("texts");
        files.insert("organization".to_owned(), json!({}));
    });
    assert_eq!(
        told,
        [
            "organization.toml: no file of a pack is called so; take it away or rename it",
            "texts.toml: the file is missing; add it"
        ]
    );
}

#[test]
fn a_district_may_have_fewer_groups_and_other_numbers() {
    let mut pack = pack();
    pack["organisation"]["group"].as_array_mut().unwrap().remove(2);
    pack["numbers"] = json!({ "number": [{ "id": "letter_working_days", "default": 10 }] });
    let plan = Plan::read(&pack).unwrap();
    let owing: Vec<Group> = plan.organisation.owing_flow_table().collect();
    assert_eq!((owing, plan.policy.get(Number::LetterWorkingDays)), (vec![Group::Planning, Group::Dispatch], 10));
    assert_ne!(plan.hash(), Plan::builtin().hash());
    let told = wrong(|pack| drop(pack["organisation"]["group"].as_array_mut().unwrap().remove(3)));
    assert!(told.iter().any(|told| told.contains("there must be a dispatch group")), "{told:?}");
}

#[test]
fn a_pack_s_numbers_stay_within_what_the_version_counts_by() {
    let told = wrong(|pack| {
        pack["numbers"] = json!({ "number": [
            { "id": "letter_working_days", "default": 10, "min": 0, "max": 300 },
            { "id": "answer_working_days", "default": 2, "unit": "days", "who": ["mayor"] },
            { "id": "answer_working_days", "default": 3 },
            { "id": "night_grace_hour", "default": 6, "governs": ["form"], "colour": "red" },
            { "id": "min_workdays", "default": 3, "max": 2 },
        ] });
    });
    let expected = [
        "number 1, min: `min` must be 1 to 250",
        "number 1, max: `max` must be 1 to 250",
        "number 2, unit: \"days\" is none of",
        "number 2, who: \"mayor\" is none of",
        "number 3, id: answer_working_days stands twice",
        "number 4, governs: \"form\" is none of",
        "number 4, colour: `colour` is no key",
        "number 5, default: `min_workdays` must be 1 to 2",
    ];
    for expected in expected {
        assert!(told.iter().any(|told| told.starts_with(&format!("numbers.toml, {expected}"))), "{expected}: {told:#?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
}

#[test]
fn other_duties_and_other_names_make_another_digest_of_the_rules() {
    let plan = Plan::builtin();
    let other = |change: &dyn Fn(&mut Value)| {
        let mut pack = pack();
        change(&mut pack);
        rules_digest(&Plan::read(&pack).unwrap())
    };
    assert_eq!(other(&|_| ()), rules_digest(plan));
    assert_ne!(other(&|pack| pack["duties"]["duty"][0]["zh"] = json!("{group}报送流程表")), rules_digest(plan));
    assert_ne!(other(&|pack| pack["organisation"]["group"][1]["name"] = json!("审批组")), rules_digest(plan));
    let day = |text: &str| crate::calendar::parse_date(text).unwrap();
    let renamed = json!([{ "from": "2026-12-01", "name": "区数据局", "en": "Data Bureau" }]);
    let mut pack = pack();
    pack["organisation"]["unit"][0]["renamed"] = renamed;
    let plan = Plan::read(&pack).unwrap();
    let on = |text: &str| rules_digest(&plan.on(day(text)));
    assert_eq!(on("2026-11-29"), on("2026-11-30"));
    assert_ne!(on("2026-11-30"), on("2026-12-01"), "a unit is called otherwise from that day on");
}

#[test]
fn every_fault_says_what_to_do() {
    let mut pack = pack();
    pack["organisation"]["unit"][0]["kind"] = json!("guild");
    pack["pack"]["case_number"]["form"] = json!("第{number}号");
    for fault in Plan::read(&pack).unwrap_err() {
        let zh = fault.wrong.zh();
        assert!(zh.contains('请') && zh.ends_with('。'), "{zh}");
    }
}
