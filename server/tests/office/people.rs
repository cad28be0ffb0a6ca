//! Whom an id names.

use super::Office;
use serde_json::json;

/// Everything an id ever did is read under its name, so another name is no slip of the pen.
#[tokio::test(flavor = "multi_thread")]
async fn an_id_is_not_given_to_somebody_else_unseen() {
    let office = Office::open("known", "2026-11-23");
    let add = |name: &str, unit: &str| json!({ "command": "person_add", "id": "zhou-min", "name": name, "unit": unit, "role": "unit_agent" });
    let mut first = add("周敏", "commerce");
    first["phone"] = json!("83100001");
    office.must("office", first).await;
    assert_eq!(office.order("office", add("张三", "commerce")).await.unwrap_err(), "person_known");
    let moved = office.must("office", add("周敏", "finance")).await;
    assert_eq!((&moved["person"]["unit"], &moved["person"]["phone"]), (&json!("finance"), &json!("83100001")));
    let mut sure = add("周敏敏", "finance");
    sure["sure"] = json!(true);
    assert_eq!(office.must("office", sure).await["person"]["name"], "周敏敏");
}
