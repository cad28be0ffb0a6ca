//! What the server said, word by word: the promises it is held to at the end.

use super::Reply;
use daiban_core::admit::peek;
use daiban_core::ids::{CaseId, Chain, ChangeHash};
use daiban_core::sync::session::HttpRequest;
use daiban_core::sync::unpack;
use daiban_core::sync::wire::{BatchOutcome, Outcome, SyncAnswer, SyncRequest};
use serde_bytes::ByteBuf;
use std::collections::BTreeMap;

const MESSAGE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Promises and broken ones.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Changes said to be durable, with their row.
    pub acknowledged: BTreeMap<(CaseId, ChangeHash), u64>,
    /// Changes said to be refused, with their number in quarantine.
    pub quarantined: BTreeMap<(CaseId, i64), String>,
    /// Links of rows that went out to anybody.
    pub links: BTreeMap<(CaseId, u64), Chain>,
    /// What was wrong at once, without waiting for the end.
    pub wrong: Vec<String>,
    /// Exchanges.
    pub exchanges: u64,
}

impl Ledger {
    /// Takes down an answer.
    pub fn heard(&mut self, request: &HttpRequest, reply: &Reply) {
        self.exchanges += 1;
        if reply.status >= 500 {
            self.wrong.push(format!("{} {} answered {}: {}", request.method, request.path, reply.status, reply.text()));
        }
        if request.path != daiban_core::sync::session::PATH || reply.status != 200 {
            return;
        }
        let asked = unpack::<SyncRequest>(&request.body, MESSAGE_BYTES_MAX);
        let answered = unpack::<SyncAnswer>(&reply.body, MESSAGE_BYTES_MAX);
        match (asked, answered) {
            (Ok(asked), Ok(answered)) => self.taken_down(&asked, &answered),
            (_, Err(error)) => self.wrong.push(format!("an answer that cannot be read: {error}")),
            // The server understood what this code does not: it will be told by what it says.
            (Err(error), Ok(_)) => self.wrong.push(format!("a request that cannot be read was answered: {error}")),
        }
    }

    fn taken_down(&mut self, asked: &SyncRequest, answered: &SyncAnswer) {
        if asked.batches.len() != answered.outcomes.len() || asked.carried.len() != answered.carried.len() {
            self.wrong.push("the answer has not one outcome per batch".into());
        }
        for (batch, outcome) in asked.batches.iter().zip(&answered.outcomes) {
            self.outcomes(batch.case, &batch.changes, outcome);
        }
        for (batch, outcome) in asked.carried.iter().zip(&answered.carried) {
            self.outcomes(outcome.case, &batch.changes, outcome);
        }
        for page in &answered.cases {
            for row in &page.rows {
                let before = self.links.insert((page.case, row.sequence), row.chain);
                if before.is_some_and(|before| before != row.chain) {
                    self.wrong.push(format!("case {} row {} was rewritten", page.case, row.sequence));
                }
            }
        }
    }

    fn outcomes(&mut self, case: CaseId, changes: &[ByteBuf], outcome: &BatchOutcome) {
        if changes.len() != outcome.changes.len() || case != outcome.case {
            self.wrong.push(format!("case {case}: the answer has not one outcome per change"));
        }
        for (change, outcome) in changes.iter().zip(&outcome.changes) {
            match outcome {
                Outcome::Accepted { hash, sequence, .. } | Outcome::Known { hash, sequence, .. } => {
                    if peek(change).map(|p| p.hash) != Ok(*hash) {
                        self.wrong.push(format!("case {case}: a change was acknowledged under another name"));
                    }
                    let before = self.acknowledged.insert((case, *hash), *sequence);
                    if before.is_some_and(|before| before != *sequence) {
                        self.wrong.push(format!("case {case}: change {hash} was acknowledged at two numbers"));
                    }
                }
                Outcome::Refused { code, quarantine } => {
                    let known = peek(change).is_ok_and(|p| self.acknowledged.contains_key(&(case, p.hash)));
                    // Under a false signature nothing is looked at, not even whether it is known.
                    if known && code != "signature" {
                        self.wrong.push(format!(
                            "case {case}: a change that was acknowledged is refused as {code} when it comes again"
                        ));
                    }
                    self.quarantined.insert((case, *quarantine), code.clone());
                }
                Outcome::Deferred { .. } | Outcome::Blocked | Outcome::Waiting { .. } => {}
            }
        }
    }

    /// The same request twice must get the same answer.
    pub fn same_answer(&mut self, request: &HttpRequest, first: Option<&Reply>, second: Option<&Reply>) {
        if let (Some(first), Some(second)) = (first, second)
            && first.status == 200
            && (first.status, &first.body) != (second.status, &second.body)
        {
            self.wrong.push(format!("{} {} repeated got another answer ({})", request.method, request.path, second.status));
        }
    }
}
