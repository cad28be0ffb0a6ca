//! Plays a schedule: a town of twelve phones, the operations one after the other, then everything heals and is checked.

use super::{Op, Schedule, desk, field, leaver, malice};
use crate::phone::Kind;
use crate::world::town::{AGENT, CHIEF, LEAD, SPECIALISTS};
use crate::world::{Line, World, check, kept, settle, unmet};
use daiban_core::ids::{CaseId, FactId};
use daiban_server::planted::Bug;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a schedule came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Operations played.
    pub ops: u64,
    /// Facts in all cases at the end.
    pub facts: u64,
    /// Exchanges between phones and server.
    pub exchanges: u64,
    /// Most exchanges a phone needed after healing.
    pub round_trips_max: u32,
}

/// A schedule under way.
pub struct Play {
    /// The world.
    pub world: World,
    /// Frozen reports as they were when they were frozen, by week and group.
    pub frozen: BTreeMap<(String, String), Value>,
    /// Those of them that were sent back since.
    pub editions: Vec<((String, String), Value)>,
    /// Records that the server said were sent back.
    pub sent_back: Vec<(CaseId, FactId)>,
}

/// Days on which something is about to happen: spring festival, national day, the end of the published year, an ordinary week.
const MORNINGS: [&str; 4] = ["2026-02-09", "2026-09-28", "2026-12-21", "2026-11-23"];

/// Plays a schedule against a server with these bugs. `Err` says what was violated.
pub fn play(schedule: &Schedule, bugs: &[Bug]) -> Result<Figures, String> {
    let morning = MORNINGS[(schedule.seed % MORNINGS.len() as u64) as usize];
    let world = World::new(Line::InProcess, schedule.seed, morning, bugs);
    let mut play = Play { world, frozen: BTreeMap::new(), editions: Vec::new(), sent_back: Vec::new() };
    town(&mut play.world);
    for (at, op) in schedule.ops.iter().enumerate() {
        step(&mut play, op);
        if let Some(wrong) = play.world.ledger.wrong.first() {
            return Err(format!("operation {at} {op:?}: {wrong}"));
        }
    }
    let round_trips_max = settle(&mut play.world)?;
    let facts = check(&mut play.world)?;
    unmet(&play.world, &play.sent_back)?;
    desk::still_frozen(&mut play)?;
    Ok(Figures { ops: schedule.ops.len() as u64, facts, exchanges: play.world.ledger.exchanges, round_trips_max })
}

fn step(play: &mut Play, op: &Op) {
    let world = &mut play.world;
    match op {
        Op::GoOffline { phone } => world.phone_mut(*phone).online = false,
        Op::GoOnline { phone } => world.phone_mut(*phone).online = true,
        Op::AdvanceHours { hours } => world.advance(i64::from(*hours) * 3600),
        Op::JumpClock { phone, minutes } => world.phone_mut(*phone).skew = i64::from(*minutes) * 60,
        Op::Sync { phone, fates } => {
            let no = world.phone_no(*phone);
            world.sync(no, fates);
        }
        Op::DuplicateDelivery { phone } => field::duplicate(world, *phone),
        Op::DeliverHeld => world.network.deliver_held(&mut world.server, &mut world.ledger),
        Op::CrashServer { phone, death } => {
            let no = world.phone_no(*phone);
            world.server.arm(*death);
            world.sync(no, &[]);
            world.server.crash(*death);
            if let Err(lost) = kept(world) {
                world.ledger.wrong.push(format!("after the server died: {lost}"));
            }
        }
        Op::CrashPhone { phone } => world.phone_mut(*phone).crash(),
        Op::BackUpPhone { phone } => world.phone_mut(*phone).back_up(),
        Op::RestorePhoneBackup { phone } => {
            world.phone_mut(*phone).restore();
        }
        Op::RefusedFromMidOutbox { phone, tamper } => malice::tampered(world, *phone, *tamper),
        Op::Hostile { phone, case, attack } => malice::attacked(world, *phone, *case, *attack),
        Op::Leave { phone, succeeds } => leaver::leave(world, *phone, *succeeds),
        Op::CarryBundle { from, by } => field::carry(world, *from, *by),
        Op::Reassign { .. }
        | Op::RuleLate { .. }
        | Op::SendBack { .. }
        | Op::ReturnReport { .. }
        | Op::Adopt
        | Op::ConfirmReport { .. }
        | Op::ConfirmUnread { .. }
        | Op::SendReport
        | Op::ImportEdition { .. }
        | Op::Night => desk::act(play, op),
        recording => field::record(world, recording),
    }
}

/// Twelve people with phones, three cases that began offline, a team on each, and a letter for the first.
fn town(world: &mut World) {
    world.settle_people();
    for no in 0..3 {
        let agents = [1, 2].map(|next| AGENT + (no + next) % 6);
        let team: Vec<usize> = [CHIEF, LEAD].into_iter().chain(SPECIALISTS).chain(agents).collect();
        world.open_case(AGENT + no, &team);
    }
    let first = world.cases[0];
    world.record(CHIEF, first, Kind::Letter(3));
    world.sync_well(CHIEF);
}
