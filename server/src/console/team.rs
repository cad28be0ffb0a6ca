//! The team of a case, seat by seat: 1 chief agent, 3 specialists, N unit agents, and who is missing.

use crate::render::{Lang, Names};
use daiban_core::calendar::local_date;
use daiban_core::case::CaseView;
use daiban_core::people::{Group, Role, Roster, RosterEntry};
use daiban_messages::say::console as say;

/// One seat of the team.
#[derive(Clone, Debug)]
pub struct TeamSeat {
    /// 首席代办员, 代办专员（组）, 代办员.
    pub seat: String,
    /// Who sits there; `None` = a gap.
    pub person: Option<String>,
    /// Their unit.
    pub unit: String,
    /// Since when, `YYYY-MM-DD`.
    pub since: String,
    /// Of a gap: who must name somebody (R072, R078, R082).
    pub named_by: String,
}

/// The seats at a moment.
pub fn seats(view: &CaseView, now: i64, names: &Names, lang: Lang) -> Vec<TeamSeat> {
    let (mut seats, roster) = (Vec::new(), &view.roster);
    let role = |role: Role| names.role(role, lang);
    let chief = lang.say(say::OfficeNames { office: names.role(Role::Office, lang) });
    fill(&mut seats, (role(Role::ChiefAgent), chief), held(roster, now, Role::ChiefAgent, None), names, lang);
    for group in names.organisation().owing_flow_table() {
        let name = format!("{} · {}", role(Role::GroupSpecialist), names.group(group, lang));
        let lead = names.organisation().lead(group).map(|lead| names.unit(lead, lang)).unwrap_or_default();
        fill(
            &mut seats,
            (name, lang.say(say::LeadNames { lead })),
            held(roster, now, Role::GroupSpecialist, Some(group)),
            names,
            lang,
        );
    }
    let unit = lang.say(say::UnitNames);
    let agents = held(roster, now, Role::UnitAgent, None);
    let place = view.location.as_ref().and_then(|location| names.organisation().place(location));
    let placeless = place.filter(|place| !agents.is_empty() && agents.iter().all(|agent| agent.unit != place.id));
    fill(&mut seats, (role(Role::UnitAgent), unit.clone()), agents, names, lang);
    if let Some(place) = placeless {
        let name = format!("{} · {}", role(Role::UnitAgent), names.unit(&place.id, lang));
        fill(&mut seats, (name, unit), Vec::new(), names, lang);
    }
    let others =
        roster.active_at(now).filter(|entry| !matches!(entry.role, Role::ChiefAgent | Role::GroupSpecialist | Role::UnitAgent));
    seats.extend(others.map(|entry| seat(role(entry.role), entry, names, lang)));
    seats
}

fn held(roster: &Roster, now: i64, role: Role, group: Option<Group>) -> Vec<&RosterEntry> {
    roster.active_at(now).filter(|entry| entry.role == role && (group.is_none() || entry.group == group)).collect()
}

fn fill(seats: &mut Vec<TeamSeat>, (name, named_by): (String, String), entries: Vec<&RosterEntry>, names: &Names, lang: Lang) {
    if entries.is_empty() {
        seats.push(TeamSeat { seat: name, person: None, unit: String::new(), since: String::new(), named_by });
    } else {
        seats.extend(entries.into_iter().map(|entry| seat(name.clone(), entry, names, lang)));
    }
}

fn seat(name: String, entry: &RosterEntry, names: &Names, lang: Lang) -> TeamSeat {
    let (person, unit) = (Some(names.person(&entry.person)), names.unit(&entry.unit, lang));
    TeamSeat { seat: name, person, unit, since: local_date(entry.from).to_string(), named_by: String::new() }
}
