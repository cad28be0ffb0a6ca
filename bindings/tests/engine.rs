//! The skin on a made-up host: what needs no other language and no server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod host;

use daiban_ffi::{
    CaseOpenedDraft, Channel, Engine, EngineError, NewCase, NewRecord, RecordDraft, SyncEnd, UtcTime, WorkLogDraft,
};
use host::{Host, Network, run};
use std::sync::Arc;

const SECRET: &str = "规划许可窗口要求补正总平面图";

fn opening() -> CaseOpenedDraft {
    CaseOpenedDraft {
        title: "新能源电池项目".into(),
        enterprise: "大连某某公司".into(),
        location: "丰荣街道办事处".into(),
        investment_10k_yuan: Some(25_000),
        decision: None,
        benefit: None,
        needs: None,
        contact: Some("王工 13800000000".into()),
    }
}

fn new_case() -> NewCase {
    NewCase { draft: opening(), case_id: None, record_id: None, occurred_at: None }
}

fn log(text: &str) -> NewRecord {
    let draft = WorkLogDraft {
        text: text.into(),
        channel: Channel::Window,
        item: None,
        place: None,
        next_step: None,
        minutes: None,
        met: Some("王工 13800000000".into()),
    };
    NewRecord { draft: RecordDraft::WorkLog(draft), record_id: None, occurred_at: None, amends: None }
}

fn enrolled(host: &Host) -> Arc<Engine> {
    let engine = host.open().unwrap();
    host.network.answers_enrolments();
    let identity = run(engine.enrol("http://127.0.0.1:8460".into(), "AB12-CD34".into(), "试验机".into())).unwrap();
    assert_eq!(identity.confirmation.len(), 6);
    engine
}

#[test]
fn nothing_readable_lies_on_the_phone() {
    let host = Host::new("sealed");
    let engine = enrolled(&host);
    let saved = engine.open_case(new_case()).unwrap();
    engine.record(saved.case_id, log(SECRET)).unwrap();
    let shown = engine.case_view(saved.case_id).unwrap();
    assert!(shown.records.iter().flat_map(|r| &r.fields).any(|f| f.text_zh == SECRET), "the screen shows it");
    let mut files = 0;
    for entry in std::fs::read_dir(host.folder()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for readable in [SECRET, "大连某某公司", "13800000000", "127.0.0.1", "zhang"] {
            assert!(!bytes.windows(readable.len()).any(|w| w == readable.as_bytes()), "{readable} lies there in the clear");
        }
        for key in host.keys.all() {
            assert!(!bytes.windows(key.len()).any(|w| w == key));
        }
        files += 1;
    }
    assert!(files >= 1);
}

#[test]
fn a_form_handed_in_twice_is_one_record() {
    let host = Host::new("twice");
    let engine = enrolled(&host);
    let form =
        NewCase { case_id: Some(engine.new_case_id().unwrap()), record_id: Some(engine.new_record_id().unwrap()), ..new_case() };
    let first = engine.open_case(form.clone()).unwrap();
    host.clock.pass(90);
    let again = engine.open_case(form.clone()).unwrap();
    assert!(!first.already && again.already && first.case_id == again.case_id);
    let form = NewRecord { record_id: Some(engine.new_record_id().unwrap()), ..log(SECRET) };
    engine.record(first.case_id, form.clone()).unwrap();
    host.clock.pass(90);
    let engine = host.reopen(engine);
    assert!(engine.record(first.case_id, form.clone()).unwrap().already, "personal data is compared by what it says");
    assert_eq!(engine.my_records(None).unwrap().len(), 2);
    let other = NewRecord { draft: log("另一件事").draft, ..form };
    let refused = engine.record(first.case_id, other).unwrap_err();
    assert!(matches!(&refused, EngineError::Invalid { code, .. } if code == "already_recorded"), "{refused}");
    assert_eq!(engine.overview().unwrap().unsent, 2);
}

#[test]
fn a_later_protocol_asks_for_an_update_and_loses_nothing() {
    let host = Host::new("protocol");
    let engine = enrolled(&host);
    let case = engine.open_case(new_case()).unwrap().case_id;
    host.network.set(Network::Answers {
        status: 200,
        media_type: "application/x-daiban-sync",
        body: b"\x09something new".to_vec(),
    });
    let newer = run(engine.sync_now(5_000)).unwrap_err();
    assert!(matches!(&newer, EngineError::UpdateApp { code, .. } if code == "answer"), "{newer}");
    let problem = r#"{"code":"unsupported_version","detail":"应用版本与服务器不一致，请更新应用后再同步。"}"#;
    host.network.set(Network::Answers { status: 400, media_type: "application/problem+json", body: problem.as_bytes().to_vec() });
    let older = run(engine.sync_now(5_000)).unwrap_err();
    assert!(matches!(&older, EngineError::UpdateApp { code, .. } if code == "unsupported_version"), "{older}");
    assert_eq!(engine.overview().unwrap().unsent, 1);
    assert_eq!(engine.sync_status().unwrap().last_error_code.as_deref(), Some("unsupported_version"));
    assert_eq!(engine.my_records(Some(case)).unwrap().len(), 1);
}

#[test]
fn what_stands_between_has_a_name_each() {
    let host = Host::new("between");
    let engine = enrolled(&host);
    engine.open_case(new_case()).unwrap();
    let html = b"<html>please sign in".to_vec();
    let rows: [(Network, &str); 5] = [
        (Network::Answers { status: 200, media_type: "text/html; charset=utf-8", body: html.clone() }, "captive_portal"),
        (Network::Answers { status: 302, media_type: "", body: Vec::new() }, "captive_portal"),
        (Network::Answers { status: 404, media_type: "text/html", body: html.clone() }, "wrong_server"),
        (Network::Answers { status: 503, media_type: "text/html", body: html }, "busy"),
        (Network::Off, "offline"),
    ];
    for (network, code) in rows {
        host.network.set(network);
        let error = run(engine.sync_now(20_000)).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.zh().contains("记录都在本机"), "{error}: says that nothing is lost");
        assert_eq!(engine.overview().unwrap().unsent, 1);
    }
}

#[test]
fn a_hanging_network_is_cut_by_deadline_and_cancel() {
    let host = Host::new("hang");
    let engine = enrolled(&host);
    engine.open_case(new_case()).unwrap();
    host.network.set(Network::Hangs);
    let report = run(engine.sync_now(50)).unwrap();
    assert_eq!((report.end, report.sent, report.left), (SyncEnd::Deadline, 0, 1));
    let cancelled = run(async {
        let (first, second) = (engine.sync_now(60_000), engine.sync_now(60_000));
        let cancel = async {
            host.network.until_asked().await;
            engine.cancel_sync().unwrap();
        };
        let (first, second, ()) = tokio::join!(first, second, cancel);
        (first.unwrap().end, second.unwrap().end)
    });
    assert_eq!(cancelled, (SyncEnd::Cancelled, SyncEnd::Cancelled), "the running one, and the one that waits for its turn");
    assert!(!engine.sync_status().unwrap().running);
}

#[test]
fn a_panic_costs_one_call() {
    let host = Host::new("panic");
    let engine = enrolled(&host);
    let case = engine.open_case(new_case()).unwrap().case_id;
    let broke = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| engine.diagnostic_panic()));
    assert!(broke.is_err());
    engine.record(case, log(SECRET)).unwrap();
    assert_eq!(engine.overview().unwrap().unsent, 2);
    engine.shut_down().unwrap();
    assert!(matches!(engine.overview(), Err(EngineError::Closed { .. })));
}

#[test]
fn keys_are_never_replaced_over_old_records() {
    let host = Host::new("keys");
    let engine = enrolled(&host);
    engine.open_case(new_case()).unwrap();
    engine.shut_down().unwrap();
    let kept = host.keys.take();
    let lost = host.open().err().unwrap();
    assert!(matches!(&lost, EngineError::Keys { code, .. } if code == "key_lost"), "{lost}");
    assert!(host.keys.all().is_empty(), "no new key was drawn");
    host.keys.lock();
    assert_eq!(host.open().err().unwrap().code(), "key_store_locked");
    host.keys.give_back(kept);
    assert_eq!(host.open().unwrap().overview().unwrap().unsent, 1);
    let forgets = Host::new("forgets");
    forgets.keys.forget();
    assert_eq!(forgets.open().err().unwrap().code(), "key_store_forgets");
}

#[test]
fn hundreds_of_hostile_forms_are_refused_whole_or_listed_once() {
    let host = Host::new("border");
    let engine = enrolled(&host);
    let case = engine.open_case(new_case()).unwrap().case_id;
    let texts = ["好", "", "\0", "\u{1B}[31m", "一\r\n二", "倒\u{202E}序", "\u{200B}", "葛\u{E0100}", "\u{FFFF}"];
    let times =
        [None, Some(i64::MIN), Some(-57_600), Some(-1), Some(0), Some(4_102_444_801), Some(7_258_060_800), Some(i64::MAX)];
    let ids = [None, Some(engine.new_record_id().unwrap()), Some(engine.new_record_id().unwrap())];
    let mut listed = engine.my_records(None).unwrap().len();
    let mut tried = 0;
    for text in texts {
        for occurred_at in times.map(|at| at.map(UtcTime)) {
            for record_id in ids {
                tried += 1;
                let done = engine.record(case, NewRecord { record_id, occurred_at, ..log(text) });
                let all = engine.my_records(None).unwrap();
                match done {
                    Ok(saved) => {
                        listed += usize::from(!saved.already);
                        assert_eq!(all.iter().filter(|r| r.record_id == saved.record_id).count(), 1, "{text:?} {occurred_at:?}");
                    }
                    Err(EngineError::Invalid { zh, .. }) => assert!(!zh.is_empty()),
                    Err(other) => panic!("{text:?} {occurred_at:?}: {other:?}"),
                }
                assert_eq!(all.len(), listed, "{text:?} {occurred_at:?} {record_id:?}");
            }
        }
    }
    assert!(tried == 216 && listed > 3, "{tried} tried, {listed} listed");
    let refused = engine.record(case, NewRecord { occurred_at: Some(UtcTime(-57_600)), ..log("旧事") }).unwrap_err();
    assert!(
        matches!(&refused, EngineError::Invalid { field: Some(f), zh, .. } if f == "occurred_at" && zh.contains("1970年")),
        "{refused:?}"
    );
}
