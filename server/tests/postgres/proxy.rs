//! A network between a node and its database that does what networks do.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// What it does with what passes through.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Rule {
    /// Forwards everything.
    Pass,
    /// Takes everything and forwards nothing; nobody is told.
    Silent,
    /// Breaks the connection of the next COMMIT, which the server does not see. Then forwards again.
    BreakBeforeCommit,
    /// Breaks the connection of the next COMMIT after the server has answered it; nobody sees the answer. Then forwards again.
    BreakAfterCommit,
}

/// The proxy; it forwards as long as the process lives.
pub struct Proxy {
    address: SocketAddr,
    rule: Arc<AtomicU8>,
}

impl Proxy {
    /// In front of the server of that address.
    pub fn before(url: &str) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy { address: listener.local_addr().unwrap(), rule: Arc::new(AtomicU8::new(Rule::Pass as u8)) };
        let (server, rule) = (place(url).to_owned(), proxy.rule.clone());
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(&server)) else { continue };
                forward(&client, &server, &rule);
            }
        });
        proxy
    }

    /// The address of the same database by way of this network.
    pub fn url(&self, url: &str) -> String {
        url.replacen(place(url), &self.address.to_string(), 1)
    }

    /// From now on.
    pub fn set(&self, rule: Rule) {
        self.rule.store(rule as u8, Ordering::SeqCst);
    }

    /// Whether a rule for one COMMIT met its COMMIT.
    pub fn is_spent(&self) -> bool {
        self.rule.load(Ordering::SeqCst) == Rule::Pass as u8
    }
}

/// `host:port` of an address.
fn place(url: &str) -> &str {
    let after = url.split_once("://").unwrap().1.split('/').next().unwrap();
    after.rsplit('@').next().unwrap()
}

fn forward(client: &TcpStream, server: &TcpStream, rule: &Arc<AtomicU8>) {
    let mute = Arc::new(AtomicBool::new(false));
    let ends = || (client.try_clone().unwrap(), server.try_clone().unwrap(), rule.clone(), mute.clone());
    let (mut from, mut to, asked, hush) = ends();
    std::thread::spawn(move || {
        pump(&mut from, &mut to, |bytes| {
            let is = |rule: Rule| asked.load(Ordering::SeqCst) == rule as u8;
            let commit = bytes.windows(7).any(|part| part == b"COMMIT\0");
            if commit && is(Rule::BreakBeforeCommit) {
                asked.store(Rule::Pass as u8, Ordering::SeqCst);
                return Pass::Break;
            }
            if commit && is(Rule::BreakAfterCommit) {
                asked.store(Rule::Pass as u8, Ordering::SeqCst);
                hush.store(true, Ordering::SeqCst);
            }
            if is(Rule::Silent) { Pass::Swallow } else { Pass::On }
        });
    });
    let (mut to, mut from, told, hush) = ends();
    std::thread::spawn(move || {
        pump(&mut from, &mut to, |_| match () {
            () if hush.load(Ordering::SeqCst) => Pass::Break,
            () if told.load(Ordering::SeqCst) == Rule::Silent as u8 => Pass::Swallow,
            () => Pass::On,
        });
    });
}

enum Pass {
    On,
    Swallow,
    Break,
}

fn pump(from: &mut TcpStream, to: &mut TcpStream, rule: impl Fn(&[u8]) -> Pass) {
    let mut part = [0; 65536];
    while let Ok(some) = from.read(&mut part).map(|length| part.get(..length).unwrap_or_default())
        && !some.is_empty()
    {
        match rule(some) {
            Pass::On if to.write_all(some).is_ok() => {}
            Pass::Swallow => {}
            _ => break,
        }
    }
    for end in [from, to] {
        let _ = end.shutdown(Shutdown::Both);
    }
}
