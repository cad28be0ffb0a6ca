//! A very small HTTP server: enrols whoever asks, then answers as it is told. It stands in for what a client meets on the way.

use daiban_core::people::Role;
use daiban_core::sync::enrol::{Answer, Challenge, Person, Request, confirmation};
use daiban_core::sync::{Signer, SoftwareKey};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const NONCE: [u8; 32] = [0x5e; 32];

/// What stands behind `POST /v1/sync`.
#[derive(Clone, Copy)]
pub enum Behind {
    /// A sign-in page of a hotel.
    Portal,
    /// Some other web server.
    ForeignResponse,
    /// A proxy whose server is down.
    Gateway,
    /// A server that does not know the device.
    Unknown,
}

/// Starts it; the address is its own for the rest of the test.
pub fn start(behind: Behind, role: Role) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            serve(&stream, behind, role);
        }
    });
    address
}

/// One that enrols a single device, in two requests, and is gone.
pub fn start_once(role: Role) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || (0..2).for_each(|_| serve(&listener.accept().unwrap().0, Behind::Unknown, role)));
    address
}

fn serve(stream: &TcpStream, behind: Behind, role: Role) {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        head.push(line);
    }
    let length =
        head.iter().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length:").map(|v| v.trim().parse().unwrap()));
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let asks = |path: &str| head.first().is_some_and(|line| line.starts_with(&format!("POST {path} ")));
    let (status, kind, answer) = match (asks("/v1/enrol/begin"), asks("/v1/enrol")) {
        (true, _) => ("200 OK", "application/json", challenge()),
        (_, true) => ("200 OK", "application/json", enrolled(&body, role)),
        _ => on_the_way(behind),
    };
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    let mut out = stream;
    out.write_all(head.as_bytes()).and_then(|()| out.write_all(&answer)).unwrap();
}

fn challenge() -> Vec<u8> {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let server = SoftwareKey::from_secret(&[9; 32]);
    serde_json::to_vec(&Challenge { nonce: hex(&NONCE), server_public_key: hex(&server.public_key()) }).unwrap()
}

fn enrolled(body: &[u8], role: Role) -> Vec<u8> {
    let request: Request = serde_json::from_slice(body).unwrap();
    let server = SoftwareKey::from_secret(&[9; 32]);
    let (key, nonces) = request.verify(NONCE, server.public_key()).unwrap();
    let answer = Answer {
        device: daiban_core::ids::DeviceId::of(&key),
        confirmation: confirmation(&request.code, &key, &nonces),
        server_public_key: data_encoding::HEXLOWER.encode(&server.public_key()),
        server_epoch: 1,
        person: Person { id: "wang".into(), name: "王喆".into(), unit: "tiexi".into(), role },
    };
    serde_json::to_vec(&answer).unwrap()
}

fn on_the_way(behind: Behind) -> (&'static str, &'static str, Vec<u8>) {
    match behind {
        Behind::Portal => ("200 OK", "text/html; charset=utf-8", b"<html>Please sign in</html>".to_vec()),
        Behind::ForeignResponse => ("404 Not Found", "text/plain", b"nothing here".to_vec()),
        Behind::Gateway => ("503 Service Unavailable", "text/plain", b"down".to_vec()),
        Behind::Unknown => {
            let problem = r#"{"code":"unknown_device","status":401,"detail":"本机未登记或已停用，请联系专班办公室。"}"#;
            ("401 Unauthorized", "application/problem+json", problem.as_bytes().to_vec())
        }
    }
}
