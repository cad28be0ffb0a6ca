//! Bytes on sockets: honest requests, and all kinds of connections that never become one.

use super::house::key;
use daiban_core::case::Cursor;
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::ids::{CaseId, Chain};
use daiban_core::sync::wire::{Place, SyncRequest};
use daiban_core::sync::{RequestSignature, pack};
use sha2::{Digest, Sha256};
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// The first bytes of an HTTP/2 connection.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// An empty SETTINGS frame, and HEADERS of a POST whose body is still to come.
const SETTINGS: &[u8] = &[0, 0, 0, 4, 0, 0, 0, 0, 0];
const STREAM: &[u8] = &[0, 0, 4, 1, 4, 0, 0, 0, 1, 0x83, 0x84, 0x86, 0x41];

/// Connections that never become a request, and those that never end one.
pub const KINDS: [&str; 8] = [
    "nothing sent",
    "one byte",
    "half an HTTP/2 preface",
    "HTTP/2 preface, then idle",
    "HTTP/2 stream opened, body never sent",
    "HTTP/1 partial header, trickled",
    "keep-alive after one request",
    "HTTP/1 slow body",
];

/// Opens a connection of a kind and sends what it begins with.
pub fn begin(server: SocketAddr, kind: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let first = match kind {
        "nothing sent" => Vec::new(),
        "one byte" => b"P".to_vec(),
        "half an HTTP/2 preface" => PREFACE[..12].to_vec(),
        "HTTP/2 preface, then idle" => [PREFACE, SETTINGS].concat(),
        "HTTP/2 stream opened, body never sent" => [PREFACE, SETTINGS, STREAM].concat(),
        "HTTP/1 partial header, trickled" => b"GET /v1/health HTTP/1.1\r\nhost: ".to_vec(),
        "keep-alive after one request" => b"GET /v1/workdays/check/2026-11-23 HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        _ => b"POST /v1/sync HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n".to_vec(),
    };
    stream.write_all(&first).unwrap();
    if kind == "keep-alive after one request" {
        let mut some = [0; 16];
        stream.read_exact(&mut some).unwrap();
        assert!(some.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&some));
    }
    stream.set_nonblocking(true).unwrap();
    stream
}

/// Whether the kind goes on sending, a byte at a time.
pub fn trickles(kind: &str) -> bool {
    kind == "HTTP/1 partial header, trickled" || kind == "HTTP/1 slow body"
}

/// Whether the other side still holds the connection.
pub fn is_open(stream: &mut TcpStream) -> bool {
    let mut some = [0; 4096];
    loop {
        match stream.read(&mut some) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(why) => return why.kind() == ErrorKind::WouldBlock,
        }
    }
}

/// A signed request of a phone: its head and its body of about so many bytes, which cannot be compressed.
pub fn sync(no: usize, counter: u64, bytes: usize) -> (Vec<u8>, Vec<u8>) {
    let held = |n: usize| {
        let random: [u8; 32] = Sha256::digest(n.to_be_bytes()).into();
        let case = CaseId(random[..16].try_into().unwrap());
        (case, Cursor { server_epoch: 0, sequence: 1, chain: Chain(random) })
    };
    let request = SyncRequest {
        token: None,
        phone_now: 0,
        kinds_version: KINDS_VERSION,
        calendar: "none".into(),
        policy: 1,
        pack: None,
        batches: Vec::new(),
        carried: Vec::new(),
        names: None,
        place: Place::Cursors((0..bytes / 48).map(held).collect()),
        nothing_unsent: false,
        unsent: 0,
        page_bytes: None,
        holds_own: false,
    };
    let body = pack(&request);
    (head(no, counter, "/v1/sync", &body), body)
}

/// The signed head of a request.
pub fn head(no: usize, counter: u64, path: &str, body: &[u8]) -> Vec<u8> {
    let signed = RequestSignature::sign(&key(no), counter, "POST", path, body);
    let headers = signed.headers().map(|(name, value)| format!("{name}: {value}\r\n")).concat();
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n").into_bytes()
}

/// The status of what is answered; 0 = the line was cut.
pub fn status(stream: &mut TcpStream) -> u16 {
    let mut answer = Vec::new();
    // A line that is cut after the answer still brought it.
    let _ = stream.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer);
    text.split_whitespace().nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// One exchange over a connection of its own; with `pause`, so long between two lots of 100 bytes.
pub fn exchange(server: SocketAddr, head: &[u8], body: &[u8], pause: Duration) -> (u16, Duration) {
    let begun = Instant::now();
    let Ok(mut stream) = TcpStream::connect(server) else { return (0, begun.elapsed()) };
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    if stream.write_all(head).is_err() {
        return (0, begun.elapsed());
    }
    for lot in body.chunks(100) {
        if stream.write_all(lot).is_err() {
            break;
        }
        std::thread::sleep(pause);
    }
    (status(&mut stream), begun.elapsed())
}
