//! A phone: the shipped engine over a store in memory, with its own idea of the time. It can die, be copied and be put back.

mod draft;

pub use draft::{Drafter, ENTERPRISE, FOREIGN_AGENT, FOREIGN_ENTERPRISE, Kind};

use crate::random::SeededRandom;
use daiban_core::agent::{Agent, AgentError, Draft, Recorded};
use daiban_core::case::RawRow;
use daiban_core::fact::Body;
use daiban_core::ids::{CaseId, DeviceId, FactId, PersonId, UnitId};
use daiban_core::people::{Group, Role};
use daiban_core::store::{Batch, MemoryStore, Namespace, Store};
use daiban_core::sync::session::HttpRequest;
use daiban_core::sync::{Signer, SoftwareKey};

/// Who carries a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The unit.
    pub unit: UnitId,
    /// The role.
    pub role: Role,
    /// The group of a specialist.
    pub group: Option<Group>,
}

/// A record made on this phone, as the test remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// The case.
    pub case: CaseId,
    /// The record.
    pub fact: FactId,
}

/// One phone.
pub struct Phone {
    /// Who carries it.
    pub holder: Holder,
    /// How far its clock is ahead, seconds.
    pub skew: i64,
    /// Whether it has a network.
    pub online: bool,
    /// What was recorded on it and should be on it: work after a backup goes with the phone when it is put back.
    pub own: Vec<Own>,
    /// Its last request, as the network saw it.
    pub last_request: Option<HttpRequest>,
    key: SoftwareKey,
    store: MemoryStore,
    agent: Agent,
    random: SeededRandom,
    backup: Option<(MemoryStore, Vec<Own>)>,
}

impl Phone {
    /// A new phone out of the box.
    pub fn new(holder: Holder, mut random: SeededRandom) -> Phone {
        let key = SoftwareKey::from_secret(&random.bytes());
        let store = MemoryStore::new();
        let agent = open(&store, &key, &mut random);
        Phone { holder, skew: 0, online: true, own: Vec::new(), last_request: None, key, store, agent, random, backup: None }
    }

    /// What its clock says when it is `now` everywhere else.
    pub fn clock(&self, now: i64) -> i64 {
        (now + self.skew).max(1)
    }

    /// The engine.
    pub fn agent(&self) -> &Agent {
        &self.agent
    }

    /// The engine, to be worked.
    pub fn agent_mut(&mut self) -> &mut Agent {
        &mut self.agent
    }

    /// The private key, for requests no honest phone makes.
    pub fn key(&self) -> &SoftwareKey {
        &self.key
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        DeviceId::of(&self.key.public_key())
    }

    /// Records something; `now` is the true time.
    pub fn record(
        &mut self,
        case: CaseId,
        occurred_at: i64,
        amends: Option<FactId>,
        body: Body,
        now: i64,
    ) -> Result<Recorded, AgentError> {
        let clock = self.clock(now);
        let recorded = self.agent.record(case, Draft { occurred_at, amends, body }, clock)?;
        self.own.push(Own { case, fact: recorded.fact });
        Ok(recorded)
    }

    /// Opens a case from a lead; `now` is the true time.
    pub fn open_case(&mut self, opened: daiban_core::fact::kinds::CaseOpened, now: i64) -> Result<Recorded, AgentError> {
        let clock = self.clock(now);
        let recorded = self.agent.open_case(opened, clock, clock)?;
        self.own.push(Own { case: recorded.case, fact: recorded.fact });
        Ok(recorded)
    }

    /// The app dies and is opened again: what is not in the store is gone.
    pub fn crash(&mut self) {
        self.agent = open(&self.store, &self.key, &mut self.random);
    }

    /// Puts the store into the form that an app of protocol 2 left: its rows as they were understood, its glances of an older version.
    pub fn go_back_to_protocol_2(&mut self) {
        let mut batch = Batch::default();
        for (key, value) in self.store.load(Namespace::Row).expect("a store in memory reads") {
            let raw: RawRow = ciborium::from_reader(&value[..]).expect("a stored row");
            let mut old = Vec::new();
            ciborium::into_writer(&raw.read(), &mut old).expect("memory takes every byte");
            batch.put(Namespace::Row, key, old);
        }
        for (key, _) in self.store.load(Namespace::CaseDigest).expect("a store in memory reads") {
            batch.put(Namespace::CaseDigest, key, vec![1]);
        }
        self.store.commit(&batch, &mut |_| ()).expect("a store in memory takes everything");
        self.crash();
    }

    /// Puts a copy of the phone away.
    pub fn back_up(&mut self) {
        self.backup = Some((self.store.backup(), self.own.clone()));
    }

    /// Goes back to the copy, if there is one. The key stays: it is in the phone's key store.
    pub fn restore(&mut self) -> bool {
        let Some((store, own)) = &self.backup else { return false };
        self.store = store.backup();
        self.own.clone_from(own);
        self.crash();
        true
    }
}

fn open(store: &MemoryStore, key: &SoftwareKey, random: &mut SeededRandom) -> Agent {
    let mut chance = SeededRandom::new(u64::from_be_bytes(random.bytes()));
    let entropy = Box::new(move |out: &mut [u8]| chance.fill(out));
    Agent::open(Box::new(store.clone()), Box::new(key.clone()), entropy).expect("a store in memory opens")
}
