//! The task force as a district's pack sets it up: units, groups, bodies, leaders, and what is odd in the plan's text.

use super::body::{BodyKind, DistrictBody, Leader};
use super::group::Group;
use super::name::Name;
use super::role::Role;
use super::unit::{Unit, UnitError, UnitKind};
use crate::calendar::Date;
use crate::ids::UnitId;
use daiban_messages::Say;
use daiban_messages::say::people as say;
use serde::Serialize;
use std::collections::BTreeMap;

/// Units, groups and bodies, with their names.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    pub(crate) units: Vec<Unit>,
    /// Units that are there no more on the day that this organisation is of.
    pub(crate) past: Vec<Unit>,
    pub(crate) groups: Vec<GroupUnits>,
    pub(crate) bodies: Vec<DistrictBody>,
    pub(crate) leaders: Vec<Leader>,
    pub(crate) issues: Vec<Issue>,
    /// Of kinds of record that fewer roles write here than the program allows: those that do.
    pub(crate) recorders: BTreeMap<String, Vec<Role>>,
}

/// A group that a district has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupUnits {
    /// Its function.
    pub group: Group,
    /// What it is called.
    pub name: Name,
    /// The lead unit (牵头单位).
    pub lead: UnitId,
    /// Every unit of the group once, the lead first. A plan may list some leads among the members and leave others out (R050, R056):
    /// the lead always counts.
    pub members: Vec<UnitId>,
    /// The places that each project fills with its own subdistrict and park (R031).
    pub members_of_project: Vec<UnitId>,
    /// The ids of the stages it looks after, in order.
    pub stages: Vec<String>,
    /// It has a specialist, who owes its flow table and its weekly report.
    pub flow_table: bool,
}

/// Something odd in the plan's text, and how it is read here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// Names it: `date-invalid`.
    pub id: String,
    /// What is odd and what is done, in English with the plan's words.
    pub text: String,
}

impl Organisation {
    /// Every unit people work in: those of the plan, then those added. The plan's places for a project's own units are left out, and
    /// so are units that are there no more.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.kind != UnitKind::OfProject)
    }

    /// The unit with this id.
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.all().find(|unit| unit.id == *id)
    }

    /// The unit that goes by this id, name or alias: names that a text writes in two ways are one (R032, R033).
    pub fn find_unit(&self, text: &str) -> Option<&Unit> {
        self.all().find(|unit| unit.goes_by(text.trim()))
    }

    /// The subdistrict, town or park that a project lies in; `None` if nothing of that kind is called so.
    pub fn place(&self, location: &UnitId) -> Option<&Unit> {
        self.find_unit(location.as_str()).filter(|unit| unit.is_place())
    }

    fn all(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().chain(&self.past)
    }

    /// The id of a unit as somebody types it; of one that is there no more that of whoever came in its place. Streets and parks are
    /// the district's own data, so an unknown word is kept as it is.
    pub fn unit_id(&self, typed: &str) -> UnitId {
        let Some(unit) = self.find_unit(typed) else { return UnitId::from(typed) };
        let is_past = self.past.iter().any(|past| past.id == unit.id);
        unit.successors.first().filter(|_| is_past).unwrap_or(&unit.id).clone()
    }

    /// This organisation with one more unit: a subdistrict, a park, a town, or an approver the plan forgot.
    pub fn with_unit(&self, unit: Unit) -> Result<Self, UnitError> {
        unit.check()?;
        for word in unit.words() {
            if let Some(holder) = self.find_unit(word) {
                let (id, name) = (holder.id.clone(), holder.name.clone());
                return Err(UnitError::Taken { word: word.to_owned(), holder: id, holder_name: name });
            }
        }
        let mut more = self.clone();
        more.units.push(unit);
        Ok(more)
    }

    /// The organisation as it is on a day: every unit by its name of that day, also found by all its others; the successors of what
    /// is there no more in its groups and where its bodies sit.
    pub fn on(&self, day: Date) -> Self {
        let mut then = self.clone();
        (then.units, then.past) = self.all().map(|unit| unit.on(day)).partition(|unit| unit.is_there(day));
        for group in &mut then.groups {
            group.lead = self.standing_on(&group.lead, day).first().map_or_else(|| group.lead.clone(), |unit| (*unit).clone());
            let mut members: Vec<UnitId> = vec![group.lead.clone()];
            for unit in group.members.iter().flat_map(|unit| self.standing_on(unit, day)) {
                if !members.contains(unit) {
                    members.push(unit.clone());
                }
            }
            // Work that still goes by a unit of the past stays in the group of old.
            let past = group.members.iter().filter(|unit| !members.contains(unit)).cloned().collect::<Vec<_>>();
            members.extend(past);
            group.members = members;
        }
        for body in &mut then.bodies {
            let standing = |host: &UnitId| self.standing_on(host, day).first().map(|unit| (*unit).clone());
            body.host = body.host.as_ref().and_then(standing);
        }
        then
    }

    /// The units that do a unit's work on a day: itself, or those after it.
    pub fn standing_on<'a>(&'a self, unit: &'a UnitId, day: Date) -> Vec<&'a UnitId> {
        let mut standing = Vec::new();
        let mut asked: Vec<&UnitId> = vec![unit];
        let mut at = 0;
        while let Some(one) = asked.get(at).copied() {
            at += 1;
            match self.unit(one) {
                Some(ended) if !ended.is_there(day) && !ended.successors.is_empty() => {
                    for next in &ended.successors {
                        if !asked.contains(&next) {
                            asked.push(next);
                        }
                    }
                }
                _ => standing.push(one),
            }
        }
        standing
    }

    /// The groups that there are, in the plan's order.
    pub fn groups(&self) -> impl Iterator<Item = &GroupUnits> {
        self.groups.iter()
    }

    /// The groups with a specialist, each owing a flow table and a weekly report.
    pub fn owing_flow_table(&self) -> impl Iterator<Item = Group> + '_ {
        self.groups.iter().filter(|group| group.flow_table).map(|group| group.group)
    }

    /// Whether a group is there and has a specialist.
    pub fn owes_flow_table(&self, group: Group) -> bool {
        self.owing_flow_table().any(|owing| owing == group)
    }

    /// The lead unit of a group.
    pub fn lead(&self, group: Group) -> Option<&UnitId> {
        self.group(group).map(|group| &group.lead)
    }

    /// The units of a group.
    pub fn group(&self, group: Group) -> Option<&GroupUnits> {
        self.groups.iter().find(|held| held.group == group)
    }

    /// The groups a unit is in, as lead or member.
    pub fn groups_of(&self, unit: &UnitId) -> impl Iterator<Item = Group> {
        self.groups.iter().filter(move |g| g.members.contains(unit)).map(|g| g.group)
    }

    /// What a group is called; the name of its function where the district has no such group.
    pub fn group_zh(&self, group: Group) -> &str {
        self.group(group).map_or(group.zh(), |held| &held.name.zh)
    }

    /// The same in English.
    pub fn group_en(&self, group: Group) -> &str {
        self.group(group).map_or(group.en(), |held| &held.name.en)
    }

    /// The group that somebody means: by its id, its name here, or the name of its function.
    pub fn group_called(&self, typed: &str) -> Option<Group> {
        let typed = typed.trim();
        let called = |held: &&GroupUnits| typed == held.name.zh || typed.eq_ignore_ascii_case(&held.name.en);
        self.groups.iter().find(called).map(|held| held.group).or_else(|| typed.parse().ok())
    }

    /// What a role is called here: of a body that body's name.
    pub fn role_zh(&self, role: Role) -> String {
        match (role, body_of(role)) {
            (Role::DispatchLead, _) => say::OfficerOfLead { group: self.group_zh(Group::Dispatch) }.say().zh,
            (_, Some(body)) => self.body(body).map_or_else(|| role.zh().to_owned(), |body| body.name.zh.clone()),
            (_, None) => role.zh().to_owned(),
        }
    }

    /// The same in English.
    pub fn role_en(&self, role: Role) -> String {
        match body_of(role) {
            Some(body) => self.body(body).map_or_else(|| role.en().to_owned(), |body| body.name.en.clone()),
            None => role.en().to_owned(),
        }
    }

    /// The roles that write a kind of record here, where the pack says that fewer do than the program allows.
    pub fn recorders(&self, kind: &str) -> Option<&[Role]> {
        self.recorders.get(kind).map(Vec::as_slice)
    }

    /// A body that is no member unit.
    pub fn body(&self, body: BodyKind) -> Option<&DistrictBody> {
        self.bodies.iter().find(|held| held.id == body)
    }

    /// All of them.
    pub fn bodies(&self) -> &[DistrictBody] {
        &self.bodies
    }

    /// The seats at the head of the task force and of its units.
    pub fn leaders(&self) -> &[Leader] {
        &self.leaders
    }

    /// What is odd in the plan's text, for the office to confirm.
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }
}

fn body_of(role: Role) -> Option<BodyKind> {
    match role {
        Role::Office => Some(BodyKind::Office),
        Role::DistrictGovernment => Some(BodyKind::Government),
        Role::Supervision => Some(BodyKind::Supervision),
        _ => None,
    }
}

#[cfg(test)]
#[path = "organisation_tests.rs"]
mod tests;
