//! Who asks is known by the headers; the body is what they name, and a request stands for itself once.

use super::*;
use axum::http::Request;
use daiban_core::sync::bundle::{self, Bundle};
use daiban_core::sync::wire::CarriedBatch;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tower::ServiceExt;

/// What the server says to a request with these headers.
async fn post(world: &World, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> (u16, Value) {
    let mut request = Request::builder().method("POST").uri(path);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request.body(axum::body::Body::from(body)).unwrap();
    let answer = crate::router::router(world.app.clone()).oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

fn code(answer: (u16, Value)) -> (u16, String) {
    (answer.0, answer.1["code"].as_str().unwrap_or_default().to_owned())
}

fn counter(world: &World, phone: &Phone) -> u64 {
    let (app, id) = (&world.app, phone.device());
    app.db.read(|conn| crate::db::sql::devices::find(conn, id)).unwrap().unwrap().counter
}

/// The headers of a phone before version 2: its signature covers the body, and nothing names the protocol.
fn version_1(phone: &Phone, body: &[u8]) -> Vec<(&'static str, String)> {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(body));
    let message = format!("daiban-request-1\nPOST\n/v1/sync\n{}\n1\n{digest}\n", phone.device());
    let signature = data_encoding::HEXLOWER.encode(&phone.key.sign(message.as_bytes()));
    vec![("daiban-device", phone.device().to_string()), ("daiban-counter", "1".into()), ("daiban-signature", signature)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_phone_is_told_to_update_and_a_newer_one_to_wait_for_the_server() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    let request = phone.request(vec![phone.batch(CASE, tip, changes)], vec![]);
    let mut body = pack(&request);
    body[0] = 1;
    let (status, problem) = post(&world, "/v1/sync", &version_1(&phone, &body), body).await;
    assert_eq!((status, problem["code"].as_str()), (400, Some("unsupported_version")));
    assert!(problem["detail"].as_str().unwrap().contains("请更新应用"), "{problem}");

    body = pack(&request);
    let signed = RequestSignature::sign(&phone.key, 1, "POST", "/v1/sync", &body);
    let mut newer = signed.headers();
    newer[0].1 = "4".into();
    let (status, problem) = post(&world, "/v1/sync", &newer, body.clone()).await;
    assert_eq!((status, problem["code"].as_str()), (400, Some("unsupported_version")));
    assert!(problem["detail"].as_str().unwrap().contains("更新服务器"), "{problem}");

    assert_eq!(counter(&world, &phone), 0, "nothing of them was used up");
    let answer = phone.send(&world, &request).await.unwrap();
    assert_eq!(names(&answer), ["2 effective"], "after the update the same record goes through");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_is_what_its_headers_name() {
    let world = World::new();
    let phone = world.phone("zhang", 1).await;
    let body = pack(&phone.request(vec![], vec![]));
    let signed = RequestSignature::sign(&phone.key, 1, "POST", "/v1/sync", &body);
    let mut bent = body.clone();
    *bent.last_mut().unwrap() ^= 1;
    assert_eq!(code(post(&world, "/v1/sync", &signed.headers(), bent).await), (400, "digest_mismatch".into()));
    let longer = [&body[..], &[0]].concat();
    assert_eq!(code(post(&world, "/v1/sync", &signed.headers(), longer).await), (401, "signature_invalid".into()));
    assert_eq!(code(post(&world, "/v1/bundle", &signed.headers(), body.clone()).await), (401, "signature_invalid".into()));
    assert_eq!(code(post(&world, "/v1/sync", &[], body.clone()).await), (401, "signature_missing".into()));
    assert_eq!(code(post(&world, "/v1/commands", &[], vec![0; 3 << 20]).await), (401, "office_token_missing".into()));
    assert_eq!(code(post(&world, "/v1/enrol", &[], vec![b' '; 17 << 10]).await).0, 415);
    let json = [("content-type", "application/json".to_owned())];
    assert_eq!(code(post(&world, "/v1/enrol", &json, vec![b' '; 17 << 10]).await), (413, "too_large".into()));
    assert_eq!(counter(&world, &phone), 0);
    assert_eq!(post(&world, "/v1/sync", &signed.headers(), body).await.0, 200);
    assert_eq!((counter(&world, &phone), world.app.flight.taken()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_brings_a_bundle_once_and_the_bundle_may_come_again() {
    let world = World::new();
    let mut author = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = author.compose(CASE, &mut tip, &[author.opening(1)]);
    author.sync(&world, vec![author.batch(CASE, tip, changes)], vec![]).await;
    let carrier = world.phone("li", 2).await;
    let changes = author.compose(CASE, &mut tip, &[author.log(2, "断网时写的")]);
    let batch = author.batch(CASE, tip, changes);
    let token = author.token.clone().unwrap();
    let statement = Statement { device: author.device(), epoch: 0, case: CASE, tip_seq: tip.seq, tip_hash: tip.hash, token };
    let carried = CarriedBatch {
        public_key: author.key.public_key().to_vec(),
        statement: crate::db::sql::cbor::write(&statement).unwrap().into(),
        signature: batch.signature,
        changes: batch.changes,
    };
    let file = Bundle { made_at: NOW, batches: vec![carried] }.to_bytes();
    let signed = |counter, path| RequestSignature::sign(&carrier.key, counter, "POST", path, &file).headers();

    let first = post(&world, bundle::PATH, &signed(7, bundle::PATH), file.clone()).await;
    assert_eq!((first.0, first.1["batches"][0]["accepted"].as_u64()), (200, Some(1)));
    let again = post(&world, bundle::PATH, &signed(7, bundle::PATH), file.clone()).await;
    assert_eq!(again, first, "the stored answer, not another run");
    let known = post(&world, bundle::PATH, &signed(8, bundle::PATH), file.clone()).await;
    assert_eq!((known.0, known.1["batches"][0]["known"].as_u64()), (200, Some(1)), "twice is harmless");
    let late = post(&world, bundle::PATH, &signed(7, bundle::PATH), file.clone()).await;
    assert_eq!(code(late), (409, "counter_replayed".into()));
    let elsewhere = post(&world, "/v1/sync", &signed(8, "/v1/sync"), file.clone()).await;
    assert_eq!(code(elsewhere), (409, "counter_reused".into()), "the same bytes at another address are another request");
}
