//! A word of a later version costs a phone that one thing: everything else arrives, and the person is told to update.

use super::office::Office;
use super::world::*;
use ciborium::Value;
use daiban_core::agent::{Agent, LaterEntry, LaterRule, RecordState};
use daiban_core::case::{Code, Entry, RawRow, Reason, Row, Verdict};
use daiban_core::fact::{Body, Fact, Node, RulingBody};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::rules::{Lamp, Number, Policy, ShownDuty};
use daiban_core::store::{Batch, Namespace, Store};
use daiban_core::sync::session::Event;
use daiban_core::sync::wire::{Dated, ShownDuties, SyncAnswer};
use daiban_core::sync::{pack, unpack};

/// A roster entry with a role of a later version.
pub fn deputy() -> Vec<u8> {
    let role = Role::Supervision;
    let entry = RosterEntry { person: "li".into(), role, unit: "fengrong".into(), group: None, from: 0, until: None };
    let mut value = Value::serialized(&entry).unwrap();
    assert_eq!(patch(&mut value, "supervision", "deputy"), 1);
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).unwrap();
    bytes
}

/// Puts one text in the place of another, wherever it stands. Gives how often it stood.
pub fn patch(value: &mut Value, from: &str, to: &str) -> usize {
    match value {
        Value::Text(text) if text == from => {
            *text = to.into();
            1
        }
        Value::Array(items) => items.iter_mut().map(|item| patch(item, from, to)).sum(),
        Value::Map(fields) => fields.iter_mut().map(|(_, field)| patch(field, from, to)).sum(),
        _ => 0,
    }
}

/// A sync whose answers are changed on their way.
pub fn changed(agent: &mut Agent, office: &mut Office, mut change: impl FnMut(&mut SyncAnswer)) -> Vec<Event> {
    let (mut step, mut shown) = (agent.begin_sync(office.now).unwrap(), Vec::new());
    loop {
        shown.append(&mut step.show);
        let Some(request) = step.send else { return shown };
        let (status, body) = office.post(&request);
        let mut answer: SyncAnswer = unpack(&body, 4 << 20).unwrap();
        change(&mut answer);
        step = agent.receive(status, &pack(&answer), office.now).unwrap();
        agent.agrees(office.now).unwrap();
    }
}

/// A fact of a kind that this version does not know.
pub fn unknown(id: u8, kind: &str) -> Node {
    Node::map(vec![
        ("id".to_owned(), Node::Bytes(vec![id; 16])),
        ("kind".to_owned(), Node::text(kind)),
        ("by".to_owned(), Node::text("li")),
        ("unit".to_owned(), Node::text("fengrong")),
        ("occurred_at".to_owned(), Node::Int(NOW)),
        ("recorded_at".to_owned(), Node::Int(NOW)),
        ("findings".to_owned(), Node::text("现场已平整")),
    ])
}

fn unrecognised() -> Verdict {
    Verdict { code: Code::Unrecognised, reason: None, effective_at: NOW, clock_doubtful: false }
}

#[test]
fn a_row_of_a_later_version_is_one_row_and_kept_as_its_bytes() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let (good, other) = (case(&mut office, 5, &["zhang"]), case(&mut office, 6, &["zhang"]));
    office.later(other, 2, deputy());
    office.later(other, 9, b"whatever".to_vec());
    office.roster(other, "wang", Role::UnitAgent, None);
    sync(&mut agent, &mut office);
    let listed: Vec<(CaseId, u64, bool)> = agent.cases(NOW).iter().map(|c| (c.case, c.sequence, c.update_needed)).collect();
    assert_eq!(listed, [(good, 1, false), (other, 4, true)]);
    let view = agent.case(other, NOW).unwrap();
    assert_eq!(view.later.iter().map(|row| row.sequence).collect::<Vec<_>>(), [2, 3]);
    assert!(view.update_needed && view.roster.member_at(&"wang".into(), NOW).is_some(), "what comes behind it counts");
    let later = [2, 3].map(|sequence| (other, LaterEntry::Row { sequence }));
    assert_eq!(agent.later_entries(), later);

    let fact = record(&mut agent, other, "照常记录", NOW);
    sync(&mut agent, &mut office);
    assert!(judged(&agent, fact));
    let stored: RawRow = ciborium::from_reader(&store.load_under(Namespace::Row, &other.0).unwrap()[1].1[..]).unwrap();
    assert_eq!((stored.sort, &stored.payload[..]), (2, &deputy()[..]), "its bytes are kept");
    drop(agent);
    let agent = open(Frail::sound(store), 1);
    agent.agrees(NOW).unwrap();
    assert_eq!(agent.later_entries(), later);
}

#[test]
fn a_forged_row_of_a_later_version_is_a_forged_row() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    office.later(case, 9, b"whatever".to_vec());
    let forge = |answer: &mut SyncAnswer| answer.cases.iter_mut().for_each(|page| page.rows[1].payload[0] ^= 1);
    let shown = changed(&mut agent, &mut office, forge);
    assert!(shown.iter().any(|event| matches!(event, Event::HistoryAlarm { .. })), "{shown:?}");
}

#[test]
fn a_change_that_only_a_later_version_admits_is_one_row() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang", "li"]);
    let deep = |depth: usize| (0..depth).fold(Node::Int(1), |inner, _| Node::List(vec![inner]));
    let Node::Map(mut fields) = unknown(9, "expert_consulted") else { panic!() };
    fields.push(("z".to_owned(), deep(40)));
    office.plant(case, &Node::map(fields), "li", unrecognised());
    let shown = sync(&mut agent, &mut office);
    assert!(!shown.iter().any(|event| matches!(event, Event::HistoryAlarm { .. })), "{shown:?}");
    assert_eq!(agent.later_entries(), [(case, LaterEntry::Row { sequence: 3 })]);
    drop(agent);
    open(Frail::sound(store), 1).agrees(NOW).unwrap();
}

#[test]
fn a_later_verdict_or_reason_leaves_the_record_readable() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let fact = record(&mut agent, case, "原话", NOW);
    let mut step = agent.begin_sync(NOW).unwrap();
    while let Some(request) = step.send {
        let (status, body) = office.post(&request);
        let mut answer: Value = unpack(&body, 4 << 20).unwrap();
        patch(&mut answer, "effective", "suspended");
        step = agent.receive(status, &pack(&answer), NOW).unwrap();
        if let RecordState::Uploaded { verdict, .. } = state(&agent, fact) {
            assert_eq!((verdict.code, verdict.reason), (Code::Unrecognised, Some(Reason::Other("suspended".into()))));
            break;
        }
    }
    assert_eq!(texts(&agent, case), ["原话"]);
    assert!(agent.cases(NOW)[0].update_needed);
}

#[test]
fn each_dated_part_of_the_rules_is_taken_by_itself() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    case(&mut office, 5, &["zhang"]);
    let edition = include_str!("../../data/calendar/2026.json");
    let later_edition = edition.replace("\"schema\": 1", "\"schema\": 2");
    assert_ne!(edition, later_edition);
    let dated = |since, json: &str| Dated { since, json: json.to_owned() };
    let before = Policy::default();
    let policies = vec![
        dated(1, r#"{"number":2,"letter_working_days":20,"first_meeting_working_days":15}"#),
        dated(2, r#"{"number":3,"answer_working_days":"as long as it takes"}"#),
    ];
    let editions = vec![dated(1, edition), dated(2, &later_edition)];
    let shown = changed(&mut agent, &mut office, |answer| {
        (answer.editions, answer.policies) = (Some(editions.clone()), Some(policies.clone()));
    });
    let told = shown.iter().find(|event| matches!(event, Event::RulesUnreadable { .. })).unwrap();
    assert!(told.message().zh.contains("更新应用") && shown.contains(&Event::RulesChanged), "{shown:?}");
    let check = |agent: &Agent| {
        let (held, answer) = (agent.numbers().newest(), Number::AnswerWorkingDays);
        assert_eq!((held.number, held.get(Number::LetterWorkingDays)), (2, 20), "the known setting holds");
        assert_eq!(held.get(answer), before.get(answer), "a policy too new leaves the one before");
        let [LaterRule::Edition { since: 2, .. }, LaterRule::Setting { since: 1, name }, LaterRule::Policy { since: 2, .. }] =
            agent.later_rules()
        else {
            panic!("{:?}", agent.later_rules())
        };
        assert_eq!(name, "first_meeting_working_days");
        assert!(agent.cases(NOW)[0].update_needed);
    };
    check(&agent);
    drop(agent);
    check(&open(Frail::sound(store), 1));
}

#[test]
fn a_duty_of_a_later_rule_is_shown_and_grows_late() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    office.later(case, 9, b"whatever".to_vec());
    let json = format!(
        r#"{{"key":"D30/1","rule":"D30","case":"{case}","clause":"五(三)","title_zh":"现场踏勘","title_en":"visit the site",
        "role":{{"id":"deputy","zh":"副专员","en":"deputy"}},"starts_on":"2026-11-20","due_on":"2026-11-30","cutoff_at":{},
        "state":{{"id":"paused","zh":"已暂缓","en":"paused"}},"open":true,"lamp":"violet",
        "steps":[{{"id":"called","zh":"约谈","en":"called in"}}],"of_later_versions":1}}"#,
        NOW + 100
    );
    changed(&mut agent, &mut office, |answer| {
        if !answer.cases.is_empty() {
            answer.duties = vec![ShownDuties { case, duties: vec![json.clone(), "{}".to_owned()] }];
        }
    });
    let shown = |agent: &Agent, now| -> ShownDuty { agent.shown_duties(Some(case), now).unwrap().remove(0) };
    let duty = shown(&agent, NOW);
    assert_eq!((duty.rule.as_str(), duty.state.zh.as_str(), duty.lamp), ("D30", "已暂缓", Lamp::Yellow));
    assert_eq!((duty.role.zh.as_str(), duty.steps[0].zh.as_str()), ("副专员", "约谈"));
    sync(&mut agent, &mut office);
    let summary = agent.summary(case, NOW).unwrap();
    assert_eq!((summary.lamp, summary.next_due), (Lamp::Yellow, Some(duty.due_on)), "a sync that brings nothing leaves them");
    assert_eq!(shown(&agent, NOW + 100).lamp, Lamp::Red);
    office.roster(case, "li", Role::UnitAgent, None);
    sync(&mut agent, &mut office);
    assert!(agent.shown_duties(Some(case), NOW).unwrap().is_empty(), "rows that come without them end them");
}

#[test]
fn a_recognised_record_counts_from_then_on() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang", "li"]);
    let (by, unit) = ("li".into(), "fengrong".into());
    let body = Body::CaseOpened(opened("先前不识别的项目登记"));
    let fact = Fact { id: FactId([7; 16]), by, unit, occurred_at: NOW, recorded_at: NOW, amends: None, body };
    office.plant(case, &fact.node(), "li", unrecognised());
    sync(&mut agent, &mut office);
    assert_eq!((agent.cases(NOW)[0].title.clone(), agent.cases(NOW)[0].update_needed), (None, true));
    let verdict = Verdict { code: Code::Effective, ..unrecognised() };
    office.ruling(case, &RulingBody::Recognised(verdict.recognising(fact.id)));
    office.ruling(case, &RulingBody::Recognised(Verdict { code: Code::Void, ..unrecognised() }.recognising(fact.id)));
    sync(&mut agent, &mut office);
    let view = agent.case(case, NOW).unwrap();
    assert_eq!((view.facts[0].judged.clone(), view.facts[0].verdict.clone()), (verdict.clone(), verdict), "the first one holds");
    assert_eq!((view.title.as_deref(), view.update_needed), (Some("先前不识别的项目登记"), false));
    let again = agent.record(case, daiban_core::agent::Draft { occurred_at: NOW, amends: None, body: fact.body }, NOW).unwrap();
    assert_eq!(again.forecast.reason, Some(Reason::AlreadyOpen), "judging takes it in, too");
    drop(agent);
    open(Frail::sound(store), 1).agrees(NOW).unwrap();
}

#[test]
fn rows_that_a_phone_stored_before_protocol_3_are_its_rows() {
    let mut office = Office::new(NOW);
    let (mut agent, mut store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    record_and_sync(&mut agent, &mut office, case);
    let before = agent.case(case, NOW).unwrap();
    drop(agent);
    as_protocol_2_stored(&mut store);
    let mut agent = open(Frail::sound(store), 1);
    agent.agrees(NOW).unwrap();
    assert_eq!(*agent.case(case, NOW).unwrap(), *before);
    assert!(!sync(&mut agent, &mut office).iter().any(|event| matches!(event, Event::HistoryAlarm { .. })));
}

fn record_and_sync(agent: &mut Agent, office: &mut Office, case: CaseId) {
    sync(agent, office);
    record(agent, case, "更新之前", NOW);
    sync(agent, office);
}

/// Puts a phone's store into the form that the last version before this one left.
fn as_protocol_2_stored(store: &mut impl Store) {
    let mut batch = Batch::default();
    for (key, value) in store.load(Namespace::Row).unwrap() {
        let raw: RawRow = ciborium::from_reader(&value[..]).unwrap();
        let row: Row = raw.read();
        assert!(!matches!(row.entry, Entry::Later { .. }));
        let mut old = Vec::new();
        ciborium::into_writer(&row, &mut old).unwrap();
        batch.put(Namespace::Row, key, old);
    }
    for (key, _) in store.load(Namespace::CaseDigest).unwrap() {
        batch.put(Namespace::CaseDigest, key, vec![1, 0]);
    }
    store.commit(&batch, &mut |_| ()).unwrap();
}
