//! A phone made of a key and chain tips.

use axum::body::Bytes;
use daiban_core::doc::{ChainTip, compose};
use daiban_core::fact::kinds::{CaseOpened, Channel, WorkLog};
use daiban_core::fact::{Body, Fact};
use daiban_core::ids::{ActorId, CaseId, DeviceId, FactId, PersonId, UnitId};
use daiban_core::sync::enrol::{Enrolling, Invitation};
use daiban_core::sync::wire::{Batch, Outcome, Place, SyncAnswer, SyncRequest};
use daiban_core::sync::{RequestSignature, Signer, SoftwareKey, Statement, pack, unpack};
use daiban_server::app::App;
use daiban_server::auth::device;
use daiban_server::auth::enrol;
use daiban_server::error::Problem;
use daiban_server::sync::round;
use std::collections::HashMap;
use std::sync::Arc;

/// The agent of the demo who has no phone yet.
const PERSON: &str = "wang";
const UNIT: &str = "fengrong";

pub struct Phone {
    key: SoftwareKey,
    counter: u64,
    tips: HashMap<CaseId, ChainTip>,
    token: Vec<u8>,
    /// The last request as it was sent.
    body: Vec<u8>,
}

impl Phone {
    pub async fn enrolled(app: &Arc<App>) -> Phone {
        let key = SoftwareKey::from_secret(&[9; 32]);
        let (at, person) = (app.clone(), PersonId::from(PERSON));
        let code = app.db.write(move |tx| enrol::invite(tx, &at, &person)).await.unwrap();
        let mut phone = Enrolling::new(&key, Invitation::parse(&code).unwrap(), "纸上的手机", [7; 32]);
        let challenge = enrol::begin(app, None, phone.begin()).await.unwrap();
        let number = enrol::enrol(app, None, phone.open(&key, &challenge).unwrap()).await.unwrap().confirmation;
        let device = DeviceId::of(&key.public_key());
        app.db.write(move |tx| enrol::confirm(tx, device, &number)).await.unwrap();
        Phone { key, counter: 0, tips: HashMap::new(), token: Vec::new(), body: Vec::new() }
    }

    pub fn opening(title: &str) -> Body {
        Body::CaseOpened(CaseOpened {
            title: title.into(),
            enterprise: "某某食品有限公司".into(),
            location: UnitId::from(UNIT),
            investment_10k_yuan: Some(12_000),
            decision: None,
            benefit: None,
            needs: None,
            contact: None,
        })
    }

    pub fn log(text: &str) -> Body {
        let (channel, text) = (Channel::OnSite, text.into());
        Body::WorkLog(WorkLog { text, channel, item: None, place: None, next_step: None, minutes: None, met: None })
    }

    /// Sends facts as the next changes of this phone's chain in a case.
    pub async fn send(&mut self, app: &Arc<App>, case: CaseId, facts: Vec<(u8, Body)>) -> SyncAnswer {
        let now = app.now();
        let actor = ActorId::derive(&self.key.public_key(), case, 0);
        let tip = self.tips.entry(case).or_insert_with(|| ChainTip::start(case));
        let changes = facts.into_iter().map(|(id, body)| {
            let mut fact_id = case.0;
            fact_id[15] = id;
            let (id, by, unit) = (FactId(fact_id), PersonId::from(PERSON), UnitId::from(UNIT));
            let fact = Fact { id, by, unit, occurred_at: now - 600, recorded_at: now - 600, amends: None, body };
            let composed = compose(actor, tip, &fact.node(), now);
            *tip = composed.tip;
            composed.bytes.into()
        });
        let changes = changes.collect();
        let device = DeviceId::of(&self.key.public_key());
        let token = self.token.clone();
        let statement = Statement { device, epoch: 0, case, tip_seq: tip.seq, tip_hash: tip.hash, token };
        let signature = statement.sign(&self.key).into();
        let request = SyncRequest {
            nothing_unsent: false,
            unsent: 0,
            token: (!self.token.is_empty()).then(|| self.token.clone().into()),
            phone_now: now,
            kinds_version: daiban_core::fact::table::KINDS_VERSION,
            calendar: "none".into(),
            policy: 1,
            pack: None,
            batches: vec![Batch { case, epoch: 0, changes, signature, keys: Vec::new() }],
            carried: Vec::new(),
            page_bytes: None,
            holds_own: false,
            names: None,
            place: Place::Cursors(Vec::new()),
        };
        self.counter += 1;
        self.body = pack(&request);
        let answer = self.again(app).await.unwrap();
        self.token = answer.token.to_vec();
        answer
    }

    /// Sends the last request once more, as a phone does that lost the answer.
    pub async fn again(&self, app: &Arc<App>) -> Result<SyncAnswer, Problem> {
        let signed = RequestSignature::sign(&self.key, self.counter, "POST", "/v1/sync", &self.body);
        let asking = device::asking(app, signed, "/v1/sync").await?;
        let answer = round(app.clone(), asking, Bytes::from(self.body.clone())).await?;
        Ok(unpack(&answer, 4 * 1024 * 1024).unwrap())
    }
}

/// What became of the changes of a round.
pub fn names(answer: &SyncAnswer) -> Vec<String> {
    let name = |outcome: &Outcome| match outcome {
        Outcome::Accepted { sequence, verdict, .. } => format!("{sequence} {}", verdict.code.name()),
        Outcome::Known { sequence, .. } => format!("known {sequence}"),
        Outcome::Refused { code, .. } => code.clone(),
        Outcome::Deferred { code, .. } => format!("deferred {code}"),
        Outcome::Blocked => "blocked".into(),
        Outcome::Waiting { next_seq } => format!("waiting for {next_seq}"),
    };
    answer.outcomes.iter().flat_map(|batch| batch.changes.iter().map(name)).collect()
}
