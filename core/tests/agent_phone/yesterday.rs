//! Yesterday's phones: what the field client of protocol 3 asked and was answered when its words were opened, what it asked since it
//! asks for names (`named_request`), and an answer of a server that knows more.
//!
//! `DAIBAN_WRITE_GOLDEN=1` writes the files anew. Once phones are in the field, a red comparison means that they ask differently than
//! those: keep the old files, answer them as ever, and put the new ones beside them.

use super::later_words::{deputy, patch, unknown};
use super::office::Office;
use super::world::{Frail, NOW, case, judged, key, problem, texts};
use ciborium::Value;
use daiban_core::agent::{Agent, HostEntropy, LaterEntry, LaterRule};
use daiban_core::case::{Code, Verdict};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::store::MemoryStore;
use daiban_core::sync::session::Event;
use daiban_core::sync::wire::{Dated, ShownDuties, SyncAnswer, SyncRequest};
use daiban_core::sync::{PROTOCOL_VERSION, bounds::bound, pack, unpack};
use daiban_core::{calendar::zh_date, rules::Lamp};
use data_encoding::HEXLOWER;
use std::path::PathBuf;

const CASE: CaseId = CaseId([5; 16]);
const WIDE: usize = 4 << 20;
/// The files of what today's phone asks.
const ASKS: &str = "named_request";

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("phone_{PROTOCOL_VERSION}_{name}.hex"))
}

/// A message without its compression, whose bytes may differ from one compressor to the next.
fn plain(message: &[u8]) -> Vec<u8> {
    let value: Value = unpack(message, WIDE).unwrap();
    let mut bytes = vec![message[0]];
    ciborium::into_writer(&value, &mut bytes).unwrap();
    bytes
}

fn golden(name: &str, bytes: &[u8]) {
    let hex = HEXLOWER.encode(bytes) + "\n";
    if std::env::var_os("DAIBAN_WRITE_GOLDEN").is_some() {
        std::fs::write(file(name), &hex).unwrap();
    }
    let kept = std::fs::read_to_string(file(name)).unwrap();
    assert!(kept == hex, "{name} is not what it was: {hex}");
}

/// A message as it travels, out of its golden file.
fn message(name: &str) -> Vec<u8> {
    let kept = HEXLOWER.decode(std::fs::read_to_string(file(name)).unwrap().trim().as_bytes()).unwrap();
    assert_eq!(kept[0], PROTOCOL_VERSION);
    pack(&ciborium::from_reader::<Value, _>(&kept[1..]).unwrap())
}

/// Chance that comes out the same every time.
fn chance() -> HostEntropy {
    let mut drawn = 0u8;
    Box::new(move |bytes| {
        bytes.iter_mut().for_each(|byte| {
            drawn = drawn.wrapping_add(1);
            *byte = drawn;
        });
    })
}

fn phone(office: &mut Office) -> Agent {
    let mut agent = Agent::open(Box::new(Frail::sound(MemoryStore::new())), Box::new(key(1)), chance()).unwrap();
    let (mut enrolling, _) = agent.enrol_request("ab12-cd34", "测试机").unwrap();
    let proof = agent.enrol_proof(&mut enrolling, 200, &office.challenge()).unwrap();
    agent.enrolled(&enrolling, 200, &office.enrol(&proof, "zhang")).unwrap();
    agent
}

/// A day of that phone, its answers by `answer`: it fetches a case, records twice, one of them with a sealed name, and sends them.
fn day(agent: &mut Agent, mut answer: impl FnMut(usize, &daiban_core::sync::session::HttpRequest) -> Vec<u8>) -> Vec<FactId> {
    let (mut round, mut facts) = (0, Vec::new());
    for sync in 0..2 {
        let mut step = agent.begin_sync(NOW + sync).unwrap();
        while let Some(request) = step.send {
            round += 1;
            let body = answer(round, &request);
            step = agent.receive(200, &body, NOW + sync).unwrap();
        }
        if sync == 0 {
            let sealed = agent.seal("王喆 13800138000").unwrap();
            let mut opening = super::world::opened("食品加工项目");
            opening.contact = Some(sealed);
            let body = daiban_core::fact::Body::CaseOpened(opening);
            let opening = daiban_core::agent::Draft { occurred_at: NOW, amends: None, body };
            facts.push(agent.record(CASE, opening, NOW).unwrap().fact);
            facts.push(agent.record(CASE, problem("补正总平面图"), NOW + 1).unwrap().fact);
        }
    }
    facts
}

fn office() -> Office {
    let mut office = Office::new(NOW);
    case(&mut office, 5, &["zhang", "li"]);
    office
}

#[test]
fn the_phone_asks_and_is_answered_as_it_was() {
    let mut office = office();
    let mut agent = phone(&mut office);
    let mut rounds = 0;
    day(&mut agent, |round, request| {
        rounds = round;
        golden(&format!("{ASKS}_{round}"), &plain(&request.body));
        let (status, body) = office.post(request);
        assert_eq!(status, 200);
        golden(&format!("answer_{round}"), &plain(&body));
        body
    });
    assert_eq!(rounds, 3, "one file each");
}

#[test]
fn yesterdays_requests_are_read_and_yesterdays_answers_are_taken() {
    let mut agent = phone(&mut office());
    let facts = day(&mut agent, |round, _| {
        for (asked, named) in [("request", false), (ASKS, true)] {
            let request = message(&format!("{asked}_{round}"));
            let read: SyncRequest = unpack(&request, WIDE).unwrap();
            assert_eq!((bound(&read, request.len()), read.names.is_some()), (Ok(()), named), "{asked}_{round}");
        }
        message(&format!("answer_{round}"))
    });
    assert!(facts.iter().all(|fact| judged(&agent, *fact)));
    assert_eq!((agent.cases(NOW).len(), texts(&agent, CASE)), (1, vec!["补正总平面图".to_owned()]));
    agent.agrees(NOW).unwrap();
}

/// What a server of a later version answers: everything a phone knows, and one of each word it does not.
fn future() -> Vec<u8> {
    let mut office = office();
    let mut agent = phone(&mut office);
    case(&mut office, 6, &["zhang"]);
    let verdict = |code, reason: Option<&str>| {
        let reason = reason.map(daiban_core::case::Reason::from_code);
        Verdict { code, reason, effective_at: NOW, clock_doubtful: false }
    };
    office.later(CASE, 2, deputy());
    office.later(CASE, 9, b"a row of another sort".to_vec());
    office.plant(CASE, &unknown(9, "expert_consulted"), "li", verdict(Code::Effective, None));
    let mut log = problem("照常可读").body;
    let mut fact = |id: u8, verdict| {
        let (by, unit) = ("li".into(), "fengrong".into());
        let body = std::mem::replace(&mut log, problem("理由较新").body);
        let fact =
            daiban_core::fact::Fact { id: FactId([id; 16]), by, unit, occurred_at: NOW, recorded_at: NOW, amends: None, body };
        office.plant(CASE, &fact.node(), "li", verdict);
    };
    fact(10, verdict(Code::Effective, None));
    fact(11, verdict(Code::Void, Some("frozen")));
    office.ruling(CASE, &daiban_core::fact::RulingBody::Unknown);
    let first = agent.begin_sync(NOW).unwrap().send.unwrap();
    let (_, body) = office.post(&first);
    let second = agent.receive(200, &body, NOW).unwrap().send.unwrap();
    let mut answer: SyncAnswer = unpack(&office.post(&second).1, WIDE).unwrap();
    let dated = |json: &str| Dated { since: 1, json: json.to_owned() };
    let edition = include_str!("../../data/calendar/2026.json");
    answer.editions = Some(vec![dated(edition), dated(&edition.replace("\"schema\": 1", "\"schema\": 2"))]);
    answer.policies = Some(vec![dated(r#"{"number":2,"letter_working_days":20,"first_meeting_working_days":15}"#)]);
    let duty = format!(
        r#"{{"key":"D30/1","rule":"D30","case":"{CASE}","clause":"五(三)","title_zh":"现场踏勘","title_en":"visit the site","role":{{"id":"deputy","zh":"副专员","en":"deputy"}},"starts_on":"2026-11-20","due_on":"2026-12-30","cutoff_at":1798646400,"state":{{"id":"paused","zh":"已暂缓","en":"paused"}},"open":true,"lamp":"violet","steps":[{{"id":"called","zh":"约谈","en":"called in"}}]}}"#
    );
    answer.duties = vec![ShownDuties { case: CASE, duties: vec![duty] }];
    let mut value = Value::serialized(&answer).unwrap();
    value.as_map_mut().unwrap().push(("of_a_later_version".into(), Value::Bool(true)));
    assert_eq!(patch(&mut value, "no such word", ""), 0);
    plain(&pack(&value))
}

#[test]
fn an_answer_from_the_future_costs_what_is_new_in_it() {
    golden("answer_from_the_future", &future());
    let mut office = office();
    let mut agent = phone(&mut office);
    let first = agent.begin_sync(NOW).unwrap().send.unwrap();
    let (_, body) = office.post(&first);
    agent.receive(200, &body, NOW).unwrap().send.unwrap();
    let kept = agent.open_case(super::world::opened("只在本机"), NOW, NOW).unwrap();
    let step = agent.receive(200, &message("answer_from_the_future"), NOW).unwrap();

    let cases: Vec<(CaseId, u64)> = agent.cases(NOW).iter().map(|c| (c.case, c.sequence)).collect();
    assert!(cases.contains(&(CaseId([6; 16]), 1)) && cases.contains(&(CASE, 8)), "healthy cases arrive: {cases:?}");
    assert_eq!(texts(&agent, CASE), ["照常可读", "理由较新"]);
    assert_eq!(
        agent.numbers().newest().get(daiban_core::rules::Number::LetterWorkingDays),
        20,
        "the calendar and the known settings are taken"
    );
    let later: Vec<LaterEntry> =
        agent.later_entries().into_iter().filter(|(id, _)| *id == CASE).map(|(_, entry)| entry).collect();
    let listed = [
        LaterEntry::Row { sequence: 3 },
        LaterEntry::Row { sequence: 4 },
        LaterEntry::Kind { sequence: Some(5), kind: "expert_consulted".into() },
        LaterEntry::Reason { sequence: Some(7), code: "frozen".into() },
        LaterEntry::Ruling { sequence: 8, kind: "unknown".into() },
    ];
    assert_eq!(later, listed);
    assert!(matches!(agent.later_rules(), [LaterRule::Edition { .. }, LaterRule::Setting { .. }]), "{:?}", agent.later_rules());
    let duty = agent.shown_duties(Some(CASE), NOW).unwrap().remove(0);
    assert_eq!((duty.rule.as_str(), duty.lamp, zh_date(duty.due_on).as_str()), ("D30", Lamp::Yellow, "2026年12月30日"));
    assert!(agent.cases(NOW).iter().all(|c| c.update_needed), "the rules are too new for every case");
    assert!(
        step.show.iter().any(|event| matches!(event, Event::RulesUnreadable { .. }) && event.message().zh.contains("更新应用"))
    );
    assert!(agent.records(None, NOW).iter().any(|r| r.fact == kept.fact), "nothing is lost");
    agent.agrees(NOW).unwrap();
}
