use super::*;
use daiban_core::case::{Entry, RawRow, Row};
use daiban_core::sync::wire::digest;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_opened_offline_comes_back_numbered_and_chained() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1), phone.log(2, "到企业了解情况")]);
    let answer = phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["2 effective", "3 effective"], "the opener's roster row is the first");
    let page = &answer.cases[0];
    let mut link = Row::chain_start(CASE);
    for row in &page.rows {
        assert!(row.follows(CASE, link));
        link = row.chain;
    }
    let entry = |row: &RawRow| row.clone().read().entry;
    assert!(matches!(entry(&page.rows[0]), Entry::Roster(_)));
    assert!(matches!(entry(&page.rows[1]), Entry::Own { .. }), "own bytes do not travel back");
    let again = phone.sync(&world, vec![], vec![]).await;
    assert!(matches!(entry(&again.cases[0].rows[1]), Entry::Change { .. }), "a phone that lost them gets them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_work_again_is_known_and_the_same_request_gets_the_same_outcomes() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    let request = phone.request(vec![phone.batch(CASE, tip, changes)], vec![]);
    let first = phone.send(&world, &request).await.unwrap();
    let same = phone.post(&world, 1, pack(&request)).await.unwrap();
    assert_eq!(first.outcomes, same.outcomes);
    let later = phone.send(&world, &request).await.unwrap();
    assert_eq!(names(&later), ["known 2"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_new_costs_little() {
    let world = World::limited(Limits { day_cases: u64::MAX, ..Limits::default() });
    let mut phone = world.phone("zhang", 1).await;
    let mut cursors = Vec::new();
    for n in 0..300u16 {
        let mut id = [7; 16];
        id[..2].copy_from_slice(&n.to_be_bytes());
        let mut tip = ChainTip::start(CaseId(id));
        let changes = phone.compose(CaseId(id), &mut tip, &[phone.opening(1)]);
        let answer = phone.sync(&world, vec![phone.batch(CaseId(id), tip, changes)], cursors.clone()).await;
        cursors.push(end(&answer));
    }
    let mut request = phone.request(vec![], vec![]);
    request.place = Place::Digest(digest(&cursors).to_vec().into());
    let body = pack(&request);
    let signed = RequestSignature::sign(&phone.key, 1000, "POST", "/v1/sync", &body);
    let up = body.len() + signed.headers().iter().map(|(name, value)| name.len() + value.len() + 4).sum::<usize>();
    let answer = ask(&world, signed, body).await.unwrap();
    assert!(up < 1024 && answer.len() < 1024, "{up} up, {} down", answer.len());
    let answer: SyncAnswer = unpack(&answer, 4096).unwrap();
    assert!(answer.cases.is_empty() && !answer.need_cursors);
    request.place = Place::Digest(vec![0; 32].into());
    phone.counter = 1000;
    assert!(phone.send(&world, &request).await.unwrap().need_cursors);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_a_typed_problem() {
    let world = World::new();
    let phone = world.phone("zhang", 1).await;
    let good = pack(&phone.request(vec![], vec![]));
    let mut newer = good.clone();
    newer[0] = good[0] + 1;
    let batch =
        |n: usize| Batch { case: CASE, epoch: 0, changes: vec![vec![].into(); n], signature: vec![].into(), keys: vec![] };
    let bodies = [
        (vec![], "unreadable", 400),
        (good[..good.len() / 2].to_vec(), "unreadable", 400),
        (newer, "unsupported_version", 400),
        (pack(&phone.request(vec![batch(201)], vec![])), "too_large", 413),
        (pack(&vec![0u8; 3 * 1024 * 1024]), "too_large", 413),
    ];
    for (i, (body, code, status)) in bodies.into_iter().enumerate() {
        let problem = phone.post(&world, i as u64 + 1, body).await.unwrap_err();
        assert_eq!((problem.code, problem.status.as_u16()), (code, status), "body {i}");
        assert!(problem.document()["detail"].as_str().is_some_and(|zh| zh.contains('。')));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kind_no_store_can_spell_is_numbered_all_the_same() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let odd = Body::Unknown { kind: "of tomorrow\0".into(), fields: Vec::new() };
    let foreign = Fact { by: PersonId::from("li\0"), ..phone.fact(4, odd.clone()) };
    let facts = [phone.opening(1), phone.fact(3, odd), foreign, phone.log(5, "之后的记录")];
    let changes = phone.compose(CASE, &mut tip, &facts);
    let answer = phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["2 effective", "3 unrecognised", "4 void", "5 effective"]);
    let proved = world.app.db.read::<_, crate::db::DbError>(|conn| crate::jobs::verify(conn, true, |_| ()));
    assert!(proved.unwrap().is_ok());
}
