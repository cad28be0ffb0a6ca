//! A store with something in every table: the demo's five weeks, and then what the demo leaves out.

use super::phone::Phone;
use daiban_core::fact::Body;
use daiban_core::ids::{CaseId, DeviceId, PersonId};
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::commands::Order;
use daiban_server::config::Config;
use daiban_server::db::DbError;
use daiban_server::db::sql::cases;
use daiban_server::db::sql::notices::{self, Notice};
use daiban_server::db::sql::quarantine::{self, Refused};
use daiban_server::watch;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// 2026-03-20 09:00 in Shanghai: after the demo's last week.
pub const NOW: i64 = 1_773_968_400;
pub const CASES: [CaseId; 3] = [CaseId([0xa1; 16]), CaseId([0xa2; 16]), CaseId([0xa3; 16])];

/// A folder of its own, gone with the value.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new(name: &str) -> Place {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let unique = format!("daiban-move-{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(unique);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Place(path)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The store and the phone that will go on.
pub struct Rich {
    place: Place,
    pub phone: Phone,
}

impl Rich {
    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.place.0.join("server")
    }

    pub fn file(&self) -> PathBuf {
        self.data().join("daiban.sqlite")
    }

    /// Makes it, in this process and that of the demo; then nobody holds it.
    pub fn new() -> Rich {
        let place = Place::new("rich");
        let told = Command::new(env!("CARGO_BIN_EXE_daiban")).args(["demo", "--exit", "--folder"]).arg(&place.0).output();
        let told = told.unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
        let phone = run(async {
            let app = open_at(&place.0.join("server"), None, NOW);
            let mut phone = Phone::enrolled(&app).await;
            office_work(&app).await;
            for (no, case) in CASES.into_iter().enumerate() {
                app.clock.set(NOW + 60 * i64::try_from(no).unwrap());
                let mut facts = vec![(1, Phone::opening(&format!("食品加工项目{no}"))), (2, Phone::log("到企业了解情况"))];
                if no == 1 {
                    facts.push((3, Body::Unknown { kind: "kind_of_a_later_version".into(), fields: Vec::new() }));
                }
                phone.send(&app, case, facts).await;
                if no == 0 {
                    // The other two have rows from which no duty was computed yet.
                    watch::compute_dirty(&app).await.unwrap();
                }
            }
            phone
        });
        Rich { place, phone }
    }
}

/// Runs what needs a runtime.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

/// Opens a data folder an hour after [`NOW`], with the file in it or a database.
pub fn open(data: &Path, database: Option<String>) -> Arc<App> {
    open_at(data, database, NOW + 3600)
}

fn open_at(data: &Path, database: Option<String>, now: i64) -> Arc<App> {
    App::open(Config { database, ..Config::local(data) }, Clock::moved(now)).unwrap()
}

pub async fn order(app: &Arc<App>, command: Value) -> Value {
    let mut order = command;
    order["as"] = json!("office");
    let order: Order = serde_json::from_value(order).unwrap();
    app.execute(&order.by, order.command).await.unwrap_or_else(|problem| panic!("{problem}"))
}

/// Keeps bytes that no case takes; tells their number.
pub async fn refuse(app: &Arc<App>, bytes: &'static [u8]) -> i64 {
    let keep = move |tx: &daiban_server::db::Transaction<'_>| {
        let (person, device) = (PersonId::from("wang"), DeviceId([3; 16]));
        let (statement, signature) = (Some(&b"statement"[..]), &b"signature"[..]);
        let (case, code) = (CASES[0], "checksum");
        quarantine::insert(tx, &Refused { case, device, person: &person, code, bytes, statement, signature, received_at: NOW })
    };
    app.db.write::<i64, DbError>(keep).await.unwrap()
}

async fn office_work(app: &Arc<App>) {
    let edition = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/data/calendar/2027.statutory.json");
    let mut edition: Value = serde_json::from_str(&std::fs::read_to_string(edition).unwrap()).unwrap();
    edition["status"] = json!("published");
    edition["notices"] = json!([{ "title": "试", "number": "国办发明电〔2026〕9号", "date": "2026-03-12", "url": "" }]);
    order(app, json!({ "command": "calendar_import", "edition": edition })).await;
    order(app, json!({ "command": "seat_set", "seat": "组长", "name": "陈立", "from": "2026-01-01" })).await;
    let policy = serde_json::to_value(daiban_core::rules::Policy::default()).unwrap();
    order(
        app,
        json!({ "command": "policy_set", "policy": policy, "document": "普政办发〔2026〕3号", "effective": "2027-06-01" }),
    )
    .await;
    for bytes in [&b"bad bytes"[..], b"worse bytes"] {
        refuse(app, bytes).await;
    }
    // A fact of the server's own chain: the others are the phones'.
    let case = app.db.read(cases::list).unwrap()[0].id;
    let fields = json!({ "text": "企业来电询问进度", "channel": "telephone" });
    order(app, json!({ "command": "case_record", "case": case, "person": "sun", "kind": "work_log", "fields": fields })).await;
    // A stretch in which nothing was received.
    let wrong = json!({ "command": "clock_declare_wrong", "from": 1_000, "until": 2_000, "reason": "试" });
    order(app, wrong).await;
    let district = Notice {
        key: "district/2026-W12/other".into(),
        case_no: None,
        kind: "other".into(),
        to_whom: "office".into(),
        zh: "本周周报已汇总。".into(),
        en: "this week's reports are in".into(),
        made_at: NOW,
        ..Notice::default()
    };
    assert!(app.db.write::<_, DbError>(move |tx| notices::insert(tx, &district)).await.unwrap());
}

/// Every file of a folder with its SHA-256.
pub fn fingerprints(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(fingerprints(&path));
        } else {
            found.insert(path.clone(), Sha256::digest(std::fs::read(&path).unwrap()).to_vec());
        }
    }
    found
}

/// A copy of a folder of files.
pub fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in fingerprints(from).into_keys() {
        let there = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(there.parent().unwrap()).unwrap();
        std::fs::copy(&file, there).unwrap();
    }
}
