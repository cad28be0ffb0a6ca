//! What a pack says of commands, held against those that there are: which exist, and which the administrator may never be given.

use crate::commands::Command;
use daiban_core::fact::{KindInfo, fact_kinds};
use daiban_core::people::{Organisation, Role};
use daiban_core::plan::{PackFault, Place, Plan, Wrong};
use serde_json::Value;

/// What is wrong with the commands that a pack names.
pub(super) fn faults(files: &Value) -> Vec<PackFault> {
    let entries = files["access"]["command"].as_array().into_iter().flatten().enumerate();
    entries.flat_map(|(at, entry)| of_entry(&Place::file("access").key("command").at(at), entry)).collect()
}

fn of_entry(place: &Place, entry: &Value) -> Vec<PackFault> {
    let Some(name) = entry["name"].as_str() else { return Vec::new() };
    let Some(info) = Command::ALL.iter().find(|info| info.name == name) else {
        return vec![PackFault { place: place.key("name"), wrong: Wrong::NoCommand(name.to_owned()) }];
    };
    let given = entry["who"].as_array().is_some_and(|who| who.iter().any(|role| role == Role::Administrator.id()));
    if given && !info.roles.contains(&Role::Administrator) {
        return vec![PackFault { place: place.key("who"), wrong: Wrong::NotForAdministrator(name.to_owned()) }];
    }
    Vec::new()
}

/// Every kind of record with the roles that write it in a district.
pub(super) fn recorders(district: &Organisation) -> impl Iterator<Item = (&'static KindInfo, &[Role])> {
    fact_kinds().iter().map(|kind| (kind, district.recorders(kind.name).unwrap_or(kind.who)))
}

/// Every command with the roles that may give it under a plan.
pub(super) fn of_plan(plan: &Plan) -> impl Iterator<Item = (&'static str, &'static str, &[Role])> {
    Command::ALL.iter().map(|info| (info.name, info.zh, plan.who_may(info.name).unwrap_or(info.roles)))
}
