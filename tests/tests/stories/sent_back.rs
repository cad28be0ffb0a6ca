//! 退回: what a receiver found wanting goes back with a reason. Its duty is open again by the first date, its author's phone says what to
//! mend, and only the correction counts.

use super::{page, town};
use daiban_core::agent::Draft;
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Group;
use daiban_core::rules::State;
use daiban_field::{Clock, Field};
use daiban_tests::office;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};
use daiban_tests::world::{TempFolder, World, compute_duties, night};
use serde_json::{Value, json};

/// 李娜, specialist of the planning group.
const SPECIALIST: usize = 1;
const WHY: &str = "第1项缺少收费依据";

fn send_back(world: &mut World, by: &str, case: CaseId, fact: FactId) -> Result<Value, office::Refused> {
    let command = json!({ "command": "ruling_return", "case": case, "fact": fact, "reason": WHY });
    office::order(&mut world.server, by, command)
}

fn refused(answer: Result<Value, office::Refused>) -> (String, String) {
    let refused = answer.expect_err("this must be refused");
    (refused.code().to_owned(), refused.problem["detail"].as_str().unwrap_or_default().to_owned())
}

/// The phone's holder corrects a record with the content of a kind.
fn correct(world: &mut World, phone: usize, case: CaseId, old: FactId, kind: Kind) -> FactId {
    let (now, chief) = (world.now(), world.phones[CHIEF].holder.person.clone());
    let body = world.drafter.body(kind, &chief, now);
    let recorded = world.phones[phone].record(case, now, Some(old), body, now).unwrap().fact;
    world.sync_everybody();
    recorded
}

fn state_zh(world: &World, phone: usize, fact: FactId) -> String {
    world.state(phone, fact).message().zh
}

#[test]
fn a_flow_table_is_sent_back_corrected_and_sent_back_again() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    let letter = world.view(CHIEF, case).letter.unwrap().fact;
    let key = format!("D2/planning/{letter}");
    let first_due = world.served_duty(case, &key).unwrap().due_on;
    world.move_to("2026-11-25", 9, 0);
    let table = world.record(SPECIALIST, case, Kind::FlowTable(Group::Planning));
    let log = world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    assert!(matches!(world.served_duty(case, &key).unwrap().state, State::Met { .. }));

    world.move_to("2026-11-26", 9, 0);
    let silent = json!({ "command": "ruling_return", "case": case, "fact": table, "reason": " " });
    assert_eq!(refused(office::order(&mut world.server, "office", silent)).0, "reason_missing");
    assert_eq!(refused(send_back(&mut world, "zhou-min", case, table)).0, "role_may_not");
    assert_eq!(refused(send_back(&mut world, "wang-zhe", case, letter)).0, "role_may_not", "the office receives letters");
    assert_eq!(refused(send_back(&mut world, "office", case, log)).0, "not_returnable");
    assert_eq!(refused(send_back(&mut world, "office", case, FactId([9; 16]))).0, "not_found");
    let elsewhere = json!({
        "command": "person_add", "id": "qian-li", "name": "钱立", "unit": "business-environment", "role": "chief_agent",
    });
    world.order("office", elsewhere);
    let late = json!({ "command": "ruling_late", "case": case, "fact": table, "accept": false, "reason": "迟报" });
    for answer in [send_back(&mut world, "qian-li", case, table), office::order(&mut world.server, "qian-li", late)] {
        let (code, zh) = refused(answer);
        assert!(code == "not_the_receiver" && zh.contains("该项目的首席代办员或办公室"), "{code}: {zh}");
    }
    let told = send_back(&mut world, "wang-zhe", case, table).unwrap();
    assert!(told["zh"].as_str().unwrap().ends_with("。所涉时限按原截止日继续计算。"), "{told}");
    assert!(told["zh"].as_str().unwrap().contains(WHY) && !told["zh"].as_str().unwrap().contains(&table.to_string()), "{told}");
    let (code, zh) = refused(send_back(&mut world, "office", case, table));
    assert!(code == "returned_before" && zh.contains(WHY), "{zh}");
    let late = json!({ "command": "ruling_late", "case": case, "fact": table, "accept": true, "reason": "属实" });
    assert_eq!(refused(office::order(&mut world.server, "office", late)).0, "nothing_to_rule");

    let open = world.served_duty(case, &key).unwrap();
    assert_eq!((open.state, open.due_on), (State::Open, first_due), "by the same key, with the first date");
    let shown = world.read(&format!("/v1/cases/{case}"));
    assert_eq!(shown["returned"], 1);
    assert!(shown["fact_rows"].to_string().contains("已退回（原因：第1项缺少收费依据；请更正后重报）"), "{}", shown["fact_rows"]);
    let office_page = page(&world, &format!("/cases/{case}"));
    assert!(office_page.contains("已退回") && office_page.contains(WHY) && office_page.contains("王喆 2026-11-26 09:00 退回："));
    assert!(page(&world, "/cases").contains("已退回"));
    let public = shown["enterprise_page"].as_str().unwrap();
    assert!(!page(&world, public).contains("报送流程表"), "the enterprise is not told of it as progress");
    let notices = world.read("/v1/notices");
    let to_author = |n: &&Value| n["to_whom"] == "li-na" && n["zh"].as_str().unwrap().starts_with("【退回】");
    let [notice] = &notices.as_array().unwrap().iter().filter(to_author).collect::<Vec<_>>()[..] else { panic!("{notices}") };
    let said = notice["zh"].as_str().unwrap();
    assert!(said.contains("请更正后重报；所涉时限按原截止日继续计算。（依据：《实施方案》第四部分"), "{said}");

    world.sync_everybody();
    let zh = state_zh(&world, SPECIALIST, table);
    assert!(zh.starts_with("已退回（原因：第1项缺少收费依据；请更正后重报）"), "{zh}");
    let on_phone = world.duty(SPECIALIST, case, &key).unwrap();
    assert_eq!((on_phone.state, on_phone.due_on), (State::Open, first_due));

    world.move_to("2026-11-27", 9, 0);
    let mended = correct(&mut world, SPECIALIST, case, table, Kind::FlowTable(Group::Planning));
    assert_eq!(world.served_duty(case, &key).unwrap().state, State::Met { at: world.now(), by: Some(mended) });
    assert!(state_zh(&world, SPECIALIST, table).contains("已另行更正"));
    assert_eq!(refused(send_back(&mut world, "office", case, table)).0, "amended_meanwhile");
    send_back(&mut world, "office", case, mended).unwrap();
    world.move_to("2026-12-15", 9, 0);
    assert!(matches!(world.served_duty(case, &key).unwrap().state, State::Overdue { .. }));
    let last = correct(&mut world, SPECIALIST, case, table, Kind::FlowTable(Group::Planning));
    let late = world.served_duty(case, &key).unwrap().state;
    assert_eq!(late, State::MetLate { at: world.now(), by: Some(last) }, "no earlier wording comes back to life");
    assert_eq!(world.duty(SPECIALIST, case, &key).unwrap().state, late);

    world.order("office", json!({ "command": "case_close", "case": case, "reason": "重复登记" }));
    assert_eq!(refused(send_back(&mut world, "office", case, last)).0, "case_closed");
}

#[test]
fn what_does_not_stand_is_not_sent_back() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let letter = world.view(CHIEF, case).letter.unwrap().fact;
    let void = world.record(AGENT, case, Kind::FlowTable(Group::Planning));
    let waiting = world.record(CHIEF, case, Kind::Letter(365));
    world.sync_everybody();
    let (code, zh) = refused(send_back(&mut world, "office", case, void));
    assert!(code == "nothing_to_return" && zh.contains("无效"), "{zh}");
    let (code, zh) = refused(send_back(&mut world, "office", case, waiting));
    assert!(code == "nothing_to_return" && zh.contains("待认定"), "{zh}");
    let other = world.record(CHIEF, case, Kind::Letter(5));
    world.sync_everybody();
    for fact in [letter, other] {
        let (code, zh) = refused(send_back(&mut world, "office", case, fact));
        assert!(code == "contested" && zh.contains("用“更正”统一"), "{zh}");
    }
    assert!(world.view(CHIEF, case).sent_back().next().is_none());
    let delivered = world.record(AGENT, case, Kind::Delivered);
    world.sync_everybody();
    let told = send_back(&mut world, "office", case, delivered).unwrap();
    assert!(told["zh"].as_str().unwrap().ends_with(&format!("原因：{WHY}。")), "nothing is due by a delivery: {told}");
    world.sync_everybody();
    assert!(state_zh(&world, AGENT, delivered).starts_with("已退回（原因："));
    let mended = correct(&mut world, AGENT, case, delivered, Kind::Delivered);
    assert!(world.view(CHIEF, case).fact(mended).unwrap().is_current());
}

#[test]
fn the_field_client_says_what_to_mend_and_fills_the_form_in() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    let folder = TempFolder::on_disk("sent-back");
    let clock = Clock::moved(world.now());
    let mut field = Field::open(folder.path(), clock).unwrap();
    let code =
        world.order("office", json!({ "command": "device_invite", "person": "li-na" }))["code"].as_str().unwrap().to_owned();
    let identity = field.enrol(&world.server.url(), &code).unwrap();
    world.order("office", json!({ "command": "device_confirm", "number": identity.confirmation }));
    field.sync(|_| ()).unwrap();
    let chief = world.phones[CHIEF].holder.person.clone();
    let body = world.drafter.body(Kind::FlowTable(Group::Planning), &chief, world.now());
    let draft = Draft { occurred_at: world.now(), amends: None, body };
    let table = field.record(case, draft).unwrap().fact;
    field.sync(|_| ()).unwrap();
    send_back(&mut world, "office", case, table).unwrap();
    field.sync(|_| ()).unwrap();

    let listed =
        |field: &Field| field.records(Some(case)).into_iter().find(|record| record.fact == table).unwrap().state.message().zh;
    assert!(listed(&field).contains("请更正后重报"), "{}", listed(&field));
    assert!(field.record_again(table).is_err(), "it is corrected, not recorded once more");
    let (_, filled_in) = field.fact(table).unwrap();
    let draft = Draft { occurred_at: filled_in.occurred_at, amends: Some(table), body: filled_in.body.clone() };
    let mended = field.record(case, draft).unwrap();
    assert_eq!(mended.warning().map(|said| said.zh), None);
    field.sync(|_| ()).unwrap();
    assert!(listed(&field).contains("已另行更正"), "{}", listed(&field));
    let letter = world.view(CHIEF, case).letter.unwrap().fact;
    let met = world.served_duty(case, &format!("D2/planning/{letter}")).unwrap().state;
    assert_eq!(met, State::Met { at: world.now(), by: Some(mended.fact) });
}

#[test]
fn a_letter_sent_back_starts_no_clock_anywhere_until_it_is_corrected() {
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    compute_duties(&mut world.server);
    let letter = world.view(CHIEF, case).letter.unwrap().fact;
    let due_on = world.served_duty(case, &format!("D2/planning/{letter}")).unwrap().due_on;
    world.move_to("2026-12-04", 2, 30);
    night(&mut world.server, "2026-12-04".parse().unwrap()).unwrap();
    assert_eq!(world.read("/v1/reports/2026-W49/planning")["state"], "draft");

    world.move_to("2026-12-04", 9, 0);
    let told = send_back(&mut world, "office", case, letter).unwrap();
    assert!(told["zh"].as_str().unwrap().ends_with("。更正前不再起算各项时限，更正后按更正的签订日期计算。"), "{told}");
    compute_duties(&mut world.server);
    let shown = world.read(&format!("/v1/cases/{case}"));
    assert_eq!((shown["duties"].as_array().unwrap().len(), &shown["letter"]), (0, &Value::Null));
    assert_eq!(world.read("/v1/duties"), json!([]), "the district owes no report for it either");
    world.sync_everybody();
    for phone in 0..world.phones.len() {
        assert_eq!(world.phones[phone].agent().duties(None, world.now()).unwrap(), Vec::new(), "phone {phone}");
    }
    let log = world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    assert!(world.view(CHIEF, case).fact(log).unwrap().is_effective(), "the field goes on working");

    world.move_to("2026-12-07", 9, 0);
    let mended = correct(&mut world, CHIEF, case, letter, Kind::Letter(10));
    compute_duties(&mut world.server);
    let duty = world.served_duty(case, &format!("D2/planning/{mended}")).unwrap();
    assert_eq!((duty.due_on, duty.state.is_open()), (due_on, true));
    let week = world.served_duty(case, "D3/agent/zhou-min/2026-W49").unwrap();
    assert!(matches!(week.state, State::Met { by, .. } if by == Some(log)), "{:?}", week.state);
    assert!(!world.read("/v1/duties").as_array().unwrap().is_empty());
}

#[test]
fn a_group_report_is_sent_back_until_the_districts_has_gone_out() {
    const WEEK: &str = "2026-W49";
    const REPORT: &str = "/v1/reports/2026-W49/planning";
    const DUTY: &str = "D3/specialist/planning/2026-W49";
    let mut world = town("2026-11-30");
    let case = world.usual_case(3);
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    let command = |group: &str| json!({ "command": "report_return", "week": WEEK, "group": group, "reason": "缺少解决建议" });
    let back = |world: &mut World, by: &str, group: &str| office::order(&mut world.server, by, command(group));
    world.move_to("2026-12-04", 15, 0);
    assert_eq!(refused(back(&mut world, "office", "planning")).0, "not_confirmed");
    world.confirm_groups(WEEK);
    let first = world.read(REPORT);
    let met = world.served_duty(case, DUTY).unwrap();
    assert!(matches!(met.state, State::Met { .. }));

    for (by, code) in [("li-na", "not_the_receiver"), ("wang-zhe", "role_may_not"), ("zhou-min", "role_may_not")] {
        assert_eq!(refused(back(&mut world, by, "planning")).0, code, "{by}");
    }
    assert_eq!(refused(back(&mut world, "sun-yan", "dispatch")).0, "not_the_receiver", "nobody receives the own report");
    world.move_to("2026-12-04", 16, 0);
    back(&mut world, "sun-yan", "planning").unwrap();
    assert_eq!(refused(back(&mut world, "office", "planning")).0, "not_confirmed");
    let reopened = world.served_duty(case, DUTY).unwrap();
    assert_eq!((reopened.state, reopened.due_on), (State::DueToday, met.due_on));
    let draft = world.read(REPORT);
    assert_eq!((&draft["state"], &draft["body"]), (&json!("draft"), &first["body"]));
    let edition = &draft["editions"][0];
    assert_eq!((&edition["hash"], &edition["text"]), (&first["hash"], &first["text"]), "nothing is lost");
    assert_eq!((&edition["returned_by"], &edition["returned_why"]), (&json!("sun-yan"), &json!("缺少解决建议")));
    let shown = page(&world, "/reports/2026-W49/planning");
    assert!(shown.contains("2026-12-04 16:00 孙艳退回，原因：缺少解决建议") && shown.contains(first["hash"].as_str().unwrap()));
    assert!(page(&world, "/reports").contains("孙艳退回，原因：缺少解决建议"));
    let notices = world.read("/v1/notices");
    let told = notices.as_array().unwrap().iter().find(|n| n["to_whom"] == "li-na" && n["kind"] == "other").unwrap();
    assert!(told["zh"].as_str().unwrap().starts_with("【退回】2026年第49周"), "{told}");
    let zh = told["zh"].as_str().unwrap();
    assert!(zh.ends_with("时限不变。（依据：《实施方案》第四部分第（四）项第3目）"), "{zh}");
    let audit = world.order("office", json!({ "command": "audit_list" })).to_string();
    assert!(audit.contains("report_return") && audit.contains("sun-yan"), "{audit}");
    world.sync_everybody();
    assert_eq!(world.duty(SPECIALIST, case, DUTY).unwrap().state, State::DueToday, "her phone says so too");

    let note = json!({ "command": "report_note", "week": WEEK, "group": "planning", "suggestions": "请窗口一次告知" });
    world.order("li-na", note);
    world.confirm_report("li-na", WEEK, json!("planning"));
    let again = world.read(REPORT);
    assert!(again["hash"] != first["hash"] && again["editions"][0]["hash"] == first["hash"]);
    assert!(matches!(world.served_duty(case, DUTY).unwrap().state, State::Met { at, .. } if at == world.now()));

    // A district's report that was confirmed on it goes back with it and is drafted anew.
    world.move_to("2026-12-07", 9, 0);
    world.confirm_report("wei-dong", WEEK, Value::Null);
    let told = back(&mut world, "wei-dong", "planning").unwrap();
    assert_eq!(told["district_reopened"], true);
    let notices = world.read("/v1/notices").as_array().unwrap().clone();
    let to_lead = |n: &&Value| n["to_whom"] == "wei-dong" && n["zh"].as_str().unwrap().starts_with("【退回】2026年第49周全区");
    assert_eq!(notices.iter().filter(to_lead).count(), 1, "whoever confirmed it is told: {notices:?}");
    let hash = world.read("/v1/reports/2026-W49")["hash"].clone();
    let stale = json!({ "command": "report_confirm", "week": WEEK, "hash": hash, "without_missing": true });
    assert_eq!(refused(office::order(&mut world.server, "wei-dong", stale)).0, "draft_outdated");
    world.confirm_report("li-na", WEEK, json!("planning"));
    assert!(matches!(world.served_duty(case, DUTY).unwrap().state, State::MetLate { .. }), "after its first date");
    world.send_district(WEEK);
    let (code, zh) = refused(back(&mut world, "office", "planning"));
    assert!(code == "report_sent" && zh.contains("补报"), "{zh}");
    assert_eq!(world.read(REPORT)["editions"].as_array().unwrap().len(), 2);
}
