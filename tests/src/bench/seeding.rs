//! The state before the night: enrolled devices and cases with a history, written through the server's own ledger.

use super::workload::{Offline, STAFF, Sizes, Workload};
use daiban_core::admit::check;
use daiban_core::case::Cursor;
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::Fact;
use daiban_core::ids::{ActorId, CaseId, DeviceId, PersonId, UnitId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::sync::{Signer, SoftwareKey, TimeToken};
use daiban_server::app::App;
use daiban_server::db::sql::actors::{self, Actor};
use daiban_server::db::sql::cases;
use daiban_server::db::sql::devices::{self, Device, DeviceState};
use daiban_server::db::sql::directory::{self, Person};
use daiban_server::db::{DbError, Transaction};
use daiban_server::ledger::{CaseLog, Ready, Sent, Vouched, append_change};
use daiban_server::planted::Planted;
use std::error::Error;

/// A device as it stands before the night.
pub struct Prepared {
    /// Its key.
    pub key: SoftwareKey,
    /// Its time token, each of another second.
    pub token: Vec<u8>,
    /// Its cases and how far it holds them.
    pub cursors: Vec<(CaseId, Cursor)>,
    /// What it did offline, in the same order.
    pub facts: [Vec<Fact>; 2],
}

/// Fills a data folder; `progress` hears how many cases are done.
pub fn seed(app: &App, sizes: Sizes, progress: impl Fn(usize)) -> Result<Vec<Prepared>, Box<dyn Error>> {
    let now = app.now();
    let mut workload = Workload::new(sizes, now);
    let plans: Vec<Offline> = (0..sizes.devices).map(|d| workload.offline(d)).collect();
    people(app, sizes, now)?;
    let mut members: Vec<Vec<PersonId>> = vec![Vec::new(); sizes.cases];
    for (d, plan) in plans.iter().enumerate() {
        plan.cases.iter().for_each(|c| members[*c].push(Workload::agent(d)));
    }
    for (number, agents) in members.into_iter().enumerate() {
        let facts = workload.history();
        app.db.write_blocking(move |tx| case(tx, number, &facts, &agents, now))?;
        progress(number + 1);
    }
    plans.into_iter().enumerate().map(|(d, plan)| device(app, d, plan, now)).collect()
}

fn device(app: &App, number: usize, plan: Offline, now: i64) -> Result<Prepared, Box<dyn Error>> {
    let mut cursors = Vec::new();
    for case in plan.cases {
        let head = app.db.read(|conn| cases::find(conn, Workload::case(case)))?.ok_or("no such case")?;
        cursors.push((head.id, Cursor { server_epoch: app.epoch, sequence: head.sequence, chain: head.chain }));
    }
    let token = TimeToken::issue(app.epoch, now - 12 * 3600 - number as i64, &app.key).to_bytes();
    Ok(Prepared { key: agent_key(number), token, cursors, facts: plan.facts })
}

fn agent_key(number: usize) -> SoftwareKey {
    secret(1, number)
}

fn secret(sort: u8, number: usize) -> SoftwareKey {
    let mut secret = [sort; 32];
    secret[24..].copy_from_slice(&(number as u64).to_be_bytes());
    SoftwareKey::from_secret(&secret)
}

fn people(app: &App, sizes: Sizes, now: i64) -> Result<(), Box<dyn Error>> {
    let mut all: Vec<(PersonId, SoftwareKey)> = (0..STAFF).map(|s| (Workload::staff(s), secret(2, s))).collect();
    all.extend((0..sizes.devices).map(|d| (Workload::agent(d), agent_key(d))));
    app.db.write_blocking(move |tx| -> Result<(), DbError> {
        for (person, key) in &all {
            directory::put_person(tx, &entry(person, now))?;
            let public_key = key.public_key();
            let device = Device {
                id: DeviceId::of(&public_key),
                person: person.clone(),
                public_key,
                model: "bench".into(),
                state: DeviceState::Active,
                confirmation: "000000".into(),
                enrolled_at: now,
                counter: 0,
                seen_at: None,
                unsent: None,
                floor: None,
            };
            devices::insert(tx, &device)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn entry(person: &PersonId, now: i64) -> Person {
    Person {
        id: person.clone(),
        name: person.0.clone(),
        unit: UnitId::from("commerce"),
        role: Role::UnitAgent,
        group: None,
        phone: None,
        joined_at: now,
        left_at: None,
    }
}

fn case(tx: &Transaction<'_>, number: usize, facts: &[Fact], agents: &[PersonId], now: i64) -> Result<(), DbError> {
    let case = Workload::case(number);
    let began = now - 41 * 24 * 3600;
    let mut case_log = CaseLog::create(tx, case, began)?;
    let member =
        |person, role| RosterEntry { person, role, unit: UnitId::from("commerce"), group: None, from: began, until: None };
    for s in 0..STAFF {
        let role = if s == 0 { Role::ChiefAgent } else { Role::UnitAgent };
        case_log.append_member(tx, member(Workload::staff(s), role), began)?;
    }
    for agent in agents {
        case_log.append_member(tx, member(agent.clone(), Role::UnitAgent), began)?;
    }
    let mut chains: Vec<Actor> = (0..STAFF).map(|s| chain(s, case, case_log.no)).collect();
    for (i, fact) in facts.iter().enumerate() {
        let actor = &mut chains[i % STAFF];
        let composed = compose(actor.id, &actor.tip(), &fact.node(), fact.recorded_at);
        let checked = check(&composed.bytes, actor.id).map_err(|_| DbError::Corrupt("workload"))?;
        let received_at = fact.recorded_at + 3600;
        let sent = Sent {
            device: actor.device,
            person: actor.person.clone(),
            received_at,
            token: Vouched { token_at: Some(fact.recorded_at - 3600), ..Vouched::default() },
            skew_seconds: 0,
            commanded: false,
            numbers: daiban_core::rules::NumbersInForce::default(),
            planted: Planted::default(),
        };
        append_change(tx, &mut case_log, actor, &Ready::new(checked), &sent)?;
    }
    for actor in chains.iter().filter(|actor| actor.no != 0) {
        actors::advance(tx, actor)?;
    }
    case_log.close(tx)
}

fn chain(staff: usize, case: CaseId, case_no: i64) -> Actor {
    let key = secret(2, staff).public_key();
    let start = ChainTip::start(case);
    Actor {
        no: 0,
        id: ActorId::derive(&key, case, 0),
        case_no,
        device: DeviceId::of(&key),
        person: Workload::staff(staff),
        epoch: 0,
        seq: start.seq,
        hash: start.hash,
        max_op: start.max_op,
    }
}
