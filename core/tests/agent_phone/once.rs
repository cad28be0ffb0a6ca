//! Forms that are handed in twice.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Agent, AgentError, Draft, RecordState};
use daiban_core::case::Code;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{CaseOpened, Channel, WorkLog};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Role;

const FORM: FactId = FactId([0x77; 16]);

fn refused(agent: &mut Agent, fact: FactId, case: CaseId, draft: Draft) {
    let error = agent.record_once(fact, case, draft, NOW + 99).unwrap_err();
    assert_eq!(error, AgentError::AlreadyRecorded);
    assert!(error.code() == "already_recorded" && error.message().zh.contains("更正"));
}

#[test]
fn a_form_handed_in_again_is_one_record_whatever_became_of_it() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    let elsewhere = super::world::case(&mut office, 6, &["zhang"]);
    sync(&mut agent, &mut office);
    let first = agent.record_once(FORM, case, problem("缺件"), NOW).unwrap();
    assert_eq!((first.fact, first.forecast.code), (FORM, Code::Effective));
    let saves = Frail::sound(store.clone());
    let mut agent = open(saves.clone(), 1);
    for _ in 0..2 {
        let again = agent.record_once(FORM, case, problem("缺件"), NOW + 50).unwrap();
        assert_eq!((again.fact, again.forecast.code), (FORM, Code::Effective));
        refused(&mut agent, FORM, case, problem("别的内容"));
        refused(&mut agent, FORM, elsewhere, problem("缺件"));
        refused(&mut agent, FORM, case, Draft { occurred_at: NOW - 1, ..problem("缺件") });
        assert_eq!(saves.saves.load(std::sync::atomic::Ordering::SeqCst), 0, "nothing was written");
        if judged(&agent, FORM) {
            break;
        }
        let mut sending = open(Frail::sound(store.clone()), 1);
        sync(&mut sending, &mut office);
        agent.reload().unwrap();
        assert!(judged(&agent, FORM));
    }
    assert_eq!(texts(&agent, case), ["缺件"]);

    office.now = NOW + 1000;
    office.roster(case, "zhang", Role::UnitAgent, Some(NOW + 500));
    sync(&mut agent, &mut office);
    let gone = agent.record_once(FORM, case, problem("缺件"), NOW + 2000).unwrap();
    assert_eq!(gone.forecast.code, Code::Effective, "the case is gone, what stands of the record is known");
    let fresh = agent.record_once(FactId([0x78; 16]), case, problem("新的"), NOW + 2000).unwrap_err();
    assert_eq!(fresh, AgentError::NotFound("case"));
}

#[test]
fn a_refused_form_says_what_would_become_of_it_now() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    office.refuse_text = Some("坏".into());
    agent.record_once(FORM, case, problem("坏"), NOW).unwrap();
    sync(&mut agent, &mut office);
    assert!(matches!(state(&agent, FORM), RecordState::Quarantined { .. }));
    assert_eq!(agent.record_once(FORM, case, problem("坏"), NOW + 1).unwrap().forecast.code, Code::Effective);
    assert_eq!(agent.records(Some(case), NOW).len(), 1);
    refused(&mut agent, FORM, case, problem("好"));
}

#[test]
fn sealed_values_are_compared_by_what_they_say() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let met = |agent: &mut Agent, name: &str| {
        let met = Some(agent.seal(name).unwrap());
        let (text, channel) = ("上门核对".to_owned(), Channel::OnSite);
        let body = WorkLog { text, channel, item: None, place: None, next_step: None, minutes: None, met };
        Draft { occurred_at: NOW, amends: None, body: Body::WorkLog(body) }
    };
    let draft = met(&mut agent, "王喆");
    agent.record_once(FORM, case, draft, NOW).unwrap();
    for _ in 0..2 {
        // The form was filled in anew, so the name is sealed under another key.
        let draft = met(&mut agent, "王喆");
        assert_eq!(agent.record_once(FORM, case, draft, NOW + 5).unwrap().fact, FORM);
        let draft = met(&mut agent, "李四");
        refused(&mut agent, FORM, case, draft);
        sync(&mut agent, &mut office);
        assert!(judged(&agent, FORM));
    }
    assert_eq!(office.cases[&case].keys.len(), 1, "no key of a draft that was not kept travels");
}

#[test]
fn a_case_is_opened_once() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = CaseId([0x55; 16]);
    agent.open_case_once(case, FORM, opened("新项目"), NOW, NOW).unwrap();
    for _ in 0..2 {
        let again = agent.open_case_once(case, FORM, opened("新项目"), NOW, NOW + 9).unwrap();
        assert_eq!((again.case, again.fact), (case, FORM));
        let other = agent.open_case_once(case, FORM, opened("另一个"), NOW, NOW + 9).unwrap_err();
        assert_eq!(other, AgentError::AlreadyRecorded);
        let taken = agent.open_case_once(case, FactId([1; 16]), opened("另一个"), NOW, NOW).unwrap_err();
        assert_eq!(taken, AgentError::AlreadyRecorded, "two forms drew one case");
        sync(&mut agent, &mut office);
    }
    let small = CaseOpened { investment_10k_yuan: Some(1), ..opened("小") };
    assert!(matches!(agent.open_case_once(CaseId([2; 16]), FactId([2; 16]), small, NOW, NOW), Err(AgentError::Fields(_))));
    assert_eq!((agent.cases(NOW).len(), office.cases[&case].rows.len()), (1, 2));
}
