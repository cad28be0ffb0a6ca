//! Lines that are slow or die, in real time: the field client against a real server over a proxy that counts every byte at the
//! phone's socket. Prints figures: bytes in percent of the payload, which is every change that waits, packed at once.

use daiban_core::agent::{Draft, RecordState};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{CaseOpened, Channel, MaterialItem, MaterialReceived, WorkLog};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::sync::bundle::Bundle;
use daiban_core::sync::pack_tight;
use daiban_core::sync::session::Event;
use daiban_field::{Clock, Field};
use daiban_server::app::{App, Folder};
use daiban_server::config::Config;
use daiban_server::serve;
use daiban_tests::nodes::order;
use daiban_tests::proxy::{Proxy, Weather};
use daiban_tests::random::SeededRandom;
use daiban_tests::world::TempFolder;
use serde_json::json;
use std::time::Instant;
use tokio::runtime::Runtime;

/// Far above what a slow line needs for a request.
const REQUEST_SECONDS: u64 = 3600;

struct Town {
    folder: TempFolder,
    server: serve::Running,
    token: String,
    _runtime: Runtime,
}

impl Town {
    fn new(name: &str) -> Town {
        let folder = TempFolder::on_disk(name);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let mut config = Config::local(folder.path().join("data"));
        config.limits.request_seconds = REQUEST_SECONDS;
        let app = App::open_with_bugs(config, daiban_server::clock::Clock::system(), &[]).expect("the server opens its data");
        let token = Folder::office_token(&folder.path().join("data")).expect("the office token");
        let server = {
            let _inside = runtime.enter();
            serve::start(app).expect("a free port of the loopback")
        };
        Town { folder, server, token, _runtime: runtime }
    }

    /// A phone with two cases that the server has.
    fn phone(&self) -> (Field, [CaseId; 2]) {
        let url = self.server.url();
        let tell = |command| order(&url, &self.token, command);
        tell(json!({ "command": "person_add", "id": "wang", "name": "王喆", "unit": "housing", "role": "unit_agent" }));
        let code = tell(json!({ "command": "device_invite", "person": "wang" }));
        let mut field = Field::open(&self.folder.path().join("phone"), Clock::system()).expect("a home");
        let identity = field.enrol(&url, code["code"].as_str().expect("a code")).expect("the code is good");
        tell(json!({ "command": "device_confirm", "number": identity.confirmation }));
        let cases = ["海湾冷链", "普湾码头"].map(|title| {
            let opened = CaseOpened {
                title: title.into(),
                enterprise: "某某实业".into(),
                location: "fengrong".into(),
                investment_10k_yuan: Some(20_000),
                decision: None,
                benefit: None,
                needs: None,
                contact: None,
            };
            field.open_case(opened, field.now()).expect("a lead").case
        });
        field.sync(|_| {}).expect("a good line");
        (field, cases)
    }
}

fn han(random: &mut SeededRandom, characters: usize) -> String {
    (0..characters).map(|_| char::from_u32(0x4e00 + random.below(20_902) as u32).expect("a han character")).collect()
}

fn record(field: &mut Field, case: CaseId, body: Body) -> FactId {
    let draft = Draft { occurred_at: field.now(), amends: None, body };
    field.record(case, draft).expect("it is recorded").fact
}

fn log(field: &mut Field, case: CaseId, random: &mut SeededRandom) -> FactId {
    let text = han(random, 400);
    let body = WorkLog { text, channel: Channel::OnSite, item: None, place: None, next_step: None, minutes: None, met: None };
    record(field, case, Body::WorkLog(body))
}

fn payload(field: &mut Field) -> u64 {
    let bundle = Bundle::from_bytes(&field.bundle_export().expect("there is work")).expect("a bundle");
    pack_tight(&bundle.batches.iter().flat_map(|batch| batch.changes.clone()).collect::<Vec<_>>()).len() as u64
}

fn arrived(field: &Field, fact: FactId) -> bool {
    field.records(None).iter().any(|record| record.fact == fact && matches!(record.state, RecordState::Judged { .. }))
}

/// Moves the phone behind a line before it has anything to send, for a new address is tried by a sync.
fn on_line(town: &Town, field: &mut Field, weather: Weather) -> Proxy {
    let proxy = Proxy::start(town.server.address(), weather);
    assert!(field.connect(&proxy.url(), None).expect("an address"), "the server answers through the line");
    proxy
}

/// 200 logs over a line in one sync; percent of the payload.
fn backlog(name: &str, weather: Weather) -> u64 {
    let town = Town::new(name);
    let (mut field, cases) = town.phone();
    let proxy = on_line(&town, &mut field, weather);
    let before = proxy.bytes();
    let mut random = SeededRandom::new(7);
    let facts: Vec<FactId> = (0..200).map(|_| log(&mut field, cases[0], &mut random)).collect();
    let payload = payload(&mut field);
    let (began, mut turns) = (Instant::now(), 0);
    let summary = field.sync(|_| turns += 1).expect("any line that moves makes progress");
    assert_eq!((summary.progress.sent, summary.progress.remaining), (200, 0));
    assert!(turns > 2, "the screen hears n of m");
    assert!(facts.iter().all(|fact| arrived(&field, *fact)));
    let bytes = proxy.bytes() - before;
    let percent = bytes * 100 / payload;
    let seconds = began.elapsed().as_secs();
    println!(
        "FIGURE {name}: 200 logs, payload {payload} B, {bytes} B at the socket = {percent} %, {} breaks, {} exchanges, {seconds} s",
        proxy.breaks(),
        summary.rounds
    );
    percent
}

#[test]
fn a_line_of_2_kb_a_second_carries_a_backlog() {
    let percent = backlog("2 kB/s", Weather { rate: Some(2_000), ..Weather::default() });
    assert!(percent <= 130, "{percent} %");
}

#[test]
fn a_line_that_dies_every_10_kb_carries_a_backlog() {
    let percent = backlog("dies every 10 kB", Weather { life: Some(10_000), ..Weather::default() });
    assert!(percent <= 160, "{percent} %");
}

#[test]
fn an_address_that_changes_costs_one_page_at_most() {
    let percent = backlog("one break at 60 kB", Weather { life: Some(60_000), once: true, ..Weather::default() });
    assert!(percent <= 150, "{percent} %");
}

#[test]
fn a_record_that_does_not_fit_is_named_and_the_others_get_through() {
    let town = Town::new("too large");
    let (mut field, [first, second]) = town.phone();
    let _line = on_line(&town, &mut field, Weather { life: Some(10_000), ..Weather::default() });
    let mut random = SeededRandom::new(8);
    let items: Vec<_> = (0..140).map(|_| MaterialItem { title: han(&mut random, 200), copies: 1, original: false }).collect();
    let large = record(&mut field, first, Body::MaterialReceived(MaterialReceived { items, handed_by: None }));
    let others: Vec<FactId> = (0..20).map(|_| log(&mut field, second, &mut random)).collect();
    let summary = field.sync(|_| {}).expect("any line that moves makes progress");
    let named =
        summary.events.iter().filter(|e| matches!(e, Event::LineTooWeak { fact: Some(fact), .. } if *fact == large)).count();
    assert_eq!((named, summary.progress.remaining), (1, 1));
    assert!(others.iter().all(|fact| arrived(&field, *fact)));
    assert!(field.connect(&town.server.url(), None).expect("an address"), "and what was left goes as soon as the line is good");
    assert!(arrived(&field, large));
}
