//! Clocks that are wrong: the server's, and this phone's own.

use super::office::Office;
use super::world::*;
use daiban_core::agent::RecordState;
use daiban_core::case::Code;
use daiban_core::people::Role;
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
        assert!(said.is_some_and(|e| e.zh().contains("校准服务器时间")), "{shown:?}");
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
    assert_eq!((recorded.forecast.code, recorded.warning_zh()), (Code::Effective, None));
    let step = agent.begin_sync(NOW - 290).unwrap();
    exchange(&mut agent, &mut office, step, NOW - 290).unwrap();
    let RecordState::Judged { verdict, .. } = state(&agent, recorded.fact) else { panic!("judged") };
    assert_eq!(verdict.code, Code::Effective);

    let slow = agent.record(case, problem("慢了一天"), NOW - 86_400).unwrap();
    assert!(slow.warning_zh().is_some_and(|zh| zh.contains("自动设置时间")), "{:?}", slow.forecast);
}

#[test]
fn a_phone_announces_that_nothing_is_unsent_only_when_that_is_so() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 7, &["zhang"]);
    let said = |agent: &mut daiban_core::agent::Agent, now| {
        let request = agent.begin_sync(now).unwrap().send.unwrap();
        let sent: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
        (sent.nothing_unsent, sent.token)
    };
    assert_eq!(said(&mut agent, NOW), (false, None), "it holds no token yet");
    sync(&mut agent, &mut office);
    office.now = NOW + 100;
    let old = said(&mut agent, NOW + 100);
    assert!(old.0 && old.1.is_some());
    record(&mut agent, case, "在旧令牌下", NOW + 100);
    sync(&mut agent, &mut office);
    for n in 0..201 {
        record(&mut agent, case, &format!("第{n}条"), NOW + 200);
    }
    assert!(!said(&mut agent, NOW + 300).0, "a page is not all of it");
    sync(&mut agent, &mut office);
    let fresh = said(&mut agent, NOW + 1000);
    assert!(fresh.0 && fresh.1 != old.1, "everything is sent");
}
