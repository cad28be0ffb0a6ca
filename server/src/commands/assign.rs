//! Seats on a case: roster rows (R082, R099, 四(三) 1+3+N).

use super::execute::Deed;
use super::staff::serving;
use crate::db::sql::{cases, cbor};
use crate::error::Problem;
use crate::ledger;
use daiban_core::case::Standing;
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::people::{Group, Role, Roster, RosterEntry};
use serde_json::{Value, json};

/// A seat as the office types it.
pub(super) struct Seat {
    pub(super) person: PersonId,
    pub(super) role: Option<Role>,
    pub(super) group: Option<Group>,
    pub(super) from: Option<i64>,
    pub(super) until: Option<i64>,
    pub(super) end: bool,
}

/// Gives or ends a seat. Whoever held a single seat before (chief, a group's specialist) is asked to be ended too.
pub(super) async fn assign(deed: Deed, case: CaseId, seat: Seat) -> Result<Value, Problem> {
    let (app, env) = (deed.app.clone(), deed.app.env());
    let done = deed
        .perform(case.to_string(), move |tx, now| {
            let head = cases::find(tx, case)?.ok_or_else(|| Problem::not_found("该项目", "case"))?;
            let standing: Standing = cbor::read(&head.standing, "standing")?;
            let entry = if seat.end { ended(&standing.roster, &seat, now)? } else { given(tx, &seat, now)? };
            entry.check().map_err(|e| Problem::unprocessable("seat_refused", e.zh(), e.to_string()))?;
            let row = ledger::append_roster(tx, &env, case, entry.clone())?;
            let mut roster = standing.roster;
            roster.set(entry.clone());
            let gaps: Vec<String> = roster.gaps(now).iter().map(|gap| gap.zh()).collect();
            let verb = if seat.end { "已退出本项目" } else { "已加入代办团队" };
            Ok(json!({
                "case": case, "sequence": row.sequence, "entry": entry, "gaps": gaps,
                "result": format!("{} {}", entry.role, entry.person),
                "zh": format!("{}（{}）{verb}。{}", entry.person, entry.role.zh(), gaps.join("")),
                "en": format!("{} as {} is row {} of the case", entry.person, entry.role, row.sequence),
            }))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

fn given(tx: &crate::db::Transaction<'_>, seat: &Seat, now: i64) -> Result<RosterEntry, Problem> {
    let person = serving(tx, &seat.person)?;
    let role = seat.role.unwrap_or(person.role);
    let group = seat.group.or(person.group.filter(|_| role == person.role));
    let from = seat.from.unwrap_or(now);
    Ok(RosterEntry { person: person.id, role, unit: person.unit, group, from, until: seat.until })
}

/// The running seat of that person, with its end now. Several at once must be told apart by role and group.
fn ended(roster: &Roster, seat: &Seat, now: i64) -> Result<RosterEntry, Problem> {
    let wanted = |entry: &&RosterEntry| {
        seat.role.is_none_or(|role| role == entry.role) && seat.group.is_none_or(|group| Some(group) == entry.group)
    };
    let held: Vec<&RosterEntry> = roster.roles_at(&seat.person, now).filter(wanted).collect();
    match held.as_slice() {
        [one] => Ok(RosterEntry { until: Some(now.max(one.from + 1)), ..RosterEntry::clone(one) }),
        [] => {
            let zh = format!("{}目前不在本项目代办团队，无需退出。", seat.person);
            Err(Problem::conflict("not_on_case", zh, "the person holds no such seat on this case"))
        }
        _ => {
            let zh = format!("{}在本项目有多个角色，请用 --role 和 --group 指明退出哪一个。", seat.person);
            Err(Problem::conflict("several_seats", zh, "the person holds several seats; name role and group"))
        }
    }
}
