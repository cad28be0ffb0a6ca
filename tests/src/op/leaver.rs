//! A unit agent leaves the service: a new colleague has the place, and what the old phone still holds comes in by the office's hand.

use super::{Op, PhoneNo};
use crate::office;
use crate::phone::{Holder, Own};
use crate::random::SeededRandom;
use crate::world::{Gone, World};
use daiban_core::agent::RecordState;
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::people::Role;
use daiban_core::sync::bundle;
use daiban_server::db::sql::members;
use serde_json::{Value, json};

/// Work that has not been sent when its author leaves, with a successor or without.
pub fn drawn(random: &mut SeededRandom, phone: PhoneNo, case: u8, ops: &mut Vec<Op>) {
    ops.push(Op::WriteLog { phone, case });
    if random.once_in(2) {
        ops.push(Op::Ask { phone, case });
    }
    ops.push(Op::Leave { phone, succeeds: random.once_in(2) });
}

/// Does it; only unit agents leave. The newcomer's phone takes the number of the old one.
pub fn leave(world: &mut World, phone: PhoneNo, succeeds: bool) {
    let no = world.phone_no(phone);
    let holder = world.phones[no].holder.clone();
    if holder.role != Role::UnitAgent {
        return;
    }
    let number = world.gone.len() + 1;
    let person = PersonId(format!("newcomer-{number}"));
    world.enrol(Holder { person: person.clone(), name: format!("新代办员{number}"), ..holder.clone() });
    if succeeds {
        for case in held(world, &holder.person) {
            let seated = office::assign(&mut world.server, case, &person);
            seated.expect("the office seats people");
        }
    }
    let unsent = unsent(world, no);
    let now = world.now();
    let file = world.phones[no].agent().bundle_export(now);
    let leave = json!({ "command": "person_leave", "person": holder.person, "reason": "调离" });
    office::order(&mut world.server, "office", leave).expect("whoever serves may leave");
    if let Ok(file) = file {
        bring(world, &file);
    }
    adopt(world, &holder.person);
    let newcomer = world.phones.pop().expect("the newcomer's phone is the last one");
    let phone = std::mem::replace(&mut world.phones[no], newcomer);
    world.gone.push(Gone { phone, unsent });
}

fn held(world: &World, person: &PersonId) -> Vec<CaseId> {
    let now = world.now();
    world.server.app().db.read(|conn| members::seated(conn, person, now)).unwrap_or_default()
}

/// What only the phone holds.
fn unsent(world: &World, no: usize) -> Vec<Own> {
    let phone = &world.phones[no];
    let records = phone.agent().records(None, world.now());
    let local = |own: &&Own| records.iter().any(|r| r.fact == own.fact && matches!(r.state, RecordState::Local { .. }));
    phone.own.iter().filter(local).copied().collect()
}

/// The office takes the file that the leaver hands over.
fn bring(world: &mut World, file: &[u8]) {
    let headers = vec![("authorization".to_owned(), format!("Bearer {}", world.server.app().office_token))];
    let reply = world.server.call("POST", bundle::PATH, &headers, file);
    if !reply.as_ref().is_some_and(|reply| reply.is_success()) {
        let told = reply.map_or("nothing".to_owned(), |reply| format!("{} {}", reply.status, reply.text()));
        world.ledger.wrong.push(format!("a leaver's file was answered {told}"));
    }
}

/// And takes into the cases what can be.
fn adopt(world: &mut World, person: &PersonId) {
    let list = office::order(&mut world.server, "office", json!({ "command": "quarantine_list" })).unwrap_or_default();
    let rows = list.as_array().cloned().unwrap_or_default();
    let open = |row: &&Value| row["person"] == json!(person) && row["adopted"].is_null();
    // The newest stand first, and a correction needs what it corrects.
    for row in rows.iter().rev().filter(open) {
        let adopt = json!({ "command": "ruling_adopt", "quarantine": row["no"], "reason": "与本人核对无误" });
        if let Err(refused) = office::order(&mut world.server, "office", adopt)
            && refused.status >= 500
        {
            world.ledger.wrong.push(format!("adopting failed: {} {}", refused.status, refused.problem));
        }
    }
}
