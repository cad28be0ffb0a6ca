use super::*;
use crate::db::sql::quarantine;

async fn opened(world: &World) -> (Phone, ChainTip, (CaseId, Cursor)) {
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    let answer = phone.sync(world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    let end = end(&answer);
    (phone, tip, end)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gap_waits_and_a_fork_is_kept_aside() {
    let world = World::new();
    let (mut phone, tip, _) = opened(&world).await;
    let mut ahead = tip;
    let changes = phone.compose(CASE, &mut ahead, &[phone.log(2, "第一"), phone.log(3, "第二"), phone.log(4, "第三")]);
    let answer = phone.sync(&world, vec![phone.batch(CASE, ahead, changes[1..].to_vec())], vec![]).await;
    assert_eq!(names(&answer), ["waiting for 2", "blocked"]);
    let answer = phone.sync(&world, vec![phone.batch(CASE, ahead, changes.clone())], vec![]).await;
    assert_eq!(names(&answer), ["3 effective", "4 effective", "5 effective"]);
    let mut fork = tip;
    let other = phone.compose(CASE, &mut fork, &[phone.log(9, "恢复备份后另写"), phone.log(8, "再写")]);
    let answer = phone.sync(&world, vec![phone.batch(CASE, fork, other.clone())], vec![]).await;
    assert_eq!(names(&answer), ["fork", "blocked"]);
    let listed = world.app.db.read(|conn| quarantine::list(conn, 10)).unwrap();
    let kept = world.app.db.read(|conn| quarantine::bytes(conn, listed[0].no)).unwrap();
    assert_eq!((listed.len(), kept.as_ref()), (1, Some(&other[0])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_refusal_stops_its_chain_and_nothing_else() {
    let world = World::new();
    let (mut phone, tip, _) = opened(&world).await;
    let mut ahead = tip;
    let mut changes = phone.compose(CASE, &mut ahead, &[phone.log(2, "好的"), phone.log(3, "坏的"), phone.log(4, "后面的")]);
    changes[1][20] ^= 1;
    let second = CaseId([0xcb; 16]);
    let mut there = ChainTip::start(second);
    let fine = phone.compose(second, &mut there, &[phone.opening(7)]);
    let batches = vec![phone.batch(CASE, ahead, changes), phone.batch(second, there, fine)];
    let answer = phone.sync(&world, batches, vec![]).await;
    assert_eq!(names(&answer), ["3 effective", "checksum", "blocked", "2 effective"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn foreign_actors_and_false_statements_are_refused_by_name() {
    let world = World::new();
    let (phone, mut tip, _) = opened(&world).await;
    let mut thief = world.phone("li", 2).await;
    let stolen = phone.compose(CASE, &mut tip, &[phone.log(2, "冒名")]);
    let answer = thief.sync(&world, vec![thief.batch(CASE, tip, stolen.clone())], vec![]).await;
    assert_eq!(names(&answer), ["foreign_actor"]);
    let mut tip = ChainTip::start(CASE);
    let own = thief.compose(CASE, &mut tip, &[thief.log(3, "自己的"), thief.log(4, "第二条")]);
    let mut batch = thief.batch(CASE, tip, own);
    batch.epoch = 1;
    let answer = thief.sync(&world, vec![batch], vec![]).await;
    assert_eq!(names(&answer), ["signature", "blocked"]);
    let answer = thief.sync(&world, vec![thief.batch(CASE, tip, vec![b"nonsense".to_vec()])], vec![]).await;
    assert_eq!(names(&answer), ["header"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_used_id_with_other_content_is_a_duplicate() {
    let world = World::new();
    let (mut phone, mut tip, _) = opened(&world).await;
    let facts = [phone.log(2, "原文"), phone.log(2, "原文"), phone.log(2, "改过的")];
    let changes = phone.compose(CASE, &mut tip, &facts);
    let answer = phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["3 effective", "4 effective", "5 duplicate_id"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn carried_work_is_its_authors_and_the_carrier_sees_only_a_receipt() {
    use daiban_core::sync::bundle::Bundle;
    use daiban_core::sync::wire::CarriedBatch;
    let world = World::new();
    let (phone, mut tip, _) = opened(&world).await;
    let mut carrier = world.phone("li", 2).await;
    let changes = phone.compose(CASE, &mut tip, &[phone.log(2, "断网时写的")]);
    let batch = phone.batch(CASE, tip, changes);
    let token = phone.token.clone().unwrap();
    let statement = Statement { device: phone.device(), epoch: 0, case: CASE, tip_seq: tip.seq, tip_hash: tip.hash, token };
    let carried = CarriedBatch {
        public_key: phone.key.public_key().to_vec(),
        statement: crate::db::sql::cbor::write(&statement).unwrap().into(),
        signature: batch.signature.clone(),
        changes: batch.changes.clone(),
    };
    let mut forged = carried.clone();
    forged.signature[10] ^= 1;
    let mut request = carrier.request(vec![], vec![]);
    request.carried = vec![forged, carried.clone()];
    let answer = carrier.send(&world, &request).await.unwrap();
    assert_eq!(names(&answer), ["signature", "3 effective"]);
    assert!(answer.cases.is_empty(), "the carrier is not on the case");
    let rows = world.app.db.read(|conn| crate::ledger::case_rows(conn, CASE)).unwrap();
    let daiban_core::case::Entry::Change { author, .. } = &rows[2].entry else { panic!("a change") };
    assert_eq!(author.person, phone.person);
    let bundle = Bundle { made_at: NOW, batches: vec![carried] }.to_bytes();
    let receipts = crate::sync::import(&world.app, bundle, PersonId::from("office")).await.unwrap();
    assert_eq!((receipts[0].known, receipts[0].accepted), (1, 0));
}
