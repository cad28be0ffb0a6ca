//! One night for all nodes: it moves when its holder dies, and a holder that wakes up too late writes nothing.

use super::nodes::{order, two_nodes};
use super::scratch;
use daiban_core::calendar::{Date, local_date};
use daiban_core::ids::CaseId;
use daiban_server::app::App;
use daiban_server::db::DbError;
use daiban_server::db::sql::duties::DutyRow;
use daiban_server::db::sql::jobs::{self as job, JobRow, LEASE_SECONDS, Lease, Taking};
use daiban_server::db::sql::{cases, duties, notices};
use daiban_server::{jobs, watch};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const DAY: i64 = 24 * 3600;

fn row(app: &App, on: Date) -> JobRow {
    app.db.read(|conn| job::find(conn, "nightly", &on.to_string())).unwrap().unwrap()
}

fn taken(app: &App, day: &'static str) -> Taking {
    let now = app.now();
    app.db.write_blocking::<_, DbError>(move |tx| job::take(tx, "nightly", day, now)).unwrap()
}

fn lease(app: &App, day: &'static str) -> Lease {
    let Taking::Taken(lease) = taken(app, day) else { panic!("the job of {day} is not free") };
    lease
}

#[test]
fn a_silent_holder_loses_its_job_for_good() {
    let scratch = scratch();
    let (_places, [one, two]) = two_nodes(&scratch, "silent");
    let (first, began) = (lease(&one, "2026-11-23"), one.now());
    two.clock.set(began + LEASE_SECONDS - 1);
    assert_eq!(taken(&two, "2026-11-23"), Taking::Running(began));
    let (beating, now) = (first.clone(), began + 20);
    assert!(one.db.write_blocking::<_, DbError>(move |tx| beating.renew(tx, now)).unwrap());
    two.clock.set(began + LEASE_SECONDS + 1);
    assert_eq!(taken(&two, "2026-11-23"), Taking::Running(began), "who shows signs of life keeps it");
    two.clock.set(began + 20 + LEASE_SECONDS);
    let second = lease(&two, "2026-11-23");
    let (stale, now) = (first.clone(), began + 100);
    assert!(!one.db.write_blocking::<_, DbError>(move |tx| stale.renew(tx, now)).unwrap());
    let stale = first.clone();
    let stands = one.db.write_blocking(move |tx| stale.must_stand(tx));
    assert!(matches!(stands, Err(DbError::Overtaken)), "{stands:?}");
    let stale = first.clone();
    let ended = one.db.write_blocking(move |tx| stale.finish(tx, now, "{}"));
    assert!(matches!(ended, Err(DbError::Overtaken)), "{ended:?}");
    // Given back and taken once more: the first holder still is not the holder.
    two.db.write_blocking::<_, DbError>(move |tx| second.release(tx)).unwrap();
    let third = lease(&two, "2026-11-23");
    let stands = one.db.write_blocking(move |tx| first.must_stay(tx));
    assert!(matches!(stands, Err(DbError::Overtaken)), "{stands:?}");
    two.db.write_blocking::<_, DbError>(move |tx| third.finish(tx, now, "done")).unwrap();
    assert_eq!(taken(&one, "2026-11-23"), Taking::Done("done".into()));
}

#[test]
fn clocks_that_differ_do_not_pass_a_job_to_and_fro() {
    let scratch = scratch();
    let (_places, [behind, ahead]) = two_nodes(&scratch, "clocks");
    let now = behind.now();
    ahead.clock.set(now + 10 * LEASE_SECONDS);
    let _lost = lease(&behind, "2026-11-23");
    let _kept = lease(&ahead, "2026-11-23");
    assert_eq!(taken(&behind, "2026-11-23"), Taking::Running(ahead.now()), "a sign of life from ahead is one");
    behind.clock.set(now - DAY);
    let _again = lease(&behind, "2026-11-23");
}

/// A case with its letter, signed and recorded on the node's day.
pub(super) async fn case(app: &Arc<App>) -> CaseId {
    for (id, name, unit, role) in [("chief", "陈静", "business-environment", "chief_agent")] {
        let person = json!({ "command": "person_add", "id": id, "name": name, "unit": unit, "role": role });
        order(app, "office", person).await.unwrap();
    }
    let fields = json!({
        "title": "海湾新材料项目", "enterprise": "海湾新材料公司", "location": "natural-resources",
        "investment_10k_yuan": 12_000, "contact": "王喆 13800138000",
    });
    let opened = order(app, "chief", json!({ "command": "case_record", "kind": "case_opened", "fields": fields })).await.unwrap();
    let (case, today) = (opened["case"].as_str().unwrap().to_owned(), local_date(app.now()));
    let letter = json!({
        "project_name": "海湾新材料项目", "enterprise": "海湾新材料公司", "chief": "chief", "scope": ["用地预审"],
        "chief_signed_on": today, "enterprise_signed_on": today,
    });
    let command = json!({ "command": "case_record", "case": case, "kind": "authorization_letter_signed", "fields": letter });
    assert_eq!(order(app, "chief", command).await.unwrap()["verdict"]["code"], "effective");
    watch::compute_dirty(app).await.unwrap();
    case.parse().unwrap()
}

/// The trace of the case's duties, and every notice.
fn told(app: &App, case: CaseId) -> (Vec<DutyRow>, Vec<notices::Notice>) {
    let read = |conn: &daiban_server::db::Connection| {
        let head = cases::find(conn, case)?.unwrap();
        Ok::<_, DbError>((duties::trace(conn, head.no)?, notices::newest(conn, 10_000)?))
    };
    app.db.read(read).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_start_together_do_one_night() {
    let scratch = scratch();
    let (_places, [one, two]) = two_nodes(&scratch, "together");
    let today = local_date(one.now());
    let night = |app: Arc<App>| tokio::spawn(async move { jobs::nightly(&app, today, |_| ()).await.unwrap().state });
    let (a, b) = (night(one.clone()), night(two.clone()));
    let mut states = [a.await.unwrap(), b.await.unwrap()];
    states.sort_unstable();
    assert_eq!(states[0], "done");
    assert!(["done_before", "running"].contains(&states[1]), "{states:?}");
    assert_eq!(jobs::nightly(&two, today, |_| ()).await.unwrap().state, "done_before");
    assert_eq!(row(&one, today).lease, 1);
}

/// Freezes `one` at the beginning of a step of its night until `two`, forty days on, has taken the night over and done it.
async fn frozen_at(name: &str, step: &'static str) {
    let scratch = scratch();
    let (_places, [one, two]) = two_nodes(&scratch, name);
    let (case, on) = (case(&one).await, local_date(one.now()));
    two.clock.set(one.now() + 40 * DAY);
    let woken = Arc::new(AtomicBool::new(false));
    let (other, done) = (two.clone(), woken.clone());
    let say = move |line: &str| {
        if line.contains(step) && !done.swap(true, Ordering::SeqCst) {
            let other = other.clone();
            let night = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
                runtime.block_on(async { jobs::nightly(&other, on, |_| ()).await.unwrap().state })
            });
            assert_eq!(night.join().unwrap(), "done", "forty days of silence free the night");
            // What follows from the facts by now, so that anything older would be seen to come back.
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            std::thread::scope(|scope| {
                let swept = || runtime.block_on(watch::sweep(&two, two.now(), None, |_, _| ())).unwrap().notices;
                assert!(scope.spawn(swept).join().unwrap() > 0, "overdue by forty days");
            });
            std::thread::spawn(|| drop(runtime)).join().unwrap();
        }
    };
    // The frozen node's own clock goes on where it stood.
    let (before, woke) = (one.clone(), woken.clone());
    let night = jobs::nightly(&before, on, say).await.unwrap();
    assert!(woke.load(Ordering::SeqCst), "the night came to {step}");
    assert_eq!(night.state, "running", "who was overtaken is told so");
    let (trace, notices) = told(&one, case);
    let latest = one.now() + 40 * DAY;
    let standing: Vec<&DutyRow> = trace.iter().filter(|duty| duty.closed_at.is_none()).collect();
    assert!(!standing.is_empty() && standing.iter().all(|duty| duty.computed_at == latest), "{standing:#?}");
    assert!(standing.iter().any(|duty| duty.state == "overdue"), "{standing:#?}");
    let mut keys: Vec<&str> = notices.iter().map(|notice| notice.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), notices.len(), "nothing is told twice");
    let kept = row(&one, on);
    assert_eq!((kept.lease, kept.finished_at), (2, Some(latest)), "the night is the other node's");
    let proved = one.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap();
    assert_eq!(proved.unwrap().derived_cases, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_wakes_before_its_sweep_changes_nothing() {
    frozen_at("frozen-early", "sweeping duties").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_wakes_at_its_end_does_not_end_the_night_again() {
    frozen_at("frozen-late", "verifying chain tails").await;
}
