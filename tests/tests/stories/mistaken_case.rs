//! 登记有误: the office closes a case that should not be there. It owes nothing any more, on the phones too; nothing is lost.

use super::town;
use daiban_tests::office;
use daiban_tests::world::{World, compute_duties};
use serde_json::{Value, json};

#[test]
fn a_case_closed_as_a_mistake_owes_nothing_and_can_be_reopened() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    compute_duties(&mut world.server);
    let owed = |shown: &Value| shown["duties"].as_array().unwrap().len();
    let before = world.read(&format!("/v1/cases/{case}"));
    assert!(owed(&before) > 0);
    let listed = |duties: &Value| duties.as_array().unwrap().iter().filter(|duty| duty["lamp"] != "grey").count();
    assert!(listed(&world.read("/v1/duties")) > 0);

    let silent = json!({ "command": "case_close", "case": case, "reason": " " });
    assert_eq!(office::order(&mut world.server, "office", silent).unwrap_err().code(), "reason_missing");
    world.order("office", json!({ "command": "case_close", "case": case, "reason": "与另一项目重复" }));
    let again = json!({ "command": "case_close", "case": case, "reason": "与另一项目重复" });
    assert_eq!(office::order(&mut world.server, "office", again).unwrap_err().code(), "case_closed");
    compute_duties(&mut world.server);
    let closed = world.read(&format!("/v1/cases/{case}"));
    assert_eq!((owed(&closed), &closed["lamp"]), (0, &"grey".into()));
    assert!(closed["zh"].as_str().unwrap().contains("登记有误（与另一项目重复）"), "{}", closed["zh"]);
    assert_eq!(closed["facts"], before["facts"], "nothing is lost");
    assert_eq!(world.read("/v1/duties"), json!([]), "the district owes no report for it either");
    world.sync_everybody();
    for phone in 0..world.phones.len() {
        let duties = world.phones[phone].agent().duties(None, world.now()).unwrap();
        assert_eq!(duties.len(), 0, "phone {phone}");
        let listed = world.phones[phone].agent().cases(world.now());
        let said = listed.iter().find(|one| one.case == case).map(|one| one.closed.as_ref().map(|closed| closed.zh()));
        assert!(said.is_none_or(|said| said.as_deref() == Some("登记有误（与另一项目重复）")), "phone {phone}");
    }
    let link = closed["enterprise_page"].as_str().unwrap();
    let page = |world: &World, link: &str| {
        let answer = ureq::get(format!("{}{link}", world.server.url())).call();
        answer.unwrap().body_mut().read_to_string().unwrap()
    };
    let told = page(&world, link);
    assert!(told.contains("本项目的登记有误，已停止办理") && told.contains("联系我们"), "{told}");
    assert!(!told.contains("与另一项目重复") && !told.contains("接下来"), "the reason is the office's own: {told}");

    world.order("office", json!({ "command": "case_reopen", "case": case, "reason": "核对无误" }));
    compute_duties(&mut world.server);
    let reopened = world.read(&format!("/v1/cases/{case}"));
    assert_eq!((owed(&reopened), &reopened["closed"]), (owed(&before), &Value::Null));
    assert!(listed(&world.read("/v1/duties")) > 0);
    assert!(!page(&world, link).contains("登记有误"));
}
