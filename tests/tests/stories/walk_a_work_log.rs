//! Walk A: an agent's work log, from the phone to the district's report.

use super::{step, town};
use daiban_core::agent::{Draft, RecordState};
use daiban_core::case::{Code, Entry};
use daiban_core::doc::{fact_key, read_document};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, FlowRow, FlowTableSubmitted, WorkLog};
use daiban_core::people::Group;
use daiban_core::report::hash_of;
use daiban_field::{Clock, Field};
use daiban_server::ledger;
use daiban_tests::phone::Kind;
use daiban_tests::world::TempFolder;
use daiban_tests::world::town::CHIEF;
use serde_json::json;

const TEXT: &str = "规划许可窗口要求补正总平面图";

fn log() -> Body {
    Body::WorkLog(WorkLog {
        text: TEXT.to_owned(),
        channel: Channel::Window,
        item: None,
        place: None,
        next_step: Some("周三补正后再报".to_owned()),
        minutes: None,
        met: None,
    })
}

#[test]
fn from_the_basement_to_the_district_government() {
    // Monday 2026-11-23, eight o'clock.
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);

    // 周敏 has a second device: the field client, with its folder on a disk.
    let folder = TempFolder::on_disk("walk-a");
    let clock = Clock::moved(world.now());
    let mut field = Field::open(folder.path(), clock.clone()).unwrap();
    let code =
        world.order("office", json!({ "command": "device_invite", "person": "zhou-min" }))["code"].as_str().unwrap().to_owned();
    let identity = field.enrol(&world.server.url(), &code).unwrap();
    world.order("office", json!({ "command": "device_confirm", "number": identity.confirmation }));
    field.sync(|_| ()).unwrap();
    assert_eq!(field.cases().len(), 1);

    step(1, "mobile-examples/terminal", "in a basement without signal the agent writes the log");
    world.move_to("2026-11-24", 10, 30);
    clock.set(world.now());
    let recorded = field.record(case, Draft { occurred_at: world.now() - 1800, amends: None, body: log() }).unwrap();

    step(2, "core::agent", "the phone says what the server would say if it arrived now");
    assert_eq!(recorded.forecast.code, Code::Effective);
    assert_eq!(recorded.warning().map(|said| said.zh), None);

    step(3, "core::permit", "a hopeless entry is warned of at once, in Chinese, not next week");
    let row = FlowRow {
        unit: "housing".into(),
        item: "施工许可".into(),
        agent: None,
        materials: Vec::new(),
        fee_yuan: None,
        fee_basis: None,
        planned_working_days: 3,
    };
    let table = Body::FlowTableSubmitted(FlowTableSubmitted { group: Group::Construction, rows: vec![row], nil_reason: None });
    let hopeless = field.record(case, Draft { occurred_at: world.now(), amends: None, body: table }).unwrap();
    assert!(
        hopeless.warning().map(|said| said.zh).unwrap().contains("您的岗位无权登记此类事项"),
        "{:?}",
        hopeless.warning().map(|said| said.zh)
    );

    step(5, "core::store", "durable before the screen says so: the app dies, the log is there");
    drop(field);
    let mut field = Field::open(folder.path(), clock.clone()).unwrap();
    let state = |field: &Field| field.records(Some(case)).into_iter().find(|r| r.fact == recorded.fact).unwrap().state;
    assert!(matches!(state(&field), RecordState::Local { .. }));
    assert!(state(&field).message().zh.contains("本机"));

    step(6, "core::sync", "signal returns in the afternoon; one sync brings everything");
    world.move_to("2026-11-24", 15, 0);
    clock.set(world.now());
    field.sync(|_| ()).unwrap();

    step(7, "server::intake", "admission: the change is whole, canonical and of the sender's own chain");
    let rows = world.server.app().db.read(|conn| ledger::case_rows(conn, case)).unwrap();
    let row = rows.iter().rev().nth(1).expect("two records came");
    let Entry::Change { actor, seq, author, .. } = &row.entry else { panic!("a change") };
    assert_eq!((author.device, author.person.as_str()), (identity.device, "zhou-min"));

    step(8, "server::ledger", "one row with number, 到达 and verdict; the phone shows them");
    assert_eq!(row.received_at, world.now());
    let RecordState::Judged { sequence, verdict, .. } = state(&field) else { panic!("{:?}", state(&field)) };
    assert_eq!((sequence, verdict.code), (row.sequence, Code::Effective));
    assert_eq!(verdict.effective_at, world.now() - 4 * 3600 - 1800, "记录 is the phone's word, held between token and arrival");

    step(4, "core::doc", "one change is one whole fact, under <actor>-<seq>, in a standard Automerge file");
    let file = world.server.app().clone();
    let file = file.db.read(|conn| ledger::case_rows(conn, case)).unwrap();
    let changes: Vec<&[u8]> = file
        .iter()
        .filter_map(|row| match &row.entry {
            Entry::Change { bytes, .. } => Some(bytes.as_slice()),
            _ => None,
        })
        .collect();
    let document = daiban_core::doc::export(case, changes.into_iter()).unwrap();
    let facts = read_document(&document).unwrap();
    assert!(
        facts.iter().any(|(key, node)| *key == fact_key(*actor, *seq) && node.get("text").and_then(|t| t.as_str()) == Some(TEXT))
    );

    step(9, "server::reports", "the week ends; drafts are made at night, each specialist confirms and freezes");
    world.move_to("2026-11-28", 2, 30);
    daiban_tests::world::night(&mut world.server, "2026-11-28".parse().unwrap()).unwrap();
    world.move_to("2026-11-28", 9, 0);
    world.confirm_groups("2026-W48");
    let group = world.read("/v1/reports/2026-W48/planning");
    assert_eq!(group["state"], "frozen");
    assert!(group["text"].as_str().unwrap().contains(TEXT), "{}", group["text"]);

    step(10, "core::report", "the district's report is made of frozen group reports; sent, and copied to the office");
    world.move_to("2026-11-30", 9, 0);
    world.send_district("2026-W48");
    let district = world.read("/v1/reports/2026-W48");
    let text = district["text"].as_str().unwrap().to_owned();
    assert_eq!(district["state"], "sent");
    for heading in ["进展情况", "存在问题", "建议"] {
        assert!(text.contains(heading), "{heading} is missing in\n{text}");
    }
    assert!(text.contains(TEXT));
    let to = district["sent_to"].as_array().unwrap();
    assert!(to.len() >= 2, "the copy to the office is part of sending: {to:?}");
    let frozen: daiban_core::report::DistrictReport = serde_json::from_value(district["body"].clone()).unwrap();
    assert_eq!(district["hash"].as_str(), Some(hash_of(&frozen.to_json()).as_str()));

    step(11, "core::report", "a log that arrives after the freeze changes no frozen page; it stands under 补报 in the next");
    let late = world.record(CHIEF, case, Kind::Log);
    world.sync_well(CHIEF);
    assert!(matches!(world.state(CHIEF, late), RecordState::Judged { .. }));
    assert_eq!(world.read("/v1/reports/2026-W48"), district);
}
