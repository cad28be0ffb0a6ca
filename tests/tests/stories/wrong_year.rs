//! January's typing error: a letter dated a year too early. It owes what its paper says, but no week before the server heard of it.

use super::town;
use daiban_core::calendar::{Date, parse_date};
use daiban_core::case::Code;
use daiban_core::fact::Body;
use daiban_core::ids::{CaseId, FactId};
use daiban_tests::office;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};
use daiban_tests::world::{World, compute_duties, night};
use serde_json::Value;

/// A letter whose two signatures bear that date.
fn letter(world: &mut World, signed: &str) -> Body {
    let (now, chief) = (world.now(), world.phones[CHIEF].holder.person.clone());
    let Body::AuthorizationLetterSigned(mut letter) = world.drafter.body(Kind::Letter(0), &chief, now) else { unreachable!() };
    let signed: Date = parse_date(signed).unwrap();
    (letter.chief_signed_on, letter.enterprise_signed_on) = (signed, signed);
    Body::AuthorizationLetterSigned(letter)
}

fn record(world: &mut World, case: CaseId, amends: Option<FactId>, body: Body) -> FactId {
    let now = world.now();
    world.phones[CHIEF].record(case, now, amends, body, now).unwrap().fact
}

fn rows(world: &mut World, path: &str) -> Vec<Value> {
    world.read(path).as_array().unwrap().clone()
}

#[test]
fn last_years_date_starts_no_clock_until_it_is_ruled_and_then_owes_no_weeks_before_it_was_heard_of() {
    let mut world = town("2027-01-06");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let body = letter(&mut world, "2026-01-05");
    let wrong = record(&mut world, case, None, body);
    world.sync_everybody();
    let shown = world.read(&format!("/v1/cases/{case}"));
    assert_eq!(shown["duties"], serde_json::json!([]), "待认定 starts no clock");
    let verdict = shown["fact_rows"].as_array().unwrap().iter().find(|row| row["fact"] == wrong.to_string()).unwrap();
    assert_eq!((&verdict["verdict"]["code"], &verdict["verdict"]["reason"]), (&"late".into(), &"implausible_date".into()));
    assert!(verdict["verdict_zh"].as_str().unwrap().contains("办公室认定"));

    let ruling = serde_json::json!({
        "command": "ruling_late", "case": case, "fact": wrong, "accept": true, "reason": "原件日期属实",
    });
    world.order("office", ruling);
    let shown = world.read(&format!("/v1/cases/{case}"));
    let duties = shown["duties"].as_array().unwrap();
    let keys: Vec<&str> = duties.iter().filter_map(|duty| duty["key"].as_str()).collect();
    assert!(keys.iter().all(|key| key.starts_with("D2/") || key.ends_with("2027-W01")), "{keys:?}");
    assert_eq!(keys.iter().filter(|key| key.starts_with("D2/")).count(), 3, "the paper's date still counts for the flow tables");
    assert_eq!(shown["late_letter"], "委托书签订于2026年1月5日，2027年1月6日收到；此前各周不再逐周催报。");

    world.move_to("2027-01-07", 2, 30);
    night(&mut world.server, "2027-01-07".parse().unwrap()).unwrap();
    assert_eq!(rows(&mut world, "/v1/reports"), Vec::<Value>::new(), "no week before it was heard of is drafted");
    let about = |notices: &[Value], letter: FactId| -> Vec<Value> {
        notices.iter().filter(|notice| notice["key"].as_str().unwrap().contains(&letter.to_string())).cloned().collect()
    };
    let told = about(&rows(&mut world, "/v1/notices"), wrong);
    assert!(!told.is_empty() && told.iter().all(|notice| notice["withdrawn_at"].is_null()));

    world.move_to("2027-01-07", 9, 0);
    let body = letter(&mut world, "2027-01-05");
    let right = record(&mut world, case, Some(wrong), body);
    world.sync_everybody();
    compute_duties(&mut world.server);
    let left = about(&rows(&mut world, "/v1/notices"), wrong);
    assert_eq!(left.len(), told.len(), "nothing is lost");
    assert!(left.iter().all(|notice| notice["withdrawn_why"].is_string() && notice["withdrawn_at"].is_number()), "{left:?}");
    assert!(left.iter().all(|notice| notice["zh"].as_str().unwrap().contains("已撤回")));
    assert!(world.served_duty(case, &format!("D2/planning/{right}")).is_some());
    assert!(world.read(&format!("/v1/cases/{case}"))["late_letter"].is_null());
    world.move_to("2027-01-08", 2, 30);
    let done = night(&mut world.server, "2027-01-08".parse().unwrap()).unwrap();
    assert!(done["withdrawn"].as_u64() >= Some(left.len() as u64), "the night says so: {done}");
}

#[test]
fn a_letter_ruled_void_afterwards_takes_its_drafts_along_unless_somebody_wrote_on_them() {
    let mut world = town("2026-11-16");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let body = letter(&mut world, "2026-01-05");
    let wrong = record(&mut world, case, None, body);
    world.sync_everybody();
    let rule = |world: &mut World, accept: bool, reason: &str| {
        world.order(
            "office",
            serde_json::json!({ "command": "ruling_late", "case": case, "fact": wrong, "accept": accept, "reason": reason }),
        );
        compute_duties(&mut world.server);
    };
    rule(&mut world, true, "原件日期属实");
    world.move_to("2026-12-01", 2, 30);
    night(&mut world.server, "2026-12-01".parse().unwrap()).unwrap();
    let drafts = rows(&mut world, "/v1/reports").len();
    assert_eq!(drafts, 8, "two weeks, three groups and the district");
    let note =
        serde_json::json!({ "command": "report_note", "week": "2026-W48", "group": "planning", "progress": "已与企业核对。" });
    world.order("li-na", note);
    rule(&mut world, false, "日期录入有误");
    let left = rows(&mut world, "/v1/reports");
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!((&left[0]["week"], &left[0]["group"]), (&"2026-W48".into(), &"planning".into()));
    let notices = rows(&mut world, "/v1/notices");
    assert!(!notices.is_empty() && notices.iter().all(|notice| notice["withdrawn_why"].is_string()), "{notices:?}");
}

#[test]
fn a_century_too_early_is_refused_on_the_phone_and_at_the_office() {
    let mut world = town("2027-01-06");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let (body, now) = (letter(&mut world, "1921-01-01"), world.now());
    let refused = world.phones[CHIEF].record(case, now, None, body.clone(), now).unwrap_err();
    assert!(
        refused.message().zh.contains("1921年1月1日") && refused.message().zh.contains("没有保存"),
        "{}",
        refused.message().zh
    );
    let fields = serde_json::json!({
        "project_name": "冷链物流园", "enterprise": "大连建设单位有限公司", "chief": "wang-zhe", "scope": ["立项"],
        "chief_signed_on": "1921-01-01", "enterprise_signed_on": "1921-01-01",
    });
    let sent = serde_json::json!({
        "command": "case_record", "case": case, "kind": "authorization_letter_signed", "fields": fields,
    });
    let before = world.read(&format!("/v1/cases/{case}"))["sequence"].clone();
    let refused = office::order(&mut world.server, "wang-zhe", sent).unwrap_err();
    let told = refused.problem["detail"].as_str().unwrap();
    assert_eq!((refused.status, refused.code()), (422, "fields"));
    assert!(told.contains("1921年1月1日") && told.contains("核对原件"), "{told}");
    assert_eq!(world.read(&format!("/v1/cases/{case}"))["sequence"], before, "nothing was written");
}

#[test]
fn the_office_is_asked_about_a_date_of_long_ago_and_says_that_it_is_right() {
    let mut world = town("2027-01-06");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let (happened, now) = (world.now() - 40 * 24 * 3600, world.now());
    let mut visit = serde_json::json!({
        "command": "case_record", "case": case, "kind": "work_log", "fields": { "text": "踏勘", "channel": "on_site" },
        "occurred_at": happened,
    });
    let before = world.read(&format!("/v1/cases/{case}"))["sequence"].clone();
    let refused = office::order(&mut world.server, "wang-zhe", visit.clone()).unwrap_err();
    let told = refused.problem["detail"].as_str().unwrap();
    assert_eq!((refused.status, refused.code(), &refused.problem["field"]), (409, "date_in_doubt", &"occurred_at".into()));
    assert!(told.contains("距今40天") && told.contains("--sure"), "{told}");
    assert_eq!(world.read(&format!("/v1/cases/{case}"))["sequence"], before, "nothing was written");
    visit["sure"] = true.into();
    world.order("wang-zhe", visit.clone());
    assert_ne!(world.read(&format!("/v1/cases/{case}"))["sequence"], before);
    visit["occurred_at"] = (now + 2 * 24 * 3600).into();
    assert_eq!(office::order(&mut world.server, "wang-zhe", visit).unwrap_err().code(), "fields", "nobody is sure of tomorrow");
}

#[test]
fn how_far_back_is_believed_is_the_offices_to_set_and_holds_on_phone_and_server() {
    let mut world = town("2026-11-23");
    let cases = [(); 2].map(|()| world.open_case(AGENT, &[CHIEF, 1, 2, 3]));
    let from_today = serde_json::json!({ "document": "普政办发〔2026〕3号", "effective": "2026-11-23" });
    let mut strict = from_today.clone();
    (strict["asked_after_days"], strict["letter_waits_after_days"]) = (7.into(), 60.into());
    world.order("office", serde_json::json!({ "command": "policy_set", "policy": strict }));
    world.sync_everybody();
    let now = world.now();
    for (case, signed, code) in [(cases[0], "2026-09-24", Code::Effective), (cases[1], "2026-09-23", Code::Late)] {
        let body = letter(&mut world, signed);
        let recorded = world.phones[CHIEF].record(case, now, None, body, now).unwrap();
        assert_eq!(recorded.forecast.code, code, "{signed}: the phone knows the office's numbers");
        world.sync_everybody();
        let served = world.read(&format!("/v1/cases/{case}/facts"));
        let row = served.as_array().unwrap().iter().find(|row| row["fact"] == recorded.fact.to_string()).unwrap();
        assert_eq!(row["verdict"]["code"], code.name(), "{signed}: {row}");
    }
    let mut loose = from_today;
    loose["asked_after_days"] = 0.into();
    let refused = office::order(&mut world.server, "office", serde_json::json!({ "command": "policy_set", "policy": loose }));
    assert_eq!(refused.unwrap_err().code(), "policy_refused");
}
