//! Another district's pack: the walks and the week with its own names, groups and numbers, and none of the built-in district's.

use super::page;
use daiban_core::agent::RecordState;
use daiban_core::case::{Code, Reason};
use daiban_core::people::{Group, UnitKind};
use daiban_core::plan::{Plan, Text};
use daiban_core::rules::State;
use daiban_server::watch;
use daiban_tests::office;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF, LEAD, OTHER_AGENT, people};
use daiban_tests::world::{Line, TempFolder, World, compute_duties};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/packs/qinglan-2026")
}

/// Whatever the built-in pack calls its own.
fn foreign() -> Vec<String> {
    let plan = Plan::builtin();
    let organisation = &plan.organisation;
    let units = organisation.units().filter(|unit| unit.kind != UnitKind::OfProject).map(|unit| unit.name.clone());
    let groups = organisation.groups().map(|group| group.name.zh.clone());
    let bodies = organisation.bodies().iter().map(|body| body.name.zh.clone());
    let texts = Text::all().map(|text| plan.text(text).zh.clone());
    let document = [plan.document.number.clone()];
    units.chain(groups).chain(bodies).chain(texts).chain(document).collect()
}

fn must_be_own(what: &str, text: &str) {
    let foreign: Vec<String> = foreign().into_iter().filter(|word| text.contains(word.as_str())).collect();
    assert_eq!(foreign, Vec::<String>::new(), "{what}");
}

/// The people of the usual town whose groups this district has.
fn town(date: &str) -> World {
    let mut world = World::in_district(Line::Loopback, 7, date, pack());
    for holder in people() {
        world.enrol(holder);
    }
    world
}

#[test]
fn the_walks_and_the_week_speak_its_language() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF, 1, 3, OTHER_AGENT, LEAD]);
    let letter = world.record(CHIEF, case, Kind::Letter(0));
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    world.sync_everybody();

    // Walk B: ten working days, owed by the two groups that it has, the same on the phone and on the server.
    for group in [Group::Planning, Group::Dispatch] {
        let key = format!("D2/{group}/{letter}");
        let duty = world.served_duty(case, &key).expect("its groups owe flow tables");
        assert_eq!((duty.due_on.to_string().as_str(), duty.counted.len()), ("2026-12-07", 10));
        assert!(duty.clause.starts_with("三(二)1"), "{}", duty.clause);
        assert_eq!(world.duty(AGENT, case, &key), Some(duty), "the phone has the district's pack");
    }
    assert_eq!(world.served_duty(case, &format!("D2/construction/{letter}")), None, "it has no such group");
    let duty = world.served_duty(case, &format!("D2/planning/{letter}")).unwrap();
    assert_eq!(duty.title_zh, "审批小组报送代办服务流程表（委托书签订后10个工作日内）");
    let shown = world.read(&format!("/v1/cases/{case}"));
    let gaps = shown["gaps"].to_string();
    assert!(!gaps.contains("施工"), "{gaps}");
    assert_eq!(shown["number"], "青代（2026）第1号", "a case is called as the pack writes it");
    assert_eq!(world.phones[AGENT].agent().names().number(case), Some("青代（2026）第1号"));
    let found = world.order("office", json!({ "command": "case_show", "case": "青代（2026）第1号" }));
    assert_eq!(found["case"], json!(case));

    // Walk A: the log counts, and the pages call everybody by the pack's names.
    for path in ["/cases", "/duties", "/reports", &format!("/cases/{case}")] {
        let html = page(&world, path);
        must_be_own(path, &html);
        assert!(html.contains("青澜县重点项目") && html.contains("县政务大厅一楼投资服务专窗"), "{path}");
    }
    let link = shown["enterprise_page"].as_str().unwrap().to_owned();
    must_be_own("the enterprise's page", &page(&world, &link));

    // The week: confirmed by its groups, sent to whom the pack says.
    for phone in [1, 3] {
        let group = if phone == 1 { Group::Planning } else { Group::Dispatch };
        world.record(phone, case, Kind::FlowTable(group));
    }
    world.sync_everybody();
    // Its weeks are cut off on Thursday at 16:00, the district's report two working days later at 17:30; groups go by their names.
    let week = |world: &mut World, key: &str| world.served_duty(case, key).unwrap();
    let duty = week(&mut world, "D3/specialist/planning/2026-W48");
    assert_eq!(duty.due_zh(), "2026年11月26日 16:00前");
    assert_eq!(world.duty(1, case, &duty.key), Some(duty), "on the phone too");
    world.move_to("2026-11-26", 15, 0);
    world.confirm_report("li-na", "2026-W48", json!("审批小组"));
    world.move_to("2026-11-26", 16, 0);
    world.confirm_report("sun-yan", "2026-W48", json!("督导小组"));
    let states = ["planning", "dispatch"].map(|group| week(&mut world, &format!("D3/specialist/{group}/2026-W48")).state);
    assert!(matches!(states, [State::Met { .. }, State::MetLate { .. }]), "{states:?}");
    world.move_to("2026-11-30", 9, 0);
    let reports = page(&world, "/reports");
    assert!(
        reports.contains("组周报于每周星期四（遇放假提前）16:00前报督导小组；本级周报于其后第2个工作日17:30前书面报青澜县政府")
    );
    let told = world.read("/v1/weeks/2026-W48")["zh"].as_str().unwrap().to_owned();
    assert!(told.contains("2026年11月26日 16:00前报督导小组") && told.contains("2026年11月30日 17:30前"), "{told}");
    compute_duties(&mut world.server);
    assert!(page(&world, "/duties").contains("2026-11-30 17:30"));
    world.send_district("2026-W48");
    let sent = world.read("/v1/reports/2026-W48");
    let text = sent["text_zh"].as_str().map_or_else(|| sent.to_string(), str::to_owned);
    must_be_own("the report", &text);
    assert!(text.contains("青澜县政府") && text.contains("县重点项目推进中心") && text.contains("审批小组"), "{text}");
    for path in ["/reports/2026-W48", "/reports/2026-W48/planning"] {
        must_be_own(path, &page(&world, path));
    }
    let paper = page(&world, "/reports/2026-W48/planning");
    assert!(paper.contains("青澜县国土局"), "a unit is named with its district on paper: {paper}");
    let stage = world.read(&format!("/v1/cases/{case}"))["stage_zh"].clone();
    assert_eq!(stage, "实施", "both flow tables are in: there is no third group to wait for");
    let met = world.served_duty(case, &format!("D2/planning/{letter}")).unwrap().state;
    assert!(matches!(met, State::Met { .. }), "{met:?}");
}

#[test]
fn its_own_numbers_hold_and_an_order_leaves_them_as_they_are() {
    let mut world = town("2026-11-23");
    let shown = |world: &mut World| world.order("office", json!({ "command": "policy_show" }));
    let number = |shown: &Value, id: &str| {
        let rows = shown["numbers"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["id"] == id).unwrap()
    };
    let before = shown(&mut world);
    let letter = number(&before, "letter_working_days");
    assert_eq!(
        (&letter["value"], &letter["clause"], &before["document"]),
        (&json!(10), &json!("三(二)1"), &json!("青政办〔2026〕8号"))
    );
    assert_eq!(number(&before, "answer_working_days")["value"], 5);
    assert_eq!(number(&before, "night_grace_hour")["clause"], "none", "the built-in plan's clauses are not this one's");
    let order = json!({ "command": "policy_set", "policy": { "answer_working_days": 6 }, "document": "青政办〔2026〕9号", "effective": "2026-12-01" });
    world.order("office", order);
    world.move_to("2026-12-01", 9, 0);
    let after = shown(&mut world);
    let value = |id: &str| number(&after, id)["value"].clone();
    assert_eq!(
        (value("answer_working_days"), value("letter_working_days")),
        (json!(6), json!(10)),
        "what is left out is the pack's"
    );
    let case = world.open_case(AGENT, &[CHIEF, 1, 3]);
    let letter = world.record(CHIEF, case, Kind::Letter(0));
    world.sync_everybody();
    let duty = world.served_duty(case, &format!("D2/planning/{letter}")).unwrap();
    assert_eq!(
        (duty.counted.len(), duty.grounds_zh().as_str()),
        (10, "青政办〔2026〕8号 三(二)1，10个工作日"),
        "the order set another number"
    );
    assert_eq!(world.duty(AGENT, case, &duty.key), Some(duty.clone()));
}

#[test]
fn who_may_give_a_command_is_what_the_pack_says() {
    let mut own = town("2026-11-23");
    let add = json!({ "command": "unit_add", "id": "some-town", "name": "某镇", "kind": "town" });
    own.order("wang-zhe", add.clone());
    let refused = |world: &mut World, by: &str| office::order(&mut world.server, by, add.clone()).unwrap_err().code().to_owned();
    assert_eq!(refused(&mut own, "zhou-min"), "role_may_not");
    assert_eq!(refused(&mut own, "administrator"), "role_may_not", "the pack leaves the administrator out");
    // Questions are written down by agents alone: on the phone and on the server a specialist's does not count.
    let case = own.open_case(AGENT, &[CHIEF, 1, 3]);
    own.record(CHIEF, case, Kind::Letter(0));
    let (asked, by_agent) = (own.record(1, case, Kind::Inquiry), own.record(AGENT, case, Kind::Inquiry));
    assert!(matches!(own.state(1, asked), RecordState::Local { .. }));
    own.sync_everybody();
    own.sync_everybody();
    let verdict = |world: &World, fact| {
        let view = world.view(AGENT, case);
        let fact = view.fact(fact).unwrap();
        (fact.verdict.code, fact.verdict.reason.clone())
    };
    assert_eq!(verdict(&own, asked), (Code::Void, Some(Reason::RoleMayNot)));
    assert_eq!(verdict(&own, by_agent), (Code::Effective, None));
    let mut builtin = World::new(Line::Loopback, 7, "2026-11-23", &[]);
    builtin.settle_people();
    assert_eq!(refused(&mut builtin, "wang-zhe"), "role_may_not", "the built-in district does not");
}

#[test]
fn seats_that_nobody_holds_are_told_with_who_must_fill_them() {
    let mut world = World::in_district(Line::Loopback, 7, "2026-11-23", pack());
    let unit = |world: &mut World, id: &str| {
        let units = world.order("office", json!({ "command": "unit_list" }));
        units.as_array().unwrap().iter().find(|unit| unit["id"] == id).unwrap().clone()
    };
    let before = unit(&mut world, "natural-resources");
    assert_eq!((&before["agent_missing"], &before["specialist_missing"]), (&json!(true), &json!(["planning"])));
    let zh = before["zh"].as_str().unwrap();
    assert!(zh.contains("；尚无代办员，请该单位指定一人；审批小组尚无代办专员，请该单位指定一人"), "{zh}");
    for holder in people() {
        world.enrol(holder);
    }
    let after = unit(&mut world, "natural-resources");
    assert_eq!((&after["agent_missing"], &after["specialist_missing"]), (&json!(false), &json!([])));
}

/// Tries to take the pack over in a running server, and tells why it does not.
fn refused(world: &World, folder: &Path) -> String {
    let why = watch::take_pack(world.server.app(), folder).unwrap_err();
    assert!(page(world, "/cases").contains("普兰店"), "the server keeps the pack it had");
    why.to_string()
}

#[test]
fn a_running_server_keeps_its_pack_where_another_does_not_fit() {
    let mut world = World::new(Line::Loopback, 7, "2026-11-23", &[]);
    world.settle_people();
    let bad = TempFolder::in_memory("bad-pack");
    for file in std::fs::read_dir(pack()).unwrap().map(|file| file.unwrap()) {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let text = text.replace("format = 1", "format = 2").replace("default = 10", "default = 999");
        std::fs::write(bad.path().join(file.file_name()), text).unwrap();
    }
    let told = refused(&world, bad.path());
    for (file, line, wrong) in [("pack.toml", 2, "format 2 is that of a later version"), ("numbers.toml", 6, "must be 1 to 250")]
    {
        let place = format!("{}:{line}: ", bad.path().join(file).display());
        assert!(told.lines().any(|told| told.starts_with(&place) && told.contains(wrong)), "{place}{wrong}: {told}");
    }

    let unit = json!({ "command": "unit_add", "id": "some-park", "name": "县投促局", "kind": "park" });
    world.order("office", unit);
    let told = refused(&world, &pack());
    assert!(told.contains("organisation.toml") && told.contains("县投促局"), "{told}");
}

#[test]
fn a_pack_that_would_move_what_is_done_is_refused() {
    let mut world = World::new(Line::Loopback, 7, "2026-11-23", &[]);
    world.settle_people();
    let case = world.usual_case(0);
    world.record(1, case, Kind::FlowTable(Group::Planning));
    world.sync_everybody();
    let told = refused(&world, &pack());
    assert!(told.contains("D2/planning/") && told.contains("pack.toml"), "{told}");
}

#[test]
fn a_renamed_unit_is_called_anew_from_its_day_on_and_the_pack_outlives_the_folder() {
    let mut world = town("2026-11-30");
    assert!(page(&world, "/cases").contains("推进中心综合科：县投促局"));
    world.move_to("2026-12-01", 8, 0);
    assert!(page(&world, "/cases").contains("推进中心综合科：县数据局"), "from that day on");
    world.server.restart();
    assert!(page(&world, "/cases").contains("县数据局"), "the store keeps the pack: no folder was named again");
    let units: Value = world.order("office", json!({ "command": "unit_list" }));
    let missing = |id: &str| units.as_array().unwrap().iter().find(|unit| unit["id"] == id).unwrap()["agent_missing"].clone();
    assert_eq!((missing("drc"), missing("ecology")), (json!(true), json!(false)), "a unit that approves names an agent (R082)");
    let zh = units.to_string();
    assert!(zh.contains("县数据局") && !zh.contains("区发展和改革委员会"), "{zh}");
}
