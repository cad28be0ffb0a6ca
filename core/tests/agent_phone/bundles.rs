//! Work carried by hand.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{AgentError, Imported};
use daiban_core::fact::kinds::CaseOpened;
use daiban_core::sync::bundle::{Bundle, BundleError};
use daiban_core::sync::session::Event;

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
