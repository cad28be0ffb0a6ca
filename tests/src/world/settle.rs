//! The healed phase: no more faults, and everything must come to rest by itself.

use super::{ROUND_TRIPS_MAX, World};
use daiban_core::agent::RecordState;

/// Syncs all phones with a clean network until nobody has anything to say; gives the most exchanges that one phone needed.
///
/// Every phone must settle within [`ROUND_TRIPS_MAX`] exchanges, over both rounds together.
pub fn settle(world: &mut World) -> Result<u32, String> {
    world.network.deliver_held(&mut world.server, &mut world.ledger);
    world.server.restart();
    for phone in &mut world.phones {
        phone.online = true;
    }
    let mut spent = vec![0; world.phones.len()];
    // First everybody brings, then everybody fetches what the others brought.
    for round in ["brings", "fetches"] {
        for (phone, spent) in spent.iter_mut().enumerate() {
            bring_and_fetch(world, phone, spent).map_err(|why| format!("phone {phone} {round}: {why}"))?;
        }
    }
    if let Some(wrong) = world.ledger.wrong.first() {
        return Err(format!("while healing: {wrong}"));
    }
    Ok(spent.into_iter().max().unwrap_or(0))
}

fn bring_and_fetch(world: &mut World, phone: usize, spent: &mut u32) -> Result<(), String> {
    loop {
        let synced = world.sync(phone, &[]);
        *spent += synced.round_trips;
        if let Some(error) = synced.failed {
            // A request may still be in the air that is not the one answered; the next one is a fresh one.
            if *spent >= ROUND_TRIPS_MAX {
                return Err(format!("a healed sync fails: {error} ({})", error.code()));
            }
            world.advance(61);
            continue;
        }
        if synced.cut {
            return Err("a healed network gives no answer".into());
        }
        if *spent > ROUND_TRIPS_MAX {
            return Err(format!("does not settle within {ROUND_TRIPS_MAX} round trips"));
        }
        let now = world.now();
        let local = |state: &RecordState| matches!(state, RecordState::Local { .. });
        if !world.phones[phone].agent().records(None, now).iter().any(|r| local(&r.state)) {
            return Ok(());
        }
    }
}
