//! Clocks that are wrong: the server's, and this phone's own.

use super::office::Office;
use super::world::*;
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::people::Role;
use daiban_core::store::{Batch, Namespace, Store};
use daiban_core::sync::session::Event;
use daiban_core::sync::unpack;
use daiban_core::sync::wire::SyncRequest;

const MONTHS: i64 = 270 * 86_400;

#[test]
fn a_server_nine_months_back_takes_no_case_away() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 7, &[]);
    office.roster_from(case, "zhang", Role::UnitAgent, NOW - 3600);
    sync(&mut agent, &mut office);
    let kept = record(&mut agent, case, "已上传", NOW);
    sync(&mut agent, &mut office);

    office.now = NOW - MONTHS;
    for _ in 0..2 {
        let shown = sync(&mut agent, &mut office);
        let said = shown.iter().find(|e| matches!(e, Event::ServerClockBehind { seconds } if *seconds == MONTHS));
        assert!(said.is_some_and(|e| e.message().zh.contains("校准服务器时间")), "{shown:?}");
        assert!(!shown.iter().any(|e| matches!(e, Event::CaseWithdrawn { .. })));
        assert_eq!(texts(&agent, case), ["已上传"]);
    }

    office.now = NOW + 60;
    sync(&mut agent, &mut office);
    assert!(judged(&agent, kept));
    office.roster(case, "zhang", Role::UnitAgent, Some(NOW + 60));
    let shown = sync(&mut agent, &mut office);
    assert!(shown.iter().any(|e| matches!(e, Event::CaseWithdrawn { .. })), "by a right clock it is taken: {shown:?}");
}

#[test]
fn two_minutes_apart_are_no_wrong_clock() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 7, &["zhang"]);
    sync(&mut agent, &mut office);
    office.roster(case, "zhang", Role::UnitAgent, Some(NOW - 300));
    office.now = NOW - 120;
    let shown = sync(&mut agent, &mut office);
    assert!(shown.iter().any(|e| matches!(e, Event::CaseWithdrawn { .. })), "{shown:?}");
}

#[test]
fn what_a_server_said_while_its_clock_was_declared_wrong_does_not_count() {
    let mut office = Office::new(NOW + MONTHS);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 7, &["zhang"]);
    sync(&mut agent, &mut office);
    office.now = NOW;
    office.clock_wrong = vec![(NOW + 3600, NOW + MONTHS)];
    office.roster(case, "zhang", Role::UnitAgent, Some(NOW - 1));
    let shown = sync(&mut agent, &mut office);
    assert!(shown.iter().any(|e| matches!(e, Event::CaseWithdrawn { .. })), "{shown:?}");
}

#[test]
fn a_phone_five_minutes_slow_forecasts_what_the_server_says() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 7, &[]);
    office.roster_from(case, "zhang", Role::UnitAgent, NOW - 1);
    let step = agent.begin_sync(NOW - 300).unwrap();
    exchange(&mut agent, &mut office, step, NOW - 300).unwrap();
    let recorded = agent.record(case, problem("刚被指派"), NOW - 300).unwrap();
    assert_eq!((recorded.forecast.code, recorded.warning().map(|said| said.zh)), (Code::Effective, None));
    let step = agent.begin_sync(NOW - 290).unwrap();
    exchange(&mut agent, &mut office, step, NOW - 290).unwrap();
    let RecordState::Judged { verdict, .. } = state(&agent, recorded.fact) else { panic!("judged") };
    assert_eq!(verdict.code, Code::Effective);

    let slow = agent.record(case, problem("慢了一天"), NOW - 86_400).unwrap();
    assert!(slow.warning().map(|said| said.zh).is_some_and(|zh| zh.contains("自动设置时间")), "{:?}", slow.forecast);
}

#[test]
fn a_phone_announces_that_nothing_is_unsent_only_when_that_is_so() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 7, &["zhang"]);
    let said = |agent: &mut daiban_core::agent::Agent, now| {
        let request = agent.begin_sync(now).unwrap().send.unwrap();
        let sent: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
        (sent.nothing_unsent, sent.token, sent.unsent)
    };
    assert_eq!(said(&mut agent, NOW), (false, None, 0), "it holds no token yet");
    sync(&mut agent, &mut office);
    office.now = NOW + 100;
    let old = said(&mut agent, NOW + 100);
    assert!(old.0 && old.1.is_some());
    record(&mut agent, case, "在旧令牌下", NOW + 100);
    sync(&mut agent, &mut office);
    for n in 0..201 {
        record(&mut agent, case, &format!("第{n}条"), NOW + 200);
    }
    let page = said(&mut agent, NOW + 300);
    assert!(!page.0 && page.2 > 0, "a page is not all of it: {} more", page.2);
    sync(&mut agent, &mut office);
    let fresh = said(&mut agent, NOW + 1000);
    assert!(fresh.0 && fresh.1 != old.1, "everything is sent");
}

/// The token of the next request, and whether it says that nothing else is unsent.
fn announced(agent: &mut daiban_core::agent::Agent, now: i64) -> (bool, Option<Vec<u8>>) {
    let request = agent.begin_sync(now).unwrap().send.unwrap();
    let sent: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
    (sent.nothing_unsent, sent.token.map(|token| token.into_vec()))
}

#[test]
fn a_token_is_never_swapped_for_an_older_one() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    sync(&mut agent, &mut office);
    let issued = |agent: &mut daiban_core::agent::Agent| {
        let token = announced(agent, NOW + 100).1.unwrap();
        daiban_core::sync::TimeToken::from_bytes(&token).unwrap().issued_at
    };
    assert_eq!(issued(&mut agent), NOW);
    for (said, held) in [(NOW - 100, NOW), (NOW - 1, NOW), (NOW + 1, NOW + 1)] {
        office.now = said;
        sync(&mut agent, &mut office);
        office.now = said;
        assert_eq!(issued(&mut agent), held, "another node says {}", said - NOW);
        sync(&mut agent, &mut office);
    }
}

#[test]
fn a_restored_server_hears_that_nothing_is_unsent_only_after_all_cases_were_compared() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let cases = [7, 8].map(|n| case(&mut office, n, &["zhang"]));
    sync(&mut agent, &mut office);
    let backup = office.clone();
    let facts = cases.map(|case| record(&mut agent, case, "恢复前", NOW));
    sync(&mut agent, &mut office);
    let mut office = backup;
    (office.epoch, office.now) = (2, NOW + 600);
    let mut step = agent.begin_sync(NOW + 600).unwrap();
    let mut fresh = 0;
    while let Some(request) = step.send {
        let sent: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
        let epoch = sent.token.and_then(|token| daiban_core::sync::TimeToken::from_bytes(&token)).map(|t| t.server_epoch);
        let (status, body) = office.post(&request);
        let has_all = || cases.iter().all(|case| office.cases[case].rows.len() == 2);
        assert!(epoch != Some(2) || !sent.nothing_unsent || has_all(), "the server lacks what the phone has");
        fresh += u32::from(epoch == Some(2));
        step = agent.receive(status, &body, NOW + 600).unwrap();
    }
    assert!(fresh > 0 && facts.iter().all(|fact| judged(&agent, *fact)));
    assert!(announced(&mut agent, NOW + 700).0, "everything was compared");
}

#[test]
fn a_token_of_the_same_server_outlives_the_enrolment() {
    for (epoch, kept) in [(1, true), (2, false)] {
        let mut office = Office::new(NOW);
        office.epoch = epoch;
        let (mut agent, store) = phone(&mut office, "zhang", 1);
        sync(&mut agent, &mut office);
        drop(agent);
        let mut lost = Batch::default();
        lost.delete(Namespace::Meta, *b"identity");
        store.clone().commit(&lost, &mut |_| {}).unwrap();
        let mut agent = open(Frail::sound(store), 1);
        assert!(agent.identity().is_none());
        office.epoch = 1;
        let (mut enrolling, _) = agent.enrol_request("ab12-cd34", "测试机").unwrap();
        let proof = agent.enrol_proof(&mut enrolling, 200, &office.challenge()).unwrap();
        agent.enrolled(&enrolling, 200, &office.enrol(&proof, "zhang")).unwrap();
        assert_eq!(announced(&mut agent, NOW).1.is_some(), kept, "a token of epoch {epoch}");
    }
}
