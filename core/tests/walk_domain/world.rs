//! A small ledger on the core alone: it judges, numbers and chains what people send, as the server does.

use daiban_core::calendar::{Calendar, Date, local_midnight, parse_date};
use daiban_core::case::{Author, CaseEvent, CaseView, Code, Entry, JudgingState, Row, Verdict, fold};
use daiban_core::fact::kinds::*;
use daiban_core::fact::{Body, Fact, FactDigest, Ruling, RulingBody, content_digest};
use daiban_core::ids::*;
use daiban_core::people::{Group, Role, RosterEntry};
use daiban_core::permit::{Arrival, Prior, Referred, founder, judge, references};
use daiban_core::rules::{Duty, NumbersInForce, Policy, duties};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub const CHIEF: &str = "chief";
pub const AGENT: &str = "agent";
pub const OTHER: &str = "other";
pub const PLANNER: &str = "planner";
pub const HOUR: i64 = 3600;
pub const DAY: i64 = 24 * HOUR;

pub fn date(text: &str) -> Date {
    parse_date(text).unwrap()
}

/// Local time of a date, Unix seconds.
pub fn at(day: &str, hour: i64) -> i64 {
    local_midnight(date(day)) + hour * HOUR
}

pub fn person(name: &str) -> PersonId {
    PersonId::from(name)
}

pub fn id(n: u64) -> FactId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&n.to_be_bytes());
    FactId(bytes)
}

pub fn letter(chief_on: &str, enterprise_on: &str) -> Body {
    Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
        project_name: "海湾新材料基地".into(),
        project_code: None,
        enterprise: "海湾公司".into(),
        chief: person(CHIEF),
        scope: vec!["建设用地规划许可".into()],
        chief_signed_on: date(chief_on),
        enterprise_signed_on: date(enterprise_on),
        accompanied_by: None,
        signatory: None,
    })
}

pub fn opened(investment: Option<i64>) -> Body {
    Body::CaseOpened(CaseOpened {
        title: "海湾新材料基地".into(),
        enterprise: "海湾公司".into(),
        location: UnitId::from("fengrong"),
        investment_10k_yuan: investment,
        decision: None,
        benefit: None,
        needs: None,
        contact: None,
    })
}

pub fn log(text: &str) -> Body {
    Body::WorkLog(WorkLog {
        text: text.into(),
        channel: Channel::Window,
        item: None,
        place: None,
        next_step: None,
        minutes: None,
        met: None,
    })
}

pub fn table(group: Group) -> Body {
    let row = FlowRow {
        unit: UnitId::from("natural-resources"),
        item: "建设用地规划许可证".into(),
        agent: None,
        materials: vec!["申请表".into()],
        fee_yuan: None,
        fee_basis: None,
        planned_working_days: 5,
    };
    Body::FlowTableSubmitted(FlowTableSubmitted { group, rows: vec![row], nil_reason: None })
}

pub fn inquiry(text: &str) -> Body {
    Body::Inquiry(Inquiry { text: text.into(), channel: Channel::Telephone, asked_by: None })
}

pub fn answer(to: FactId, text: &str) -> Body {
    Body::InquiryAnswered(InquiryAnswered { inquiry: to, text: text.into(), channel: Channel::Telephone })
}

pub fn received(title: &str, copies: i64) -> Body {
    let items = vec![MaterialItem { title: title.into(), copies, original: true }];
    Body::MaterialReceived(MaterialReceived { items, handed_by: None })
}

pub fn returned(title: &str, copies: i64) -> Body {
    let items = vec![MaterialItem { title: title.into(), copies, original: true }];
    Body::MaterialReturned(MaterialReturned { items, received: None, taken_by: None })
}

/// A fact and how it travelled.
#[derive(Clone)]
pub struct Sent {
    pub fact: Fact,
    pub sender: PersonId,
    pub received_at: i64,
    pub token_at: Option<i64>,
    pub skew: i64,
    pub commanded: bool,
}

/// Recorded and received at once, with a token of a day before.
pub fn sent(n: u64, by: &str, body: Body, recorded_at: i64) -> Sent {
    let fact = Fact {
        id: id(n),
        by: person(by),
        unit: UnitId::from("natural-resources"),
        occurred_at: recorded_at,
        recorded_at,
        amends: None,
        body,
    };
    Sent { fact, sender: person(by), received_at: recorded_at, token_at: Some(recorded_at - DAY), skew: 0, commanded: false }
}

impl Sent {
    pub fn received(mut self, at: i64) -> Self {
        self.received_at = at;
        self
    }
    pub fn occurred(mut self, at: i64) -> Self {
        self.fact.occurred_at = at;
        self
    }
    pub fn skew(mut self, seconds: i64) -> Self {
        self.skew = seconds;
        self
    }
    pub fn token(mut self, at: Option<i64>) -> Self {
        self.token_at = at;
        self
    }
    pub fn amends(mut self, n: u64) -> Self {
        self.fact.amends = Some(id(n));
        self
    }
}

type Indexed = (PersonId, String, [u8; 32], Verdict);

/// One case, as a server would keep it.
#[derive(Clone)]
pub struct World {
    pub case: CaseId,
    pub standing: JudgingState,
    pub rows: Vec<Row>,
    pub facts: HashMap<u64, Arc<Fact>>,
    index: HashMap<FactId, Indexed>,
    changes: u64,
}

impl World {
    /// A case with nobody and nothing.
    pub fn empty() -> Self {
        let case = CaseId([7; 16]);
        let standing = JudgingState::new(case);
        Self { case, standing, rows: Vec::new(), facts: HashMap::new(), index: HashMap::new(), changes: 0 }
    }

    /// A case with a chief agent, two unit agents and a planning specialist from `from` on.
    pub fn staffed(from: i64) -> Self {
        let mut world = Self::empty();
        for (name, role, group) in [
            (CHIEF, Role::ChiefAgent, None),
            (AGENT, Role::UnitAgent, None),
            (OTHER, Role::UnitAgent, None),
            (PLANNER, Role::GroupSpecialist, Some(Group::Planning)),
        ] {
            world.roster(name, role, group, from, None);
        }
        world
    }

    pub fn roster(&mut self, name: &str, role: Role, group: Option<Group>, from: i64, until: Option<i64>) {
        let unit = UnitId::from("natural-resources");
        self.seat(RosterEntry { person: person(name), role, unit, group, from, until });
    }

    pub fn seat(&mut self, entry: RosterEntry) {
        let from = entry.from;
        self.push(Entry::Roster(entry), None, Verdict::row(from), from);
    }

    pub fn rule(&mut self, n: u64, body: RulingBody, at: i64) {
        let ruling = Ruling::new(id(n), person("office"), "情况属实", &body);
        self.push(Entry::Ruling(ruling), None, Verdict::row(at), at);
    }

    pub fn judge(&self, sent: &Sent) -> Verdict {
        let refers = references(&sent.fact);
        let find = |id: Option<FactId>| {
            id.and_then(|id| self.index.get(&id)).map(|(p, kind, ..)| Referred { person: p.clone(), kind: kind.clone() })
        };
        let arrival = Arrival {
            person: &sent.sender,
            received_at: sent.received_at,
            token_at: sent.token_at,
            floor_at: None,
            token_doubtful: false,
            skew_seconds: sent.skew,
            commanded: sent.commanded,
            amends: find(refers.amends),
            named: find(refers.named),
            names_unknown: false,
            unit_of: BTreeMap::new(),
            week_closes_at: None,
            numbers: Policy::default().form_numbers(),
            organisation: daiban_core::plan::Plan::builtin().organisation.clone(),
        };
        let prior = match self.index.get(&sent.fact.id) {
            None => Prior::None,
            Some((.., digest, verdict)) if *digest == content_digest(&sent.fact) => Prior::Same(verdict.clone()),
            Some(_) => Prior::Different,
        };
        judge(&self.standing, Ok(&sent.fact), &arrival, prior)
    }

    /// Takes a fact in as the next row; the first one founds the team.
    pub fn send(&mut self, sent: Sent) -> Verdict {
        let arrival = Arrival::new(&sent.sender, sent.received_at, sent.token_at, sent.skew);
        if let Some(entry) = founder(&self.standing, &sent.fact, Role::UnitAgent, None, &arrival) {
            self.push(Entry::Roster(entry), None, Verdict::row(sent.received_at), sent.received_at);
        }
        let verdict = self.judge(&sent);
        let takes_id = verdict.code != Code::DuplicateId && verdict.reason != Some(daiban_core::case::Reason::NotAuthor);
        if takes_id {
            let kind = sent.fact.body.kind().to_owned();
            let entry = (sent.fact.by.clone(), kind, content_digest(&sent.fact), verdict.clone());
            self.index.entry(sent.fact.id).or_insert(entry);
        }
        self.changes += 1;
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&self.changes.to_be_bytes());
        let entry = Entry::Change {
            bytes: serde_bytes::ByteBuf::from(hash.to_vec()),
            hash: ChangeHash(hash),
            actor: ActorId([1; 16]),
            seq: self.changes,
            author: Author { device: DeviceId([2; 16]), person: sent.sender.clone() },
        };
        self.push(entry, Some(Arc::new(sent.fact)), verdict.clone(), sent.received_at);
        verdict
    }

    fn push(&mut self, entry: Entry, fact: Option<Arc<Fact>>, verdict: Verdict, received_at: i64) {
        self.standing.apply(&entry, fact.as_deref().map(FactDigest::from).as_ref(), &verdict, received_at);
        let previous = self.rows.last().map_or_else(|| Row::chain_start(self.case), |row| row.chain);
        let sequence = self.rows.len() as u64 + 1;
        if let (Entry::Change { .. }, Some(fact)) = (&entry, fact) {
            self.facts.insert(sequence, fact);
        }
        self.rows.push(Row::next(self.case, sequence, previous, entry, received_at, verdict));
    }

    pub fn told(&self) -> Vec<CaseEvent> {
        self.rows.iter().filter_map(|row| CaseEvent::row(row, self.facts.get(&row.sequence).cloned().map(Ok))).collect()
    }

    pub fn view(&self) -> CaseView {
        fold(self.case, self.told())
    }

    pub fn duties(&self, now: i64) -> Vec<Duty> {
        duties(&self.view(), &Calendar::builtin(), &NumbersInForce::default(), now)
    }

    pub fn duty(&self, key: &str, now: i64) -> Duty {
        let duties = self.duties(now);
        let keys: Vec<&str> = duties.iter().map(|d| d.key.as_str()).collect();
        duties.iter().find(|d| d.key == key).unwrap_or_else(|| panic!("{key} not in {keys:?}")).clone()
    }
}
