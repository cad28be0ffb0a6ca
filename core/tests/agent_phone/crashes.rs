//! Power cuts and lost answers between any two steps.

use super::office::Office;
use super::world::*;
use daiban_core::agent::RecordState;
use daiban_core::ids::CaseId;
use daiban_core::store::MemoryStore;

/// Opens the same phone again and again until a whole sync succeeded; everything recorded and acknowledged must be there.
fn recovers(office: &mut Office, store: &MemoryStore, recorded: &[daiban_core::ids::FactId], case: CaseId) {
    let mut agent = open(Frail::sound(store.clone()), 1);
    sync(&mut agent, office);
    for fact in recorded {
        assert!(judged(&agent, *fact), "{:?}", state(&agent, *fact));
    }
    let mut seen = texts(&agent, case);
    assert_eq!(seen.len(), recorded.len(), "once each: {seen:?}");
    seen.dedup();
    assert_eq!(seen.len(), recorded.len());
}

#[test]
fn a_crash_at_every_save_loses_nothing() {
    for after in [false, true] {
        for fails_at in 0..12 {
            let mut office = Office::new(NOW);
            let (agent, store) = phone(&mut office, "zhang", 1);
            drop(agent);
            let case = case(&mut office, 5, &["zhang"]);
            sync(&mut open(Frail::sound(store.clone()), 1), &mut office);
            let mut agent = open(Frail { fails_at, after, ..Frail::sound(store.clone()) }, 1);
            let mut recorded = Vec::new();
            for n in 0..4 {
                if let Ok(r) = agent.record(case, problem(&format!("问题{n}")), NOW + n) {
                    recorded.push(r.fact);
                }
                if n == 2
                    && let Ok(step) = agent.begin_sync(NOW)
                {
                    let _ = exchange(&mut agent, &mut office, step, NOW);
                }
            }
            // The phone goes on after a failed save without a restart, too.
            let live: Vec<_> = agent.records(Some(case), NOW).iter().map(|r| r.fact).collect();
            assert!(recorded.iter().all(|f| live.contains(f)), "fails_at {fails_at} after {after}");
            drop(agent);
            recovers(&mut office, &store, &live, case);
        }
    }
}

#[test]
fn a_lost_answer_costs_a_retry_and_the_same_bytes() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let fact = record(&mut agent, case, "补正总平面图", NOW);
    let first = agent.begin_sync(NOW).unwrap().send.unwrap();
    office.post(&first);
    let again = agent.begin_sync(NOW + 5).unwrap().send.unwrap();
    assert_eq!(first, again, "the identical request goes out again");
    let (status, body) = office.post(&again);
    let step = agent.receive(status, &body, NOW + 5).unwrap();
    exchange(&mut agent, &mut office, step, NOW + 5).unwrap();
    assert!(judged(&agent, fact));

    // The answer is lost and the app is killed: the same change goes out under the next counter.
    let second = record(&mut agent, case, "再次补正", NOW + 10);
    office.post(&agent.begin_sync(NOW + 10).unwrap().send.unwrap());
    drop(agent);
    recovers(&mut office, &store, &[fact, second], case);
    assert_eq!(office.cases[&case].rows.len(), 3);

    // Long after, a request that never arrived is made anew: its clock reading would be stale.
    let mut agent = open(Frail::sound(store), 1);
    let old = agent.begin_sync(NOW + 20).unwrap().send.unwrap();
    let fresh = agent.begin_sync(NOW + 7200).unwrap().send.unwrap();
    assert_ne!(old, fresh);
}

#[test]
fn doubled_and_partial_pages_are_harmless() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let (mut other, _) = phone(&mut office, "li", 2);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut other, &mut office);
    for n in 0..9 {
        record(&mut other, case, &format!("邻居{n}"), NOW + n);
    }
    sync(&mut other, &mut office);
    office.page_rows = 2;
    let step = agent.begin_sync(NOW).unwrap();
    let (status, body) = office.post(step.send.as_ref().unwrap());
    let step = agent.receive(status, &body, NOW).unwrap();
    let (status, page) = office.post(step.send.as_ref().unwrap());
    let next = agent.receive(status, &page, NOW).unwrap();
    // The same page once more, as if it were the answer to the next request.
    let shown = agent.receive(status, &page, NOW).unwrap().show;
    assert!(shown.iter().all(|e| !matches!(e, daiban_core::sync::session::Event::CaseChanged { .. })), "{shown:?}");
    drop(next);
    assert_eq!(agent.cases(NOW)[0].sequence, 2, "what was held stays");
    office.page_rows = 3;
    sync(&mut agent, &mut office);
    assert_eq!(texts(&agent, case).len(), 9);
    assert_eq!(agent.cases(NOW)[0].alarm, None, "a page that fits clears the alarm of one that did not");
}

#[test]
fn an_overfull_outbox_goes_in_small_requests_with_progress() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    let facts: Vec<_> = (0..500).map(|n| record(&mut agent, case, &"字".repeat(1000 + n), NOW + n as i64)).collect();
    let mut step = agent.begin_sync(NOW + 600).unwrap();
    assert_eq!((step.progress.sent, step.progress.total), (0, 500));
    let mut sent = Vec::new();
    // The line is cut after two requests.
    for _ in 0..2 {
        let (status, body) = office.post(&step.send.unwrap());
        step = agent.receive(status, &body, NOW + 600).unwrap();
        sent.push(step.progress.sent);
        assert_eq!(step.progress.sent + step.progress.remaining, 500);
    }
    assert!(sent[0] > 0 && sent[1] > sent[0] && sent[1] < 500, "{sent:?}");
    drop(agent);
    recovers(&mut office, &store, &facts, case);
    assert!(office.largest_request < 512 * 1024, "{}", office.largest_request);
    let state = RecordState::Judged { sequence: 2, verdict: office.cases[&case].rows[1].verdict.clone(), sent_back: None };
    assert_eq!(super::world::state(&open(Frail::sound(store), 1), facts[0]), state);
}
