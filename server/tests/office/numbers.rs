//! What an earlier version decided about the numbers, and what a store of before holds of it.

use super::{Office, noon};
use daiban_core::rules::{Number, Policy};
use daiban_server::db::DbError;
use daiban_server::db::sql::{duties, policy};
use daiban_server::{db::Connection, db::sql::cases, watch};
use serde_json::Value;
use std::collections::BTreeSet;

/// Keys and due dates of standing rows.
fn due(rows: &[(String, String, String, Value)]) -> BTreeSet<(String, String)> {
    rows.iter().map(|row| (row.0.clone(), row.1.clone())).collect()
}

/// A store of before: twenty working days were decided while the case ran, and moved its open duties.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_of_before_is_computed_anew_and_its_cases_take_their_letter_s_numbers_again() {
    let office = Office::open("old-numbers", "2026-11-16");
    office.staff().await;
    let case = office.case().await;
    let before = due(&office.standing(case));
    office.app.clock.set(noon("2026-11-20"));
    let decided = Policy::decided(2, "普政办发〔2021〕1号", None).with(Number::LetterWorkingDays, 20);
    let at = office.app.now();
    office.app.db.write(move |tx| policy::insert(tx, &decided, at, "office")).await.unwrap();
    watch::settle(&office.app).await.unwrap();
    assert_eq!(due(&office.standing(case)), before, "it was signed before the decision");
    office.tamper("UPDATE duty SET due_on = '2026-12-14', body = replace(body, '\"due_on\":\"2026-12-07\"', '\"due_on\":\"2026-12-14\"') WHERE key LIKE 'D2/planning/%'");
    office.tamper("UPDATE case_head SET computed = 0");
    office.verify().unwrap();
    watch::compute_dirty(&office.app).await.unwrap();
    office.verify().unwrap();
    assert_eq!(due(&office.standing(case)), before);
    let trace = |conn: &Connection| duties::trace(conn, cases::find(conn, case)?.unwrap().no);
    let closed: Vec<_> =
        office.app.db.read::<_, DbError>(trace).unwrap().into_iter().filter(|row| row.closed_at.is_some()).collect();
    assert_eq!(closed.len(), 1, "what stood there before is kept");
    assert!(format!("{:?}", closed[0]).contains("截止日由2026-12-14改为2026-12-07"), "{:?}", closed[0]);
}
