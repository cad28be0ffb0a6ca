//! What a phone's time tokens prove, and what they do not.

use super::*;
use daiban_core::case::Verdict;
use daiban_core::sync::TimeToken;
use daiban_core::sync::wire::CarriedBatch;

const DAY: i64 = 24 * 3600;

/// A phone with a case of its own.
struct Claimant {
    phone: Phone,
    tip: ChainTip,
    next: u8,
}

impl Claimant {
    async fn new(world: &World) -> Claimant {
        let mut phone = world.phone("zhang", 1).await;
        let mut tip = ChainTip::start(CASE);
        let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
        let answer = phone.sync(world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
        assert!(!verdict(&answer.outcomes[0].changes[0]).clock_doubtful, "a new device holds no token yet");
        Claimant { phone, tip, next: 2 }
    }

    /// Shows its newest token, and that nothing is unsent.
    async fn announce(&mut self, world: &World) {
        let request = SyncRequest { nothing_unsent: true, ..self.phone.request(vec![], vec![]) };
        let answer = self.phone.send(world, &request).await.unwrap();
        self.phone.token = Some(answer.token.to_vec());
    }

    /// Claims to have recorded something `before` seconds ago, under that token.
    async fn claim(&mut self, world: &World, before: i64, token: Option<Vec<u8>>) -> Verdict {
        let held = std::mem::replace(&mut self.phone.token, token);
        let fact = Fact { recorded_at: NOW - before, ..self.phone.log(self.next, "到企业了解情况") };
        self.next += 1;
        let changes = self.phone.compose(CASE, &mut self.tip, &[fact]);
        let request = self.phone.request(vec![self.phone.batch(CASE, self.tip, changes)], vec![]);
        let answer = self.phone.send(world, &request).await.unwrap();
        self.phone.token = held;
        verdict(&answer.outcomes[0].changes[0])
    }
}

fn verdict(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::Accepted { verdict, .. } => verdict.clone(),
        other => panic!("it is taken: {other:?}"),
    }
}

fn genuine(world: &World, at: i64) -> Option<Vec<u8>> {
    Some(TimeToken::issue(world.app.epoch, at, &world.app.key).to_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_token_backdates_nothing_once_one_was_shown() {
    let world = World::new();
    let mut zhang = Claimant::new(&world).await;
    assert!(!zhang.claim(&world, DAY, None).await.clock_doubtful, "it may have been recorded before the first sync");
    zhang.announce(&world).await;
    for days in [1, 10, 29] {
        let claimed = zhang.claim(&world, days * DAY, None).await;
        assert!(claimed.clock_doubtful && claimed.effective_at == NOW, "{days} d: {claimed:?}");
    }
    assert!(zhang.claim(&world, 0, None).await.clock_doubtful);
    let late = zhang.claim(&world, 31 * DAY, None).await;
    assert_eq!(late.reason, Some(daiban_core::case::Reason::TokenExpired));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_kept_back_and_a_strangers_token_are_doubtful() {
    let world = World::new();
    let mut zhang = Claimant::new(&world).await;
    let stranger = TimeToken::issue(world.app.epoch, NOW, &SoftwareKey::from_secret(&[77; 32])).to_bytes();
    assert!(zhang.claim(&world, 60, Some(stranger.clone())).await.clock_doubtful, "it proves nothing from the first round on");
    let old = genuine(&world, NOW - 20 * DAY);
    assert!(!zhang.claim(&world, 10 * DAY, old.clone()).await.clock_doubtful, "an honest backlog");
    zhang.announce(&world).await;
    let kept_back = zhang.claim(&world, 10 * DAY, old.clone()).await;
    assert!(kept_back.clock_doubtful && kept_back.effective_at == NOW, "{kept_back:?}");
    assert!(zhang.claim(&world, 10 * DAY, Some(stranger)).await.clock_doubtful);
    assert!(!zhang.claim(&world, 0, old).await.clock_doubtful, "a phone put back to a copy claims no more than it may");
    let fresh = genuine(&world, NOW);
    assert!(!zhang.claim(&world, 0, fresh).await.clock_doubtful);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_of_another_epoch_shows_nothing_of_this_one() {
    let world = World::new();
    let mut zhang = Claimant::new(&world).await;
    let before = TimeToken::issue(world.app.epoch + 1, NOW, &world.app.key).to_bytes();
    zhang.phone.token = Some(before);
    zhang.announce(&world).await;
    assert!(!zhang.claim(&world, DAY, None).await.clock_doubtful, "what a restore lost is sent again without a token");
    zhang.announce(&world).await;
    assert!(zhang.claim(&world, DAY, None).await.clock_doubtful);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_carried_is_held_against_its_authors_tokens() {
    let world = World::new();
    let mut zhang = Claimant::new(&world).await;
    let mut carrier = world.phone("li", 2).await;
    let old = genuine(&world, NOW - 20 * DAY).unwrap();
    zhang.announce(&world).await;
    let fact = Fact { recorded_at: NOW - 10 * DAY, ..zhang.phone.log(9, "由同事转交") };
    let changes = zhang.phone.compose(CASE, &mut zhang.tip, &[fact]);
    let (device, case, token) = (zhang.phone.device(), CASE, old);
    let statement = Statement { device, epoch: 0, case, tip_seq: zhang.tip.seq, tip_hash: zhang.tip.hash, token };
    let mut bytes = Vec::new();
    ciborium::into_writer(&statement, &mut bytes).unwrap();
    let carried = CarriedBatch {
        public_key: zhang.phone.key.public_key().to_vec(),
        statement: bytes.into(),
        signature: statement.sign(&zhang.phone.key).into(),
        changes: changes.into_iter().map(Into::into).collect(),
    };
    let request = SyncRequest { carried: vec![carried], ..carrier.request(vec![], vec![]) };
    let answer = carrier.send(&world, &request).await.unwrap();
    assert!(verdict(&answer.carried[0].changes[0]).clock_doubtful, "all it had was sent before, it said");
}
