//! One case, opened for writing inside a transaction.

use super::Ready;
use super::known::KnownFacts;
use crate::db::sql::{actors::Actor, cases, cbor, members, names, rows};
use crate::db::{DbError, Transaction};
use chrono::Datelike as _;
use daiban_core::calendar::local_date;
use daiban_core::case::{Entry, JudgingState, Row, Verdict};
use daiban_core::fact::{Fact, FactDigest, Named};
use daiban_core::ids::{CaseId, Chain, PersonId};
use daiban_core::people::RosterEntry;
use daiban_core::permit::references;
use std::collections::BTreeSet;

/// People whose names one row brings to its case at most.
const NAMED_MAX: usize = 100;

/// A case's head in hand: rows are appended to it, [`CaseLog::close`] writes the head back.
#[must_use = "close it, or the head does not know its rows"]
pub struct CaseLog {
    /// The case.
    pub case: CaseId,
    /// Its local number.
    pub no: i64,
    /// Number of its last row.
    pub sequence: u64,
    /// What the next fact is judged against.
    pub standing: JudgingState,
    pub(super) facts: KnownFacts,
    chain: Chain,
    opened_with: u64,
    opened_at: i64,
    is_numbered: bool,
    stored: Vec<u8>,
}

impl CaseLog {
    /// Opens a case, which is then held until the transaction ends; `None` if there is no such case.
    pub fn open(tx: &Transaction<'_>, case: CaseId) -> Result<Option<CaseLog>, DbError> {
        let Some(head) = cases::hold(tx, case)? else { return Ok(None) };
        let standing = cbor::read(&head.standing, "standing")?;
        Ok(Some(CaseLog {
            case,
            no: head.no,
            sequence: head.sequence,
            standing,
            facts: KnownFacts::default(),
            chain: head.chain,
            opened_with: head.sequence,
            opened_at: head.opened_at,
            is_numbered: head.number.is_some(),
            stored: head.standing,
        }))
    }

    /// Makes a case without rows, with an unguessable link for its enterprise; opens it if somebody else just made it.
    pub fn create(tx: &Transaction<'_>, case: CaseId, now: i64) -> Result<CaseLog, DbError> {
        let standing = JudgingState::new(case);
        let stored = cbor::write(&standing)?;
        let chain = Row::chain_start(case);
        let made = cases::insert(tx, case, chain, &stored, now, &crate::random::bytes())?;
        let Some(no) = made else { return CaseLog::open(tx, case)?.ok_or(DbError::Contended) };
        let (facts, opened_at) = (KnownFacts::default(), now);
        Ok(CaseLog { case, no, sequence: 0, standing, facts, chain, opened_with: 0, opened_at, is_numbered: false, stored })
    }

    /// Says which changes will be appended, so that the store is asked once what it knows of them.
    pub fn foresee<'a>(&mut self, tx: &Transaction<'_>, changes: impl Iterator<Item = &'a Ready>) -> Result<(), DbError> {
        let ids = changes.filter_map(|ready| ready.fact.as_ref().ok()).flat_map(|fact| {
            let refers = references(fact);
            [Some(fact.id), refers.amends, refers.named]
        });
        self.facts.foresee(tx, self.no, ids.flatten().collect())
    }

    /// Appends a row. `fact` is what [`JudgingState::apply`] asks for; `actor` is a change's chain.
    pub fn append(
        &mut self,
        tx: &Transaction<'_>,
        entry: Entry,
        fact: Option<&Fact>,
        verdict: Verdict,
        received_at: i64,
        actor: Option<&Actor>,
    ) -> Result<Row, DbError> {
        let row = Row::next(self.case, self.sequence + 1, self.chain, entry, received_at, verdict);
        let ordered_by = match (&row.entry, actor) {
            (Entry::Change { author, .. }, Some(actor)) if author.person != actor.person => Some(author.person.as_str()),
            _ => None,
        };
        rows::insert(tx, self.no, &row, actor.map(|actor| actor.no), ordered_by)?;
        self.need_names(tx, &row, fact)?;
        self.standing.apply(&row.entry, fact.map(FactDigest::from).as_ref(), &row.verdict, row.received_at);
        self.sequence = row.sequence;
        self.chain = row.chain;
        Ok(row)
    }

    /// Notes whose names the case needs from this row on. Whoever has or had a seat is noted since that row came.
    fn need_names(&self, tx: &Transaction<'_>, row: &Row, fact: Option<&Fact>) -> Result<(), DbError> {
        let seated = |person: &PersonId| self.standing.roster.entries().iter().any(|entry| entry.person == *person);
        let mut named = match (&row.entry, fact) {
            (Entry::Change { .. }, Some(fact)) => Named::of(&fact.body).people,
            _ => BTreeSet::new(),
        };
        match &row.entry {
            Entry::Change { author, .. } => drop(named.insert(author.person.clone())),
            Entry::Roster(entry) => drop(named.insert(entry.person.clone())),
            Entry::Ruling(ruling) => drop(named.insert(ruling.by.clone())),
            Entry::Own { author, .. } => drop(named.insert(author.person.clone())),
            Entry::Later { .. } => {}
        }
        named.extend(fact.filter(|_| matches!(row.entry, Entry::Change { .. })).map(|fact| fact.by.clone()));
        named
            .iter()
            .filter(|person| !seated(person))
            .take(NAMED_MAX)
            .try_for_each(|person| names::need(tx, self.no, person, row.sequence))
    }

    /// Appends a roster row and brings up to date who holds the case.
    pub fn append_member(&mut self, tx: &Transaction<'_>, entry: RosterEntry, now: i64) -> Result<Row, DbError> {
        let person = entry.person.clone();
        let row = self.append(tx, Entry::Roster(entry), None, Verdict::row(now), now, None)?;
        let (from, until) = self.stretch(&person);
        members::set(tx, self.no, &person, from, until)?;
        Ok(row)
    }

    /// From the first to the last moment of a person on the case, over all roles; `None` = no end in sight.
    fn stretch(&self, person: &PersonId) -> (i64, Option<i64>) {
        let mine = || self.standing.roster.entries().iter().filter(|entry| entry.person == *person);
        let from = mine().map(|entry| entry.from).min().unwrap_or(i64::MAX);
        let endless = mine().any(|entry| entry.until.is_none());
        let until = mine().filter_map(|entry| entry.until).max().unwrap_or(from);
        (from, (!endless).then_some(until))
    }

    /// Writes the head back, if anything was appended; with its first row a case gets its number.
    pub fn close(self, tx: &Transaction<'_>) -> Result<(), DbError> {
        if self.sequence == self.opened_with {
            return Ok(());
        }
        let standing = cbor::write(&self.standing)?;
        let changed = (standing != self.stored).then_some(standing.as_slice());
        cases::advance(tx, self.no, self.sequence, self.chain, changed)?;
        if self.is_numbered { Ok(()) } else { cases::hand_out_number(tx, self.no, local_date(self.opened_at).year()) }
    }
}
