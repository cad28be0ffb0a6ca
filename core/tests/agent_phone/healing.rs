//! Refusals, copied phones, restored servers: nobody's good record stays behind.

use super::office::Office;
use super::world::*;
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::fact::RulingBody;
use daiban_core::fact::ruling::QuarantineAdopted;
use daiban_core::people::Role;
use daiban_core::sync::session::{Event, HttpRequest};

#[test]
fn a_refusal_in_the_middle_stays_with_its_record() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    office.refuse_text = Some("坏".into());
    let facts: Vec<_> = ["一", "坏", "三", "四"].iter().map(|t| record(&mut agent, case, t, NOW)).collect();
    let shown = sync(&mut agent, &mut office);
    assert!(shown.iter().any(|e| matches!(e, Event::NewEpoch { epoch: 1, .. })), "{shown:?}");
    assert!([0, 2, 3].iter().all(|i| judged(&agent, facts[*i])));
    let RecordState::Quarantined { code, zh, quarantine, .. } = state(&agent, facts[1]) else { panic!() };
    assert!(code == "value_size" && !zh.is_empty() && quarantine == 1);
    assert_eq!(agent.cases(NOW)[0].quarantined, 1);

    drop(agent);
    let mut agent = open(Frail::sound(store), 1);
    office.refuse_text = None;
    let again = agent.record_again(facts[1], NOW + 60).unwrap();
    sync(&mut agent, &mut office);
    assert!(judged(&agent, again.fact));
    assert!(matches!(state(&agent, facts[1]), RecordState::Quarantined { again: Some(_), .. }), "the old one stays listed");
    assert!(agent.record_again(facts[1], NOW).is_err(), "once");

    office.ruling(case, &RulingBody::QuarantineAdopted(QuarantineAdopted { quarantine: 1, fact: again.fact }));
    sync(&mut agent, &mut office);
    assert!(matches!(state(&agent, facts[1]), RecordState::Quarantined { adopted: Some(f), .. } if f == again.fact));
}

#[test]
fn a_server_that_always_refuses_does_not_keep_the_phone_busy() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    office.refuse_text = Some("坏".into());
    let facts: Vec<_> = (0..8).map(|n| record(&mut agent, case, &format!("坏{n}"), NOW)).collect();
    let before = office.requests;
    sync(&mut agent, &mut office);
    assert!(office.requests - before <= 5, "{}", office.requests - before);
    while agent.cases(NOW)[0].waiting > 0 {
        sync(&mut agent, &mut office);
    }
    assert!(facts.iter().all(|f| matches!(state(&agent, *f), RecordState::Quarantined { .. })));
}

#[test]
fn a_phone_restored_from_its_backup_downloads_first_and_forks_nothing() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let kept = record(&mut agent, case, "备份前", NOW);
    let backup = store.backup();
    let delivered = record(&mut agent, case, "备份后", NOW + 1);
    sync(&mut agent, &mut office);
    drop(agent);

    let mut agent = open(Frail::sound(backup), 1);
    let new = record(&mut agent, case, "恢复后", NOW + 2);
    sync(&mut agent, &mut office);
    assert_eq!(texts(&agent, case), ["备份前", "备份后", "恢复后"], "equal records are one");
    assert!([kept, delivered, new].iter().all(|f| judged(&agent, *f)));
    assert!(office.quarantine.is_empty(), "the counter told before anything forked");
}

#[test]
fn a_fork_heals_on_a_new_chain() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    // The app on two phones with one key: a copied backup whose counter happens to be ahead.
    let mut copy = open(Frail::sound(store.backup()), 1);
    record(&mut agent, case, "甲", NOW);
    sync(&mut agent, &mut office);
    let lost = record(&mut copy, case, "乙", NOW);
    for _ in 0..5 {
        let _ = copy.begin_sync(NOW + 100 * copy.records(None, NOW).len() as i64);
    }
    let mut step = copy.begin_sync(NOW + 10_000);
    for now in 1..6 {
        step = copy.begin_sync(NOW + 10_000 + now * 100);
    }
    office.now = NOW + 10_500;
    let shown = exchange(&mut copy, &mut office, step.unwrap(), NOW + 10_500).unwrap();
    assert!(shown.iter().any(|e| matches!(e, Event::NewEpoch { .. })), "{shown:?}");
    assert!(judged(&copy, lost));
    assert_eq!(texts(&copy, case), ["甲", "乙"]);
}

#[test]
fn a_restored_server_gets_back_what_it_lost() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let first = record(&mut agent, case, "恢复前一", NOW);
    sync(&mut agent, &mut office);
    let backup = office.clone();
    let second = record(&mut agent, case, "恢复前二", NOW + 1);
    sync(&mut agent, &mut office);
    let third = record(&mut agent, case, "未上传", NOW + 2);

    let mut office = backup;
    (office.epoch, office.now) = (2, NOW + 600);
    office.roster(case, "li", Role::UnitAgent, None);
    let shown = sync(&mut agent, &mut office);
    assert!(shown.contains(&Event::ServerRestored { server_epoch: 2 }), "{shown:?}");
    assert!([first, second, third].iter().all(|f| judged(&agent, *f)));
    assert_eq!(texts(&agent, case), ["恢复前一", "恢复前二", "未上传"]);
    assert!(office.cases[&case].rows.iter().all(|r| r.verdict.code == Code::Effective));
    let requests = office.requests;
    sync(&mut agent, &mut office);
    assert_eq!(office.requests, requests + 1, "settled");
}

#[test]
fn a_reassigned_agent_delivers_before_the_case_goes() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut agent, &mut office);
    let fact = record(&mut agent, case, "调离前的记录", NOW + 10);
    office.now = NOW + 1000;
    office.roster(case, "zhang", Role::UnitAgent, Some(NOW + 500));
    let shown = sync(&mut agent, &mut office);
    assert!(shown.contains(&Event::CaseWithdrawn { case }), "{shown:?}");
    assert!(agent.cases(NOW).is_empty(), "rows are gone");
    let RecordState::Judged { verdict, .. } = state(&agent, fact) else { panic!("{:?}", state(&agent, fact)) };
    assert_eq!(verdict.code, Code::Late, "待认定, and still listed");
    assert!(agent.record(case, problem("再写"), NOW).is_err());
    drop(agent);
    let agent = open(Frail::sound(store), 1);
    assert!(judged(&agent, fact));

    // Back on the case: the rows and the own chain come back with it.
    let mut agent = agent;
    office.roster(case, "zhang", Role::UnitAgent, None);
    sync(&mut agent, &mut office);
    let more = record(&mut agent, case, "回来以后", NOW + 1001);
    sync(&mut agent, &mut office);
    assert_eq!(texts(&agent, case), ["调离前的记录", "回来以后"]);
    assert!(judged(&agent, more) && office.quarantine.is_empty());
}

#[test]
fn a_case_that_a_restored_server_lost_whole_is_not_wiped() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let backup = office.clone();
    let opened = agent.open_case(opened("只在手机上的项目"), NOW, NOW).unwrap();
    let more = record(&mut agent, opened.case, "后续", NOW + 1);
    sync(&mut agent, &mut office);
    assert!(judged(&agent, more));
    let mut office = backup;
    (office.epoch, office.now) = (2, NOW + 600);
    let shown = sync(&mut agent, &mut office);
    assert!(judged(&agent, opened.fact) && judged(&agent, more), "{shown:?}");
    assert_eq!(office.cases[&opened.case].rows.len(), 3, "the server has it again");
    assert!(!shown.iter().any(|e| matches!(e, Event::CaseWithdrawn { .. })));
}

#[test]
fn a_counter_that_ran_ahead_goes_back_and_not_in_circles() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    for _ in 0..3 {
        sync(&mut agent, &mut office);
    }
    let asked = agent.begin_sync(NOW).unwrap().send.unwrap();
    let counter = |request: &HttpRequest| {
        let header = request.headers.iter().find(|(name, _)| name == "daiban-counter");
        header.map(|(_, value)| value.parse::<u64>().unwrap()).unwrap()
    };
    assert!(counter(&asked) > 2);
    let far = br#"{"code":"counter_too_far","detail":"","counter":1}"#;
    let again = agent.receive(409, far, NOW).unwrap().send.unwrap();
    assert_eq!(counter(&again), 2);
    let error = agent.receive(409, far, NOW).unwrap_err();
    assert_eq!(error.code(), "counter_too_far", "told once more of the very next counter, the phone stops");
}
