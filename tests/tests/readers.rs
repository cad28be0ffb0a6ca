//! One enterprise's address in many hands, and an honest phone: how long its sync takes beside so many readers.
//!
//! Asserted is only that the phone is answered and that what readers are shown is right; the times are printed. The long form is the
//! stage `readers` of `tests/run --full`: `DAIBAN_READERS=0,5,20,60 DAIBAN_READERS_LOGS=2000 DAIBAN_READERS_SYNCS=200`.

use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, Inquiry};
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::serve;
use daiban_tests::nodes::{Client, Heard, now, order};
use daiban_tests::world::over_socket;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().expect("a number"))
}

/// Reads the page until it is told to stop; counts the pages.
fn read(url: &str, link: &str, stop: &AtomicBool, pages: &AtomicUsize) {
    while !stop.load(Ordering::Relaxed) {
        let reply = over_socket(url, "GET", link, &[], &[]).expect("the server lives");
        match reply.status {
            200 => assert!(reply.text().contains("办理经过"), "a whole page"),
            429 | 503 => {}
            other => panic!("{other}: {}", reply.text()),
        }
        pages.fetch_add(usize::from(reply.status == 200), Ordering::Relaxed);
    }
}

#[test]
fn a_phone_is_answered_however_many_read_one_page() {
    let readers: Vec<usize> = std::env::var("DAIBAN_READERS")
        .unwrap_or_else(|_| "0,4".to_owned())
        .split(',')
        .map(|count| count.parse().expect("a number"))
        .collect();
    let (logs, syncs) = (number("DAIBAN_READERS_LOGS", 30), number("DAIBAN_READERS_SYNCS", 5));
    for (what, per_minute) in [("no rate", u32::MAX), ("rate as shipped", 60)] {
        let folder = std::env::temp_dir().join(format!("daiban-readers-{per_minute}-{}", std::process::id()));
        let mut config = Config::local(&folder);
        config.limits.page_reads_per_minute = per_minute;
        let app = App::open(config, Clock::system()).expect("a server");
        let runtime = serve::runtime().expect("a runtime");
        let running = {
            let _inside = runtime.enter();
            serve::start(app.clone()).expect("a port")
        };
        let url = running.url();
        measure(&app, &url, what, &readers, logs, syncs);
        runtime.block_on(running.stop()).expect("it stops");
        drop((app, runtime));
        std::fs::remove_dir_all(&folder).expect("its folder goes");
    }
}

fn measure(app: &Arc<App>, url: &str, what: &str, readers: &[usize], logs: usize, syncs: usize) {
    let token = &app.office_token;
    let mut author = Client::enrol(url, token, 0);
    (0..=logs).for_each(|_| author.write());
    assert_eq!(author.sync(url), Heard::All);
    let case = author.cases[0];
    let shown = order(url, token, json!({ "command": "case_show", "case": case }));
    let link = shown["enterprise_page"].as_str().expect("a link").to_owned();
    let mut phone = Client::enrol(url, token, 1);
    phone.write();
    assert_eq!(phone.sync(url), Heard::All);
    let mut asked = 0;
    for count in readers {
        let (stop, pages) = (AtomicBool::new(false), AtomicUsize::new(0));
        let mut took = Vec::new();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..*count {
                scope.spawn(|| read(url, &link, &stop, &pages));
            }
            for _ in 0..syncs {
                phone.write();
                let begun = Instant::now();
                assert_eq!(phone.sync(url), Heard::All, "beside {count} readers");
                took.push(begun.elapsed());
                std::thread::sleep(Duration::from_millis(10));
            }
            for _ in 0..3 {
                asked += 1;
                ask(&mut author, url, &link, asked);
            }
            stop.store(true, Ordering::Relaxed);
        });
        took.sort_unstable();
        let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)].as_secs_f64() * 1000.0;
        let (p50, p99) = (at(50), at(99));
        let rate = pages.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64();
        println!("FIGURE {what}, case of {logs} logs, {count} readers: sync p50 {p50:.1} ms, p99 {p99:.1} ms, {rate:.0} pages/s");
    }
}

/// A question is recorded and brought; the page read next tells it, whatever readers were shown a moment ago.
fn ask(author: &mut Client, url: &str, link: &str, asked: usize) {
    let (case, at) = (author.cases[0], now());
    let body =
        Body::Inquiry(Inquiry { text: "流程表何时编制完成？".into(), channel: Channel::Telephone, asked_by: None });
    author.phone.record(case, at, None, body, at).expect("an agent records questions");
    assert_eq!(author.sync(url), Heard::All);
    let reply = over_socket(url, "GET", link, &[], &[]).expect("the server lives");
    if reply.status != 429 {
        assert_eq!((reply.status, reply.text().matches("待答复").count()), (200, asked), "a page is never older than its case");
    }
}
