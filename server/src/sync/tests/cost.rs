//! What is sent bounds what it costs; a day has an end; who has no seat leaves no row.

use super::*;
use crate::commands::RulingTakeIn;
use crate::db::sql::{budgets, keys, quarantine};
use crate::ledger;
use daiban_core::doc::deflate;
use daiban_core::fact::{SealKey, Sealed};
use daiban_core::ids::KeyId;
use daiban_core::limits::{CHANGE_WIRE_BYTES_MAX, SYNC_KEYS_MAX, TOKEN_BYTES_MAX};
use daiban_core::people::RosterEntry;
use daiban_core::sync::bounds::pack_request;

async fn opened(world: &World, name: &str, seed: u8) -> (Phone, ChainTip) {
    let mut phone = world.phone(name, seed).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    let batch = phone.batch(CASE, tip, changes);
    assert_eq!(names(&phone.sync(world, vec![batch], vec![]).await), ["2 effective"]);
    (phone, tip)
}

async fn refused(phone: &mut Phone, world: &World, request: &SyncRequest) -> (u16, &'static str) {
    let problem = phone.send(world, request).await.unwrap_err();
    (problem.status.as_u16(), problem.code)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nested_compression_is_refused_and_leaves_nothing() {
    let world = World::new();
    let (mut phone, mut tip) = opened(&world, "zhang", 1).await;
    let text = "一".repeat(20_000);
    let facts: Vec<Fact> = (2..200).map(|id| phone.log(id, &text)).collect();
    let changes: Vec<Vec<u8>> = phone.compose(CASE, &mut tip, &facts).iter().map(|raw| deflate(raw)).collect();
    let request = phone.request(vec![phone.batch(CASE, tip, changes)], vec![]);
    let (status, code) = refused(&mut phone, &world, &request).await;
    assert_eq!(status, 413, "{code}");
    let rows = world.app.db.read(|conn| ledger::case_rows(conn, CASE)).unwrap();
    assert_eq!(rows.len(), 2, "nothing of it is kept");
    let kept = world.app.db.read(|conn| quarantine::list(conn, 10)).unwrap();
    assert!(kept.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_field_has_its_length() {
    let world = World::new();
    let (mut phone, tip) = opened(&world, "zhang", 1).await;
    let batch = || {
        let mut tip = tip;
        let changes = phone.compose(CASE, &mut tip, &[phone.log(2, "走访")]);
        phone.batch(CASE, tip, changes)
    };
    let key = |n: u8, length| SealKey { id: KeyId([n; 16]), key: vec![n; length] };
    let plain = phone.request(vec![batch()], vec![]);
    let mut spoilt = vec![plain.clone(); 5];
    spoilt[0].token = Some(vec![0; TOKEN_BYTES_MAX + 1].into());
    spoilt[1].calendar = "x".repeat(10_000);
    spoilt[2].batches[0].signature = vec![1; 1_000].into();
    spoilt[3].batches[0].keys = vec![key(1, 64)];
    spoilt[4].place = Place::Digest(vec![0; 1_000].into());
    for request in &spoilt {
        assert_eq!(refused(&mut phone, &world, request).await, (413, "field_too_long"));
    }
    let mut many = plain.clone();
    many.batches[0].keys = (0..=SYNC_KEYS_MAX).map(|n| key((n % 250) as u8, 32)).collect();
    assert_eq!(refused(&mut phone, &world, &many).await, (413, "too_large"));
    assert_eq!(names(&phone.send(&world, &plain).await.unwrap()), ["3 effective"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_known_is_answered_without_being_read_again() {
    let world = World::new();
    let (mut phone, mut tip) = opened(&world, "zhang", 1).await;
    let facts: Vec<Fact> = (2..100).map(|id| phone.log(id, "走访企业")).collect();
    let changes = phone.compose(CASE, &mut tip, &facts);
    let batch = phone.batch(CASE, tip, changes);
    let first = phone.sync(&world, vec![batch.clone()], vec![]).await;
    let again = phone.sync(&world, vec![batch], vec![]).await;
    let known: Vec<String> = names(&first).iter().map(|name| format!("known {}", name.split(' ').next().unwrap())).collect();
    assert_eq!(names(&again), known);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_past_a_legal_change_are_kept_as_hash_and_length() {
    let world = World::new();
    let (mut phone, tip) = opened(&world, "zhang", 1).await;
    let noise: Vec<u8> = (0..CHANGE_WIRE_BYTES_MAX as u32 + 10).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let request = phone.request(vec![phone.batch(CASE, tip, vec![noise.clone()])], vec![]);
    phone.counter += 1;
    let answer = phone.post(&world, phone.counter, pack_request(&request)).await.unwrap();
    assert_eq!(names(&answer), ["too_big"]);
    let listed = world.app.db.read(|conn| quarantine::list(conn, 10)).unwrap();
    let bytes = world.app.db.read(|conn| quarantine::bytes(conn, listed[0].no)).unwrap().unwrap();
    assert_eq!((listed[0].length, bytes.len()), (Some(noise.len() as u64), 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_ends_for_records_and_begins_again_and_other_limits_stand_alone() {
    let world = World::limited(Limits { day_records: 3, day_cases: 2, ..Limits::default() });
    let (mut phone, mut tip) = opened(&world, "zhang", 1).await;
    let other = CaseId([0xcb; 16]);
    let third = CaseId([0xcc; 16]);
    let opening = |phone: &Phone, case, id| {
        let mut tip = ChainTip::start(case);
        let changes = phone.compose(case, &mut tip, &[phone.opening(id)]);
        phone.batch(case, tip, changes)
    };
    let batches = vec![opening(&phone, other, 2), opening(&phone, third, 3)];
    let answer = phone.sync(&world, batches, vec![]).await;
    assert_eq!(names(&answer), ["2 effective", "deferred cases"], "a third case waits, the second does not");
    let changes = phone.compose(CASE, &mut tip, &[phone.log(4, "一"), phone.log(5, "二")]);
    let whole = phone.batch(CASE, tip, changes);
    assert_eq!(names(&phone.sync(&world, vec![whole.clone()], vec![]).await), ["3 effective", "4 effective"]);
    let more = phone.compose(CASE, &mut tip, &[phone.log(6, "三"), phone.log(7, "四")]);
    let more = phone.batch(CASE, tip, more);
    let answer = phone.sync(&world, vec![whole, more.clone()], vec![]).await;
    assert_eq!(names(&answer), ["known 3", "known 4", "deferred records", "blocked"], "what is known costs nothing");
    let Outcome::Deferred { until, .. } = answer.outcomes[1].changes[0] else { panic!("deferred") };
    assert_eq!(daiban_core::calendar::local_stamp(until), "2026-11-24 00:00");
    world.app.clock.set(until);
    let batches = vec![more, opening(&phone, third, 3)];
    let answer = phone.sync(&world, batches, vec![]).await;
    assert_eq!(names(&answer), ["5 effective", "6 effective", "2 effective"]);
    let brought = world.app.db.read(|conn| budgets::find(conn, "person:zhang", "2026-11-23")).unwrap();
    assert_eq!((brought.records, brought.cases), (4, 2));
    let gone = world.app.db.write(|tx| budgets::forget(tx, "2026-11-24")).await.unwrap();
    assert_eq!(gone, 2, "the device's day and the person's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_devices_of_one_person_share_the_persons_day() {
    let world = World::limited(Limits { day_stored_bytes: 500, ..Limits::default() });
    let (_, _) = opened(&world, "zhang", 1).await;
    let (mut second, number) = world.pending(&PersonId::from("zhang"), 2).await;
    let device = second.device();
    world.app.db.write(move |tx| enrol::confirm(tx, device, &number)).await.unwrap();
    let mut tip = ChainTip::start(CASE);
    let changes = second.compose(CASE, &mut tip, &[second.log(2, "另一台手机")]);
    let answer = second.sync(&world, vec![second.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["deferred bytes"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn below_the_reserve_phones_write_nothing_and_read_on() {
    let world = World::limited(Limits { disk_reserve_bytes: u64::MAX, ..Limits::default() });
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    let request = phone.request(vec![phone.batch(CASE, tip, changes)], vec![]);
    if world.app.db.is_shared() {
        phone.send(&world, &request).await.unwrap();
        return;
    }
    assert_eq!(refused(&mut phone, &world, &request).await, (507, "disk_reserve"));
    assert!(phone.sync(&world, vec![], vec![]).await.cases.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_never_had_a_seat_is_set_aside_and_taken_in_on_the_same_chain() {
    let world = World::new();
    let (mut chief, _) = opened(&world, "zhang", 1).await;
    let mut agent = world.phone("li", 2).await;
    let mut tip = ChainTip::start(CASE);
    let key = SealKey { id: KeyId([5; 16]), key: vec![6; 32] };
    let mut met = agent.log(9, "先到现场");
    if let Body::WorkLog(log) = &mut met.body {
        log.met = Some(Sealed::seal("王经理", &key, [1; 24]).unwrap());
    }
    let changes = agent.compose(CASE, &mut tip, &[met, agent.log(10, "再到现场")]);
    let answer = agent.sync(&world, vec![agent.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["never_member", "never_member"]);
    assert_eq!(chief.sync(&world, vec![], vec![]).await.cases[0].rows.len(), 2, "nobody downloads it");
    let listed = world.app.db.read(|conn| quarantine::list(conn, 10)).unwrap();
    let take_in = |number| RulingTakeIn { quarantine: number, reason: "已补办任职".into() };
    let office = PersonId::from("office");
    let early = world.app.execute(&office, take_in(listed[0].no)).await.unwrap_err();
    assert_eq!(early.code, "seat_missing");
    let seat = |from| RosterEntry {
        person: agent.person.clone(),
        role: Role::UnitAgent,
        unit: UnitId::from("commerce"),
        group: None,
        from,
        until: None,
    };
    let (env, late) = (world.app.env(), seat(NOW));
    world.app.db.write(move |tx| ledger::append_roster(tx, &env, CASE, late.clone())).await.unwrap();
    let after = world.app.execute(&office, take_in(listed[0].no)).await.unwrap_err();
    assert_eq!(after.code, "seat_missing", "a seat that began after the record was made");
    let (env, whole) = (world.app.env(), seat(NOW - 3600));
    world.app.db.write(move |tx| ledger::append_roster(tx, &env, CASE, whole.clone())).await.unwrap();
    let done = world.app.execute(&office, take_in(listed[0].no)).await.unwrap();
    assert_eq!(done["rows"], serde_json::json!([5, 6]), "both, whichever was named");
    assert_eq!(world.app.execute(&office, take_in(listed[0].no)).await.unwrap_err().code, "adopted_before");
    let proof = world.app.db.read(ledger::verify).unwrap().unwrap();
    assert_eq!(proof.unsigned, 0, "the author's signature stands over both");
    // The same chain goes on, and the value's key comes after its row.
    let more = agent.compose(CASE, &mut tip, &[agent.log(11, "任职之后")]);
    let mut batch = agent.batch(CASE, tip, more);
    batch.keys = vec![key.clone()];
    assert_eq!(names(&agent.sync(&world, vec![batch], vec![]).await), ["7 effective"]);
    let held = world.app.db.read(|conn| keys::between(conn, 1, 0, 7)).unwrap_or_default();
    assert!(world.app.db.is_shared() || held == [key]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_phone_could_read_again_is_set_aside_as_it_came() {
    let world = World::new();
    let (mut phone, mut tip) = opened(&world, "zhang", 1).await;
    let fields = (0..6).map(|n| (format!("f{n}"), daiban_core::fact::Node::text(scattered(n)))).collect();
    let large = phone.fact(9, Body::Unknown { kind: "large".into(), fields });
    let raw = phone.compose(CASE, &mut tip, &[large]);
    let sent = deflate(&raw[0]);
    assert!(raw[0].len() > CHANGE_WIRE_BYTES_MAX && sent.len() < CHANGE_WIRE_BYTES_MAX, "{} {}", raw[0].len(), sent.len());
    let batch = phone.batch(CASE, tip, vec![sent.clone()]);
    assert_eq!(names(&phone.sync(&world, vec![batch], vec![]).await), ["too_big"]);
    let kept = world.app.db.read(|conn| quarantine::list(conn, 10)).unwrap();
    let bytes = world.app.db.read(|conn| quarantine::bytes(conn, kept[0].no)).unwrap().unwrap();
    assert!(kept[0].length.is_none() && bytes == sent, "all of it is kept");
    assert!(world.app.db.read(ledger::verify).unwrap().is_ok());
}

/// As long a text as a value may be, of which half can be packed away.
fn scattered(seed: u32) -> String {
    let mut state = seed + 1;
    let mut digit = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 28) as u8)
    };
    (0..60_000).map(|_| digit()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_chain_counts_as_ones_own_whoever_is_said_to_carry_it() {
    use daiban_core::sync::wire::CarriedBatch;
    let world = World::limited(Limits { day_records: 2, day_cases: 2, ..Limits::default() });
    let (mut phone, _) = opened(&world, "zhang", 1).await;
    let carried = |phone: &Phone, n: u8| {
        let case = CaseId([n; 16]);
        let mut tip = ChainTip::start(case);
        let changes = phone.compose(case, &mut tip, &[phone.opening(n)]);
        let batch = phone.batch(case, tip, changes);
        let token = phone.token.clone().unwrap_or_default();
        let statement = Statement { device: phone.device(), epoch: 0, case, tip_seq: tip.seq, tip_hash: tip.hash, token };
        CarriedBatch {
            public_key: phone.key.public_key().to_vec(),
            statement: crate::db::sql::cbor::write(&statement).unwrap().into(),
            signature: batch.signature,
            changes: batch.changes,
        }
    };
    let own: Vec<CarriedBatch> = (10..13).map(|n| carried(&phone, n)).collect();
    let request = SyncRequest { carried: own, ..phone.request(vec![], vec![]) };
    let answer = phone.send(&world, &request).await.unwrap();
    assert_eq!(names(&answer), ["2 effective", "deferred records", "deferred records"]);
    let li = world.phone("li", 2).await;
    let others: Vec<CarriedBatch> = (20..24).map(|n| carried(&li, n)).collect();
    let request = SyncRequest { carried: others, ..phone.request(vec![], vec![]) };
    assert_eq!(names(&phone.send(&world, &request).await.unwrap()), ["2 effective"; 4], "a colleague's are not the carrier's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_false_key_of_a_colleague_does_not_keep_the_true_one_out() {
    let world = World::new();
    let (mut author, mut tip) = opened(&world, "zhang", 1).await;
    let mut li = world.phone("li", 2).await;
    let entry = RosterEntry {
        person: li.person.clone(),
        role: Role::UnitAgent,
        unit: UnitId::from("commerce"),
        group: None,
        from: NOW - 3600,
        until: None,
    };
    let env = world.app.env();
    world.app.db.write(move |tx| ledger::append_roster(tx, &env, CASE, entry.clone())).await.unwrap();
    let key = SealKey { id: KeyId([5; 16]), key: vec![6; 32] };
    let false_key = SealKey { id: key.id, key: vec![7; 32] };
    let met = |mut fact: Fact, key: &SealKey| {
        if let Body::WorkLog(log) = &mut fact.body {
            log.met = Some(Sealed::seal("王经理", key, [1; 24]).unwrap());
        }
        fact
    };
    // The value is here, its key is not yet.
    let changes = author.compose(CASE, &mut tip, &[met(author.log(2, "走访"), &key)]);
    let batch = author.batch(CASE, tip, changes);
    author.sync(&world, vec![batch.clone()], vec![]).await;
    let mut own = ChainTip::start(CASE);
    let changes = li.compose(CASE, &mut own, &[met(li.log(3, "冒领"), &false_key)]);
    let mut stolen = li.batch(CASE, own, changes);
    stolen.keys = vec![false_key.clone()];
    let page = li.sync(&world, vec![stolen], vec![]).await;
    assert!(page.cases.iter().all(|case| case.keys.is_empty()), "the false key is nobody's");
    let known = Batch { keys: vec![key.clone()], ..batch };
    author.sync(&world, vec![known], vec![]).await;
    let log = author.compose(CASE, &mut tip, &[author.log(4, "再访")]);
    author.sync(&world, vec![author.batch(CASE, tip, log)], vec![]).await;
    let given: Vec<SealKey> = li.sync(&world, vec![], vec![]).await.cases.into_iter().flat_map(|case| case.keys).collect();
    assert_eq!(given, [key]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_compresses_too_well_goes_as_it_is_and_is_taken() {
    let world = World::new();
    let (mut phone, mut tip) = opened(&world, "zhang", 1).await;
    let text = "一".repeat(1_000);
    let facts: Vec<Fact> = (2..80).map(|id| phone.log(id, &text)).collect();
    let changes = phone.compose(CASE, &mut tip, &facts);
    let request = phone.request(vec![phone.batch(CASE, tip, changes)], vec![]);
    assert_eq!(refused(&mut phone, &world, &request).await, (413, "too_dense"));
    phone.counter += 1;
    let answer = phone.post(&world, phone.counter, pack_request(&request)).await.unwrap();
    assert_eq!(answer.outcomes[0].changes.len(), 78);
    assert!(names(&answer).iter().all(|name| name.ends_with("effective")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bundle_counts_for_its_carrier_and_has_bounds() {
    use daiban_core::sync::bundle::Bundle;
    use daiban_core::sync::wire::CarriedBatch;
    let world = World::limited(Limits { day_stored_bytes: 1_000, ..Limits::default() });
    let batch =
        CarriedBatch { public_key: vec![1; 32], statement: vec![2; 8].into(), signature: vec![3; 8].into(), changes: vec![] };
    let bundle = |batches| Bundle { made_at: NOW, batches }.to_bytes();
    let carrier = PersonId::from("zhang");
    let import = async |batches| crate::sync::import(&world.app, bundle(batches), carrier.clone()).await.map_err(|p| p.code);
    assert_eq!(import(vec![batch.clone(); 60_000]).await.unwrap_err(), "too_large");
    let long = CarriedBatch { public_key: vec![1; 4_000], ..batch.clone() };
    assert_eq!(import(vec![long]).await.unwrap_err(), "field_too_long");
    assert!(import(vec![batch.clone(); 3]).await.is_ok());
    assert_eq!(import(vec![batch]).await.unwrap_err(), "day_bytes");
}
