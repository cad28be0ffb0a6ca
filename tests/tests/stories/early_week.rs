//! A week is reported when it has run: not on its Monday, not by a text nobody read, and not over the heads of who is missing.

use super::town;
use daiban_tests::office;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};
use daiban_tests::world::{World, night, renew_drafts};
use serde_json::{Value, json};

const WEEK: &str = "2026-W49";

fn draft(world: &mut World, by: &str, group: Value) -> Value {
    world.order(by, json!({ "command": "report_draft", "week": WEEK, "group": group }))["hash"].clone()
}

fn confirm(world: &mut World, by: &str, group: Value, hash: &Value, without_missing: bool) -> Result<Value, office::Refused> {
    let command = json!({
        "command": "report_confirm", "week": WEEK, "group": group, "hash": hash, "without_missing": without_missing,
    });
    office::order(&mut world.server, by, command)
}

fn refused(answer: Result<Value, office::Refused>) -> (String, String) {
    let refused = answer.expect_err("this must be refused");
    (refused.code().to_owned(), refused.problem["detail"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_group_confirms_from_the_noon_of_the_last_working_day() {
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    let planning = || json!("planning");

    let hash = draft(&mut world, "li-na", planning());
    let (code, zh) = refused(confirm(&mut world, "li-na", planning(), &hash, true));
    assert_eq!(code, "week_not_run");
    assert!(zh.contains("2026年第49周（11月30日至12月6日）") && zh.contains("2026-12-04 12:00"), "{zh}");
    world.move_to("2026-12-04", 11, 59);
    assert_eq!(refused(confirm(&mut world, "li-na", planning(), &hash, true)).0, "week_not_run");

    world.move_to("2026-12-04", 12, 0);
    let hash = draft(&mut world, "li-na", planning());
    let prefix = json!(&hash.as_str().unwrap()[..8]);
    let confirmed = confirm(&mut world, "li-na", planning(), &prefix, true).unwrap();
    assert_eq!((&confirmed["state"], &confirmed["late"]), (&json!("frozen"), &json!(false)));
}

#[test]
fn what_is_confirmed_is_what_was_read() {
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    world.move_to("2026-12-04", 14, 0);
    let planning = || json!("planning");
    draft(&mut world, "li-na", planning());
    let read = world.read("/v1/reports/2026-W49/planning")["hash"].clone();
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    draft(&mut world, "li-na", planning());
    let (code, zh) = refused(confirm(&mut world, "li-na", planning(), &read, true));
    assert_eq!(code, "report_changed");
    assert!(zh.contains("重新查看"), "{zh}");
    assert_eq!(refused(confirm(&mut world, "li-na", planning(), &json!("ab"), true)).0, "hash_unreadable");
    let read = world.read("/v1/reports/2026-W49/planning")["hash"].clone();
    confirm(&mut world, "li-na", planning(), &read, true).unwrap();
}

#[test]
fn the_district_names_who_is_missing() {
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    world.record(CHIEF, case, Kind::Log);
    world.sync_everybody();
    world.move_to("2026-12-04", 16, 0);
    let early = office::order(&mut world.server, "wei-dong", json!({ "command": "report_draft", "week": WEEK }));
    assert_eq!(refused(early).0, "week_not_run");
    let hash = draft(&mut world, "li-na", json!("planning"));
    let (code, zh) = refused(confirm(&mut world, "li-na", json!("planning"), &hash, false));
    assert_eq!(code, "report_incomplete");
    assert!(zh.contains("周敏") && zh.contains("解决问题的建议") && !zh.contains("zhou-min"), "{zh}");
    confirm(&mut world, "li-na", json!("planning"), &hash, true).unwrap();
    let text = world.read("/v1/reports/2026-W49/planning")["text"].to_string();
    assert!(text.contains("尚未报送本周进展情况的代办员：") && text.contains("周敏"), "{text}");

    world.move_to("2026-12-07", 9, 0);
    let hash = draft(&mut world, "wei-dong", Value::Null);
    let (code, zh) = refused(confirm(&mut world, "wei-dong", Value::Null, &hash, false));
    assert_eq!(code, "report_incomplete");
    assert!(zh.contains("尚未确认周报：") && zh.contains("项目调度组") && zh.contains("吴磊"), "{zh}");
    confirm(&mut world, "wei-dong", Value::Null, &hash, true).unwrap();
    world.order("wei-dong", json!({ "command": "report_send", "week": WEEK }));
    let text = world.read("/v1/reports/2026-W49")["text"].to_string();
    assert!(text.contains("尚未确认周报的组：") && text.contains("吴磊"), "{text}");
}

#[test]
fn a_group_that_comes_too_late_is_told_so_and_loses_no_week() {
    let mut world = town("2026-11-30");
    world.usual_case(3);
    world.move_to("2026-12-07", 10, 0);
    let hash = draft(&mut world, "li-na", json!("planning"));
    let confirmed = confirm(&mut world, "li-na", json!("planning"), &hash, true).unwrap();
    assert_eq!(confirmed["late"], json!(true));
    assert!(confirmed["zh"].as_str().unwrap().contains("逾期"), "{confirmed}");
}

#[test]
fn the_draft_lies_ready_in_the_morning_and_is_renewed_until_it_is_confirmed() {
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    world.move_to("2026-12-03", 2, 30);
    night(&mut world.server, "2026-12-03".parse().unwrap()).unwrap();
    let none = office::read(&mut world.server, "/v1/reports/2026-W49/planning");
    assert_eq!(none.unwrap_err().status, 404, "the week is still running");
    world.move_to("2026-12-04", 2, 30);
    night(&mut world.server, "2026-12-04".parse().unwrap()).unwrap();
    let drafted = world.read("/v1/reports/2026-W49/planning");
    assert_eq!(drafted["state"], "draft");
    world.order("li-na", json!({ "command": "report_note", "week": WEEK, "group": "planning", "suggestions": "请窗口一次告知" }));
    let noted = world.read("/v1/reports/2026-W49/planning");
    assert_eq!(noted["drafted_at"], drafted["drafted_at"], "words make no draft newer");

    world.move_to("2026-12-04", 17, 0);
    let log = world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    world.move_to("2026-12-05", 2, 30);
    night(&mut world.server, "2026-12-05".parse().unwrap()).unwrap();
    let renewed = world.read("/v1/reports/2026-W49/planning");
    assert!(renewed["body"]["cases"].to_string().contains(&log.to_string()), "{renewed}");
    assert_eq!(renewed["body"]["notes"]["suggestions"], "请窗口一次告知");
    let text = renewed["text"].as_str().unwrap();
    assert!(text.contains("2026年第49周（11月30日至12月6日）") && text.contains("周敏"), "{text}");
    assert!(!text.contains("zhou-min") && !text.contains("2026-W49"), "{text}");
}

#[test]
fn the_dispatch_group_reports_to_the_office_and_not_to_itself() {
    let mut world = town("2026-11-30");
    world.usual_case(3);
    world.move_to("2026-12-04", 12, 0);
    let to = |world: &mut World, by: &str, group: &str| {
        draft(world, by, json!(group));
        world.read(&format!("/v1/reports/2026-W49/{group}"))["text"].as_str().unwrap().to_owned()
    };
    let own = to(&mut world, "sun-yan", "dispatch");
    assert!(own.contains("报送：专班办公室") && !own.contains("报送：项目调度组"), "{own}");
    assert!(to(&mut world, "li-na", "planning").contains("报送：项目调度组"));
}

#[test]
fn a_draft_is_renewed_by_day_and_tells_what_arrived_since_somebody_drew_it_up() {
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    world.move_to("2026-12-04", 2, 30);
    night(&mut world.server, "2026-12-04".parse().unwrap()).unwrap();
    world.move_to("2026-12-04", 13, 0);
    let log = world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    let read = world.read("/v1/reports/2026-W49/planning");
    assert_eq!(read["arrived"], Value::Null);
    assert_eq!(renew_drafts(&mut world.server), ["2026-W49/planning"], "the others have nothing new to tell");
    assert!(renew_drafts(&mut world.server).is_empty(), "and it is left alone for a while");
    assert_eq!(refused(confirm(&mut world, "li-na", json!("planning"), &read["hash"], true)).0, "report_changed");

    let renewed = world.read("/v1/reports/2026-W49/planning");
    assert_eq!(renewed["arrived"]["facts"], json!([log]), "{renewed}");
    assert_eq!(renewed["arrived"]["zh"], "自2026-12-04 02:30起草后新到1条");
    let answer = world.order("li-na", json!({ "command": "report_draft", "week": WEEK, "group": "planning" }));
    assert_eq!(answer["arrived"], 0, "the renewed draft told it already");
    let read = world.read("/v1/reports/2026-W49/planning");
    assert_eq!((&read["arrived"], &read["hash"]), (&Value::Null, &renewed["hash"]));

    confirm(&mut world, "li-na", json!("planning"), &read["hash"], true).unwrap();
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    world.move_to("2026-12-04", 15, 0);
    assert!(renew_drafts(&mut world.server).is_empty(), "what is confirmed never changes");
}
