//! The weekly reports as the office orders them.

use super::{Office, noon};
use daiban_server::db::sql::duties;
use daiban_server::watch;
use serde_json::{Value, json};

/// Confirms the text that was drafted, whatever it lacks.
fn confirm(read: &Value) -> Value {
    let (week, group, hash) = (&read["week"], &read["group"], &read["hash"]);
    json!({ "command": "report_confirm", "week": week, "group": group, "hash": hash, "without_missing": true })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_drafted_confirmed_frozen_and_sent_in_this_order() {
    let office = Office::open("report", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    office.log(case, "电话告知材料清单").await;
    let group = |command: &str| json!({ "command": command, "week": "2026-W48", "group": "planning" });
    let district = |command: &str| json!({ "command": command, "week": "2026-W48" });
    let unread = confirm(&json!({ "week": "2026-W48", "group": "planning", "hash": "0".repeat(64) }));
    assert_eq!(office.order("zhou", unread).await.unwrap_err(), "not_drafted");
    office.app.clock.set(noon("2026-11-27"));
    office.must("zhou", group("report_draft")).await;
    let note = json!({ "command": "report_note", "week": "2026-W48", "group": "planning", "progress": "进展顺利" });
    office.must("zhou", note).await;
    let read = office.must("zhou", group("report_draft")).await;
    let confirmed = confirm(&read);
    assert_eq!(office.order("lead", confirmed.clone()).await.unwrap_err(), "role_may_not");
    let frozen = office.must("zhou", confirmed).await;
    assert_eq!(frozen["cases"], 1);
    assert_eq!(office.order("zhou", group("report_draft")).await.unwrap_err(), "report_frozen");
    let before = office.must("office", group("report_show")).await;
    assert_eq!(before["body"]["notes"]["progress"], "进展顺利", "drafting again keeps the notes");
    office.log(case, "定稿之后的记录").await;
    assert_eq!(office.must("office", group("report_show")).await, before, "frozen stays frozen");
    assert_eq!(office.order("lead", district("report_send")).await.unwrap_err(), "not_drafted");
    assert_eq!(office.order("lead", district("report_draft")).await.unwrap_err(), "week_not_run");
    office.app.clock.set(noon("2026-11-28"));
    let read = office.must("lead", district("report_draft")).await;
    assert_eq!(office.order("lead", district("report_send")).await.unwrap_err(), "not_confirmed");
    office.must("lead", confirm(&read)).await;
    let sent = office.must("lead", district("report_send")).await;
    assert_eq!(sent["sent_to"], json!(["区人民政府", "区重大项目工作专班办公室"]));
    assert_eq!(office.order("lead", district("report_send")).await.unwrap_err(), "report_sent");
    let silent = json!({ "command": "report_draft", "week": "2026-W08" });
    assert_eq!(office.order("office", silent).await.unwrap_err(), "no_report_owed");
    watch::compute_dirty(&office.app).await.unwrap();
    let met = office.standing(case).into_iter().find(|row| row.0 == "D3/specialist/planning/2026-W48").unwrap();
    assert_eq!(met.2, "met");
    office.verify().unwrap();
    office.tamper("UPDATE report SET body = replace(body, '顺利', '缓慢');");
    assert!(office.verify().unwrap_err().starts_with("report 2026-W48/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_districts_report_is_a_duty_like_every_other() {
    let office = Office::open("district", "2026-11-23");
    office.staff().await;
    let rows = |office: &Office| {
        let rows = office.app.db.read(|conn| duties::standing(conn, duties::DISTRICT)).unwrap().into_iter();
        rows.map(|row| (row.key, row.due_on, row.state)).collect::<Vec<_>>()
    };
    watch::compute_all(&office.app, |_, _| ()).await.unwrap();
    assert_eq!(rows(&office), [], "nothing is owed before the first letter");
    office.case().await;
    let row = |week: &str, due: &str, state: &str| (format!("D4/{week}"), due.to_owned(), state.to_owned());
    assert_eq!(rows(&office), [row("2026-W48", "2026-11-30", "open")]);
    let listed = async || {
        let list = office.must("office", json!({ "command": "duty_list" })).await;
        list.as_array().unwrap().iter().find(|duty| duty["key"] == "D4/2026-W48").unwrap().clone()
    };
    assert_eq!(listed().await["case"], Value::Null);
    office.app.clock.set(noon("2026-11-30"));
    assert_eq!(listed().await["state"], "due_today", "what was stored a week ago is shown as it stands now");
    let read = office.must("lead", json!({ "command": "report_draft", "week": "2026-W48" })).await;
    office.must("lead", confirm(&read)).await;
    office.must("lead", json!({ "command": "report_send", "week": "2026-W48" })).await;
    assert_eq!(rows(&office), [row("2026-W48", "2026-11-30", "met"), row("2026-W49", "2026-12-07", "open")]);
    office.verify().unwrap();
    office.tamper("UPDATE duty SET state = 'overdue' WHERE key = 'D4/2026-W49'");
    assert_eq!(office.verify().unwrap_err(), "duty district/D4/2026-W49");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_without_its_copy_to_the_office_is_not_sent() {
    let office = Office::open("copy", "2026-11-23");
    office.staff().await;
    office.case().await;
    office.app.clock.set(noon("2026-11-30"));
    let read = office.must("lead", json!({ "command": "report_draft", "week": "2026-W48" })).await;
    office.must("lead", confirm(&read)).await;
    office.tamper("UPDATE report SET body = replace(body, '[\"区重大项目工作专班办公室\"]', '[]')");
    let send = json!({ "command": "report_send", "week": "2026-W48" });
    assert_eq!(office.order("lead", send).await.unwrap_err(), "copy_missing");
}
