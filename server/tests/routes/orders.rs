//! What every role is answered to every command. The orders are such that whoever may give them changes nothing, or only what the
//! next one finds unchanged.

use super::house::House;
use super::matrix::{Row, table};
use axum::body::Body;
use axum::http::Request;
use daiban_core::people::Role;
use daiban_server::api::openapi::document;
use serde_json::{Value, json};
use tower::ServiceExt;

/// One line a command, one column a role.
pub async fn matrix(house: &House) -> String {
    let roles = Role::all().map(Role::id);
    let mut rows = Vec::new();
    for (name, order) in orders(house) {
        let mut statuses = Vec::new();
        for role in roles {
            statuses.push(give(house, &order, &role.replace('_', "-")).await);
        }
        rows.push(Row { name, statuses });
    }
    let ordered: Vec<&str> = rows.iter().map(|row| row.name.split(' ').next().unwrap_or_default()).collect();
    let forgotten: Vec<String> = described().into_iter().filter(|name| !ordered.contains(&name.as_str())).collect();
    assert!(forgotten.is_empty(), "commands that nobody tried: {forgotten:?}");
    table("command", &roles, &rows)
}

async fn give(house: &House, order: &Value, by: &str) -> u16 {
    let mut order = order.clone();
    order["as"] = json!(by);
    let token = format!("Bearer {}", house.app.office_token);
    let request = Request::post("/v1/commands").header("authorization", token).header("content-type", "application/json");
    let request = request.body(Body::from(order.to_string())).unwrap();
    house.router().oneshot(request).await.unwrap().status().as_u16()
}

/// The names of all commands in the API's document.
fn described() -> Vec<String> {
    let document: Value = serde_json::to_value(document()).unwrap();
    let schemas = &document["components"]["schemas"];
    let mut names = Vec::new();
    collect(&schemas["Command"], &mut names);
    assert!(names.len() > 30, "{names:?}");
    names
}

/// The values that `command` may have, wherever they stand in a schema.
fn collect(schema: &Value, names: &mut Vec<String>) {
    if let Some(values) = schema["properties"]["command"]["enum"].as_array() {
        names.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    for part in ["oneOf", "allOf"].iter().filter_map(|how| schema[*how].as_array()).flatten() {
        collect(part, names);
    }
}

fn orders(house: &House) -> Vec<(String, Value)> {
    let (case, none) = (house.case.as_str(), "0".repeat(32));
    let week = "2026-W47";
    let all = [
        ("unit_add", json!({ "id": "X", "name": "某街道", "kind": "subdistrict" })),
        ("unit_list", json!({})),
        ("person_add", json!({ "id": "X", "name": "某人", "unit": "commerce", "role": "unit_agent" })),
        ("person_leave", json!({ "person": "nobody", "reason": "调离" })),
        ("person_list", json!({})),
        ("seat_set", json!({ "seat": "工作联系人", "of": "没有的单位", "name": "某人", "from": "2026-12-01" })),
        ("seat_end", json!({ "seat": "组长", "until": "2026-12-01" })),
        ("seat_list", json!({})),
        ("device_invite", json!({ "person": "nobody" })),
        ("device_confirm", json!({ "number": "x" })),
        ("device_revoke", json!({ "device": none, "reason": "遗失" })),
        ("device_list", json!({})),
        ("case_list", json!({})),
        ("case_show", json!({ "case": case })),
        ("case_assign", json!({ "case": none, "person": "unit-agent" })),
        ("case_record", json!({ "case": case, "kind": "no_such_kind", "fields": {} })),
        ("case_record for another", json!({ "case": case, "person": "supervision", "kind": "no_such_kind", "fields": {} })),
        ("case_contact", json!({ "case": none, "reason": "联系补正材料" })),
        ("case_close", json!({ "case": none, "reason": "重复登记" })),
        ("case_reopen", json!({ "case": none, "reason": "核对无误" })),
        ("ruling_late", json!({ "case": case, "fact": none, "accept": true, "reason": "属实" })),
        ("ruling_return", json!({ "case": case, "fact": none, "reason": "缺少收费依据" })),
        ("ruling_adopt", json!({ "quarantine": 4711, "reason": "属实" })),
        ("ruling_take_in", json!({ "quarantine": 4711, "reason": "属实" })),
        ("quarantine_list", json!({})),
        ("report_draft of a group", json!({ "week": week, "group": "generation" })),
        ("report_draft", json!({ "week": "2030-W01" })),
        ("report_note of a group", json!({ "week": "2030-W01", "group": "planning", "progress": "无" })),
        ("report_note", json!({ "week": "2030-W01", "progress": "无" })),
        ("report_confirm of a group", json!({ "week": "2030-W01", "group": "planning", "hash": "0".repeat(64) })),
        ("report_confirm", json!({ "week": "2030-W01", "hash": "0".repeat(64) })),
        ("report_confirm for lead", json!({ "week": "2030-W01", "hash": "0".repeat(64), "person": "dispatch-lead" })),
        ("report_return", json!({ "week": "2030-W01", "group": "planning", "reason": "缺少存在问题" })),
        ("report_send", json!({ "week": "2030-W01" })),
        ("report_list", json!({})),
        ("report_show", json!({ "week": week })),
        ("calendar_import", json!({ "edition": {} })),
        ("calendar_list", json!({})),
        ("calendar_show", json!({ "year": 2026 })),
        ("policy_show", json!({})),
        ("policy_preview", json!({ "policy": { "no_such_setting": 1 } })),
        ("policy_set", json!({ "policy": { "no_such_setting": 1 } })),
        ("night_run", json!({ "on": "2026-11-22" })),
        ("duty_list", json!({})),
        ("clock_show", json!({})),
        ("clock_confirm", json!({ "reason": "核对无误" })),
        ("clock_declare_wrong", json!({ "from": 0, "reason": "电池失效" })),
        ("audit_list", json!({})),
    ];
    all.map(|(name, mut order)| {
        order["command"] = json!(name.split(' ').next());
        (name.to_owned(), order)
    })
    .into()
}
