//! The small judging state of one case: enough to judge the next fact without reading the case's history.

use super::{Code, Entry, Verdict};
use crate::calendar::Date;
use crate::fact::{BodyDigest, FactDigest, RulingBody};
use crate::ids::{CaseId, FactId, PersonId};
use crate::people::Roster;
use serde::{Deserialize, Serialize};

/// The most letters a standing remembers; judging needs to know only that there is one.
const LETTERS_MAX: usize = 8;

/// The most openings, and the most letters, that may wait for a ruling at once and still open the way when it comes.
const WAITING_MAX: usize = 32;

/// What the rows of a case add up to for judgement. The same on the phone and on the server, stored as CBOR.
///
/// Its size depends on the roster only, never on the number of facts. Whether a fact exists that another one refers to, the
/// caller looks up in its own index and says in [`crate::permit::Arrival`].
///
/// **A case begins with a roster row.** If the first change of a case comes and the roster is empty, the caller first writes the
/// row of [`crate::permit::founder`]: a unit agent may open a case offline and is its team until the office assigns one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgingState {
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
    /// Openings and letters whose rows say 待认定, in their order and each once: a ruling about them decides whether they count.
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
    /// 建设单位, as last corrected; absent in what an earlier version kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    /// The effective fact that corrected it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_by: Option<FactId>,
    /// The opening it corrects itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<FactId>,
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
    /// The letter it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<FactId>,
    /// The letter with which its line of corrections began, if that is not the one it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    root: Option<FactId>,
    /// It was sent back and starts no clock; a correction takes its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub returned: bool,
}

impl Letter {
    fn of(fact: &FactDigest, signed_on: Date, at: i64, by_ruling: bool) -> Letter {
        Letter { fact: fact.id, signed_on, heard_at: Some(at), by_ruling, amends: fact.amends, root: None, returned: false }
    }

    /// The first of its line of corrections: wordings of one letter have it in common.
    fn root(&self) -> FactId {
        self.root.or(self.amends).unwrap_or(self.fact)
    }

    /// Whether that record is it or an earlier wording of it, as far as those are remembered.
    fn speaks_for(&self, fact: FactId) -> bool {
        self.fact == fact || self.amends == Some(fact) || self.root == Some(fact)
    }
}

impl JudgingState {
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

    /// Letters that start clocks.
    pub fn letters_in_force(&self) -> impl Iterator<Item = &Letter> {
        self.letters.iter().filter(|letter| !letter.returned)
    }

    /// Whether agency work may be recorded (R014). It goes on while a letter that was sent back is being corrected: what is signed stays
    /// signed, and nobody in the field need know of it.
    pub fn has_letter(&self) -> bool {
        !self.letters.is_empty()
    }

    fn judged(&mut self, fact: &FactDigest, person: &PersonId, code: Code, at: i64) {
        match code {
            Code::Effective => self.count(fact, person, at),
            Code::Late => self.wait(fact, person, at),
            _ => {}
        }
    }

    fn count(&mut self, fact: &FactDigest, person: &PersonId, at: i64) {
        match &fact.body {
            BodyDigest::CaseOpened(_) if self.counts(fact.id) => {}
            BodyDigest::CaseOpened(body) => {
                // Of two corrections of one opening the later holds, whatever is ruled about the earlier.
                let outdone = |opened: &Opened| fact.amends.is_some_and(|id| opened.fact == id || opened.amends == Some(id));
                self.waiting.retain(|waiting| !matches!(waiting, Waiting::Opened(opened) if outdone(opened)));
                match &mut self.opened {
                    Some(opened) => opened.correct(fact.id, fact.amends, Some(body.enterprise.to_string())),
                    None => self.opened = Some(Opened::of(fact, person, &body.enterprise, false)),
                }
            }
            BodyDigest::AuthorizationLetterSigned(body) => {
                // Delivered again it says nothing new, and does not undo what was ruled about it.
                if self.letters.iter().any(|letter| letter.speaks_for(fact.id)) {
                    return;
                }
                let letter = self.rooted(Letter::of(fact, body.signed_on(), at, false));
                let waited = self.corrected_while_it_waited(fact.amends);
                match self.letters.iter().position(|l| Some(l.fact) == fact.amends) {
                    Some(at) => self.letters[at] = Letter { heard_at: self.letters[at].heard_at, ..letter },
                    None => self.add(Letter { heard_at: waited.or(letter.heard_at), ..letter }),
                }
            }
            _ => {}
        }
    }

    /// Takes in what waits for a ruling. Openings and letters have a room each, so that neither crowds out the other; in a full one the
    /// oldest that does not count makes room.
    fn wait(&mut self, fact: &FactDigest, person: &PersonId, at: i64) {
        let Some(waiting) = Waiting::of(fact, person, at) else { return };
        let known = self.waiting.iter().any(|waiting| waiting.fact() == fact.id);
        if known || self.counts(fact.id) || self.letters.iter().any(|letter| letter.speaks_for(fact.id)) {
            return;
        }
        let alike = |other: &Waiting| std::mem::discriminant(other) == std::mem::discriminant(&waiting);
        let room: Vec<usize> = (0..self.waiting.len()).filter(|at| alike(&self.waiting[*at])).collect();
        if room.len() >= WAITING_MAX {
            let idle = room.iter().find(|at| !self.counts(self.waiting[**at].fact()));
            self.waiting.remove(*idle.unwrap_or(&room[0]));
        }
        let waiting = match waiting {
            Waiting::Letter(letter) => Waiting::Letter(self.rooted(letter)),
            opened => opened,
        };
        self.waiting.push(waiting);
    }

    /// Whether an opening, the last correction of one, or a letter counts.
    fn counts(&self, fact: FactId) -> bool {
        let opened = self.opened.as_ref().is_some_and(|opened| opened.fact == fact || opened.corrected_by == Some(fact));
        opened || self.letters.iter().any(|letter| letter.fact == fact)
    }

    /// Notes where the letter's line of corrections began, as far as the one it corrects is remembered.
    fn rooted(&self, letter: Letter) -> Letter {
        let Some(amends) = letter.amends else { return letter };
        let waiting = self.waiting.iter().filter_map(|waiting| match waiting {
            Waiting::Letter(letter) => Some(letter),
            Waiting::Opened(_) => None,
        });
        let earlier = self.letters.iter().chain(waiting).find(|earlier| earlier.speaks_for(amends));
        Letter { root: earlier.map(Letter::root).filter(|root| *root != amends), ..letter }
    }

    /// A letter that waited and is corrected needs no ruling any more; gives when it was first heard of.
    fn corrected_while_it_waited(&mut self, amends: Option<FactId>) -> Option<i64> {
        let waited = self.waiting.iter().position(|waiting| Some(waiting.fact()) == amends)?;
        match self.waiting.remove(waited) {
            Waiting::Letter(letter) => letter.heard_at,
            Waiting::Opened(_) => None,
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
            RulingBody::Returned(body) => return self.send_back(body.fact),
            RulingBody::ReportConfirmed(_) | RulingBody::ReportReturned(_) | RulingBody::Recognised(_) | RulingBody::Unknown => {
                return;
            }
        };
        let at = self.waiting.iter().position(|waiting| waiting.fact() == fact);
        if !counts {
            return self.rule_out(fact, at.and_then(|at| self.waiting[at].amends()));
        }
        match at.map(|at| (at, self.waiting[at].clone())) {
            _ if self.counts(fact) => {}
            Some((at, Waiting::Opened(opened))) => self.open(opened, at),
            Some((_, Waiting::Letter(letter))) => self.add(letter),
            None => {}
        }
    }

    /// What counted by a ruling counts no more. What an opening said before its correction is not kept: it then says nothing.
    fn rule_out(&mut self, fact: FactId, amends: Option<FactId>) {
        self.letters.retain(|letter| letter.returned || !(letter.by_ruling && letter.fact == fact));
        self.opened = self.opened.take().filter(|opened| !(opened.by_ruling && opened.fact == fact));
        if let (Some(opened), Some(amends)) = (&mut self.opened, amends)
            && opened.corrected_by == Some(fact)
        {
            (opened.enterprise, opened.corrected_by) = (None, Some(amends).filter(|id| *id != opened.fact));
        }
    }

    /// An opening that a ruling accepts opens the case, or corrects what opened it; not if a later correction counts by a ruling too.
    fn open(&mut self, accepted: Opened, at: usize) {
        let Some(opened) = &mut self.opened else {
            self.opened = Some(accepted);
            return;
        };
        let later = self.waiting[at..].iter().any(|waiting| Some(waiting.fact()) == opened.corrected_by);
        if !later {
            opened.correct(accepted.fact, accepted.amends, accepted.enterprise);
        }
    }

    /// A letter that was sent back starts no clock, nor does an earlier wording of it.
    fn send_back(&mut self, fact: FactId) {
        let Some(root) = self.letters.iter().find(|letter| letter.fact == fact).map(Letter::root) else { return };
        self.letters.iter_mut().filter(|letter| letter.root() == root).for_each(|letter| letter.returned = true);
        self.waiting.retain(|waiting| waiting.fact() != fact);
    }

    /// One that was sent back makes room.
    fn add(&mut self, letter: Letter) {
        if self.letters.len() < LETTERS_MAX {
            self.letters.push(letter);
        } else if let Some(idle) = self.letters.iter_mut().find(|letter| letter.returned) {
            *idle = letter;
        }
    }
}

impl Opened {
    fn of(fact: &FactDigest, person: &PersonId, enterprise: &str, by_ruling: bool) -> Opened {
        let enterprise = Some(enterprise.to_owned());
        Opened { fact: fact.id, person: person.clone(), by_ruling, enterprise, corrected_by: None, amends: fact.amends }
    }

    /// Takes in a correction of it, or of what corrected it last; corrections of other openings say nothing of this case.
    fn correct(&mut self, fact: FactId, amends: Option<FactId>, enterprise: Option<String>) {
        if amends.is_some_and(|amended| amended == self.fact || Some(amended) == self.corrected_by) {
            (self.enterprise, self.corrected_by) = (enterprise, Some(fact));
        }
    }
}

impl Waiting {
    fn of(fact: &FactDigest, person: &PersonId, at: i64) -> Option<Waiting> {
        match &fact.body {
            BodyDigest::CaseOpened(body) => Some(Waiting::Opened(Opened::of(fact, person, &body.enterprise, true))),
            BodyDigest::AuthorizationLetterSigned(body) => Some(Waiting::Letter(Letter::of(fact, body.signed_on(), at, true))),
            _ => None,
        }
    }

    fn fact(&self) -> FactId {
        match self {
            Waiting::Opened(opened) => opened.fact,
            Waiting::Letter(letter) => letter.fact,
        }
    }

    fn amends(&self) -> Option<FactId> {
        match self {
            Waiting::Opened(opened) => opened.amends,
            Waiting::Letter(letter) => letter.amends,
        }
    }
}
