//! What anybody can do to the front door with sockets. `DAIBAN_FRONT_DOOR=300` opens 300 of each kind and asks with 500 phones.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "front_door/house.rs"]
mod house;
#[path = "front_door/line.rs"]
mod line;

use house::{House, many};
use line::{KINDS, begin, exchange, head, is_open, sync, trickles};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Barrier;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

const NO_PAUSE: Duration = Duration::ZERO;
const HEALTH: &[u8] = b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[test]
fn all_kinds_of_silence_end_and_a_slow_phone_among_them_gets_through() {
    let limits =
        "header_seconds = 2\nsilence_seconds = 3\nwindow_seconds = 3\nrequest_seconds = 10\nconnections_per_address = 9999";
    let house = House::start(limits, 1, None);
    let count = many(40);
    let mut sockets: Vec<(&str, Vec<TcpStream>)> =
        KINDS.into_iter().map(|kind| (kind, (0..count).map(|_| begin(house.address, kind)).collect())).collect();
    let begun = Instant::now();
    let (alive, slow) = scope(|scope| {
        // 1 kB a second: its body takes longer than headers may.
        let slow = scope.spawn(|| {
            let (head, body) = sync(0, 1, 6_000);
            exchange(house.address, &head, &body, Duration::from_millis(100))
        });
        let mut alive = Vec::new();
        for _ in 0..200 {
            alive.clear();
            for (kind, sockets) in &mut sockets {
                sockets.retain_mut(|socket| is_open(socket) && (!trickles(kind) || socket.write_all(b"x").is_ok()));
                alive.push((*kind, sockets.len()));
            }
            if alive.iter().all(|(_, alive)| *alive == 0) {
                break;
            }
            sleep(Duration::from_millis(200));
        }
        (alive, slow.join().unwrap())
    });
    let after = begun.elapsed().as_secs_f64();
    println!(
        "FIGURE {count} sockets of each of 8 kinds: {} alive after {after:.1} s",
        alive.iter().map(|(_, n)| n).sum::<usize>()
    );
    println!("FIGURE a phone at 1 kB/s among them: {} after {:.1} s", slow.0, slow.1.as_secs_f64());
    assert!(alive.iter().all(|(_, alive)| *alive == 0), "{alive:?}");
    assert_eq!(slow.0, 200);
}

#[test]
fn a_body_that_stands_still_ends_and_the_same_request_goes_through_afterwards() {
    let house = House::start("silence_seconds = 2\nwindow_seconds = 2", 1, None);
    let (head, body) = sync(0, 1, 3_000);
    let mut stream = TcpStream::connect(house.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(&[&head[..], &body[..1_000]].concat()).unwrap();
    assert_eq!(line::status(&mut stream), 408);
    assert_eq!(exchange(house.address, &head, &body, NO_PAUSE).0, 200);
    // The line under the first half of a body is dead, and its phone is back on another one before anybody noticed.
    let (head, body) = sync(0, 2, 3_000);
    let mut dead = TcpStream::connect(house.address).unwrap();
    dead.write_all(&[&head[..], &body[..1_000]].concat()).unwrap();
    sleep(Duration::from_millis(300));
    assert_eq!(exchange(house.address, &head, &body, NO_PAUSE).0, 200);
    dead.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    assert_eq!(line::status(&mut dead), 503, "one body of a device at a time, the newest");
}

#[test]
fn more_silent_sockets_than_files_keep_nobody_out() {
    let house = House::start("header_seconds = 60", 4, Some(1024));
    let silent: Vec<TcpStream> = (0..1_030).map(|_| TcpStream::connect(house.address).unwrap()).collect();
    let asked: Vec<_> = (0..4).map(|_| exchange(house.address, HEALTH, &[], NO_PAUSE)).collect();
    let synced: Vec<_> = (0..4)
        .map(|no| {
            let (head, body) = sync(no, 1, 1_000);
            exchange(house.address, &head, &body, NO_PAUSE)
        })
        .collect();
    let slowest = asked.iter().chain(&synced).map(|(_, took)| *took).max().unwrap();
    let answered = asked.iter().chain(&synced).filter(|(status, _)| *status == 200).count();
    println!("FIGURE 1,024 files, {} silent sockets: {answered} of 8 answered, slowest {} ms", silent.len(), slowest.as_millis());
    assert_eq!(answered, 8, "{asked:?} {synced:?}");
}

#[test]
fn unfinished_bundles_are_told_by_their_headers_and_held_within_a_budget() {
    const BUDGET_MB: u64 = 32;
    let house = House::start("bytes_in_flight = 33554432\nconnections_per_address = 9999", 1, None);
    let before = house.memory().0;
    let (length, sent) = (15 << 20, vec![0; 1 << 20]);
    let open = |office: &str| {
        let head = format!("POST /v1/bundle HTTP/1.1\r\nhost: x\r\n{office}content-length: {length}\r\n\r\n");
        let mut stream = TcpStream::connect(house.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&sent));
        stream
    };
    let mut nobody: Vec<TcpStream> = (0..100).map(|_| open("")).collect();
    let after_nobody = house.memory().1;
    let refused = nobody.iter_mut().map(first_line).filter(|line| line.contains("401")).count();
    drop(nobody);
    let office = format!("authorization: Bearer {}\r\n", house.token());
    // Whoever opened one holds it until all have looked for their answers.
    let busy = scope(|scope| {
        let (open, office) = (&open, &office);
        let one = move || {
            let mut stream = open(office);
            (first_line(&mut stream).contains("503"), stream)
        };
        let all: Vec<_> = (0..20).map(|_| scope.spawn(one)).collect();
        let all: Vec<(bool, TcpStream)> = all.into_iter().map(|one| one.join().unwrap()).collect();
        all.iter().filter(|(busy, _)| *busy).count()
    });
    let (_, highest) = house.memory();
    println!(
        "FIGURE 100 bundles of nobody, unfinished: {refused} refused by their headers, memory +{} MB",
        after_nobody - before
    );
    println!(
        "FIGURE 20 bundles of the office, unfinished: {busy} told to come again, memory +{} MB at the highest",
        highest - before
    );
    assert_eq!(refused, 100);
    assert!((1..20).contains(&busy), "what came is held within half of {BUDGET_MB} MB, what was announced is not: {busy}");
    assert!(highest - before < 2 * BUDGET_MB + 64, "{} MB", highest - before);
    assert_eq!(exchange(house.address, &sync(0, 1, 1_000).0, &sync(0, 1, 1_000).1, NO_PAUSE).0, 200);
}

/// What is answered first, if anything is in twice the time that a request may wait for its place.
fn first_line(stream: &mut TcpStream) -> String {
    let mut some = [0; 64];
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let read = stream.read(&mut some).unwrap_or(0);
    String::from_utf8_lossy(&some[..read]).into_owned()
}

#[test]
fn a_storm_of_phones_behind_one_address_is_served() {
    let phones = if many(0) > 0 { 500 } else { 60 };
    let house = House::start("", phones, None);
    let together = Barrier::new(phones);
    let answered: Vec<(u16, Duration)> = scope(|scope| {
        let (house, together) = (&house, &together);
        let one = move |no| {
            let (head, body) = sync(no, 1, 500);
            together.wait();
            exchange(house.address, &head, &body, NO_PAUSE)
        };
        let all: Vec<_> = (0..phones).map(|no| scope.spawn(move || one(no))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let served = answered.iter().filter(|(status, _)| *status == 200).count();
    let slowest = answered.iter().map(|(_, took)| *took).max().unwrap();
    println!("FIGURE {phones} phones behind one address at once: {served} served, slowest {} ms", slowest.as_millis());
    assert_eq!(served, phones);
}

#[test]
fn told_to_stop_it_stops_whatever_is_under_way() {
    let mut house = House::start("header_seconds = 300\nsilence_seconds = 300\nwindow_seconds = 300", 2, None);
    let idle: Vec<TcpStream> = (0..20).map(|_| begin(house.address, "nothing sent")).collect();
    let (head_of, body) = sync(0, 1, 3_000);
    let mut half = TcpStream::connect(house.address).unwrap();
    half.write_all(&[&head_of[..], &body[..500]].concat()).unwrap();
    let writer = rusqlite::Connection::open(house.data.join("daiban.sqlite")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let blocked: Vec<TcpStream> = (0..2)
        .map(|n| {
            let (_, body) = sync(1, 1 + n, 500);
            let mut stream = TcpStream::connect(house.address).unwrap();
            stream.write_all(&[head(1, 1 + n, "/v1/sync", &body), body].concat()).unwrap();
            stream
        })
        .collect();
    sleep(Duration::from_millis(300));
    let (code, took) = house.terminate();
    println!("FIGURE stopped {:.1} s after SIGTERM with a half body and a locked store", took.as_secs_f64());
    assert_eq!(code, Some(0));
    drop((idle, half, blocked, writer));
}
