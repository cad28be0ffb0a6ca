//! A lean phone: composes, signs, posts over a new connection, verifies the chain of what it gets.

use super::seeding::Prepared;
use daiban_core::case::Cursor;
use daiban_core::doc::{ChainTip, compose};
use daiban_core::ids::{ActorId, CaseId, ChangeHash, DeviceId};
use daiban_core::sync::wire::{Batch, CasePage, Outcome, Place, SyncAnswer, SyncRequest};
use daiban_core::sync::{RequestSignature, Signer, Statement, pack, unpack};
use std::collections::HashSet;
use std::error::Error;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// What one session cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Session {
    /// From the first thought to the last verified row.
    pub took: Duration,
    /// Bytes sent, headers included.
    pub up: u64,
    /// Bytes received, headers included.
    pub down: u64,
}

/// A device during the night.
pub struct Phone {
    before: Prepared,
    cursors: Vec<(CaseId, Cursor)>,
    counter: u64,
    /// Hashes of its own changes that it has not yet seen as rows.
    pub unseen: HashSet<ChangeHash>,
    calendar: String,
}

type Failed = Box<dyn Error + Send + Sync>;

impl Phone {
    /// A phone with its offline work.
    pub fn new(before: Prepared, calendar: String) -> Phone {
        Phone { cursors: before.cursors.clone(), before, counter: 0, unseen: HashSet::new(), calendar }
    }

    /// How far it holds its cases.
    pub fn cursors(&self) -> &[(CaseId, Cursor)] {
        &self.cursors
    }

    /// Pass 1: sends what it did and takes what is there. Pass 2, with nothing to send: takes the rest.
    pub fn session(&mut self, server: SocketAddr, upload: bool) -> Result<Session, Failed> {
        let begun = Instant::now();
        let mut session = Session::default();
        let mut batches = if upload { self.batches() } else { Vec::new() };
        loop {
            let answer = self.round(server, std::mem::take(&mut batches), &mut session)?;
            for page in &answer.cases {
                self.take(page)?;
            }
            if !answer.more {
                break;
            }
        }
        session.took = begun.elapsed();
        Ok(session)
    }

    fn batches(&mut self) -> Vec<Batch> {
        let key = self.before.key.public_key();
        let mut batches = Vec::new();
        for (i, facts) in self.before.facts.iter().enumerate() {
            let case = self.cursors[i].0;
            let actor = ActorId::derive(&key, case, 0);
            let mut tip = ChainTip::start(case);
            let mut changes = Vec::new();
            for fact in facts {
                let composed = compose(actor, &tip, &fact.node(), fact.recorded_at);
                tip = composed.tip;
                self.unseen.insert(tip.hash);
                changes.push(composed.bytes.into());
            }
            let device = DeviceId::of(&key);
            let token = self.before.token.clone();
            let statement = Statement { device, epoch: 0, case, tip_seq: tip.seq, tip_hash: tip.hash, token };
            let signature = statement.sign(&self.before.key).into();
            batches.push(Batch { case, epoch: 0, changes, signature, keys: Vec::new() });
        }
        batches
    }

    fn round(&mut self, server: SocketAddr, batches: Vec<Batch>, session: &mut Session) -> Result<SyncAnswer, Failed> {
        let sent = batches.iter().map(|batch| batch.changes.len()).sum::<usize>();
        let request = SyncRequest {
            nothing_unsent: false,
            unsent: 0,
            token: Some(self.before.token.clone().into()),
            phone_now: super::process::now(),
            kinds_version: daiban_core::fact::table::KINDS_VERSION,
            calendar: self.calendar.clone(),
            policy: 1,
            pack: None,
            batches,
            carried: Vec::new(),
            page_bytes: None,
            holds_own: false,
            names: None,
            place: Place::Cursors(self.cursors.clone()),
        };
        let body = pack(&request);
        self.counter += 1;
        let signed = RequestSignature::sign(&self.before.key, self.counter, "POST", "/v1/sync", &body);
        let bytes = post(server, &signed, &body, session)?;
        let answer: SyncAnswer = unpack(&bytes, 16 * 1024 * 1024)?;
        let taken = answer.outcomes.iter().flat_map(|o| &o.changes).filter(|o| matches!(o, Outcome::Accepted { .. })).count();
        if taken != sent {
            return Err(format!("{taken} of {sent} changes accepted: {:?}", answer.outcomes).into());
        }
        Ok(answer)
    }

    /// Verifies that the rows follow from what it holds.
    fn take(&mut self, page: &CasePage) -> Result<(), Failed> {
        let held = self.cursors.iter_mut().find(|(case, _)| *case == page.case).ok_or("a case that is not its own")?;
        if page.restart {
            return Err("the server's history does not extend the phone's".into());
        }
        for row in &page.rows {
            if row.sequence != held.1.sequence + 1 || !row.follows(page.case, held.1.chain) {
                return Err(format!("row {} does not follow", row.sequence).into());
            }
            (held.1.sequence, held.1.chain) = (row.sequence, row.chain);
            if let Some((hash, _)) = row.named() {
                self.unseen.remove(&hash);
            }
        }
        Ok(())
    }
}

fn post(server: SocketAddr, signed: &RequestSignature, body: &[u8], session: &mut Session) -> Result<Vec<u8>, Failed> {
    let mut request =
        format!("POST /v1/sync HTTP/1.1\r\nhost: {server}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in signed.headers() {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    let mut bytes = request.into_bytes();
    bytes.extend_from_slice(body);
    let mut stream = TcpStream::connect(server)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.write_all(&bytes)?;
    let mut answer = Vec::with_capacity(16 * 1024);
    stream.read_to_end(&mut answer)?;
    session.up += bytes.len() as u64;
    session.down += answer.len() as u64;
    let head = answer.windows(4).position(|w| w == b"\r\n\r\n").ok_or("no answer")?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        return Err(String::from_utf8_lossy(&answer).into_owned().into());
    }
    Ok(answer.split_off(head + 4))
}
