//! Writing without signal, and what the person is told.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Agent, AgentError, Draft, RecordState};
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{CaseOpened, NoChange, ProblemRaised};
use daiban_core::people::Group;
use daiban_core::store::MemoryStore;
use daiban_core::sync::session::Event;

#[test]
fn a_case_is_opened_offline_and_lives_through_a_restart() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let first = agent.open_case(opened("年产十万吨项目"), NOW, NOW).unwrap();
    assert_eq!(first.forecast.code, Code::Effective, "{:?}", first.warning().map(|said| said.zh));
    let second = record(&mut agent, first.case, "用地手续缺件", NOW + 60);
    drop(agent);

    let mut agent = open(Frail::sound(store), 1);
    assert!(matches!(state(&agent, second), RecordState::Local { .. }));
    let summary = &agent.cases(NOW)[0];
    assert_eq!((summary.title.as_deref(), summary.waiting, summary.sequence), (Some("年产十万吨项目"), 2, 0));
    office.now += 100;
    let shown = sync(&mut agent, &mut office);
    assert!(judged(&agent, first.fact) && judged(&agent, second), "{shown:?}");
    assert_eq!(office.requests, 1, "one round trip delivers and brings the rows back");
    assert!(shown.iter().any(|e| matches!(e, Event::Judged { sequence: 2, .. })), "{shown:?}");
    assert_eq!(agent.cases(NOW)[0].waiting, 0);

    sync(&mut agent, &mut office);
    assert_eq!(office.requests, 2, "an idle sync is one round trip");
}

#[test]
fn wrong_fields_are_refused_and_doubtful_ones_warned_about() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let small = CaseOpened { investment_10k_yuan: Some(5_000), ..opened("小项目") };
    let refused = agent.open_case(small, NOW, NOW).unwrap_err();
    assert!(matches!(&refused, AgentError::Fields(_)) && refused.message().zh.contains("1亿元"), "{}", refused.message().zh);
    assert!(agent.cases(NOW).is_empty(), "nothing was saved");

    let case = agent.open_case(opened("大项目"), NOW, NOW).unwrap().case;
    let early = NoChange { week: daiban_core::calendar::Week::of(daiban_core::calendar::local_date(NOW)), note: None };
    let early = Draft { occurred_at: NOW, amends: None, body: Body::NoChange(early) };
    let recorded = agent.record(case, early, NOW).unwrap();
    assert_eq!(recorded.forecast.reason, Some(Reason::BeforeLetter));
    assert!(recorded.warning().map(|said| said.zh).unwrap().contains("委托书"));
    assert_eq!(agent.records(Some(case), NOW).len(), 2, "a warning never stops a record");

    let long = "长".repeat(100_000);
    let body = ProblemRaised { text: "有".into(), group: Group::Planning, units_needed: vec![], suggestion: Some(long) };
    let draft = Draft { occurred_at: NOW, amends: None, body: Body::ProblemRaised(body) };
    assert!(matches!(agent.record(case, draft, NOW), Err(AgentError::Fields(_))));
    let nowhere = agent.record(daiban_core::ids::CaseId([9; 16]), problem("无"), NOW);
    assert_eq!(nowhere.unwrap_err(), AgentError::NotFound("case"));
}

#[test]
fn an_unenrolled_phone_says_so() {
    let mut agent = Agent::open(Box::new(MemoryStore::new()), Box::new(key(1)), entropy()).unwrap();
    assert_eq!(agent.begin_sync(NOW).unwrap_err(), AgentError::NotEnrolled);
    assert_eq!(agent.open_case(opened("项目"), NOW, NOW).unwrap_err(), AgentError::NotEnrolled);
    assert!(AgentError::NotEnrolled.message().zh.contains("设备登记码"));
}

#[test]
fn personal_data_leaves_sealed_with_its_key_beside_it() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let contact = agent.seal("王喆 13800138000").unwrap();
    let opening = CaseOpened { contact: Some(contact.clone()), ..opened("项目") };
    let case = agent.open_case(opening, NOW, NOW).unwrap().case;
    drop(agent);
    let mut agent = open(Frail::sound(store), 1);
    assert_eq!(agent.unseal(&contact).as_deref(), Some("王喆 13800138000"));
    sync(&mut agent, &mut office);
    assert_eq!(agent.unseal(&contact).as_deref(), Some("王喆 13800138000"), "the key stays after the record was delivered");
    let keys = &office.cases[&case].keys;
    assert_eq!((keys.len(), keys[0].id), (1, contact.key));
}

#[test]
fn a_record_keeps_the_time_token_it_was_made_under() {
    let mut office = Office::new(NOW);
    office.page_rows = 100;
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut agent, &mut office);
    // Three days without signal, more records than one request takes.
    for n in 0..450 {
        record(&mut agent, case, &format!("记录{n}"), NOW + 3600 + n);
    }
    office.now = NOW + 3 * 86_400;
    sync(&mut agent, &mut office);
    let rows = &office.cases[&case].rows;
    assert_eq!(rows.len(), 452);
    assert!(
        rows.iter()
            .skip(2)
            .enumerate()
            .all(|(n, r)| r.verdict.effective_at == NOW + 3600 + n as i64 && !r.verdict.clock_doubtful)
    );
}
