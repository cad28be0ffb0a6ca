//! Reads `organisation.toml`: units, groups, bodies and leaders, and whether they go together.

use super::entry::Entry;
use super::fault::Wrong;
use crate::ids::UnitId;
use crate::people::{
    BodyKind, DistrictBody, Group, GroupUnits, Issue, Leader, Name, Organisation, Renamed, Role, Unit, UnitKind,
};

const UNIT_KINDS: [(&str, UnitKind); 8] = [
    ("party", UnitKind::Party),
    ("district-bureau", UnitKind::DistrictBureau),
    ("city-sub-bureau", UnitKind::CitySubBureau),
    ("vertical", UnitKind::Vertical),
    ("enterprise", UnitKind::Enterprise),
    ("subdistrict", UnitKind::Subdistrict),
    ("town", UnitKind::Town),
    ("park", UnitKind::Park),
];

/// The organisation, as far as it can be read; what is wrong is noted.
pub(super) fn organisation(file: &Entry<'_>) -> Organisation {
    file.only(&["body", "leader", "unit", "place", "group", "issue"]);
    let mut organisation = Organisation::default();
    units(file, &mut organisation);
    groups(file, &mut organisation);
    bodies(file, &mut organisation);
    leaders(file, &mut organisation);
    organisation.issues = file.tables("issue").iter().map(issue).collect();
    organisation
}

fn units(file: &Entry<'_>, organisation: &mut Organisation) {
    let entries: Vec<Entry<'_>> = file.tables("unit");
    if entries.is_empty() {
        file.note("unit", Wrong::Missing("unit".to_owned()));
    }
    for entry in &entries {
        let Some(unit) = unit(entry) else { continue };
        add(entry, unit, organisation);
    }
    for entry in file.tables("place") {
        entry.only(&["id", "name", "en", "aliases"]);
        let name = entry.name("name", "en");
        let aliases = entry.texts("aliases");
        let place = Unit { en: name.en, aliases, ..Unit::new(entry.text("id").as_str(), name.zh, UnitKind::OfProject) };
        add(&entry, place, organisation);
    }
    for entry in &entries {
        for next in entry.texts("successors") {
            check_unit(entry, "successors", &UnitId(next), organisation);
        }
    }
}

/// A unit whose name another one has is noted and left out.
fn add(entry: &Entry<'_>, unit: Unit, organisation: &mut Organisation) {
    match organisation.with_unit(unit) {
        Ok(more) => *organisation = more,
        Err(error) => entry.note("id", Wrong::Unit(error)),
    }
}

fn unit(entry: &Entry<'_>) -> Option<Unit> {
    entry.only(&["id", "name", "en", "kind", "aliases", "approves", "renamed", "ends", "successors"]);
    let (id, name, kind) = (entry.text("id"), entry.name("name", "en"), entry.word("kind", &UNIT_KINDS));
    let unit = Unit {
        en: name.en,
        aliases: entry.texts("aliases"),
        approves: entry.flag("approves"),
        renamed: entry.tables("renamed").iter().filter_map(renamed).collect(),
        ends: entry.date("ends"),
        successors: entry.texts("successors").into_iter().map(UnitId).collect(),
        ..Unit::new(id.as_str(), name.zh, kind?)
    };
    if unit.ends.is_none() && !unit.successors.is_empty() {
        entry.note("successors", Wrong::Missing("ends".to_owned()));
    }
    Some(unit).filter(|unit| !unit.id.as_str().is_empty() && !unit.name.is_empty())
}

fn renamed(entry: &Entry<'_>) -> Option<Renamed> {
    entry.only(&["from", "name", "en"]);
    let name = entry.name("name", "en");
    if !entry.has("from") {
        entry.note("from", Wrong::Missing("from".to_owned()));
    }
    Some(Renamed { from: entry.date("from")?, name: name.zh, en: name.en })
}

fn check_unit(entry: &Entry<'_>, key: &str, unit: &UnitId, organisation: &Organisation) {
    if !unit.as_str().is_empty() && organisation.unit(unit).is_none() {
        entry.note(key, Wrong::NoUnit(unit.clone()));
    }
}

fn groups(file: &Entry<'_>, organisation: &mut Organisation) {
    for entry in file.tables("group") {
        let Some(group) = group(&entry, organisation) else { continue };
        if organisation.groups.iter().any(|other| other.group == group.group) {
            entry.note("id", Wrong::Twice(group.group.id().to_owned()));
        } else if let Some(other) = organisation.groups.iter().find(|other| other.name.zh == group.name.zh) {
            let name = other.name.zh.clone();
            entry.note("name", Wrong::Twice(name));
        } else {
            organisation.groups.push(group);
        }
    }
    organisation.groups.sort_by_key(|group| group.group);
    if !organisation.owes_flow_table(Group::Dispatch) {
        file.note("group", Wrong::Groups);
    }
}

fn group(entry: &Entry<'_>, organisation: &Organisation) -> Option<GroupUnits> {
    entry.only(&["id", "name", "en", "lead", "members", "places", "stages", "flow_table"]);
    let group = entry.word("id", &Group::all().map(|group| (group.id(), group)));
    let (name, lead) = (entry.name("name", "en"), UnitId(entry.text("lead")));
    check_unit(entry, "lead", &lead, organisation);
    let unit_ids = |key: &str| {
        let ids: Vec<UnitId> = entry.texts(key).into_iter().map(UnitId).collect();
        ids.iter().for_each(|id| check_unit(entry, key, id, organisation));
        ids
    };
    let mut members = vec![lead.clone()];
    for member in unit_ids("members") {
        if !members.contains(&member) {
            members.push(member);
        }
    }
    let members_of_project = unit_ids("places");
    let (stages, flow_table, group) = (entry.texts("stages"), entry.flag("flow_table"), group?);
    if flow_table && !group.may_owe_flow_table() {
        entry.note("flow_table", Wrong::NoFlowTable);
    }
    let flow_table = flow_table && group.may_owe_flow_table();
    Some(GroupUnits { group, name, lead, members, members_of_project, stages, flow_table })
}

fn bodies(file: &Entry<'_>, organisation: &mut Organisation) {
    let known = BodyKind::all().map(|body| (body.id(), body));
    for entry in file.tables("body") {
        entry.only(&["id", "name", "en", "host", "head", "window", "window_en"]);
        let (id, name, head) = (entry.word("id", &known), entry.name("name", "en"), entry.text_or_none("head"));
        let host = entry.text_or_none("host").map(UnitId);
        host.iter().for_each(|host| check_unit(&entry, "host", host, organisation));
        let window = entry.has("window").then(|| entry.name("window", "window_en"));
        let Some(id) = id else { continue };
        if id == BodyKind::Office && host.is_none() {
            entry.note("host", Wrong::Missing("host".to_owned()));
        }
        if organisation.body(id).is_some() {
            entry.note("id", Wrong::Twice(id.id().to_owned()));
        } else {
            organisation.bodies.push(DistrictBody { id, name, host, head, window });
        }
    }
    for body in BodyKind::all().into_iter().filter(|body| organisation.body(*body).is_none()) {
        file.note("body", Wrong::Missing(format!("body {}", body.id())));
    }
}

fn leaders(file: &Entry<'_>, organisation: &mut Organisation) {
    for entry in file.tables("leader") {
        entry.only(&["id", "seat", "en", "held_by", "portfolio", "of_each_unit", "of_each_group", "from", "until"]);
        let (seat, portfolio) = (entry.name("seat", "en"), entry.texts("portfolio"));
        let leader = Leader {
            id: entry.text_or_none("id").unwrap_or_else(|| seat_id(&seat, &portfolio)),
            seat,
            held_by: entry.text("held_by"),
            portfolio,
            of_each_unit: entry.flag("of_each_unit"),
            of_each_group: entry.flag("of_each_group"),
            from: entry.date("from"),
            until: entry.date("until"),
        };
        if let Some(other) = organisation.leaders.iter().find(|other| other.overlaps(&leader)) {
            let (first, second) = (other.held_by.clone(), leader.held_by.clone());
            entry.note("held_by", Wrong::SeatTwice { seat: leader.seat.zh.clone(), first, second });
        }
        let another = |other: &&Leader| other.id == leader.id && other.seat.zh != leader.seat.zh;
        if leader.of_each_unit && leader.of_each_group {
            entry.note("of_each_group", Wrong::Twice("of_each_unit, of_each_group".to_owned()));
        } else if organisation.leaders.iter().any(|other| another(&other)) || RESERVED.contains(&leader.id.as_str()) {
            entry.note("id", Wrong::Twice(leader.id.clone()));
        }
        organisation.leaders.push(leader);
    }
}

/// Seats that stand in every plan by themselves.
const RESERVED: [&str; 3] = [Role::ChiefAgent.id(), Role::GroupSpecialist.id(), Role::UnitAgent.id()];

/// What a seat is kept by that names no id: its name, of several deputies with what each is in charge of.
fn seat_id(seat: &Name, portfolio: &[String]) -> String {
    if portfolio.is_empty() { seat.zh.clone() } else { format!("{}·{}", seat.zh, portfolio.join("·")) }
}

fn issue(entry: &Entry<'_>) -> Issue {
    entry.only(&["id", "text"]);
    Issue { id: entry.text("id"), text: entry.text("text") }
}
