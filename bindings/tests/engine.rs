//! The bindings on a made-up host: what needs no other language and no server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod host;

use daiban_core::ids::CaseId;
use daiban_ffi::{Engine, EngineError, FieldShape, FormValue, RecordForm, RecordId, Saved, SyncEnd, UtcTime};
use host::{Host, Network, run};
use std::collections::HashMap;
use std::sync::Arc;

const SECRET: &str = "规划许可窗口要求补正总平面图";

type Values = HashMap<String, FormValue>;

fn values<const N: usize>(typed: [(&str, &str); N]) -> Values {
    typed.map(|(name, text)| (name.to_owned(), FormValue::from(text))).into()
}

fn opening() -> Values {
    values([
        ("title", "新能源电池项目"),
        ("enterprise", "大连某某公司"),
        ("location", "丰荣街道办事处"),
        ("investment_10k_yuan", "25000万元"),
        ("contact", "王工 13800000000"),
    ])
}

fn log(text: &str) -> Values {
    values([("text", text), ("channel", "window"), ("met", "王工 13800000000")])
}

fn open_case(engine: &Engine) -> CaseId {
    engine.open_case(opening(), None, None, None).unwrap().case_id
}

fn record(engine: &Engine, case: CaseId, text: &str, id: Option<RecordId>) -> Result<Saved, EngineError> {
    engine.record(case, "work_log".into(), log(text), id, None, None)
}

/// What stands in a form, as the values that are handed in.
fn filled(form: RecordForm) -> Values {
    form.fields.into_iter().filter_map(|field| Some((field.name, field.value?))).collect()
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
    let case = open_case(&engine);
    record(&engine, case, SECRET, None).unwrap();
    let shown = engine.case_view(case).unwrap();
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
    let (case, first_id) = (engine.new_case_id().unwrap(), engine.new_record_id().unwrap());
    let hand_in = |engine: &Engine| engine.open_case(opening(), Some(case), Some(first_id), None).unwrap();
    let first = hand_in(&engine);
    host.clock.pass(90);
    let again = hand_in(&engine);
    assert!(!first.already && again.already && first.case_id == again.case_id);
    let id = Some(engine.new_record_id().unwrap());
    record(&engine, case, SECRET, id).unwrap();
    host.clock.pass(90);
    let engine = host.reopen(engine);
    assert!(record(&engine, case, SECRET, id).unwrap().already, "personal data is compared by what it says");
    assert_eq!(engine.my_records(None).unwrap().len(), 2);
    let refused = record(&engine, case, "另一件事", id).unwrap_err();
    assert!(matches!(&refused, EngineError::Invalid { code, .. } if code == "already_recorded"), "{refused}");
    assert_eq!(engine.overview().unwrap().unsent, 2);
}

#[test]
fn a_later_protocol_asks_for_an_update_and_loses_nothing() {
    let host = Host::new("protocol");
    let engine = enrolled(&host);
    let case = open_case(&engine);
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
    open_case(&engine);
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
    open_case(&engine);
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
    let case = open_case(&engine);
    let broke = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| engine.diagnostic_panic()));
    assert!(broke.is_err());
    record(&engine, case, SECRET, None).unwrap();
    assert_eq!(engine.overview().unwrap().unsent, 2);
    engine.shut_down().unwrap();
    assert!(matches!(engine.overview(), Err(EngineError::Closed { .. })));
}

#[test]
fn keys_are_never_replaced_over_old_records() {
    let host = Host::new("keys");
    let engine = enrolled(&host);
    open_case(&engine);
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
    let case = open_case(&engine);
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
                let done = engine.record(case, "work_log".into(), log(text), record_id, occurred_at, None);
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
    let refused = engine.record(case, "work_log".into(), log("旧事"), None, Some(UtcTime(-57_600)), None).unwrap_err();
    assert!(
        matches!(&refused, EngineError::Invalid { field: Some(f), zh, .. } if f == "occurred_at" && zh.contains("1970年")),
        "{refused:?}"
    );
}

#[test]
fn every_kind_has_a_form_that_a_screen_can_walk() {
    let host = Host::new("forms");
    let engine = enrolled(&host);
    let case = open_case(&engine);
    let kinds = engine.case_view(case).unwrap().actions;
    assert!(kinds.len() >= 12);
    for kind in kinds {
        let form = engine.form(Some(case), kind.kind.code.clone(), None).unwrap();
        assert_eq!(form.kind, kind.kind);
        assert!(!form.clause.is_empty() && !form.fields.is_empty(), "{}", kind.kind.code);
        for field in form.fields {
            let at = format!("{}.{}", kind.kind.code, field.name);
            assert!(!field.label.zh.is_empty() && !field.label.en.is_empty(), "{at}");
            match field.shape {
                FieldShape::Choice { options } => assert!(options.len() > 1, "{at}"),
                FieldShape::Rows { columns, .. } => assert!(!columns.is_empty(), "{at}"),
                FieldShape::OneOf { variants } => assert!(variants.len() > 1, "{at}"),
                FieldShape::Sealed => assert!(field.sealed, "{at}"),
                _ => {}
            }
        }
    }
    let unknown = engine.form(None, "site_dreamt_of".into(), None).unwrap_err();
    assert!(matches!(&unknown, EngineError::Invalid { field: Some(f), .. } if f == "kind"), "{unknown}");
}

#[test]
fn a_form_knows_what_the_phone_knows_and_becomes_a_form_again() {
    let host = Host::new("filled");
    let engine = enrolled(&host);
    let case = open_case(&engine);
    let letter = filled(engine.form(Some(case), "authorization_letter_signed".into(), None).unwrap());
    let expected = values([("chief", "zhang"), ("enterprise", "大连某某公司"), ("project_name", "新能源电池项目")]);
    assert_eq!(letter, expected);
    let quiet = filled(engine.form(Some(case), "no_change".into(), None).unwrap());
    assert_eq!(quiet, values([("week", "2026-W48")]));
    let receipt = engine.form(Some(case), "material_received".into(), None).unwrap();
    let FieldShape::Rows { columns, least } = &receipt.fields[0].shape else { panic!("{receipt:?}") };
    assert_eq!((*least, columns[1].name.as_str(), &columns[1].value), (1, "copies", &Some(FormValue::Integer { value: 1 })));

    let kept = record(&engine, case, SECRET, None).unwrap().record_id;
    let again = filled(engine.form(Some(case), "work_log".into(), Some(kept)).unwrap());
    assert_eq!(again, log(SECRET), "personal data is opened for its author");
    let other = engine.form(Some(case), "inquiry".into(), Some(kept)).unwrap_err();
    assert!(matches!(&other, EngineError::Invalid { code, .. } if code == "kind"), "{other}");
    let nowhere = engine.form(Some(engine.new_case_id().unwrap()), "inquiry".into(), None).unwrap_err();
    assert_eq!(nowhere.code(), "not_found");
}

#[test]
fn checking_tells_every_problem_and_keeps_nothing() {
    let host = Host::new("check");
    let engine = enrolled(&host);
    let case = open_case(&engine);
    let check = |values: Values, at: Option<UtcTime>| engine.check(Some(case), "work_log".into(), values, at).unwrap();
    assert_eq!(check(log(SECRET), None), []);
    let typed = values([("text", " "), ("channel", "飞鸽"), ("minutes", "很久"), ("met", "王工 13800000000")]);
    let problems = check(typed.clone(), None);
    let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["text", "channel", "minutes"]);
    assert!(problems[0].zh.contains("日志内容"), "{problems:?}");
    assert_eq!(check(log("走访\u{1B}[31m"), None)[0].field, "text");
    assert_eq!(check(log("一\r\n二"), None), [], "pasted lines are no problem");
    assert_eq!(check(log(SECRET), Some(UtcTime(-1)))[0].field, "occurred_at");
    match engine.record(case, "work_log".into(), typed, None, None, None).unwrap_err() {
        EngineError::Invalid { field, fields, zh, .. } => {
            assert_eq!((field.as_deref(), &fields, zh.lines().count()), (Some("text"), &problems, 3));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(engine.my_records(None).unwrap().len(), 1, "only the case's opening is kept");
    let amount = |typed: &str| {
        let values = opening().into_iter().chain(values([("investment_10k_yuan", typed)])).collect();
        engine.check(None, "case_opened".into(), values, None).unwrap().first().map(|problem| problem.field.clone())
    };
    for typed in ["1.2亿", "25000万元", "２５０００", "12,000"] {
        assert_eq!(amount(typed), None, "{typed}");
    }
    for typed in ["9999", "一亿", "1.00001亿", "-3"] {
        assert_eq!(amount(typed).as_deref(), Some("investment_10k_yuan"), "{typed}");
    }
}
