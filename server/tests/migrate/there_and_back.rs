//! A rich store moves to PostgreSQL, works there, and comes back.

use super::phone::{Phone, names};
use super::rich::{self, CASES, Place, Rich, copied, fingerprints, open, order, refuse, run};
use super::{Told, migrate, scratch, sqlite};
use daiban_core::ids::CaseId;
use daiban_server::app::{App, OpenError};
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::sql::{audit, cases, duties, notices};
use daiban_server::db::{Connection, DbError};
use daiban_server::{jobs, ledger, serve, watch};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

fn tables(told: &Told) -> BTreeMap<String, (u64, String)> {
    let one = |table: &serde_json::Value| {
        let sum = (table["rows"].as_u64().unwrap(), table["sum"].as_str().unwrap().to_owned());
        (table["table"].as_str().unwrap().to_owned(), sum)
    };
    told.document["tables"].as_array().unwrap().iter().map(one).collect()
}

fn done(told: Told) -> Told {
    assert_eq!(told.code, 0, "{}\n{}", told.stderr, told.document);
    assert_eq!(told.document["ok"], true);
    let zh = told.document["zh"].as_str().unwrap();
    assert!(zh.contains("迁移完成") && zh.contains("下一步"), "{zh}");
    told
}

/// What officials see, by address.
async fn pages(app: &Arc<App>) -> BTreeMap<String, String> {
    let running = serve::start(app.clone()).unwrap();
    let heads = app.db.read(cases::list).unwrap();
    let of_cases = heads.iter().flat_map(|head| {
        let case = head.id;
        [format!("/cases/{case}"), format!("/v1/cases/{case}/facts"), format!("/v1/cases/{case}/duties")]
    });
    let fixed = ["/cases", "/duties", "/reports", "/v1/notices", "/v1/quarantine", "/v1/reports"].map(str::to_owned);
    let (url, token) = (running.url(), app.office_token.clone());
    let addresses: Vec<String> = of_cases.chain(fixed).collect();
    let fetch = move || {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let one = |address: String| {
            let mut answer =
                agent.get(format!("{url}{address}")).header("authorization", format!("Bearer {token}")).call().unwrap();
            let text = answer.body_mut().read_to_string().unwrap();
            assert_eq!(answer.status().as_u16(), 200, "{address}: {text}");
            (address, text)
        };
        addresses.into_iter().map(one).collect()
    };
    let shown = tokio::task::spawn_blocking(fetch).await.unwrap();
    running.stop().await.unwrap();
    shown
}

/// Case by case what the tables say, without any local number.
fn told(app: &App) -> Vec<String> {
    let read = |conn: &Connection| -> Result<Vec<String>, DbError> {
        let mut all = Vec::new();
        for head in cases::list(conn)? {
            let trace = duties::trace(conn, head.no)?.into_iter();
            let trace: Vec<_> = trace.map(|row| (row.no, row.key, row.due_on, row.state, row.body, row.closed_why)).collect();
            let notices: Vec<_> = notices::of_case(conn, head.no)?.into_iter().map(|notice| notice.key).collect();
            let rows = ledger::case_rows(conn, head.id).map_err(|_| DbError::Corrupt("rows"))?;
            let head = (head.id, head.sequence, head.chain, head.standing, head.opened_at, head.link, head.computed);
            all.push(format!("{head:?} {rows:?} {trace:?} {notices:?}"));
        }
        all.push(format!("{:?} {:?}", audit::newest(conn, 1000)?, notices::newest(conn, 1000)?.len()));
        Ok(all)
    };
    app.db.read(read).unwrap()
}

fn stands(app: &App) {
    app.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap().unwrap();
}

#[test]
fn a_rich_store_moves_serves_and_comes_back() {
    let mut rich = Rich::new();
    let database = scratch();
    let before = fingerprints(&rich.data());
    let there = done(migrate(&rich.data(), &sqlite(&rich.data()), &database.url()));
    assert_eq!(fingerprints(&rich.data()), before, "the source is byte for byte what it was");
    let moved = tables(&there);
    let empty: Vec<&String> = moved.iter().filter(|(_, (rows, _))| *rows == 0).map(|(name, _)| name).collect();
    assert!(empty.is_empty(), "the source has something in every table, but for {empty:?}");
    assert_eq!(there.document["server_key_known"], true);

    let aside = Place::new("aside");
    copied(&rich.data(), &aside.0.join("old"));
    run(shows_the_same(&aside.0.join("old"), &rich.data(), database.url()));
    a_folder_with_another_key_is_refused(&aside.0.join("stranger"), database.url());
    run(goes_on(&mut rich, database.url()));

    // Back: the folder's old file was moved away, as the report says.
    std::fs::remove_file(rich.file()).unwrap();
    let back = done(migrate(&rich.data(), &database.url(), &sqlite(&rich.file())));
    assert!(back.document["zh"].as_str().unwrap().contains("停用 database"));
    let shared = run(async {
        let app = open(&rich.data(), Some(database.url()));
        (pages(&app).await, told(&app))
    });
    run(async {
        let app = open(&rich.data(), None);
        stands(&app);
        assert_eq!((pages(&app).await, told(&app)), shared);
        assert_eq!(app.db.read(audit::nodes).unwrap().len(), 2, "the node's chain came along beside the file's own");
        rich.phone.again(&app).await.unwrap();
        let answer = rich.phone.send(&app, CASES[1], vec![(7, Phone::log("回到文件库"))]).await;
        assert_eq!(names(&answer), ["5 effective"]);
        order(&app, json!({ "command": "person_add", "id": "new2", "name": "乙", "unit": "drc", "role": "unit_agent" })).await;
        watch::compute_dirty(&app).await.unwrap();
        stands(&app);
    });
}

/// The target serves with the same data folder what the source served.
async fn shows_the_same(old: &Path, data: &Path, url: String) {
    let before = open(old, None);
    let expected = (pages(&before).await, told(&before), before.install, before.epoch, before.device());
    drop(before);
    let app = open(data, Some(url));
    assert_eq!((pages(&app).await, told(&app), app.install, app.epoch, app.device()), expected);
    stands(&app);
}

fn a_folder_with_another_key_is_refused(folder: &Path, url: String) {
    let config = Config { database: Some(url), ..Config::local(folder) };
    assert!(matches!(App::open(config, Clock::moved(rich::NOW)), Err(OpenError::OtherKey)));
}

/// The phone and the office go on where they were.
async fn goes_on(rich: &mut Rich, url: String) {
    let app = open(&rich.data(), Some(url));
    let same = rich.phone.again(&app).await.unwrap();
    assert_eq!(names(&same), ["2 effective", "3 effective"], "a repeated request gets the answer it had");
    let answer = rich.phone.send(&app, CASES[0], vec![(3, Phone::log("在新库上继续"))]).await;
    assert_eq!(names(&answer), ["4 effective"], "the chain goes on where it was");
    let fresh = CaseId([0xb1; 16]);
    let answer = rich.phone.send(&app, fresh, vec![(1, Phone::opening("新库上的项目"))]).await;
    assert_eq!(names(&answer), ["2 effective"]);
    assert_eq!(refuse(&app, b"bad bytes").await, 1, "bytes that were refused before keep their number");
    assert_eq!(refuse(&app, b"new bytes").await, 3, "numbers count on");
    order(&app, json!({ "command": "person_add", "id": "new1", "name": "甲", "unit": "drc", "role": "unit_agent" })).await;
    watch::compute_dirty(&app).await.unwrap();
    stands(&app);
    let chains = app.db.read(audit::nodes).unwrap();
    assert_eq!((chains.len(), chains[0].as_str()), (2, ""), "the file's chain ends where it was, the node has its own");
}

#[test]
fn sums_are_the_same_there_and_back_and_there_again() {
    let rich = Rich::new();
    let (one, two) = (scratch(), scratch());
    let there = done(migrate(&rich.data(), &sqlite(&rich.file()), &one.url()));
    let backup = rich.data().join("back.sqlite");
    let back = done(migrate(&rich.data(), &one.url(), &sqlite(&backup)));
    assert!(back.document["zh"].as_str().unwrap().contains("改名为 daiban.sqlite"), "{}", back.document["zh"]);
    // Out of the data folder, as a backup is kept; then nothing says whose key it was written with.
    let elsewhere = Place::new("backup");
    let kept = elsewhere.0.join("kept.sqlite");
    std::fs::rename(&backup, &kept).unwrap();
    let again = done(migrate(&elsewhere.0, &sqlite(&kept), &two.url()));
    assert_eq!(tables(&there), tables(&back));
    assert_eq!(tables(&there), tables(&again));
    assert_eq!(there.document["verified"], again.document["verified"]);
    assert_eq!((&back.document["server_key_known"], &again.document["server_key_known"]), (&json!(true), &json!(false)));
    assert!(again.document["zh"].as_str().unwrap().contains("没有找到 server.key"));
    let left: Vec<_> = std::fs::read_dir(&elsewhere.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["kept.sqlite"], "nothing is left beside the file");
}

#[test]
fn a_store_comes_back_into_a_new_data_folder() {
    let (rich, database, home) = (Rich::new(), scratch(), Place::new("home"));
    done(migrate(&rich.data(), &sqlite(&rich.file()), &database.url()));
    let data = home.0.join("data");
    let back = done(migrate(&rich.data(), &database.url(), &sqlite(&data)));
    let next = format!("daiban --data {} serve", data.display());
    assert!(back.document["zh"].as_str().unwrap().contains(&next), "{}", back.document["zh"]);
    let mode = std::os::unix::fs::PermissionsExt::mode(&data.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700, "others cannot look into it");
    for key in ["server.key", "office.token"] {
        std::fs::copy(rich.data().join(key), data.join(key)).unwrap();
    }
    stands(&open(&data, None));
}

#[test]
fn what_a_killed_server_left_in_its_write_ahead_log_comes_along() {
    let mut rich = Rich::new();
    let (database, killed) = (scratch(), Place::new("killed"));
    let answer = run(async {
        let app = open(&rich.data(), None);
        let answer = rich.phone.send(&app, CASES[2], vec![(5, Phone::log("断电前的最后一条"))]).await;
        // What lies on the disk now is what a power cut would leave.
        copied(&rich.data(), &killed.0);
        answer
    });
    assert_eq!(names(&answer), ["4 effective"]);
    assert!(killed.0.join("daiban.sqlite-wal").metadata().unwrap().len() > 0, "the log was not yet in the database");
    std::fs::remove_file(killed.0.join("daiban.sqlite-shm")).unwrap();
    let before = fingerprints(&killed.0);
    let link = Place::new("link");
    std::os::unix::fs::symlink(killed.0.join("daiban.sqlite"), link.0.join("by_link")).unwrap();
    done(migrate(&killed.0, &sqlite(&link.0.join("by_link")), &database.url()));
    assert_eq!(fingerprints(&killed.0), before);
    let app = open(&killed.0, Some(database.url()));
    let head = app.db.read(|conn| cases::find(conn, CASES[2])).unwrap().unwrap();
    assert_eq!(head.sequence, 4);
}
