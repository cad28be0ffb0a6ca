//! The small judging state of one case: enough to judge the next fact without reading the case's history.

use super::{Code, Entry, Verdict};
use crate::calendar::Date;
use crate::fact::{BodyDigest, FactDigest, RulingBody};
use crate::ids::{CaseId, FactId, PersonId};
use crate::people::Roster;
use serde::{Deserialize, Serialize};

/// The most letters a standing remembers; judging needs to know only that there is one.
const LETTERS_MAX: usize = 8;

/// The most openings and letters that may wait for a ruling at once and still open the way when it comes.
const WAITING_MAX: usize = 32;

/// What the rows of a case add up to for judgement (architecture.md §3). The same on the phone and on the server, stored as CBOR.
///
/// Its size depends on the roster only, never on the number of facts. Whether a fact exists that another one refers to, the
/// caller looks up in its own index and says in [`crate::permit::Arrival`].
///
/// **A case begins with a roster row.** If the first change of a case comes and the roster is empty, the caller first writes the
/// row of [`crate::permit::founder`]: a unit agent may open a case offline and is its team until the office assigns one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The case.
    pub case: CaseId,
    /// The team, past and present (1+3+N; plan 四(三)).
    pub roster: Roster,
    /// The effective opening, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// Effective authorization letters, the first few; an amending letter takes the place of the amended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<Letter>,
    /// The office closed it as 登记有误.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Openings and letters whose rows say 待认定: a ruling about them decides whether they count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    waiting: Vec<Waiting>,
}

/// An opening or a letter of the late lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Waiting {
    Opened(Opened),
    Letter(Letter),
}

/// Which fact opened the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The fact.
    pub fact: FactId,
    /// Who opened it.
    pub person: PersonId,
    /// It waited and counts by a ruling; another ruling may undo that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_ruling: bool,
}

/// An effective authorization letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The fact.
    pub fact: FactId,
    /// Day 0 of the 15 working days (四(四)2).
    pub signed_on: Date,
    /// 到达 of its first version, Unix seconds; absent in what an earlier version kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard_at: Option<i64>,
    /// It waited and counts by a ruling; another ruling may undo that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_ruling: bool,
}

impl Standing {
    /// A case without rows.
    pub fn new(case: CaseId) -> Self {
        Self { case, roster: Roster::new(), opened: None, letters: Vec::new(), closed: false, waiting: Vec::new() }
    }

    /// Takes in the next row, which the server received at that moment. `fact` is the fact of a change row, or the one that a ruling recognises ([`super::Unrecognised`]); other
    /// rows need none.
    pub fn apply(&mut self, entry: &Entry, fact: Option<&FactDigest>, verdict: &Verdict, received_at: i64) {
        match (entry, fact) {
            (Entry::Roster(entry), _) => self.roster.set(entry.clone()),
            (Entry::Ruling(ruling), fact) => match (ruling.body(), fact) {
                (RulingBody::Recognised(recognised), Some(fact)) => {
                    self.judged(fact, &fact.by, Verdict::from(&recognised).code, received_at)
                }
                (body, _) => self.rule(&body),
            },
            (Entry::Change { author, .. } | Entry::Own { author, .. }, Some(fact)) => {
                self.judged(fact, &author.person, verdict.code, received_at);
            }
            (Entry::Change { .. } | Entry::Own { .. }, None) | (Entry::Later { .. }, _) => {}
        }
    }

    /// Whether agency work may be recorded (R014).
    pub fn has_letter(&self) -> bool {
        !self.letters.is_empty()
    }

    fn judged(&mut self, fact: &FactDigest, person: &PersonId, code: Code, at: i64) {
        match code {
            Code::Effective => self.count(fact, person, at),
            Code::Late if self.waiting.len() < WAITING_MAX => self.waiting.extend(Waiting::of(fact, person, at)),
            _ => {}
        }
    }

    fn count(&mut self, fact: &FactDigest, person: &PersonId, at: i64) {
        match &fact.body {
            BodyDigest::CaseOpened(_) => {
                self.opened.get_or_insert_with(|| Opened { fact: fact.id, person: person.clone(), by_ruling: false });
            }
            BodyDigest::AuthorizationLetterSigned(body) => {
                let letter = Letter { fact: fact.id, signed_on: body.signed_on(), heard_at: Some(at), by_ruling: false };
                let amended = self.letters.iter().position(|l| Some(l.fact) == fact.amends || l.fact == fact.id);
                match amended {
                    Some(at) => self.letters[at] = Letter { heard_at: self.letters[at].heard_at, ..letter },
                    None => self.add(letter),
                }
            }
            _ => {}
        }
    }

    /// A ruling about what waits: it counts, or no longer. What counts by a ruling stands beside what it amends.
    fn rule(&mut self, ruling: &RulingBody) {
        let (fact, counts) = match ruling {
            RulingBody::LateWork(late) => (late.fact, late.accepted),
            RulingBody::QuarantineAdopted(adopted) => (adopted.fact, true),
            RulingBody::CaseClosed(body) => {
                self.closed = body.closed;
                return;
            }
            RulingBody::ReportConfirmed(_) | RulingBody::Recognised(_) | RulingBody::Unknown => return,
        };
        self.letters.retain(|letter| !(letter.by_ruling && letter.fact == fact));
        self.opened = self.opened.take().filter(|opened| !(opened.by_ruling && opened.fact == fact));
        match self.waiting.iter().find(|waiting| waiting.fact() == fact).filter(|_| counts).cloned() {
            Some(Waiting::Opened(opened)) => {
                self.opened.get_or_insert(opened);
            }
            Some(Waiting::Letter(letter)) => self.add(letter),
            None => {}
        }
    }

    fn add(&mut self, letter: Letter) {
        if self.letters.len() < LETTERS_MAX {
            self.letters.push(letter);
        }
    }
}

impl Waiting {
    fn of(fact: &FactDigest, person: &PersonId, at: i64) -> Option<Waiting> {
        match &fact.body {
            BodyDigest::CaseOpened(_) => Some(Waiting::Opened(Opened { fact: fact.id, person: person.clone(), by_ruling: true })),
            BodyDigest::AuthorizationLetterSigned(body) => {
                let (signed_on, heard_at) = (body.signed_on(), Some(at));
                Some(Waiting::Letter(Letter { fact: fact.id, signed_on, heard_at, by_ruling: true }))
            }
            _ => None,
        }
    }

    fn fact(&self) -> FactId {
        match self {
            Waiting::Opened(opened) => opened.fact,
            Waiting::Letter(letter) => letter.fact,
        }
    }
}
