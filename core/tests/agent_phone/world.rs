//! A phone and what tests do with it.

use super::office::Office;
use daiban_core::agent::{Agent, AgentError, Draft, HostEntropy, RecordState};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{CaseOpened, ProblemRaised};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::{Group, Role};
use daiban_core::store::{Batch, Entropy, MemoryStore, Namespace, Store, StoreError};
use daiban_core::sync::SoftwareKey;
use daiban_core::sync::session::{Event, Step};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};

pub const NOW: i64 = 1_795_392_000;

/// A store whose n-th save fails: before anything was written, or after everything was.
#[derive(Clone)]
pub struct Frail {
    pub inner: MemoryStore,
    pub saves: Arc<AtomicUsize>,
    pub fails_at: usize,
    pub after: bool,
}

impl Frail {
    pub fn sound(inner: MemoryStore) -> Frail {
        Frail { inner, saves: Arc::default(), fails_at: usize::MAX, after: false }
    }
}

impl Store for Frail {
    fn load(&self, namespace: Namespace) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.inner.load(namespace)
    }

    fn load_under(&self, namespace: Namespace, prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.inner.load_under(namespace, prefix)
    }

    fn commit(&mut self, batch: &Batch, entropy: Entropy<'_>) -> Result<(), StoreError> {
        let failing = self.saves.fetch_add(1, SeqCst) == self.fails_at;
        if !failing || self.after {
            self.inner.commit(batch, entropy)?;
        }
        if failing { Err(StoreError::Full) } else { Ok(()) }
    }
}

pub fn key(n: u8) -> SoftwareKey {
    SoftwareKey::from_secret(&[n; 32])
}

pub fn entropy() -> HostEntropy {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    Box::new(|bytes| {
        for chunk in bytes.chunks_mut(8) {
            let n = DRAWN.fetch_add(0x9e37_79b9_7f4a_7c15, SeqCst).to_be_bytes();
            chunk.copy_from_slice(&n[..chunk.len()]);
        }
    })
}

pub fn open(store: Frail, n: u8) -> Agent {
    Agent::open(Box::new(store), Box::new(key(n)), entropy()).unwrap()
}

/// An enrolled phone of `person`.
pub fn phone(office: &mut Office, person: &str, n: u8) -> (Agent, MemoryStore) {
    let store = MemoryStore::new();
    let mut agent = open(Frail::sound(store.clone()), n);
    let (mut enrolling, _) = agent.enrol_request("ab12-cd34", "测试机").unwrap();
    let proof = agent.enrol_proof(&mut enrolling, 200, &office.challenge()).unwrap();
    agent.enrolled(&enrolling, 200, &office.enrol(&proof, person)).unwrap();
    (agent, store)
}

/// A case with `people` on it.
pub fn case(office: &mut Office, n: u8, people: &[&str]) -> CaseId {
    let case = CaseId([n; 16]);
    people.iter().for_each(|p| office.roster(case, p, Role::UnitAgent, None));
    case
}

pub fn problem(text: &str) -> Draft {
    let body = ProblemRaised { text: text.into(), group: Group::Planning, units_needed: vec![], suggestion: None };
    Draft { occurred_at: NOW, amends: None, body: Body::ProblemRaised(body) }
}

pub fn opened(title: &str) -> CaseOpened {
    CaseOpened {
        title: title.into(),
        enterprise: "某某实业".into(),
        location: "fengrong".into(),
        investment_10k_yuan: Some(20_000),
        decision: None,
        benefit: None,
        needs: None,
        contact: None,
    }
}

pub fn record(agent: &mut Agent, case: CaseId, text: &str, now: i64) -> FactId {
    agent.record(case, problem(text), now).unwrap().fact
}

/// Carries bytes to and fro until the phone has nothing more to ask.
pub fn exchange(agent: &mut Agent, office: &mut Office, mut step: Step, now: i64) -> Result<Vec<Event>, AgentError> {
    let mut shown = Vec::new();
    for _ in 0..200 {
        shown.append(&mut step.show);
        let Some(request) = step.send else { return Ok(shown) };
        let (status, body) = office.post(&request);
        step = agent.receive(status, &body, now)?;
        agent.agrees(now).unwrap();
    }
    panic!("the phone asks for ever");
}

pub fn sync(agent: &mut Agent, office: &mut Office) -> Vec<Event> {
    let now = office.now;
    let step = agent.begin_sync(now).unwrap();
    exchange(agent, office, step, now).unwrap()
}

pub fn state(agent: &Agent, fact: FactId) -> RecordState {
    agent.records(None, NOW).into_iter().find(|r| r.fact == fact).map(|r| r.state).expect("every record is in a state")
}

/// Texts of the problems in a case, in the order of its rows.
pub fn texts(agent: &Agent, case: CaseId) -> Vec<String> {
    let view = agent.case(case, NOW).unwrap();
    let text = |body: &Body| match body {
        Body::ProblemRaised(b) => Some(b.text.clone()),
        _ => None,
    };
    view.facts.iter().filter_map(|f| text(&f.whole()?.body)).collect()
}

pub fn judged(agent: &Agent, fact: FactId) -> bool {
    matches!(state(agent, fact), RecordState::Judged { .. })
}
