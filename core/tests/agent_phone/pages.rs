//! Nothing that `record` accepts can make a page that the server refuses: the largest legal record of each kind goes through.

use super::office::Office;
use super::world::*;
use daiban_core::admit::{Budget, Cancel, Charge, check_within, peek_within};
use daiban_core::agent::{Agent, Draft};
use daiban_core::calendar::{Date, Week, local_date};
use daiban_core::fact::kinds::*;
use daiban_core::fact::{Body, Sealed, sealed_keys};
use daiban_core::ids::{ActorId, CaseId, FactId, PersonId, UnitId};
use daiban_core::limits::*;
use daiban_core::people::Group;
use daiban_core::sync::bounds::{bound, stored, stored_max};
use daiban_core::sync::session::HttpRequest;
use daiban_core::sync::wire::SyncRequest;
use daiban_core::sync::{Signer, unpack_counted};

/// The longest text of so many characters: the same one over and over, or as hard to compress as Chinese gets.
fn text(chars: usize, varied: bool) -> String {
    let one = |n: usize| char::from_u32(0x4e00 + if varied { (n * 7_919 + n / 7 * 104_729) % 20_000 } else { 0 } as u32);
    (0..chars).filter_map(one).collect()
}

fn short(varied: bool) -> String {
    text(SHORT_TEXT_CHARS_MAX, varied)
}

fn sealed(agent: &mut Agent) -> Option<Sealed> {
    Some(agent.seal(&text(VALUE_BYTES_MAX / 3 - 10, true)).unwrap())
}

/// Every kind a person records, as large as its fields allow with lists of so many lines.
fn largest(agent: &mut Agent, lines: usize, varied: bool) -> Vec<Body> {
    let today: Date = local_date(NOW);
    let list = || (0..lines).map(|_| short(varied)).collect::<Vec<String>>();
    let items = |_: ()| (0..lines).map(|_| MaterialItem { title: short(varied), copies: 1_000, original: true }).collect();
    let row = |_| FlowRow {
        unit: UnitId(short(varied)),
        item: short(varied),
        agent: Some(PersonId(short(varied))),
        materials: vec![short(varied); 3],
        fee_yuan: Some(Fee::yuan(10_000_000_000)),
        fee_basis: Some(short(varied)),
        planned_working_days: 1_000,
    };
    let channel = Channel::OnSite;
    let words = || text(WORK_LOG_TEXT_CHARS_MAX, varied);
    vec![
        Body::CaseOpened(CaseOpened {
            title: short(varied),
            enterprise: short(varied),
            location: UnitId(short(varied)),
            investment_10k_yuan: Some(100_000_000),
            decision: Some(Decision { number: short(varied), date: today }),
            benefit: Some(short(varied)),
            needs: Some(short(varied)),
            contact: sealed(agent),
        }),
        Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
            project_name: short(varied),
            project_code: Some(short(varied)),
            enterprise: short(varied),
            chief: PersonId(short(varied)),
            scope: list(),
            chief_signed_on: today,
            enterprise_signed_on: today,
            accompanied_by: Some(PersonId(short(varied))),
            signatory: sealed(agent),
        }),
        Body::WorkLog(WorkLog {
            text: words(),
            channel,
            item: Some(short(varied)),
            place: Some(short(varied)),
            next_step: Some(short(varied)),
            minutes: Some(24 * 60),
            met: sealed(agent),
        }),
        Body::MaterialReceived(MaterialReceived { items: items(()), handed_by: sealed(agent) }),
        Body::MaterialReturned(MaterialReturned { items: items(()), received: Some(FactId([1; 16])), taken_by: sealed(agent) }),
        Body::ResultDelivered(ResultDelivered {
            results: list(),
            delivery: Delivery::Mail {
                carrier: short(varied),
                number: short(varied),
                posted_on: today,
                addressee: sealed(agent),
            },
        }),
        Body::AgentHandover(AgentHandover {
            from: PersonId(short(varied)),
            to: PersonId("another".into()),
            open_items: list(),
            reason: short(varied),
        }),
        Body::FlowTableSubmitted(FlowTableSubmitted {
            group: Group::Planning,
            rows: (0..lines).map(row).collect(),
            nil_reason: None,
        }),
        Body::NoChange(NoChange { week: Week::of(today), note: Some(short(varied)) }),
        Body::ProblemRaised(ProblemRaised {
            text: words(),
            group: Group::Planning,
            units_needed: (0..lines).map(|_| UnitId(short(varied))).collect(),
            suggestion: Some(short(varied)),
        }),
        Body::Inquiry(Inquiry { text: words(), channel, asked_by: sealed(agent) }),
        Body::InquiryAnswered(InquiryAnswered { inquiry: FactId([1; 16]), text: words(), channel }),
    ]
}

/// Records each kind with the longest lists that `record` takes.
fn record_largest(agent: &mut Agent, case: CaseId, varied: bool) -> usize {
    let mut recorded = 0;
    for kind in 0..largest(agent, 1, varied).len() {
        let fits = [LIST_ITEMS_MAX, 150, 100, 70, 50, 30, 10, 1].into_iter().any(|lines| {
            let body = largest(agent, lines, varied).swap_remove(kind);
            agent.record(case, Draft { occurred_at: NOW, amends: None, body }, NOW).is_ok()
        });
        assert!(fits, "kind {kind} can be recorded at all");
        recorded += 1;
    }
    recorded
}

/// What the server does with a request before it writes anything, in its units.
fn must_be_taken(request: &HttpRequest, signer: &dyn Signer) {
    let sent = request.body.len();
    let (read, inflated): (SyncRequest, usize) = unpack_counted(&request.body, SYNC_BODY_BYTES_MAX).unwrap();
    bound(&read, sent).unwrap();
    assert!(stored(&read) <= stored_max(sent));
    let mut budget = Budget::new(SYNC_UNITS_BASE + SYNC_UNITS_PER_SENT * sent as u64, Cancel::default());
    budget.charge(Charge::Bytes(inflated)).unwrap();
    for batch in &read.batches {
        budget.charge(Charge::Batch).unwrap();
        peek_within(batch.changes.last().unwrap(), &mut budget).unwrap().unwrap();
        batch.keys.iter().for_each(|_| budget.charge(Charge::Key).unwrap());
        let actor = ActorId::derive(&signer.public_key(), batch.case, batch.epoch);
        for change in &batch.changes {
            budget.charge(Charge::Row).unwrap();
            peek_within(change, &mut budget).unwrap().unwrap();
            let checked = check_within(change, actor, &mut budget).unwrap().unwrap();
            let sealed = sealed_keys(&checked.fact);
            assert!(sealed.len() <= 2, "no kind has more sealed values than the server takes for nothing");
            sealed.iter().for_each(|_| budget.charge(Charge::Key).unwrap());
        }
    }
}

#[test]
fn the_largest_record_of_each_kind_goes_through() {
    for (n, varied) in [(1, false), (2, true)] {
        let mut office = Office::new(NOW);
        let (mut agent, _) = phone(&mut office, "zhang", n);
        let case = case(&mut office, 5, &["zhang"]);
        sync(&mut agent, &mut office);
        let recorded = record_largest(&mut agent, case, varied);
        let mut step = agent.begin_sync(NOW).unwrap();
        let mut requests = 0;
        while let Some(request) = step.send {
            must_be_taken(&request, &key(n));
            requests += 1;
            let (status, body) = office.post(&request);
            step = agent.receive(status, &body, NOW).unwrap();
        }
        assert_eq!(step.progress.remaining, 0, "all {recorded} are through, in {requests} requests");
    }
}

#[test]
fn a_page_of_very_many_small_records_goes_through() {
    let mut office = Office::new(NOW);
    let (mut agent, _) = phone(&mut office, "zhang", 1);
    let case = case(&mut office, 5, &["zhang"]);
    sync(&mut agent, &mut office);
    for _ in 0..450 {
        record(&mut agent, case, "同样的话", NOW);
    }
    let mut step = agent.begin_sync(NOW).unwrap();
    while let Some(request) = step.send {
        must_be_taken(&request, &key(1));
        let (status, body) = office.post(&request);
        step = agent.receive(status, &body, NOW).unwrap();
    }
    assert_eq!(step.progress.remaining, 0);
}
