//! What a balancer is told while the database is away, silent or a stranger to writing.

use super::nodes::Place;
use super::scratch;
use daiban_server::db::{DbError, OFFICE_WORK};
use daiban_server::serve;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

/// A wire to the database that can fall silent without breaking.
struct Wire {
    address: SocketAddr,
    silent: Arc<AtomicBool>,
}

impl Wire {
    fn to(server: String) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, silent) = (listener.local_addr().unwrap(), Arc::new(AtomicBool::new(false)));
        let quiet = silent.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let far = TcpStream::connect(&server).unwrap();
                for (from, to) in [(near.try_clone().unwrap(), far.try_clone().unwrap()), (far, near)] {
                    let quiet = quiet.clone();
                    std::thread::spawn(move || carry(from, to, &quiet));
                }
            }
        });
        Wire { address, silent }
    }
}

/// Carries bytes one way; while the wire is silent they stay where they are.
fn carry(mut from: TcpStream, mut to: TcpStream, silent: &AtomicBool) {
    let mut bytes = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        while silent.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(20));
        }
        if to.write_all(&bytes[..count]).is_err() {
            return;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
}

fn health(url: &str) -> (u16, Value, Duration) {
    let began = Instant::now();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut reply = agent.get(format!("{url}/v1/health")).call().unwrap();
    let text = reply.body_mut().read_to_string().unwrap();
    (reply.status().as_u16(), serde_json::from_str(&text).unwrap(), began.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_database_is_told_in_time_however_many_ask() {
    let scratch = scratch();
    let url = scratch.url();
    let server = url.split(['@', '/']).find(|part| part.contains(':') && part.contains('.')).unwrap().to_owned();
    let wire = Wire::to(server.clone());
    let place = Place::new("silent-wire");
    let app = place.open_at(&url.replace(&server, &wire.address.to_string())).unwrap();
    let listening = serve::start(app).unwrap();
    assert_eq!(health(&listening.url()).0, 200);
    wire.silent.store(true, Ordering::SeqCst);
    let asking: Vec<_> = (0..40)
        .map(|_| {
            let url = listening.url();
            std::thread::spawn(move || health(&url))
        })
        .collect();
    for asked in asking {
        let (status, problem, took) = asked.join().unwrap();
        assert_eq!((status, problem["code"].as_str()), (503, Some("database_silent")), "{problem}");
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
    wire.silent.store(false, Ordering::SeqCst);
    let well = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        health(&listening.url()).0 == 200
    });
    assert!(well, "when the wire is back, so is the node");
    listening.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_told_with_its_reason() {
    let scratch = scratch();
    let place = Place::new("gone");
    let app = place.open_at(&scratch.url()).unwrap();
    let listening = serve::start(app).unwrap();
    assert_eq!(health(&listening.url()).0, 200);
    let name = scratch.url().rsplit('/').next().unwrap().to_owned();
    scratch.order(&format!("DROP DATABASE {name} WITH (FORCE)"));
    for asked in 0..3 {
        let (status, problem, _) = health(&listening.url());
        assert_eq!((status, problem["code"].as_str()), (503, Some("database_unavailable")), "{problem}");
        let reason = problem["reason"].as_str().unwrap();
        assert!(reason == "unreachable" || (asked == 0 && reason == "lost"), "{problem}");
    }
    listening.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_not_done_in_time_is_of_unknown_fate() {
    let (scratch, place) = (scratch(), Place::new("slow-order"));
    let app = place.open_with(&scratch.url(), |config| config.limits.request_seconds = 1).unwrap();
    let listening = serve::start(app.clone()).unwrap();
    let (held, free) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let (holds, frees, db) = (held.clone(), free.clone(), app.db.clone());
    let holder = std::thread::spawn(move || {
        db.write_blocking::<_, DbError>(move |tx| {
            tx.alone(OFFICE_WORK)?;
            holds.wait();
            frees.wait();
            Ok(())
        })
    });
    held.wait();
    let (url, token) = (format!("{}/v1/commands", listening.url()), format!("Bearer {}", app.office_token));
    let ordered = tokio::task::spawn_blocking(move || {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let unit = json!({ "command": "unit_add", "as": "office", "id": "newtown", "name": "新单位", "kind": "town" });
        let answer = agent.post(url).header("authorization", token).header("content-type", "application/json");
        let mut answer = answer.send(unit.to_string()).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        (answer.status().as_u16(), serde_json::from_str::<Value>(&text).unwrap())
    });
    let (status, problem) = ordered.await.unwrap();
    assert_eq!((status, problem["code"].as_str()), (504, Some("outcome_unknown")), "{problem}");
    tokio::task::spawn_blocking(move || free.wait()).await.unwrap();
    holder.join().unwrap().unwrap();
    let plan = || app.db.read(|conn| app.reference(conn)).unwrap().plan.clone();
    let there = || plan().organisation.units().any(|unit| unit.name == "新单位");
    let kept = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        there()
    });
    assert!(kept, "it was under way, and stands");
    listening.stop().await.unwrap();
}
