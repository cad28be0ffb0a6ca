//! Work carried by hand.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{AgentError, Imported, RecordState};
use daiban_core::fact::kinds::CaseOpened;
use daiban_core::sync::bundle::{Bundle, BundleError};
use daiban_core::sync::session::Event;
use daiban_core::sync::session::outbound::REQUEST_CHANGE_BYTES;
use daiban_core::sync::unpack;
use daiban_core::sync::wire::SyncRequest;

#[test]
fn a_colleague_carries_the_outbox_and_the_author_finds_it_delivered() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, store) = phone(&mut office, "li", 2);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut author, &mut office);
    sync(&mut carrier, &mut office);
    let contact = author.seal("王喆 13800138000").unwrap();
    let fact = record(&mut author, case, "山里没有信号", NOW + 1);
    let offline = author.open_case(CaseOpened { contact: Some(contact.clone()), ..opened("线索") }, NOW, NOW + 2).unwrap();
    let file = author.bundle_export(NOW + 3).unwrap();
    assert!(!file.windows(10).any(|w| w == &"13800138000".as_bytes()[..10]));

    assert_eq!(carrier.bundle_import(&file, NOW + 4).unwrap(), Imported { records: 2, cases: 2, skipped: 0 });
    assert_eq!(carrier.bundle_import(&file, NOW + 4).unwrap().skipped, 2, "twice is once");
    assert_eq!(carrier.carried().len(), 2);
    assert!(texts(&carrier, case).is_empty(), "carried work is shown, not applied");
    drop(carrier);
    let mut carrier = open(Frail::sound(store), 2);
    office.now = NOW + 86_400;
    let shown = sync(&mut carrier, &mut office);
    assert!(shown.iter().any(|e| matches!(e, Event::CarriedDelivered { records: 1, .. })), "{shown:?}");
    assert!(carrier.carried().is_empty());
    assert_eq!(texts(&carrier, case), ["山里没有信号"], "after the server admitted it, it is a row like any other");
    assert!(office.cases[&offline.case].keys.is_empty(), "keys do not travel with a carrier");

    let rows = office.cases[&case].rows.len();
    sync(&mut author, &mut office);
    assert!(judged(&author, fact) && judged(&author, offline.fact));
    assert_eq!(office.cases[&case].rows.len(), rows, "the author's own delivery finds it known");
    assert_eq!(office.cases[&offline.case].keys[0].id, contact.key, "and brings the key");
    assert_eq!(author.unseal(&contact).as_deref(), Some("王喆 13800138000"));
    assert!(matches!(author.bundle_export(NOW), Err(AgentError::Bundle(BundleError::Empty))));
}

#[test]
fn a_key_follows_even_if_the_row_comes_first() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, _) = phone(&mut office, "li", 2);
    let contact = author.seal("王喆").unwrap();
    let opened = author.open_case(CaseOpened { contact: Some(contact.clone()), ..opened("线索") }, NOW, NOW).unwrap();
    carrier.bundle_import(&author.bundle_export(NOW).unwrap(), NOW).unwrap();
    sync(&mut carrier, &mut office);
    // The author's first request is refused for its counter, so rows come before the outbox goes.
    let request = author.begin_sync(NOW).unwrap().send.unwrap();
    drop(request);
    let step = author.receive(409, br#"{"code":"counter_replayed","detail":"","counter":7}"#, NOW).unwrap();
    exchange(&mut author, &mut office, step, NOW).unwrap();
    assert!(judged(&author, opened.fact));
    assert_eq!(office.cases[&opened.case].keys.iter().map(|k| k.id).collect::<Vec<_>>(), [contact.key]);
}

#[test]
fn a_spoilt_or_forged_bundle_is_not_taken() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, _) = phone(&mut office, "li", 2);
    author.open_case(opened("线索"), NOW, NOW).unwrap();
    let file = author.bundle_export(NOW).unwrap();
    let mut import = |bytes: &[u8]| match carrier.bundle_import(bytes, NOW) {
        Err(AgentError::Bundle(error)) => error.code(),
        other => panic!("{other:?}"),
    };
    assert_eq!(import(b"PK"), "bundle_not");
    assert_eq!(import(&file[..file.len() - 1]), "bundle_damaged");
    let mut bent = file.clone();
    bent[60] ^= 1;
    assert_eq!(import(&bent), "bundle_damaged");
    let mut forged = Bundle::from_bytes(&file).unwrap();
    forged.batches[0].public_key = [2; 32].to_vec();
    assert_eq!(import(&forged.to_bytes()), "bundle_signature");
    let mut cut = Bundle::from_bytes(&file).unwrap();
    cut.batches[0].changes.clear();
    assert_eq!(import(&cut.to_bytes()), "bundle_signature");
    assert!(carrier.carried().is_empty());
}

#[test]
fn every_batch_of_a_bundle_fits_a_request() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, _) = phone(&mut office, "li", 2);
    let case = case(&mut office, 5, &["zhang", "li"]);
    sync(&mut author, &mut office);
    sync(&mut carrier, &mut office);
    let facts: Vec<_> = (0..8).map(|n| author.record(case, super::weak_line::large(n * 200), NOW).unwrap().fact).collect();
    let file = author.bundle_export(NOW).unwrap();
    let batches = Bundle::from_bytes(&file).unwrap().batches;
    let weigh = |changes: &[serde_bytes::ByteBuf]| changes.iter().map(|change| change.len()).sum::<usize>();
    assert!(batches.iter().all(|batch| weigh(&batch.changes) <= REQUEST_CHANGE_BYTES));
    assert!(batches.len() > 1 && batches.iter().map(|batch| batch.changes.len()).sum::<usize>() == facts.len());
    carrier.bundle_import(&file, NOW).unwrap();
    sync(&mut carrier, &mut office);
    assert_eq!(office.cases[&case].rows.len(), 2 + facts.len());
    assert!(carrier.carried().is_empty());
    sync(&mut author, &mut office);
    assert!(facts.iter().all(|fact| judged(&author, *fact)));
}

#[test]
fn a_carried_batch_that_is_too_much_for_the_server_holds_up_nothing_else() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, _) = phone(&mut office, "li", 2);
    let cases = [5, 6, 7].map(|n| case(&mut office, n, &["zhang", "li"]));
    sync(&mut author, &mut office);
    sync(&mut carrier, &mut office);
    for case in cases {
        record(&mut author, case, "代为转交", NOW);
    }
    carrier.bundle_import(&author.bundle_export(NOW).unwrap(), NOW).unwrap();
    let own = record(&mut carrier, cases[0], "自己的", NOW);
    let (mut step, mut shown) = (carrier.begin_sync(NOW).unwrap(), Vec::new());
    for round in 0.. {
        assert!(round < 20, "the phone asks for ever");
        shown.append(&mut step.show);
        let Some(request) = step.send else { break };
        let sent: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
        let much = sent.carried.iter().any(|batch| batch.statement.windows(16).any(|id| id == cases[1].0));
        let (status, body) = match much {
            true => (413, r#"{"code":"too_costly","detail":"内容过于复杂。"}"#.as_bytes().to_vec()),
            false => office.post(&request),
        };
        step = carrier.receive(status, &body, NOW).unwrap();
    }
    let refused: Vec<_> = shown.iter().filter(|e| matches!(e, Event::CarriedRefused { .. })).collect();
    assert!(
        matches!(refused[..], [Event::CarriedRefused { case, code, .. }] if *case == cases[1] && code == "too_costly"),
        "{shown:?}"
    );
    assert!(refused[0].message().zh.contains("内容过于复杂"));
    assert_eq!(shown.iter().filter(|e| matches!(e, Event::CarriedDelivered { .. })).count(), 2, "{shown:?}");
    assert!(judged(&carrier, own));
    assert_eq!(carrier.carried().len(), 1, "it waits for another sync");
    sync(&mut carrier, &mut office);
    assert!(carrier.carried().is_empty());
}

#[test]
fn a_late_key_takes_no_new_record_s_time_away() {
    let mut office = Office::new(NOW);
    let (mut author, _) = phone(&mut office, "zhang", 1);
    let (mut carrier, _) = phone(&mut office, "li", 2);
    let other = case(&mut office, 5, &["zhang"]);
    sync(&mut author, &mut office);
    let contact = author.seal("王喆").unwrap();
    let opened = author.open_case(CaseOpened { contact: Some(contact.clone()), ..opened("线索") }, NOW, NOW).unwrap();
    carrier.bundle_import(&author.bundle_export(NOW).unwrap(), NOW).unwrap();
    sync(&mut carrier, &mut office);
    let fresh = [opened.case, other].map(|case| record(&mut author, case, "新的", NOW + 1));
    let _ = author.begin_sync(NOW).unwrap();
    let mut step = author.receive(409, br#"{"code":"counter_replayed","detail":"","counter":7}"#, NOW).unwrap();
    let (mut with_token, mut without) = (0, 0);
    while let Some(request) = step.send {
        let sent: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
        let records: usize = sent.batches.iter().map(|batch| batch.changes.len()).sum();
        *(if sent.token.is_some() { &mut with_token } else { &mut without }) += records;
        let (status, body) = office.post(&request);
        step = author.receive(status, &body, NOW).unwrap();
    }
    assert_eq!((with_token, without), (2, 1), "only the record that brings the key goes without a token");
    assert_eq!(office.cases[&opened.case].keys.iter().map(|k| k.id).collect::<Vec<_>>(), [contact.key]);
    for fact in fresh {
        let RecordState::Judged { verdict, .. } = state(&author, fact) else { panic!("judged") };
        assert!(!verdict.clock_doubtful, "{verdict:?}");
    }
}
