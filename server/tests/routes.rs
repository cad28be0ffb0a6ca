//! Who may ask what: every address of the router × every identity, and every command × every role, against a list that is reviewed
//! like code (`routes/answers.txt`). A new address, a new command or an answer that changed turns it red.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "routes/addresses.rs"]
mod addresses;
#[path = "routes/house.rs"]
mod house;
#[path = "routes/identity.rs"]
mod identity;
#[path = "routes/matrix.rs"]
mod matrix;
#[path = "routes/orders.rs"]
mod orders;

use addresses::{Address, addresses, of_sources, sources};
use axum::routing::get;
use house::House;
use identity::IDENTITIES;
use matrix::Row;
use std::path::PathBuf;

const GOLDEN: &str = include_str!("routes/answers.txt");

#[tokio::test(flavor = "multi_thread")]
async fn every_address_answers_every_identity_as_reviewed() {
    let house = House::open("answers").await;
    let addresses = addresses();
    let rows = matrix::of_addresses(&house, &addresses, house.router()).await;
    let wrong = matrix::let_in(&rows, &addresses);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let orders = orders::matrix(&house).await;
    let told = format!("{}\n{}", matrix::table("address", &IDENTITIES.map(|who| who.name()), &rows), orders);
    let made = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("answers.txt");
    std::fs::write(&made, &told).unwrap();
    let differs = told.lines().zip(GOLDEN.lines()).find(|(now, before)| now != before);
    let lines = (told.lines().count(), GOLDEN.lines().count());
    assert!(
        told == GOLDEN,
        "first difference {differs:?}, lines {lines:?}; if it is meant, copy {} to server/tests/routes/answers.txt",
        made.display()
    );
}

#[test]
fn every_address_of_the_router_is_asked() {
    let asked: Vec<String> = addresses().into_iter().map(|address| address.path).collect();
    let forgotten: Vec<String> = of_sources(&sources()).into_iter().filter(|path| !asked.contains(path)).collect();
    assert!(forgotten.is_empty(), "in the router and in no matrix: {forgotten:?}");
    assert!(asked.len() > 30, "{asked:?}");
}

/// The checker itself, on an address without an extractor and on one that nobody listed.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_asks_nobody_who_he_is_is_found() {
    let house = House::open("planted").await;
    let planted = [Address { path: "/v1/planted".into(), public: false }];
    let router = house.router().merge(axum::Router::new().route("/v1/planted", get(async || "everything")));
    let rows: Vec<Row> = matrix::of_addresses(&house, &planted, router).await;
    let wrong = matrix::let_in(&rows, &planted);
    assert!(wrong.iter().any(|line| line == "GET /v1/planted answers nobody with 200"), "{wrong:?}");
    assert!(wrong.iter().any(|line| line == "GET /v1/planted answers revoked with 200"), "{wrong:?}");
    let source = "Router::new()\n    .route(\n        \"/v1/planted\",\n        get(planted),\n    )\n    .route(\"/b\", get(b))";
    assert_eq!(of_sources(&[source.to_owned()]), ["/b", "/v1/planted"]);
}
