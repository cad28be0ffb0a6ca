//! A small server that keeps the wire's promises, for testing phones: admission, verdicts, rows, chains, counters. No disk, no HTTP.

use daiban_core::admit::{check, place};
use daiban_core::case::{Author, Code, Entry, JudgingState, Reason, Row, Verdict};
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::{Fact, FactDigest, Node, RulingBody, SealKey, content_digest};
use daiban_core::ids::{ActorId, CaseId, DeviceId, FactId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::permit::{Arrival, Prior, Referred, founder, judge, references};
use daiban_core::sync::bundle::open_batch;
use daiban_core::sync::enrol::{self, Answer, Challenge, Person};
use daiban_core::sync::session::HttpRequest;
use daiban_core::sync::wire::{BatchOutcome, Dated, Outcome, Place, SyncAnswer, SyncRequest};
use daiban_core::sync::{RequestSignature, Signer, SoftwareKey, Statement, TimeToken, pack_tight, unpack};
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[path = "office_pages.rs"]
mod pages;

#[derive(Clone)]
pub struct Case {
    pub rows: Vec<Row>,
    standing: JudgingState,
    tips: BTreeMap<ActorId, ChainTip>,
    facts: HashMap<FactId, (Referred, [u8; 32], Verdict)>,
    pub keys: Vec<SealKey>,
}

#[derive(Clone)]
struct Device {
    key: [u8; 32],
    person: Person,
    counter: u64,
    last: Option<(u64, Vec<u8>, Vec<u8>)>,
}

/// Drawn by the office for whoever enrols.
const NONCE: [u8; 32] = [0x5e; 32];

#[derive(Clone)]
pub struct Office {
    key: SoftwareKey,
    pub epoch: u32,
    pub now: i64,
    pub page_rows: usize,
    /// Facts with this text are refused, to test what phones do.
    pub refuse_text: Option<String>,
    /// Facts with this text are put off until then.
    pub defer_text: Option<(String, i64)>,
    /// People who never had a seat, whatever the roster says.
    pub strangers: BTreeSet<String>,
    /// The server has no room.
    pub full: bool,
    /// What was set aside for want of a seat: case, actor, author, bytes.
    pub aside: Vec<(CaseId, ActorId, Author, Vec<u8>)>,
    pub cases: BTreeMap<CaseId, Case>,
    devices: BTreeMap<DeviceId, Device>,
    pub quarantine: Vec<Vec<u8>>,
    pub requests: usize,
    pub largest_request: usize,
    pub edition: Option<String>,
    /// Declared stretches of a wrong clock.
    pub clock_wrong: Vec<(i64, i64)>,
}

impl Office {
    pub fn new(now: i64) -> Office {
        Office {
            key: SoftwareKey::from_secret(&[99; 32]),
            epoch: 1,
            now,
            page_rows: 1000,
            refuse_text: None,
            defer_text: None,
            strangers: BTreeSet::new(),
            full: false,
            aside: Vec::new(),
            cases: BTreeMap::new(),
            devices: BTreeMap::new(),
            quarantine: Vec::new(),
            requests: 0,
            largest_request: 0,
            edition: None,
            clock_wrong: Vec::new(),
        }
    }

    /// What a phone that commits is given.
    pub fn challenge(&self) -> Vec<u8> {
        let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
        let challenge = Challenge { nonce: hex(&NONCE), server_public_key: hex(&self.key.public_key()) };
        serde_json::to_vec(&challenge).unwrap()
    }

    pub fn enrol(&mut self, request: &HttpRequest, person: &str) -> Vec<u8> {
        let request: enrol::Request = serde_json::from_slice(&request.body).unwrap();
        let (key, nonces) = request.verify(NONCE, self.key.public_key()).unwrap();
        let person = Person { id: person.into(), name: person.into(), unit: "fengrong".into(), role: Role::UnitAgent };
        let device = DeviceId::of(&key);
        self.devices.insert(device, Device { key, person: person.clone(), counter: 0, last: None });
        let answer = Answer {
            device,
            confirmation: enrol::confirmation(&request.code, &key, &nonces),
            server_public_key: data_encoding::HEXLOWER.encode(&self.key.public_key()),
            server_epoch: self.epoch,
            person,
        };
        serde_json::to_vec(&answer).unwrap()
    }

    pub fn roster(&mut self, case: CaseId, person: &str, role: Role, until: Option<i64>) {
        self.seat(case, person, role, 0, until);
    }

    pub fn roster_from(&mut self, case: CaseId, person: &str, role: Role, from: i64) {
        self.seat(case, person, role, from, None);
    }

    fn seat(&mut self, case: CaseId, person: &str, role: Role, from: i64, until: Option<i64>) {
        let entry = RosterEntry { person: person.into(), role, unit: "fengrong".into(), group: None, from, until };
        let now = self.now;
        self.append(case, Entry::Roster(entry), Verdict::row(now), None);
    }

    pub fn ruling(&mut self, case: CaseId, body: &RulingBody) {
        let id = FactId([self.case(case).rows.len() as u8; 16]);
        let ruling = daiban_core::fact::Ruling::new(id, "office".into(), "情况属实", body);
        let now = self.now;
        self.append(case, Entry::Ruling(ruling), Verdict::row(now), None);
    }

    /// Writes a row that only a later version understands.
    pub fn later(&mut self, case: CaseId, sort: u8, payload: Vec<u8>) {
        let now = self.now;
        self.append(case, Entry::Later { sort, payload: payload.into() }, Verdict::row(now), None);
    }

    /// Writes whatever tree as a change of the server's own chain, with whatever verdict: what later versions and odd servers send.
    pub fn plant(&mut self, id: CaseId, node: &Node, person: &str, verdict: Verdict) {
        let key = self.key.public_key();
        let (actor, device) = (ActorId::derive(&key, id, 0), DeviceId::of(&key));
        let case = self.case(id);
        let tip = case.tips.get(&actor).copied().unwrap_or_else(|| ChainTip::start(id));
        let composed = compose(actor, &tip, node, 0);
        case.tips.insert(actor, composed.tip);
        let (hash, seq) = (composed.tip.hash, composed.tip.seq);
        let author = Author { device, person: person.into() };
        let entry = Entry::Change { bytes: composed.bytes.into(), hash, actor, seq, author };
        self.append(id, entry, verdict, Fact::read(node.clone()).ok().as_ref());
    }

    fn case(&mut self, id: CaseId) -> &mut Case {
        self.cases.entry(id).or_insert_with(|| Case {
            rows: Vec::new(),
            standing: JudgingState::new(id),
            tips: BTreeMap::new(),
            facts: HashMap::new(),
            keys: Vec::new(),
        })
    }

    fn append(&mut self, id: CaseId, entry: Entry, verdict: Verdict, fact: Option<&Fact>) -> u64 {
        let now = self.now;
        let case = self.case(id);
        case.standing.apply(&entry, fact.map(FactDigest::from).as_ref(), &verdict, now);
        if let Some(fact) = fact.filter(|_| verdict.code != Code::DuplicateId && verdict.reason != Some(Reason::NotAuthor)) {
            let referred = Referred { person: fact.by.clone(), kind: fact.body.kind().to_owned() };
            case.facts.entry(fact.id).or_insert((referred, content_digest(fact), verdict.clone()));
        }
        let (sequence, chain) = case.rows.last().map_or((0, Row::chain_start(id)), |r| (r.sequence, r.chain));
        case.rows.push(Row::next(id, sequence + 1, chain, entry, now, verdict));
        sequence + 1
    }

    /// One request as it came over the line.
    pub fn post(&mut self, request: &HttpRequest) -> (u16, Vec<u8>) {
        self.requests += 1;
        self.largest_request = self.largest_request.max(request.body.len());
        let header = |name: &str| request.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let signed = RequestSignature::read(header, Some(request.body.len() as u64)).unwrap();
        assert!(signed.covers(&request.body));
        let Some(device) = self.devices.get(&signed.device).cloned() else {
            return (401, r#"{"code":"unknown_device","detail":"设备未登记，请联系专班办公室。"}"#.into());
        };
        signed.verify(&device.key, request.method, request.path).unwrap();
        if let Some((counter, body, answer)) = &device.last
            && (*counter, body) == (signed.counter, &request.body)
        {
            return (200, answer.clone());
        }
        if signed.counter <= device.counter {
            return (
                409,
                format!(r#"{{"code":"counter_replayed","detail":"请求重复","counter":{}}}"#, device.counter).into_bytes(),
            );
        }
        let sync: SyncRequest = unpack(&request.body, 4 << 20).unwrap();
        if self.full && !(sync.batches.is_empty() && sync.carried.is_empty()) {
            return (507, r#"{"code":"disk_reserve","detail":"服务器存储空间即将用尽，请稍后再同步。"}"#.into());
        }
        let answer = pack_tight(&self.answer(signed.device, &device, &sync));
        let entry = self.devices.get_mut(&signed.device).unwrap();
        (entry.counter, entry.last) = (signed.counter, Some((signed.counter, request.body.clone(), answer.clone())));
        (200, answer)
    }

    fn answer(&mut self, id: DeviceId, device: &Device, sync: &SyncRequest) -> SyncAnswer {
        let token = sync.token.as_ref().map(|t| t.to_vec()).unwrap_or_default();
        let (mut outcomes, mut sent) = (Vec::new(), BTreeSet::new());
        for batch in &sync.batches {
            let last = daiban_core::admit::peek(batch.changes.last().unwrap()).unwrap();
            let (case, epoch) = (batch.case, batch.epoch);
            let statement = Statement { device: id, epoch, case, tip_seq: last.seq, tip_hash: last.hash, token: token.clone() };
            statement.verify(&device.key, &batch.signature).unwrap();
            let (skew, author) = (sync.phone_now - self.now, (id, device.key, &device.person));
            let changes: Vec<Vec<u8>> = batch.changes.iter().map(|c| c.to_vec()).collect();
            sent.extend(changes.iter().map(|c| daiban_core::admit::peek(c).unwrap().hash));
            self.case(case).keys.extend(batch.keys.iter().cloned());
            outcomes.push(self.take(case, epoch, author, &changes, &token, skew));
        }
        let mut carried = Vec::new();
        for batch in &sync.carried {
            let (statement, _) = open_batch(batch).unwrap();
            let author = self.devices.get(&statement.device).cloned().unwrap();
            let changes: Vec<Vec<u8>> = batch.changes.iter().map(|c| c.to_vec()).collect();
            let who = (statement.device, author.key, &author.person);
            carried.push(self.take(statement.case, statement.epoch, who, &changes, &statement.token, 0));
        }
        let members: BTreeSet<CaseId> = self
            .cases
            .iter()
            .filter(|(_, c)| c.standing.roster.member_at(&device.person.id, self.now).is_some())
            .map(|(id, _)| *id)
            .collect();
        let withdrawn = match &sync.place {
            Place::Cursors(cursors) | Place::Changed(_, cursors) => {
                cursors.iter().map(|(id, _)| *id).filter(|id| !members.contains(id)).collect()
            }
            Place::Digest(_) => Vec::new(),
        };
        let written: BTreeSet<CaseId> = sync.batches.iter().map(|batch| batch.case).collect();
        if sync.holds_own {
            let rows = self.cases.values().flat_map(|case| &case.rows);
            let own = rows.filter(|row| matches!(&row.entry, Entry::Change { author, .. } if author.device == id));
            sent.extend(own.filter_map(|row| row.entry.hash()));
        }
        let (cases, need_cursors, more) = self.pages(&members, sync, &written, &sent);
        SyncAnswer {
            token: TimeToken::issue(self.epoch, self.now, &self.key).to_bytes().into(),
            now: self.now,
            server_epoch: self.epoch,
            outcomes,
            carried,
            need_cursors,
            cases,
            withdrawn,
            editions: self.edition.iter().map(|json| vec![Dated { since: 0, json: json.clone() }]).next(),
            pack: None,
            policies: None,
            duties: Vec::new(),
            clock_wrong: self.clock_wrong.clone(),
            names: None,
            more,
        }
    }

    /// Gives everything that was set aside its rows, as it is.
    pub fn take_in(&mut self) {
        self.strangers.clear();
        for (id, actor, author, bytes) in std::mem::take(&mut self.aside) {
            let checked = check(&bytes, actor).unwrap();
            let start = || ChainTip::start(id);
            let tip = place(&checked, &self.case(id).tips.get(&actor).copied().unwrap_or_else(start)).unwrap();
            self.case(id).tips.insert(actor, tip);
            let fact = Fact::read(checked.fact).unwrap();
            let (hash, seq, now) = (checked.hash, checked.seq, self.now);
            let entry = Entry::Change { bytes: checked.raw.into(), hash, actor, seq, author };
            let verdict = judge(&self.case(id).standing, Ok(&fact), &Arrival::new(&fact.by, now, None, 0), Prior::None);
            self.append(id, entry, verdict, Some(&fact));
        }
    }

    fn take(
        &mut self,
        id: CaseId,
        epoch: u32,
        (device, key, person): (DeviceId, [u8; 32], &Person),
        changes: &[Vec<u8>],
        token: &[u8],
        skew: i64,
    ) -> BatchOutcome {
        let actor = ActorId::derive(&key, id, epoch);
        let mut outcomes = Vec::new();
        for bytes in changes {
            if self.strangers.contains(person.id.as_str()) {
                let author = Author { device, person: person.id.clone() };
                self.aside.push((id, actor, author, bytes.clone()));
                outcomes.push(Outcome::Refused { code: "never_member".into(), quarantine: self.aside.len() as i64 });
                continue;
            }
            if outcomes.iter().any(|o| !matches!(o, Outcome::Accepted { .. } | Outcome::Known { .. })) {
                outcomes.push(Outcome::Blocked);
                continue;
            }
            outcomes.push(self.take_one(id, actor, (device, person), bytes, token, skew));
        }
        BatchOutcome { case: id, changes: outcomes }
    }

    fn take_one(
        &mut self,
        id: CaseId,
        actor: ActorId,
        (device, person): (DeviceId, &Person),
        bytes: &[u8],
        token: &[u8],
        skew: i64,
    ) -> Outcome {
        let checked = check(bytes, actor).unwrap();
        let now = self.now;
        let (refuse, defer) = (self.refuse_text.clone(), self.defer_text.clone());
        let case = self.case(id);
        if let Some(row) = case.rows.iter().find(|r| r.entry.hash() == Some(checked.hash)) {
            return Outcome::Known { hash: checked.hash, sequence: row.sequence, verdict: row.verdict.clone() };
        }
        let tip = case.tips.get(&actor).copied().unwrap_or_else(|| ChainTip::start(id));
        let tip = match place(&checked, &tip) {
            Ok(tip) => tip,
            Err(refusal) if refusal.is_waiting() => return Outcome::Waiting { next_seq: tip.seq + 1 },
            Err(refusal) => {
                self.quarantine.push(bytes.to_vec());
                return Outcome::Refused { code: refusal.code().into(), quarantine: self.quarantine.len() as i64 };
            }
        };
        if refuse.is_some_and(|t| format!("{:?}", checked.fact).contains(&t)) {
            self.quarantine.push(bytes.to_vec());
            return Outcome::Refused { code: "value_size".into(), quarantine: self.quarantine.len() as i64 };
        }
        if let Some((_, until)) = defer.filter(|(t, _)| format!("{:?}", checked.fact).contains(t)) {
            return Outcome::Deferred { until, code: "records".into() };
        }
        let token_at = TimeToken::from_bytes(token).map(|t| t.issued_at);
        let fact = match Fact::read(checked.fact.clone()) {
            Ok(fact) => fact,
            Err(why) => {
                let verdict = judge(&case.standing, Err(&why), &Arrival::new(&person.id, now, token_at, skew), Prior::None);
                self.case(id).tips.insert(actor, tip);
                let (hash, seq, author) = (checked.hash, checked.seq, Author { device, person: person.id.clone() });
                let entry = Entry::Change { bytes: checked.raw.into(), hash, actor, seq, author };
                let sequence = self.append(id, entry, verdict.clone(), None);
                return Outcome::Accepted { hash, sequence, verdict };
            }
        };
        let mut arrival = Arrival::new(&person.id, now, token_at, skew);
        let wanted = references(&fact);
        let find = |id: Option<FactId>| id.and_then(|id| case.facts.get(&id)).map(|f| f.0.clone());
        (arrival.amends, arrival.named) = (find(wanted.amends), find(wanted.named));
        let prior = match case.facts.get(&fact.id) {
            None => Prior::None,
            Some((_, digest, verdict)) if *digest == content_digest(&fact) => Prior::Same(verdict.clone()),
            Some(_) => Prior::Different,
        };
        let founding = founder(&case.standing, &fact, person.role, None, &arrival);
        if let Some(entry) = founding {
            self.append(id, Entry::Roster(entry), Verdict::row(now), None);
        }
        let case = self.case(id);
        let verdict = judge(&case.standing, Ok(&fact), &arrival, prior);
        case.tips.insert(actor, tip);
        let (hash, seq) = (checked.hash, checked.seq);
        let author = Author { device, person: person.id.clone() };
        let entry = Entry::Change { bytes: checked.raw.into(), hash, actor, seq, author };
        let sequence = self.append(id, entry, verdict.clone(), Some(&fact));
        Outcome::Accepted { hash, sequence, verdict }
    }

    /// Rewrites history without being restored: what no server may do.
    pub fn rewrite(&mut self, id: CaseId, row: usize) {
        let case = self.cases.get_mut(&id).unwrap();
        let mut chain = Row::chain_start(id);
        for (i, r) in case.rows.iter_mut().enumerate() {
            let mut verdict = r.verdict.clone();
            if i == row {
                verdict.clock_doubtful = !verdict.clock_doubtful;
            }
            *r = Row::next(id, r.sequence, chain, r.entry.clone(), r.received_at, verdict);
            chain = r.chain;
        }
    }
}
