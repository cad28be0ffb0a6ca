//! More than one node on one database: one sequence a case, one audit chain a node, one idea of what is in force.

use super::{open_at, scratch};
use daiban_core::ids::{CaseId, PersonId, UnitId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::rules::{Number, Policy};
use daiban_core::sync::SoftwareKey;
use daiban_server::app::{App, OpenError};
use daiban_server::clock::Clock;
use daiban_server::commands::Order;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use daiban_server::db::sql::{audit, cases, duties, policy, rows, settings};
use daiban_server::db::{Db, DbError, OFFICE_WORK};
use daiban_server::ledger::{self, Env};
use daiban_server::{jobs, serve, watch};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const CASES: [CaseId; 3] = [CaseId([1; 16]), CaseId([2; 16]), CaseId([3; 16])];
const WRITERS: i64 = 6;
const ROWS_EACH: i64 = 30;

fn joins(db: &Db, env: &Env, case: CaseId, from: i64) {
    let entry = RosterEntry {
        person: PersonId::from("zhang"),
        role: Role::UnitAgent,
        unit: UnitId::from("commerce"),
        group: None,
        from,
        until: None,
    };
    let env = env.clone();
    let written = db.write_blocking(move |tx| {
        let row = ledger::append_roster(tx, &env, case, entry.clone())?;
        audit::append(tx, env.now, "zhang", "test", &case.to_string(), "done")?;
        Ok::<_, ledger::LedgerError>(row)
    });
    written.unwrap();
}

#[test]
fn two_nodes_number_new_cases_without_gap_or_double_and_an_undone_case_takes_no_number() {
    let scratch = scratch();
    let nodes = [open_at(&scratch.url(), "one").unwrap(), open_at(&scratch.url(), "two").unwrap()];
    let env = Env { now: 1_795_395_600, key: SoftwareKey::from_secret(&[1; 32]), epoch: 0 };
    let case = |writer: u8, row: u8| CaseId([writer + 1, row + 1, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]);
    let undone = nodes[0].write_blocking(|tx| {
        let log = ledger::CaseLog::create(tx, CaseId([9; 16]), 1_795_395_600)?;
        log.close(tx)?;
        Err::<(), DbError>(DbError::Corrupt("undone on purpose"))
    });
    assert!(undone.is_err());
    std::thread::scope(|scope| {
        for writer in 0..4u8 {
            let (db, env) = (&nodes[usize::from(writer) % 2], &env);
            scope.spawn(move || {
                for row in 0..10 {
                    joins(db, env, case(writer, row), 1);
                    joins(db, env, case(writer, row), 2);
                }
            });
        }
    });
    let heads = nodes[1].read(cases::list).unwrap();
    let mut numbers: Vec<u32> = heads.iter().filter_map(|head| head.number).map(|number| number.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=40).collect::<Vec<u32>>());
    assert!(heads.iter().all(|head| head.number.is_some_and(|number| number.year == 2026)));
    let named = heads.first().and_then(|head| head.number).unwrap();
    let found = nodes[0].read(|conn| cases::by_number(conn, named)).unwrap();
    assert_eq!(found.map(|head| head.id), heads.first().map(|head| head.id));
}

#[test]
fn two_nodes_append_to_the_same_cases_without_gap_or_fork() {
    let scratch = scratch();
    let nodes = [open_at(&scratch.url(), "one").unwrap(), open_at(&scratch.url(), "two").unwrap()];
    let env = Env { now: 1_795_395_600, key: SoftwareKey::from_secret(&[1; 32]), epoch: 0 };
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (db, env) = (&nodes[writer as usize % 2], &env);
            // Everybody begins with another case; the cases are made by whoever comes first.
            scope.spawn(move || {
                (0..ROWS_EACH).for_each(|row| joins(db, env, CASES[((writer + row) % 3) as usize], writer * ROWS_EACH + row));
            });
        }
    });
    let counted: u64 = nodes[1].read(rows::count).unwrap();
    assert_eq!(counted, (WRITERS * ROWS_EACH).cast_unsigned());
    assert_eq!(nodes[0].read(cases::list).unwrap().len(), CASES.len());
    let proved = nodes[0].read::<_, DbError>(|conn| jobs::verify(conn, false, |_| ())).unwrap().unwrap();
    assert_eq!((proved.ledger.rows, proved.audit_rows), (counted, WRITERS * ROWS_EACH));
    assert_eq!(nodes[0].read(audit::nodes).unwrap(), ["one", "two"], "each node has its own chain");
}

/// A node's data folder, removed with the value.
pub(super) struct Place(PathBuf);

impl Place {
    pub(super) fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("daiban-node-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Place(path)
    }

    fn open(&self, scratch: &Scratch) -> Result<Arc<App>, OpenError> {
        self.open_at(&scratch.url())
    }

    pub(super) fn open_at(&self, url: &str) -> Result<Arc<App>, OpenError> {
        self.open_with(url, |_| ())
    }

    pub(super) fn open_with(&self, url: &str, change: impl FnOnce(&mut Config)) -> Result<Arc<App>, OpenError> {
        let mut config = Config { database: Some(url.to_owned()), ..Config::local(&self.0) };
        change(&mut config);
        App::open(config, Clock::moved(1_795_395_600))
    }

    fn takes_keys_of(&self, other: &Place) {
        for file in ["server.key", "office.token"] {
            std::fs::copy(other.0.join(file), self.0.join(file)).unwrap();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Two nodes on one database, each with its data folder and its clock.
pub(super) fn two_nodes(scratch: &Scratch, name: &str) -> ([Place; 2], [Arc<App>; 2]) {
    let places = [Place::new(&format!("{name}-first")), Place::new(&format!("{name}-second"))];
    let one = places[0].open(scratch).unwrap();
    let Err(OpenError::OtherKey) = places[1].open(scratch) else { panic!("a node with a key of its own is let in") };
    places[1].takes_keys_of(&places[0]);
    let two = places[1].open(scratch).unwrap();
    (places, [one, two])
}

/// A command at a node; its answer, or the problem's code.
pub(super) async fn order(app: &Arc<App>, by: &str, mut command: Value) -> Result<Value, String> {
    command["as"] = json!(by);
    let order: Order = serde_json::from_value(command).unwrap();
    app.execute(&order.by, order.command).await.map_err(|problem| problem.code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_share_one_key() {
    let scratch = scratch();
    let (_places, [one, two]) = two_nodes(&scratch, "key");
    assert_eq!((one.device(), one.install, one.epoch), (two.device(), two.install, two.epoch));
    assert_eq!(two.token_at(&one.time_token()), Some(one.now()), "a phone's time token is good at every node");
}

/// The edition of 2027 as the State Council might publish it, with `off` as New Year's days off.
fn notice(off: &[&str]) -> Value {
    let mut edition: Value = serde_json::from_str(include_str!("../../../core/data/calendar/2027.statutory.json")).unwrap();
    edition["status"] = json!("published");
    edition["note"] = Value::Null;
    edition["notices"] = json!([{ "title": "试", "number": "国办发明电〔2026〕9号", "date": "2026-12-12", "url": "" }]);
    edition["holidays"][0]["off"] = json!(off);
    edition
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_settles_counts_at_the_other_at_once() {
    let scratch = scratch();
    let (_places, [one, two]) = two_nodes(&scratch, "settles");
    let listening = serve::start(two.clone()).unwrap();
    let asked = |url: String| ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap();
    let fifteenth = format!("{}/v1/workdays/check/2027-01-04", listening.url());
    for (off, working) in [
        (&["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04"][..], false),
        (&["2027-01-01", "2027-01-02", "2027-01-03"][..], true),
    ] {
        order(&one, "office", json!({ "command": "calendar_import", "edition": notice(off) })).await.unwrap();
        let told: Value = serde_json::from_str(&asked(fifteenth.clone())).unwrap();
        assert_eq!(told["working"], working, "{told}");
        assert_eq!(two.calendar().unwrap().version(), one.calendar().unwrap().version());
    }
    let unit = json!({ "command": "unit_add", "id": "fengrong", "name": "丰荣街道办事处", "kind": "subdistrict" });
    order(&one, "office", unit).await.unwrap();
    for node in [&one, &two] {
        let units = order(node, "office", json!({ "command": "unit_list" })).await.unwrap();
        assert!(units.as_array().unwrap().iter().any(|unit| unit["id"] == "fengrong"), "a new unit shows at every node");
    }
    let before = two.numbers().unwrap().newest().clone();
    order(
        &one,
        "office",
        json!({ "command": "policy_set", "policy": before, "document": "普政办发〔2026〕3号", "effective": "2027-06-01" }),
    )
    .await
    .unwrap();
    assert_eq!(two.numbers().unwrap().newest().number, before.number + 1);
    let added =
        json!({ "command": "policy_set", "policy": before, "document": "普政办发〔2026〕3号", "effective": "2027-06-01" });
    assert_eq!(order(&two, "office", added).await.unwrap()["policy"]["number"], before.number + 2);
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/packs/qinglan-2026");
    let taking = one.clone();
    tokio::task::spawn_blocking(move || watch::take_pack(&taking, &pack).unwrap()).await.unwrap();
    let plan = two.db.read(|conn| two.reference(conn)).unwrap().plan.clone();
    assert_eq!(plan.id, "qinglan-2026", "the other node has the pack too");
    let seat = json!({ "command": "seat_set", "seat": "总召集人", "name": "何山", "from": "2026-01-01" });
    order(&one, "office", seat).await.unwrap();
    let list = order(&two, "office", json!({ "command": "seat_list" })).await.unwrap();
    assert!(list.to_string().contains("总召集人：何山"), "{list}");
    listening.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_policies_at_the_same_moment_do_not_get_the_same_number() {
    let scratch = scratch();
    let (_places, nodes) = two_nodes(&scratch, "policies");
    let settings = nodes[0].numbers().unwrap().newest().clone();
    let mut kept = Vec::new();
    for _ in 0..5 {
        let set =
            json!({ "command": "policy_set", "policy": settings, "document": "普政办发〔2026〕3号", "effective": "2027-06-01" });
        let both = nodes.clone().map(|node| {
            let set = set.clone();
            tokio::spawn(async move { order(&node, "office", set).await })
        });
        for one in both {
            match one.await.unwrap() {
                Ok(document) => kept.push(document["policy"]["number"].as_i64().unwrap()),
                Err(code) => assert_eq!(code, "contended", "who came second is told to try again"),
            }
        }
    }
    let numbers: Vec<i64> = (1..=kept.len() as i64).map(|number| i64::from(settings.number) + number).collect();
    kept.sort_unstable();
    assert_eq!(kept, numbers, "every policy has a number of its own, without a gap");
    assert_eq!(nodes[1].numbers().unwrap(), nodes[0].numbers().unwrap());
}

/// When the flow tables of a case are due, as stored.
fn due_on(app: &App, case: CaseId) -> Vec<String> {
    let head = app.db.read(|conn| cases::find(conn, case)).unwrap().unwrap();
    let standing = app.db.read(|conn| duties::standing(conn, head.no)).unwrap().into_iter();
    standing.filter(|duty| duty.key.starts_with("D2/")).map(|duty| duty.due_on).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_settled_by_a_clock_ahead_counts_for_cases_computed_by_one_behind() {
    let scratch = scratch();
    let (_places, [ahead, behind]) = two_nodes(&scratch, "apart");
    let case = super::lease::case(&behind).await;
    let fifteen = due_on(&behind, case);
    ahead.clock.set(behind.now() + 20);
    let settings = json!({ "letter_working_days": 20, "document": "普政办发〔2026〕3号", "effective": daiban_core::calendar::local_date(ahead.now()) });
    order(&ahead, "office", json!({ "command": "policy_set", "policy": settings })).await.unwrap();
    let twenty = due_on(&ahead, case);
    assert!(twenty.iter().all(|due| *due > fifteen[0]) && twenty.len() == fifteen.len(), "{fifteen:?} {twenty:?}");
    let fields = json!({ "text": "现场勘查", "channel": "on_site" });
    let log = json!({ "command": "case_record", "case": case, "kind": "work_log", "fields": fields });
    order(&behind, "chief", log).await.unwrap();
    watch::compute_dirty(&behind).await.unwrap();
    assert_eq!(due_on(&behind, case), twenty, "not the old number of days again");
    let proved = behind.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap();
    assert_eq!(proved.unwrap().derived_cases, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_node_settled_and_did_not_live_to_compute_another_one_computes() {
    let scratch = scratch();
    let (_places, [one, two]) = two_nodes(&scratch, "cut-off");
    let case = super::lease::case(&one).await;
    let before = due_on(&one, case);
    let (policy, now) = (Policy::decided(2, "普政办发〔2026〕3号", None).with(Number::LetterWorkingDays, 20), one.now());
    one.db.write_blocking(move |tx| policy::insert(tx, &policy, now, "office")).unwrap();
    watch::compute_dirty(&two).await.unwrap();
    assert_eq!(due_on(&two, case), before, "no case has new rows");
    assert!(watch::settle(&two).await.unwrap(), "but every case is to be computed");
    assert!(due_on(&two, case)[0] > before[0]);
    assert!(!watch::settle(&one).await.unwrap(), "once");
}

#[test]
fn a_node_frozen_in_the_middle_lets_go_of_what_it_held() {
    let scratch = scratch();
    let nodes = [open_at(&scratch.url(), "one").unwrap(), open_at(&scratch.url(), "two").unwrap()];
    let frozen = nodes[0].write_blocking(|tx| {
        settings::set(tx, "half", b"1")?;
        tx.alone(OFFICE_WORK)?;
        std::thread::sleep(Duration::from_millis(11_500));
        settings::set(tx, "other half", b"1")
    });
    assert!(matches!(frozen, Err(DbError::Lost)), "{frozen:?}");
    nodes[1].write_blocking(|tx| tx.alone(OFFICE_WORK)).unwrap();
    assert_eq!(nodes[1].read(|conn| settings::get(conn, "half")).unwrap(), None, "nothing of it was kept");
}
