//! Every answer is told in both languages.

use super::Office;
use daiban_core::ids::CaseId;
use serde_json::{Value, json};

/// Stops of a Chinese sentence; names have none of them.
const STOPS: [char; 4] = ['，', '。', '：', '；'];

/// Looks at every document of an answer that has a line for people.
fn look(of: &str, answer: &Value, lines: &mut usize) {
    match answer {
        Value::Array(rows) => rows.iter().for_each(|row| look(of, row, lines)),
        Value::Object(fields) => {
            if let Some(zh) = fields.get("zh").and_then(Value::as_str) {
                let en = fields.get("en").and_then(Value::as_str).unwrap_or_default();
                assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{of}: {zh:?} / {en:?}");
                assert!(!en.contains(STOPS) && en.trim() == en, "{of}: {en:?}");
                *lines += 1;
            }
            fields.values().for_each(|field| look(of, field, lines));
        }
        _ => (),
    }
}

async fn looked(office: &Office, command: Value) -> usize {
    let (mut lines, answer) = (0, office.must("office", command.clone()).await);
    look(&command.to_string(), &answer, &mut lines);
    lines
}

async fn record(office: &Office, case: CaseId) -> Value {
    let fields = json!({ "text": "电话告知材料清单", "channel": "telephone" });
    office.must("chief", json!({ "command": "case_record", "case": case, "kind": "work_log", "fields": fields })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_answers_are_told_in_both_languages() {
    let office = Office::open("words", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let logged = record(&office, case).await;
    assert!(logged["zh"].as_str().unwrap().contains("号记录：已生效"), "{logged}");
    assert!(logged["en"].as_str().unwrap().contains("effective"), "{logged}");
    let seat = json!({ "command": "case_assign", "case": case, "person": "zhou" });
    let seated = office.must("office", seat).await;
    assert_eq!(seated["en"], "周敏 (Group specialist) has joined the team.");

    for list in ["case_list", "duty_list", "person_list", "calendar_list", "policy_show", "clock_show", "audit_list"] {
        assert!(looked(&office, json!({ "command": list })).await > 0, "{list} says nothing");
    }
    let whole = office.must("office", json!({ "command": "case_show", "case": case })).await;
    for part in ["roster", "fact_rows", "duties"] {
        let mut lines = 0;
        look(part, &whole[part], &mut lines);
        assert_eq!(lines, whole[part].as_array().unwrap().len(), "{part}");
        assert!(lines > 0, "{part} says nothing");
    }
    let draft = json!({ "command": "report_draft", "week": "2026-W48", "group": "planning" });
    office.must("office", draft).await;
    assert_eq!(looked(&office, json!({ "command": "report_list" })).await, 1);

    let closed = json!({ "command": "case_close", "case": case, "reason": "重复登记" });
    assert_eq!(looked(&office, closed).await, 1);
    assert_eq!(looked(&office, json!({ "command": "case_reopen", "case": case, "reason": "登记无误" })).await, 1);
    let leaves = json!({ "command": "person_leave", "person": "zhou", "reason": "调离" });
    assert!(looked(&office, leaves).await > 0);
}

/// A unit keeps its own English name; its line is for officials.
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_and_a_number_keep_their_english_names() {
    let office = Office::open("unit-names", "2026-11-23");
    let added = json!({ "command": "unit_add", "id": "fengrong", "name": "丰荣街道办事处", "en": "Fengrong Subdistrict Office", "kind": "subdistrict" });
    let answer = office.must("office", added).await;
    assert_eq!(answer["en"], "Unit 丰荣街道办事处 (fengrong) is added.");
    let units = office.must("office", json!({ "command": "unit_list" })).await;
    let unit = units.as_array().unwrap().iter().find(|unit| unit["id"] == "fengrong").unwrap();
    assert_eq!(unit["en"], "Fengrong Subdistrict Office");
    assert!(unit["zh"].as_str().unwrap().starts_with("丰荣街道办事处，街道办事处（编号 fengrong）"), "{unit}");
    let numbers = office.must("office", json!({ "command": "policy_show" })).await;
    let number = &numbers["numbers"][0];
    assert!(number["zh"].as_str().unwrap().contains("个工作日（"), "{number}");
    assert!(!number["en"].as_str().unwrap().contains(';'), "{number}");
}
