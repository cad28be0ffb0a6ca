//! The office's week: commands, duties, reports, nights, and proofs that notice tampering.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "office/numbers.rs"]
mod numbers;
#[path = "office/people.rs"]
mod people;
#[path = "office/reports.rs"]
mod reports;
#[path = "office/words.rs"]
mod words;

use daiban_core::calendar::{local_date, local_midnight, parse_date};
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::{Body, Fact};
use daiban_core::ids::{ActorId, CaseId, DeviceId, FactId, PersonId};
use daiban_core::people::{Group, Role, RosterEntry};
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::commands::{CaseShow, Order};
use daiban_server::config::Config;
use daiban_server::db::scratch::{Scratch, tamper};
use daiban_server::db::sql::quarantine::{self, Refused};
use daiban_server::db::sql::{audit, cases, duties, notices};
use daiban_server::db::{Address, Connection, DbError, Transaction};
use daiban_server::{backup, jobs, ledger, watch};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

struct Office {
    app: Arc<App>,
    folder: PathBuf,
    _database: Option<Scratch>,
}

/// Noon of a date in Asia/Shanghai, Unix seconds.
fn noon(date: &str) -> i64 {
    local_midnight(parse_date(date).unwrap()) + 12 * 3600
}

impl Office {
    fn open(name: &str, date: &str) -> Office {
        let folder = std::env::temp_dir().join(format!("daiban-office-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let database = Scratch::new();
        let config = Config { database: database.as_ref().map(Scratch::url), ..Config::local(&folder) };
        let clock = Clock::moved(noon(date));
        // Opening blocks, so it happens outside the runtime's threads.
        let app = std::thread::spawn(|| App::open(config, clock)).join().unwrap().unwrap();
        Office { app, folder, _database: database }
    }

    async fn order(&self, by: &str, command: Value) -> Result<Value, String> {
        let mut order = command;
        order["as"] = json!(by);
        let order: Order = serde_json::from_value(order).unwrap();
        self.app.execute(&order.by, order.command).await.map_err(|problem| problem.code.to_owned())
    }

    async fn must(&self, by: &str, command: Value) -> Value {
        self.order(by, command.clone()).await.unwrap_or_else(|code| panic!("{command} was refused: {code}"))
    }

    async fn staff(&self) {
        for (id, name, unit, role, group) in [
            ("chief", "陈静", "business-environment", "chief_agent", None),
            ("zhou", "周敏", "natural-resources", "group_specialist", Some("planning")),
            ("lead", "刘强", "drc", "dispatch_lead", None),
        ] {
            let person = json!({ "command": "person_add", "id": id, "name": name, "unit": unit, "role": role, "group": group });
            self.must("office", person).await;
        }
    }

    /// A case with its letter, signed and recorded on the clock's day.
    async fn case(&self) -> CaseId {
        let fields = json!({
            "title": "海湾新材料项目", "enterprise": "海湾新材料公司", "location": "natural-resources",
            "investment_10k_yuan": 12_000, "contact": "王喆 13800138000",
        });
        let opened = self.must("chief", json!({ "command": "case_record", "kind": "case_opened", "fields": fields })).await;
        assert_eq!(opened["verdict"]["code"], "effective", "{opened}");
        let case: CaseId = opened["case"].as_str().unwrap().parse().unwrap();
        self.must("office", json!({ "command": "case_assign", "case": case, "person": "zhou" })).await;
        let today = local_date(self.app.now());
        let letter = json!({
            "project_name": "海湾新材料项目", "enterprise": "海湾新材料公司", "chief": "chief", "scope": ["用地预审"],
            "chief_signed_on": today, "enterprise_signed_on": today,
        });
        let command = json!({ "command": "case_record", "case": case, "kind": "authorization_letter_signed", "fields": letter });
        assert_eq!(self.must("chief", command).await["verdict"]["code"], "effective");
        watch::compute_dirty(&self.app).await.unwrap();
        case
    }

    async fn log(&self, case: CaseId, text: &str) -> Value {
        let fields = json!({ "text": text, "channel": "telephone" });
        self.must("zhou", json!({ "command": "case_record", "case": case, "kind": "work_log", "fields": fields })).await
    }

    fn standing(&self, case: CaseId) -> Vec<(String, String, String, Value)> {
        let read = |conn: &Connection| {
            let head = cases::find(conn, case)?.unwrap();
            duties::standing(conn, head.no)
        };
        let rows = self.app.db.read::<_, DbError>(read).unwrap();
        rows.into_iter().map(|row| (row.key, row.due_on, row.state, row.body)).collect()
    }

    fn tamper(&self, sql: &'static str) {
        tamper(&self.app.db, sql).unwrap();
    }

    fn verify(&self) -> Result<(), String> {
        let found = self.app.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap();
        found.map(|_| ()).map_err(|finding| format!("{} {}", finding.table, finding.row))
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_say_who_may_and_leave_an_audit_row() {
    let office = Office::open("commands", "2026-11-23");
    office.staff().await;
    let unit = json!({ "command": "unit_add", "id": "fengrong", "name": "丰荣街道办事处", "kind": "subdistrict" });
    office.must("administrator", unit.clone()).await;
    assert_eq!(office.order("administrator", unit).await.unwrap_err(), "unit_refused");
    let person = json!({ "command": "person_add", "id": "x1", "name": "甲", "unit": "丰荣街道办事处", "role": "unit_agent" });
    assert_eq!(office.order("zhou", person.clone()).await.unwrap_err(), "role_may_not");
    assert_eq!(office.order("nobody", person.clone()).await.unwrap_err(), "person_unknown");
    office.must("office", person).await;
    let invited = office.must("office", json!({ "command": "device_invite", "person": "x1" })).await;
    let (code, key_hash) = invited["code"].as_str().unwrap().split_once('@').unwrap();
    assert_eq!((code.replace('-', "").len(), key_hash.len()), (32, 16), "{invited}");
    let confirm = json!({ "command": "device_confirm", "number": "000000" });
    assert_eq!(office.order("office", confirm).await.unwrap_err(), "confirmation_wrong");
    office.must("office", json!({ "command": "person_leave", "person": "x1", "reason": "调任" })).await;
    assert_eq!(office.order("x1", json!({ "command": "case_list" })).await.unwrap_err(), "person_left");
    let last = json!({ "command": "person_leave", "person": "office", "reason": "试" });
    assert_eq!(office.order("office", last).await.unwrap_err(), "last_of_role");
    let log = office.app.db.read(|conn| audit::newest(conn, 100)).unwrap();
    let actions: Vec<&str> = log.iter().rev().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["person_add", "person_add", "person_add", "unit_add", "person_add", "device_invite", "person_leave"]);
    assert!(log.iter().all(|row| !row.result.contains(invited["code"].as_str().unwrap())), "codes are not logged");
    office.verify().unwrap();
    office.tamper("UPDATE audit SET object = 'zhou' WHERE no = 4;");
    let found = office.verify().unwrap_err();
    assert!(found.starts_with("audit ") && found.ends_with('4'), "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn duties_follow_the_rows_and_can_be_rebuilt() {
    let office = Office::open("duties", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let before = office.standing(case);
    let table = before.iter().find(|(key, ..)| key.starts_with("D2/planning/")).unwrap();
    assert_eq!(table.1, "2026-12-14", "fifteen working days after the letter");
    watch::rebuild(&office.app).await.unwrap();
    assert_eq!(office.standing(case), before);
    office.verify().unwrap();
    office.tamper("UPDATE duty SET due_on = '2026-12-31' WHERE key LIKE 'D2/planning/%'");
    assert!(office.verify().unwrap_err().starts_with("duty "));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_edition_moves_open_duties_later_only_and_leaves_a_trace() {
    let office = Office::open("edition", "2026-12-11");
    office.staff().await;
    let case = office.case().await;
    let due = |office: &Office| office.standing(case).into_iter().find(|row| row.0.starts_with("D2/planning/")).unwrap();
    assert_eq!(due(&office).1, "2027-01-04");
    // 2027's notice as it might be: 2027-01-01 to 03 off, Sunday 2026-12-27 worked.
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/calendar/2027.statutory.json")).unwrap();
    let mut edition: Value = serde_json::from_str(&text).unwrap();
    edition["status"] = json!("published");
    edition["notices"] = json!([{ "title": "试", "number": "国办发明电〔2026〕9号", "date": "2026-12-12", "url": "" }]);
    edition["holidays"][0]["off"] = json!(["2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04"]);
    office.app.clock.set(noon("2026-12-14"));
    let preview = json!({ "command": "calendar_import", "edition": edition, "preview": true });
    let shown = office.must("office", preview).await;
    assert!(!shown["moved"].as_array().unwrap().is_empty(), "{shown}");
    assert_eq!(due(&office).1, "2027-01-04", "a preview changes nothing");
    office.must("office", json!({ "command": "calendar_import", "edition": edition })).await;
    let moved = due(&office);
    assert_eq!((moved.1.as_str(), moved.3["trace"].as_array().unwrap().len()), ("2027-01-05", 1));
    edition["holidays"][0]["off"] = json!(["2027-01-01", "2027-01-02", "2027-01-03"]);
    office.app.clock.set(noon("2026-12-15"));
    office.must("office", json!({ "command": "calendar_import", "edition": edition })).await;
    assert_eq!(due(&office).1, "2027-01-05", "an open duty keeps the later date");
    let before = office.standing(case);
    watch::rebuild(&office.app).await.unwrap();
    assert_eq!(office.standing(case), before, "the trace is computed, not remembered");
    office.verify().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_duties_shows_what_an_order_just_changed() {
    let office = Office::open("no-lag", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let asked = json!({ "text": "环评批复何时下达？", "channel": "telephone" });
    let inquiry = json!({ "command": "case_record", "case": case, "kind": "inquiry", "fields": asked });
    office.must("zhou", inquiry).await;
    let owed = office.must("office", json!({ "command": "duty_list" })).await;
    let rules: Vec<&str> = owed.as_array().unwrap().iter().filter_map(|duty| duty["rule"].as_str()).collect();
    assert!(rules.contains(&"D12"), "{rules:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_lags_behind_says_so() {
    let office = Office::open("lag", "2026-11-23");
    office.staff().await;
    let mut cases = Vec::new();
    for _ in 0..9 {
        cases.push(office.case().await);
    }
    let behind = async || {
        let owed = office.must("office", json!({ "command": "duty_list" })).await;
        owed.as_array().unwrap().iter().filter(|duty| duty["zh"].as_str().unwrap().contains("正在重新计算")).count()
    };
    assert_eq!(behind().await, 0);
    for case in cases {
        office.log(case, "电话告知材料清单").await;
    }
    assert!(behind().await >= 9, "more cases than are computed at once");
    watch::compute_dirty(&office.app).await.unwrap();
    assert_eq!(behind().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_and_the_settings_come_out_as_they_go_in() {
    let office = Office::open("templates", "2026-11-23");
    let edition = office.must("office", json!({ "command": "calendar_show", "year": 2026 })).await;
    let preview = json!({ "command": "calendar_import", "edition": edition, "preview": true });
    assert_eq!(office.must("office", preview).await["moved"], json!([]));
    assert_eq!(office.order("office", json!({ "command": "calendar_show", "year": 1999 })).await.unwrap_err(), "not_found");
    let policy = office.must("office", json!({ "command": "policy_show" })).await;
    let set = json!({
        "command": "policy_set", "policy": policy, "document": "普政办发〔2026〕3号", "effective": "2026-12-01",
    });
    let set = office.must("office", set).await;
    assert_eq!(set["policy"]["answer_working_days"], policy["answer_working_days"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_runs_once_and_its_ladder_tells_each_thing_once() {
    let office = Office::open("night", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    office.app.clock.set(noon("2026-12-17"));
    let on = parse_date("2026-12-17").unwrap();
    let night = jobs::nightly(&office.app, on, |_| ()).await.unwrap();
    assert_eq!(night.state, "done");
    assert!(night.swept.escalated > 0, "three working days overdue: {night:?}");
    assert!(night.drafted.contains(&"2026-W48/planning".to_owned()));
    assert_eq!(jobs::nightly(&office.app, on, |_| ()).await.unwrap().state, "done_before");
    let told = office.app.db.read(notices::count).unwrap();
    assert_eq!(watch::sweep(&office.app, office.app.now(), None, |_, _| ()).await.unwrap().notices, 0, "nothing is told twice");
    assert_eq!(office.app.db.read(notices::count).unwrap(), told);
    if let Address::File(file) = office.app.db.address() {
        assert!(office.folder.join("backup/2026-12-17.sqlite").exists());
        let copy = office.folder.join("copy.sqlite");
        backup::backup(file, &copy, |_, _| ()).unwrap();
        assert!(matches!(backup::backup(file, &copy, |_, _| ()), Err(backup::BackupError::Exists(_))));
    } else {
        assert_eq!(night.backup, None, "whoever runs the database server backs it up");
    }
    let overdue = office.standing(case).into_iter().find(|row| row.0.starts_with("D2/planning/")).unwrap();
    assert_eq!(overdue.2, "overdue");
    office.verify().unwrap();
    office.tamper("UPDATE case_row SET received_at = received_at + 1 WHERE sequence = 2;");
    assert_eq!(office.verify().unwrap_err(), format!("case_row {case}/2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_before_its_hour_is_done_again_and_one_to_come_is_refused() {
    let office = Office::open("early", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let today = parse_date("2026-12-17").unwrap();
    office.app.clock.set(local_midnight(today) + 3600);
    let early = jobs::nightly(&office.app, today, |_| ()).await.unwrap();
    assert_eq!(early.state, "early");
    office.app.clock.set(noon("2026-12-17"));
    let again = jobs::nightly(&office.app, today, |_| ()).await.unwrap();
    assert_eq!((again.state, again.swept.notices), ("done", 0), "and tells nothing twice");
    let command = |on: &str| json!({ "command": "night_run", "on": on });
    assert_eq!(office.order("office", command("2026-12-18")).await.unwrap_err(), "night_to_come");
    let standing = office.standing(case);
    assert_eq!(office.must("office", command("2026-12-10")).await["state"], "done");
    assert_eq!(office.standing(case), standing, "a night of the past leaves the present as it is");
    office.verify().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_of_the_night_is_not_alarmed_by_phones_that_write_meanwhile() {
    let office = Office::open("alarm", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let (app, stop) = (office.app.clone(), Arc::new(AtomicBool::new(false)));
    let (env, done) = (app.env(), stop.clone());
    let writer = std::thread::spawn(move || {
        let joins = |from| RosterEntry {
            person: "zhou".into(),
            role: Role::GroupSpecialist,
            unit: "natural-resources".into(),
            group: Some(Group::Planning),
            from,
            until: None,
        };
        let mut written = 0;
        while !done.load(Ordering::SeqCst) {
            let (env, entry) = (env.clone(), joins(written));
            let row = move |tx: &Transaction<'_>| ledger::append_roster(tx, &env, case, entry.clone());
            app.db.write_blocking::<_, ledger::LedgerError>(row).unwrap();
            written += 1;
        }
        written
    });
    let first = parse_date("2026-10-01").unwrap();
    for day in first.iter_days().take(30) {
        let night = jobs::nightly(&office.app, day, |_| ()).await.map_err(|problem| problem.to_string());
        assert_eq!(night.map(|night| night.state), Ok("done"), "{day}");
    }
    stop.store(true, Ordering::SeqCst);
    assert!(writer.join().unwrap() > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_records_for_others_and_personal_data_is_sealed() {
    let office = Office::open("record", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let shown = office.must("office", json!({ "command": "case_show", "case": case })).await;
    assert!(!shown.to_string().contains("13800138000"), "a contact never stands in plain text");
    let fields = json!({ "text": "代录", "channel": "window" });
    let record = json!({ "command": "case_record", "case": case, "person": "zhou", "kind": "work_log", "fields": fields });
    assert_eq!(office.must("office", record.clone()).await["verdict"]["code"], "effective");
    assert_eq!(office.order("chief", record).await.unwrap_err(), "not_author");
    let wrong = json!({ "command": "case_record", "case": case, "kind": "work_log", "fields": { "text": "" } });
    assert_eq!(office.order("zhou", wrong).await.unwrap_err(), "fields");
    let end = json!({ "command": "case_assign", "case": case, "person": "zhou", "end": true });
    office.must("office", end.clone()).await;
    office.app.clock.set(noon("2026-11-24"));
    assert_eq!(office.order("office", end).await.unwrap_err(), "not_on_case");
    let by = PersonId::from("office");
    let missing = CaseShow { case: CaseId([9; 16]).into() };
    assert_eq!(office.app.execute(&by, missing).await.unwrap_err().code, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quarantined_record_is_adopted_under_its_own_id_and_late_work_is_ruled_on() {
    let office = Office::open("rulings", "2026-11-23");
    office.staff().await;
    let case = office.case().await;
    let (actor, now) = (ActorId([7; 16]), office.app.now());
    let body = Body::WorkLog(serde_json::from_value(json!({ "text": "现场勘查", "channel": "on_site" })).unwrap());
    let (by, unit, id) = (PersonId::from("zhou"), "natural-resources".into(), FactId([5; 16]));
    let fact = Fact { id, by: by.clone(), unit, occurred_at: now, recorded_at: now, amends: None, body };
    let bytes = compose(actor, &ChainTip::start(case), &fact.node(), now).bytes;
    let keep = move |tx: &Transaction<'_>| {
        let (code, device) = ("fork", DeviceId([3; 16]));
        let (bytes, signature) = (&bytes[..], &[][..]);
        let kept = Refused { case, device, person: &by, code, bytes, statement: None, signature, received_at: now };
        quarantine::insert(tx, &kept)
    };
    let number = office.app.db.write::<i64, DbError>(keep).await.unwrap();
    let adopt = |reason: &str| json!({ "command": "ruling_adopt", "quarantine": number, "reason": reason });
    assert_eq!(office.order("office", adopt(" ")).await.unwrap_err(), "reason_missing");
    assert_eq!(office.order("chief", adopt("属实")).await.unwrap_err(), "role_may_not");
    let adopted = office.must("office", adopt("经核实属实")).await;
    assert_eq!((&adopted["fact"], &adopted["verdict"]["code"]), (&json!(id), &json!("effective")));
    assert_eq!(office.order("office", adopt("再次")).await.unwrap_err(), "adopted_before");
    let late =
        |fact: FactId| json!({ "command": "ruling_late", "case": case, "fact": fact, "accept": false, "reason": "超期无故" });
    assert_eq!(office.must("chief", late(id)).await["accepted"], false);
    assert_eq!(office.order("chief", late(FactId([9; 16]))).await.unwrap_err(), "not_found");
    assert_eq!(office.order("zhou", late(id)).await.unwrap_err(), "role_may_not");
    office.verify().unwrap();
}
