//! The phone as a witness.

use super::office::Office;
use super::world::*;
use daiban_core::agent::AgentError;
use daiban_core::sync::session::{Event, HistoryError};
use daiban_core::sync::{SoftwareKey, TimeToken, pack, unpack, wire::SyncAnswer};

#[test]
fn a_rewritten_history_raises_the_alarm_and_changes_nothing() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    let sound = super::world::case(&mut office, 6, &["zhang"]);
    sync(&mut agent, &mut office);
    let fact = record(&mut agent, case, "原话", NOW);
    sync(&mut agent, &mut office);
    office.rewrite(case, 1);
    let other = record(&mut agent, sound, "别的项目照常", NOW + 1);
    let shown = sync(&mut agent, &mut office);
    let alarm = Event::HistoryAlarm { case, error: HistoryError::Rewritten { sequence: 2 } };
    assert!(shown.contains(&alarm), "{shown:?}");
    assert!(judged(&agent, fact) && judged(&agent, other), "own rows are kept, other cases go on");
    assert!(alarm.message().zh.contains("监督"));
    drop(agent);
    let agent = open(Frail::sound(store), 1);
    let held = agent.cases(NOW).into_iter().find(|c| c.case == case).unwrap();
    assert_eq!(held.alarm, Some(HistoryError::Rewritten { sequence: 2 }), "the alarm is remembered");
    assert_eq!(texts(&agent, case), ["原话"]);
}

/// Changes the answer to a sync and says what the phone makes of it.
fn tampered(change: impl FnOnce(&mut SyncAnswer)) -> (Result<Vec<Event>, AgentError>, usize) {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let (mut other, _) = phone(&mut office, "li", 2);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut other, &mut office);
    for n in 0..3 {
        record(&mut other, case, &format!("第{n}"), NOW);
    }
    sync(&mut other, &mut office);
    let step = agent.begin_sync(NOW).unwrap();
    let (_, body) = office.post(&step.send.unwrap());
    let step = agent.receive(200, &body, NOW).unwrap();
    let (_, body) = office.post(&step.send.unwrap());
    let mut answer: SyncAnswer = unpack(&body, 1 << 20).unwrap();
    change(&mut answer);
    let result = agent.receive(200, &pack(&answer), NOW).map(|s| s.show);
    (result, agent.cases(NOW).first().map_or(0, |c| c.sequence as usize))
}

#[test]
fn every_row_is_verified() {
    let alarm = |result: &Result<Vec<Event>, AgentError>| {
        result.as_ref().unwrap().iter().find_map(|e| match e {
            Event::HistoryAlarm { error, .. } => Some(*error),
            _ => None,
        })
    };
    let (whole, rows) = tampered(|_| {});
    assert_eq!((alarm(&whole), rows), (None, 5));
    let (gap, rows) = tampered(|a| drop(a.cases[0].rows.remove(1)));
    assert_eq!((alarm(&gap), rows), (Some(HistoryError::Gap { expected: 2, found: 3 }), 0));
    let (moved, _) = tampered(|a| a.cases[0].rows[3].received_at += 1);
    assert_eq!(alarm(&moved), Some(HistoryError::Chain { sequence: 4 }));
    let (forged, _) = tampered(|a| {
        let bytes = a.cases[0].rows[3].change.as_mut().unwrap().bytes.as_mut().unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
    });
    assert_eq!(alarm(&forged), Some(HistoryError::Change { sequence: 4 }), "the chain holds, the bytes do not");
}

#[test]
fn only_the_enrolled_server_is_believed() {
    let stranger = SoftwareKey::from_secret(&[13; 32]);
    let (result, rows) = tampered(|a| a.token = TimeToken::issue(1, NOW, &stranger).to_bytes().into());
    assert!(matches!(result, Err(AgentError::OtherServer)) && rows == 0);
    let (result, _) = tampered(|a| a.server_epoch = 2);
    assert!(matches!(result, Err(AgentError::Answer(_))), "an epoch needs a token");
}

#[test]
fn problems_are_told_in_the_servers_words() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    agent.begin_sync(NOW).unwrap().send.unwrap();
    let full = r#"{"code":"disk_full","detail":"服务器存储空间不足。"}"#.as_bytes();
    let error = agent.receive(507, full, NOW).unwrap_err();
    assert!(matches!(&error, AgentError::Server { status: 507, again: true, .. }) && error.message().zh.contains("存储空间"));
    assert_eq!(agent.receive(502, b"<html>", NOW).unwrap_err().code(), "http_502", "the request is still on its way");
    let error = agent.receive(403, r#"{"code":"revoked","detail":"设备已停用。"}"#.as_bytes(), NOW).unwrap_err();
    assert!(matches!(error, AgentError::Server { again: false, .. }));
    assert_eq!(agent.receive(200, b"", NOW).unwrap_err(), AgentError::NothingAsked);
}

#[test]
fn a_wrong_clock_is_told() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let step = agent.begin_sync(NOW - 2 * 86_400).unwrap();
    let shown = exchange(&mut agent, &mut office, step, NOW - 2 * 86_400).unwrap();
    assert!(
        shown
            .iter()
            .any(|e| matches!(e, Event::ClockOff { seconds } if *seconds == -2 * 86_400) && e.message().zh.contains("慢"))
    );
}
