//! Proving the log: every link, every change's hash, every chain, every signature, computed anew.

use crate::db::sql::{actors, cases, devices, rows};
use crate::db::{Connection, DbError};
use daiban_core::admit::{check, place};
use daiban_core::case::{Entry, Row};
use daiban_core::doc::ChainTip;
use daiban_core::ids::{ActorId, CaseId, Chain, ChangeHash};
use daiban_core::sync::verify as signature_stands;
use daiban_messages::say::server as say;
use daiban_messages::{Message, Say};
use serde::Serialize;
use std::collections::HashMap;

/// What was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Cases.
    pub cases: u64,
    /// Rows whose link follows.
    pub rows: u64,
    /// Changes whose bytes have their hash and stand in their author's chain.
    pub changes: u64,
    /// Signed statements that stand.
    pub statements: u64,
    /// Changes that no kept statement covers: the start of a batch whose rest was refused, and what the server wrote itself.
    pub unsigned: u64,
}

/// The first thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("case {case}, row {sequence}: {what}")]
pub struct FirstBad {
    /// The case.
    pub case: CaseId,
    /// The row; 0 = the case's head.
    pub sequence: u64,
    /// What does not fit.
    pub what: String,
}

impl FirstBad {
    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        say::HistoryBad { case: self.case, sequence: self.sequence, what: &self.what }.say()
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

/// Recomputes everything. The inner result names the first bad row.
pub fn verify(conn: &Connection) -> Result<Result<VerifyReport, FirstBad>, DbError> {
    let mut report = VerifyReport::default();
    for head in cases::list(conn)? {
        let mut case = CaseProof::new(head.id);
        let walked = rows::walk(conn, head.no, 0, |row| Ok(case.row(&row)));
        if let (Err(DbError::Corrupt(what)), None) = (&walked, &case.bad) {
            case.fail(case.sequence + 1, what);
        } else {
            walked?;
        }
        if case.bad.is_none() && (case.sequence, case.chain) != (head.sequence, head.chain) {
            case.fail(0, "the case's head is not its last row");
        }
        if case.bad.is_none() {
            case.actors(conn, head.no)?;
        }
        if let Some(bad) = case.bad {
            return Ok(Err(bad));
        }
        report.cases += 1;
        report.rows += case.sequence;
        report.changes += case.changes;
        report.statements += case.statements;
        report.unsigned += case.unsigned;
    }
    Ok(Ok(report))
}

struct CaseProof {
    case: CaseId,
    sequence: u64,
    chain: Chain,
    tips: HashMap<ActorId, ChainTip>,
    hashes: HashMap<(ActorId, u64), (ChangeHash, u64)>,
    changes: u64,
    statements: u64,
    unsigned: u64,
    bad: Option<FirstBad>,
}

impl CaseProof {
    fn new(case: CaseId) -> Self {
        let (chain, tips, hashes) = (Row::chain_start(case), HashMap::new(), HashMap::new());
        CaseProof { case, sequence: 0, chain, tips, hashes, changes: 0, statements: 0, unsigned: 0, bad: None }
    }

    fn fail(&mut self, sequence: u64, what: &str) {
        self.bad.get_or_insert(FirstBad { case: self.case, sequence, what: what.to_owned() });
    }

    /// Takes the next row; `false` ends the walk.
    fn row(&mut self, row: &Row) -> bool {
        if row.sequence != self.sequence + 1 {
            self.fail(self.sequence + 1, "the row is missing");
        } else if !row.follows(self.case, self.chain) {
            self.fail(row.sequence, "the link does not follow from the row before");
        } else if let Entry::Change { bytes, hash, actor, seq, .. } = &row.entry {
            self.change(row.sequence, bytes, *hash, *actor, *seq);
        }
        self.sequence = row.sequence;
        self.chain = row.chain;
        self.bad.is_none()
    }

    fn change(&mut self, sequence: u64, bytes: &[u8], hash: ChangeHash, actor: ActorId, seq: u64) {
        let tip = self.tips.entry(actor).or_insert_with(|| ChainTip::start(self.case));
        match check(bytes, actor).and_then(|checked| place(&checked, tip).map(|next| (checked.hash, next))) {
            Ok((found, next)) if found == hash && next.seq == seq => *tip = next,
            Ok(_) => self.fail(sequence, "the change is not the one the row names"),
            Err(refusal) => self.fail(sequence, &format!("the change does not stand: {}", refusal.code())),
        }
        self.hashes.insert((actor, seq), (hash, sequence));
        self.changes += 1;
    }

    fn actors(&mut self, conn: &Connection, case_no: i64) -> Result<(), DbError> {
        for actor in actors::of_case(conn, case_no)? {
            let tip = self.tips.get(&actor.id).copied();
            if tip.is_none_or(|tip| (tip.seq, tip.hash, tip.max_op) != (actor.seq, actor.hash, actor.max_op)) {
                self.fail(0, "a chain's tip is not its last change");
                return Ok(());
            }
            self.signatures(conn, &actor)?;
        }
        Ok(())
    }

    fn signatures(&mut self, conn: &Connection, actor: &actors::Actor) -> Result<(), DbError> {
        let key = devices::find(conn, actor.device)?.map(|device| device.public_key);
        let mut covered = 0;
        for statement in actors::statements(conn, actor)? {
            let place = self.hashes.get(&(actor.id, statement.tip_seq)).copied();
            let Some((hash, sequence)) = place else { continue };
            let stands = key.is_some_and(|key| signature_stands(&key, &statement.body, &statement.signature).is_ok());
            // The signed bytes are a CBOR array that names the tip's hash.
            if !stands || !statement.body.windows(32).any(|bytes| bytes == hash.0) {
                self.fail(sequence, "the signature over the chain does not stand");
                return Ok(());
            }
            self.statements += 1;
            covered = covered.max(statement.tip_seq);
        }
        self.unsigned += actor.seq.saturating_sub(covered);
        Ok(())
    }
}
