//! A server in this process and phones made of nothing but keys and chain tips.

mod access;
mod chain;
mod clock;
mod cost;
mod duties;
mod headers;
mod night;
mod recognise;
mod round;
mod time;
mod verify;

use super::round as sync_round;
use crate::app::App;
use crate::auth::{device, enrol};
use crate::clock::Clock;
use crate::config::{Config, Limits};
use crate::db::scratch::Scratch;
use crate::db::sql::directory::{self, Person};
use crate::error::Problem;
use crate::files::TempFolder;
use daiban_core::case::Cursor;
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::kinds::{CaseOpened, Channel, WorkLog};
use daiban_core::fact::{Body, Fact};
use daiban_core::ids::{ActorId, CaseId, DeviceId, FactId, PersonId, UnitId};
use daiban_core::people::Role;
use daiban_core::sync::enrol::{Answer, Enrolling, Invitation};
use daiban_core::sync::wire::{Batch, Outcome, Place, SyncAnswer, SyncRequest, editions_version};
use daiban_core::sync::{RequestSignature, Signer, SoftwareKey, Statement, pack, unpack};
use std::sync::Arc;

/// 2026-11-23 09:00 in Shanghai.
const NOW: i64 = 1_795_395_600;
const CASE: CaseId = CaseId([0xca; 16]);

struct World {
    app: Arc<App>,
    _folder: TempFolder,
    _database: Option<Scratch>,
}

impl World {
    fn new() -> World {
        World::limited(Limits::default())
    }

    fn limited(limits: Limits) -> World {
        let folder = TempFolder::new("sync");
        let database = Scratch::new();
        let config = Config { database: database.as_ref().map(Scratch::url), limits, ..Config::local(folder.path()) };
        let app = App::open(config, Clock::moved(NOW)).unwrap();
        World { app, _folder: folder, _database: database }
    }

    fn person(&self, id: &str, role: Role) -> PersonId {
        let person = Person {
            id: PersonId::from(id),
            name: id.into(),
            unit: UnitId::from("commerce"),
            role,
            group: None,
            phone: None,
            joined_at: NOW,
            left_at: None,
        };
        self.app.db.write_blocking(move |tx| directory::put_person(tx, &person)).unwrap();
        PersonId::from(id)
    }

    /// Enrols as a phone does, up to the office's confirmation.
    async fn pending(&self, person: &PersonId, seed: u8) -> (Phone, String) {
        let (app, who) = (self.app.clone(), person.clone());
        let code = self.app.db.write(move |tx| enrol::invite(tx, &app, &who)).await.unwrap();
        let key = SoftwareKey::from_secret(&[seed; 32]);
        let answer = ask_in(&self.app, &key, &code, "纸上的手机").await.unwrap();
        assert_eq!(answer.person.id, *person);
        (Phone { key, person: person.clone(), counter: 0, token: None }, answer.confirmation)
    }

    async fn phone(&self, name: &str, seed: u8) -> Phone {
        let person = self.person(name, Role::UnitAgent);
        let (phone, number) = self.pending(&person, seed).await;
        let device = phone.device();
        self.app.db.write(move |tx| enrol::confirm(tx, device, &number)).await.unwrap();
        phone
    }
}

/// A request as it comes through the door.
async fn ask(world: &World, signed: RequestSignature, body: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let asking = device::asking(&world.app, signed, "/v1/sync").await?;
    asking.covers(&body)?;
    sync_round(world.app.clone(), asking, body.into()).await
}

/// Both requests of an enrolment, as a phone makes them.
async fn ask_in(app: &Arc<App>, key: &SoftwareKey, invitation: &str, model: &str) -> Result<Answer, Problem> {
    let mut phone = Enrolling::new(key, Invitation::parse(invitation).unwrap(), model, crate::random::bytes());
    let challenge = enrol::begin(app, None, phone.begin()).await?;
    let answer = enrol::enrol(app, None, phone.open(key, &challenge).unwrap()).await?;
    assert_eq!(phone.check(&answer), Ok(app.public_key()));
    Ok(answer)
}

struct Phone {
    key: SoftwareKey,
    person: PersonId,
    counter: u64,
    token: Option<Vec<u8>>,
}

impl Phone {
    fn device(&self) -> DeviceId {
        DeviceId::of(&self.key.public_key())
    }

    fn actor(&self, case: CaseId) -> ActorId {
        ActorId::derive(&self.key.public_key(), case, 0)
    }

    fn fact(&self, id: u8, body: Body) -> Fact {
        let (by, unit) = (self.person.clone(), UnitId::from("commerce"));
        Fact { id: FactId([id; 16]), by, unit, occurred_at: NOW - 600, recorded_at: NOW - 600, amends: None, body }
    }

    fn opening(&self, id: u8) -> Fact {
        self.fact(
            id,
            Body::CaseOpened(CaseOpened {
                title: "食品加工项目".into(),
                enterprise: "某某食品有限公司".into(),
                location: UnitId::from("fengrong"),
                investment_10k_yuan: Some(12_000),
                decision: None,
                benefit: None,
                needs: None,
                contact: None,
            }),
        )
    }

    fn log(&self, id: u8, text: &str) -> Fact {
        let log = WorkLog {
            text: text.into(),
            channel: Channel::OnSite,
            item: None,
            place: None,
            next_step: None,
            minutes: None,
            met: None,
        };
        self.fact(id, Body::WorkLog(log))
    }

    /// Composes facts as the next changes of this phone's chain.
    fn compose(&self, case: CaseId, tip: &mut ChainTip, facts: &[Fact]) -> Vec<Vec<u8>> {
        let one = |fact: &Fact| {
            let composed = compose(self.actor(case), tip, &fact.node(), NOW);
            *tip = composed.tip;
            composed.bytes
        };
        facts.iter().map(one).collect()
    }

    /// Signs a batch over whatever `tip` says.
    fn batch(&self, case: CaseId, tip: ChainTip, changes: Vec<Vec<u8>>) -> Batch {
        let token = self.token.clone().unwrap_or_default();
        let statement = Statement { device: self.device(), epoch: 0, case, tip_seq: tip.seq, tip_hash: tip.hash, token };
        let changes = changes.into_iter().map(Into::into).collect();
        Batch { case, epoch: 0, changes, signature: statement.sign(&self.key).into(), keys: Vec::new() }
    }

    fn request(&self, batches: Vec<Batch>, cursors: Vec<(CaseId, Cursor)>) -> SyncRequest {
        SyncRequest {
            nothing_unsent: false,
            unsent: 0,
            token: self.token.clone().map(Into::into),
            phone_now: NOW,
            kinds_version: daiban_core::fact::table::KINDS_VERSION,
            calendar: editions_version(&daiban_core::calendar::Calendar::builtin(), 0),
            pack: None,
            policy: 1,
            batches,
            carried: Vec::new(),
            page_bytes: None,
            holds_own: false,
            names: None,
            place: Place::Cursors(cursors),
        }
    }

    async fn post(&self, world: &World, counter: u64, body: Vec<u8>) -> Result<SyncAnswer, Problem> {
        let signed = RequestSignature::sign(&self.key, counter, "POST", "/v1/sync", &body);
        let answer = ask(world, signed, body).await?;
        Ok(unpack(&answer, 4 * 1024 * 1024).unwrap())
    }

    async fn send(&mut self, world: &World, request: &SyncRequest) -> Result<SyncAnswer, Problem> {
        self.counter += 1;
        self.post(world, self.counter, pack(request)).await
    }

    async fn sync(&mut self, world: &World, batches: Vec<Batch>, cursors: Vec<(CaseId, Cursor)>) -> SyncAnswer {
        let request = self.request(batches, cursors);
        let answer = self.send(world, &request).await.unwrap();
        self.token = Some(answer.token.to_vec());
        answer
    }
}

fn names(answer: &SyncAnswer) -> Vec<String> {
    let name = |outcome: &Outcome| match outcome {
        Outcome::Accepted { sequence, verdict, .. } => format!("{sequence} {}", verdict.code.name()),
        Outcome::Known { sequence, .. } => format!("known {sequence}"),
        Outcome::Refused { code, .. } => code.clone(),
        Outcome::Deferred { code, .. } => format!("deferred {code}"),
        Outcome::Blocked => "blocked".into(),
        Outcome::Waiting { next_seq } => format!("waiting for {next_seq}"),
    };
    answer.outcomes.iter().chain(&answer.carried).flat_map(|batch| batch.changes.iter().map(name)).collect()
}

fn end(answer: &SyncAnswer) -> (CaseId, Cursor) {
    let page = answer.cases.first().unwrap();
    let last = page.rows.last().unwrap();
    (page.case, Cursor { server_epoch: answer.server_epoch, sequence: last.sequence, chain: last.chain })
}
