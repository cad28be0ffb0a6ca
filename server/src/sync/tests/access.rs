use super::*;
use crate::ledger;
use daiban_core::fact::{SealKey, Sealed};
use daiban_core::ids::KeyId;
use daiban_core::limits::{REQUEST_COUNTER_JUMP_MAX, REQUEST_COUNTER_MAX};
use daiban_core::people::RosterEntry;
use daiban_core::sync::enrol::{Begin, Challenge, Request};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_ask() {
    let world = World::new();
    let person = world.person("zhang", Role::UnitAgent);
    let (mut phone, number) = world.pending(&person, 1).await;
    let request = phone.request(vec![], vec![]);
    let code = async |phone: &mut Phone| phone.send(&world, &request).await.map(|_| ()).map_err(|p| (p.code, p.status.as_u16()));
    assert_eq!(code(&mut phone).await, Err(("device_unconfirmed", 403)));
    let device = phone.device();
    let wrong = world.app.db.write(move |tx| enrol::confirm(tx, device, "x")).await.unwrap_err();
    assert_eq!(wrong.code, "confirmation_wrong");
    world.app.db.write(move |tx| enrol::confirm(tx, device, &number)).await.unwrap();
    assert_eq!(code(&mut phone).await, Ok(()));
    let mut stranger = Phone { key: SoftwareKey::from_secret(&[99; 32]), person: person.clone(), counter: 0, token: None };
    assert_eq!(code(&mut stranger).await, Err(("device_unknown", 401)));
    let body = pack(&request);
    let mut signed = RequestSignature::sign(&phone.key, 50, "POST", "/v1/sync", &body);
    signed.counter = 51;
    let forged = ask(&world, signed, body).await.unwrap_err();
    assert_eq!(forged.code, "signature_invalid");
    world.app.db.write(move |tx| enrol::revoke(tx, device)).await.unwrap();
    assert_eq!(code(&mut phone).await, Err(("device_revoked", 401)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_works_once_and_not_for_ever() {
    let world = World::new();
    let person = world.person("zhang", Role::UnitAgent);
    let (app, who) = (world.app.clone(), person.clone());
    let code = world.app.db.write(move |tx| enrol::invite(tx, &app, &who)).await.unwrap();
    let key = |n| SoftwareKey::from_secret(&[n; 32]);
    let mut phone = Enrolling::new(&key(1), Invitation::parse(&code).unwrap(), "甲", [1; 32]);
    let challenge = enrol::begin(&world.app, None, phone.begin()).await.unwrap();
    assert_eq!(enrol::begin(&world.app, None, phone.begin()).await.unwrap(), challenge, "given again");
    let request = phone.open(&key(1), &challenge).unwrap();
    let first = enrol::enrol(&world.app, None, request.clone()).await.unwrap();
    let same = enrol::enrol(&world.app, None, request).await.unwrap();
    assert_eq!(first, same, "an answer lost on the way is given again");
    let anew = ask_in(&world.app, &key(1), &code, "甲").await.unwrap();
    assert_eq!((anew.device, &anew.person), (first.device, &first.person), "a phone that was killed in between begins anew");
    let other = ask_in(&world.app, &key(2), &code, "乙").await.unwrap_err();
    assert_eq!(other.code, "code_used");
    let unknown = ask_in(&world.app, &key(2), "0123-4567-89AB-CDEF", "乙").await.unwrap_err();
    assert_eq!(unknown.code, "code_invalid");
    // The same key with a fresh code: a phone that lost its identity, not its key. It stays what it was.
    let (app, who) = (world.app.clone(), person.clone());
    let fresh = world.app.db.write(move |tx| enrol::invite(tx, &app, &who)).await.unwrap();
    let back = ask_in(&world.app, &key(1), &fresh, "甲").await.unwrap();
    assert_eq!((back.device, &back.person), (first.device, &first.person));
    assert_ne!(back.confirmation, first.confirmation, "the number belongs to the enrolment");
    let other = world.person("li", Role::UnitAgent);
    let app = world.app.clone();
    let others = world.app.db.write(move |tx| enrol::invite(tx, &app, &other)).await.unwrap();
    let taken = ask_in(&world.app, &key(1), &others, "甲").await.unwrap_err();
    assert_eq!(taken.code, "device_known", "a device has one person");
    let (app, who) = (world.app.clone(), person.clone());
    let late = world.app.db.write(move |tx| enrol::invite(tx, &app, &who)).await.unwrap();
    world.app.clock.set(NOW + enrol::CODE_SECONDS + 1);
    let expired = ask_in(&world.app, &key(3), &late, "丙").await.unwrap_err();
    assert_eq!(expired.code, "code_expired");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replays_are_told_where_to_go_on() {
    let world = World::new();
    let phone = world.phone("zhang", 1).await;
    let body = pack(&phone.request(vec![], vec![]));
    phone.post(&world, 7, body.clone()).await.unwrap();
    let mut other = phone.request(vec![], vec![]);
    other.phone_now += 1;
    for (counter, code, body) in [(7, "counter_reused", pack(&other)), (6, "counter_replayed", body)] {
        let problem = phone.post(&world, counter, body).await.unwrap_err();
        assert_eq!((problem.code, problem.document()["counter"].as_u64()), (code, Some(7)));
    }
}

fn member(person: &PersonId, role: Role, until: Option<i64>) -> RosterEntry {
    RosterEntry { person: person.clone(), role, unit: UnitId::from("commerce"), group: None, from: NOW - 3600, until }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_follow_membership_and_keys_follow_the_role() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let key = SealKey { id: KeyId([5; 16]), key: vec![6; 32] };
    let mut fact = phone.opening(1);
    if let Body::CaseOpened(body) = &mut fact.body {
        body.contact = Some(Sealed::seal("王经理 13800138000", &key, [1; 24]).unwrap());
    }
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[fact]);
    let mut batch = phone.batch(CASE, tip, changes);
    batch.keys = vec![key.clone(), SealKey { id: KeyId([7; 16]), key: vec![6; 32] }];
    phone.sync(&world, vec![batch], vec![]).await;
    let mut agent = world.phone("li", 2).await;
    let mut inspector = world.phone("wang", 3).await;
    assert!(agent.sync(&world, vec![], vec![]).await.cases.is_empty(), "not a member yet");
    let rows = [member(&agent.person, Role::UnitAgent, None), member(&inspector.person, Role::Supervision, None)];
    let env = world.app.env();
    world
        .app
        .db
        .write(move |tx| rows.iter().try_for_each(|row| ledger::append_roster(tx, &env, CASE, row.clone()).map(|_| ())))
        .await
        .unwrap();
    let seen = agent.sync(&world, vec![], vec![]).await;
    assert_eq!((seen.cases[0].rows.len(), seen.cases[0].keys.as_slice()), (4, &[key][..]), "only keys that the change names");
    let inspected = inspector.sync(&world, vec![], vec![]).await;
    assert!(inspected.cases[0].keys.is_empty(), "supervision reads no contacts");
    let env = world.app.env();
    let gone = member(&agent.person, Role::UnitAgent, Some(NOW - 1));
    world.app.db.write(move |tx| ledger::append_roster(tx, &env, CASE, gone.clone())).await.unwrap();
    let answer = agent.sync(&world, vec![], vec![end(&seen)]).await;
    assert_eq!((answer.withdrawn, answer.cases.len()), (vec![CASE], 0));
    // Offline since before the token of the last round, as far as this work says.
    agent.token = None;
    let late = agent.log(9, "调离前写的");
    let mut tip = ChainTip::start(CASE);
    let changes = agent.compose(CASE, &mut tip, &[late]);
    let answer = agent.sync(&world, vec![agent.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["6 late"], "late work waits for a person, it is never dropped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_off_the_chain_starts_the_case_again() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    let first = phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    let (case, good) = end(&first);
    assert!(phone.sync(&world, vec![], vec![(case, good)]).await.cases.is_empty());
    let wrong = [Cursor { chain: daiban_core::ids::Chain([1; 32]), ..good }, Cursor { sequence: good.sequence + 5, ..good }];
    for cursor in wrong {
        let answer = phone.sync(&world, vec![], vec![(case, cursor)]).await;
        assert!(answer.cases[0].restart && answer.cases[0].rows.len() == 2);
    }
    let unknown = CaseId([0xee; 16]);
    let answer = phone.sync(&world, vec![], vec![(case, good), (unknown, good)]).await;
    assert!(answer.cases[0].restart && answer.cases[0].rows.is_empty() && answer.withdrawn.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_code_voids_the_person_s_earlier_one_and_old_ones_are_forgotten() {
    let world = World::new();
    let (zhang, li) = (world.person("zhang", Role::UnitAgent), world.person("li", Role::UnitAgent));
    let invite = async |who: &PersonId| {
        let (app, who) = (world.app.clone(), who.clone());
        world.app.db.write(move |tx| enrol::invite(tx, &app, &who)).await.unwrap()
    };
    let count = || world.app.db.read(|conn| conn.number::<i64>("SELECT count(*) FROM invitation", &[])).unwrap();
    let (first, others, second) = (invite(&zhang).await, invite(&li).await, invite(&zhang).await);
    let key = SoftwareKey::from_secret(&[1; 32]);
    assert_eq!(ask_in(&world.app, &key, &first, "甲").await.unwrap_err().code, "code_invalid");
    assert_eq!(ask_in(&world.app, &key, &second, "甲").await.unwrap().person.id, zhang);
    assert_eq!(count(), 2);
    world.app.clock.set(NOW + enrol::CODE_SECONDS + 1);
    assert_eq!(ask_in(&world.app, &key, &others, "甲").await.unwrap_err().code, "code_expired");
    world.app.clock.set(NOW + 2 * 24 * 3600);
    invite(&zhang).await;
    assert_eq!(count(), 1, "used, expired and void ones are gone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commitment_is_opened_by_whoever_made_it() {
    let world = World::new();
    let person = world.person("zhang", Role::UnitAgent);
    let app = world.app.clone();
    let code = world.app.db.write(move |tx| enrol::invite(tx, &app, &person)).await.unwrap();
    let (key, thief) = (SoftwareKey::from_secret(&[1; 32]), SoftwareKey::from_secret(&[2; 32]));
    let asks = |key: &SoftwareKey, nonce| Enrolling::new(key, Invitation::parse(&code).unwrap(), "甲", [nonce; 32]);
    let mut early = asks(&key, 1);
    let foreign = Challenge { nonce: "00".repeat(32), server_public_key: "11".repeat(32) };
    let unasked = early.open(&key, &foreign).unwrap();
    assert_eq!(enrol::enrol(&world.app, None, unasked).await.unwrap_err().code, "enrolment_interrupted");
    let mut phone = asks(&key, 2);
    let challenge = enrol::begin(&world.app, None, phone.begin()).await.unwrap();
    let swapped = asks(&thief, 2).open(&thief, &challenge).unwrap();
    assert_eq!(enrol::enrol(&world.app, None, swapped).await.unwrap_err().code, "enrolment_interrupted");
    let request = phone.open(&key, &challenge).unwrap();
    let forged = Request { model: "乙".into(), ..request.clone() };
    assert_eq!(enrol::enrol(&world.app, None, forged).await.unwrap_err().code, "signature_invalid");
    let newer = asks(&thief, 3);
    let other = enrol::begin(&world.app, None, newer.begin()).await.unwrap();
    assert_ne!(other.nonce, challenge.nonce);
    let late = enrol::enrol(&world.app, None, request).await.unwrap_err();
    assert_eq!(late.code, "signature_invalid", "the nonce is that of the last commitment");
    for nonce in 4..=9 {
        enrol::begin(&world.app, None, asks(&thief, nonce).begin()).await.unwrap();
    }
    let worn = enrol::begin(&world.app, None, asks(&thief, 10).begin()).await.unwrap_err();
    assert_eq!(worn.code, "code_worn", "who looks for the same six digits has a handful of tries");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_code_is_served_whatever_was_guessed_before() {
    let world = World::new();
    let person = world.person("zhang", Role::UnitAgent);
    let app = world.app.clone();
    let code = world.app.db.write(move |tx| enrol::invite(tx, &app, &person)).await.unwrap();
    let at = |n: u8| Some(std::net::IpAddr::from([10, 0, 0, n]));
    let key = SoftwareKey::from_secret(&[1; 32]);
    let most = world.app.config.limits.enrolments_per_minute;
    let guess = Begin { code_hash: "00".repeat(32), commitment: "00".repeat(32) };
    let mut told = std::collections::BTreeMap::new();
    for n in 0..1000 {
        let guess = if n % 2 == 0 { guess.clone() } else { Begin { code_hash: "?".into(), commitment: "?".into() } };
        let problem = enrol::begin(&world.app, at(1), guess).await.unwrap_err();
        *told.entry(problem.status.as_u16()).or_insert(0) += 1;
    }
    assert_eq!(told.values().sum::<u32>(), 1000);
    assert_eq!(told.get(&429), Some(&(1000 - most)));
    let elsewhere = enrol::begin(&world.app, at(2), guess).await.unwrap_err();
    assert_eq!(elsewhere.code, "code_invalid", "other addresses are told what is wrong");
    let mut phone = Enrolling::new(&key, Invitation::parse(&code).unwrap(), "甲", [1; 32]);
    let challenge = enrol::begin(&world.app, at(1), phone.begin()).await.unwrap();
    let answer = enrol::enrol(&world.app, at(1), phone.open(&key, &challenge).unwrap()).await.unwrap();
    assert_eq!(phone.check(&answer), Ok(world.app.public_key()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_far_counter_does_not_brick_a_device() {
    let world = World::new();
    let phone = world.phone("zhang", 1).await;
    let body = pack(&phone.request(vec![], vec![]));
    phone.post(&world, 7, body.clone()).await.unwrap();
    for far in [8 + REQUEST_COUNTER_JUMP_MAX, REQUEST_COUNTER_MAX + 1, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX] {
        let problem = phone.post(&world, far, body.clone()).await.unwrap_err();
        assert_eq!((problem.code, problem.document()["counter"].as_u64()), ("counter_too_far", Some(7)), "{far}");
    }
    phone.post(&world, 8, body.clone()).await.unwrap();
    phone.post(&world, 8 + REQUEST_COUNTER_JUMP_MAX, body).await.unwrap();
}
