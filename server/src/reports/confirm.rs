//! Confirming: a person answers for a draft, and from then on its bytes never change.

use super::draft::place;
use super::material::{frozen_groups, read};
use super::{frozen_already, not_drafted, owed, whose};
use crate::db::sql::{cases, reports};
use crate::db::{Connection, Transaction};
use crate::deed::Deed;
use crate::error::Problem;
use crate::ledger::{self, Env};
use daiban_core::calendar::Week;
use daiban_core::fact::ruling::ReportConfirmed;
use daiban_core::fact::{Ruling, RulingBody};
use daiban_core::ids::{CaseId, FactId, PersonId};
use daiban_core::people::Group;
use daiban_core::report::{DistrictReport, GroupReport, hash_of};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Freezes a draft. A group's report is confirmed by its specialist and answers D3 in every case it covers, by a ruling there.
pub(crate) async fn confirm(deed: Deed, week: Week, group: Option<Group>) -> Result<Value, Problem> {
    owed(&deed.app.calendar()?, &deed.app.policy()?, week)?;
    if group.is_some() && deed.by.group != group {
        let zh = format!("{}周报应由本组代办专员确认；{}不是该组专员，请用 --as 指定该组专员。", whose(group), deed.by.name);
        return Err(Problem::forbidden("not_the_specialist", zh, "a group's report is confirmed by its own specialist"));
    }
    let (app, by) = (deed.app.clone(), deed.by.id.clone());
    let env = app.env();
    let done = deed
        .perform(place(week, group), move |tx, now| {
            let row = reports::find(tx, week, group)?.ok_or_else(|| not_drafted(week, group))?;
            if row.state != "draft" {
                return Err(frozen_already(week, group));
            }
            let hash = hash_of(&row.text);
            let covered = match group {
                Some(group) => answer(tx, &env, &by, week, group, &row.text, &hash)?,
                None => {
                    must_be_current(tx, week, &row.text)?;
                    0
                }
            };
            reports::freeze(tx, week, group, &hash, by.as_str(), now)?;
            Ok(json!({
                "week": week, "group": group, "state": "frozen", "hash": hash, "cases": covered, "result": hash,
                "zh": format!("{week}{}周报已确认定稿。", whose(group)),
                "en": format!("report {week} ({}) confirmed and frozen", group.map_or("district", Group::id)),
            }))
        })
        .await?;
    app.dirty.notify_one();
    Ok(done)
}

/// Writes the ruling into every case that owes the group's report of that week, or is told of in it.
fn answer(
    tx: &Transaction<'_>,
    env: &Env,
    by: &PersonId,
    week: Week,
    group: Group,
    text: &str,
    hash: &str,
) -> Result<usize, Problem> {
    let report: GroupReport = read(text)?;
    let mut covered: BTreeSet<CaseId> = report.cases.iter().chain(&report.supplements).map(|section| section.case).collect();
    covered.extend(owing(tx, week)?);
    for case in &covered {
        let body = RulingBody::ReportConfirmed(ReportConfirmed { group, week, report: hash.to_owned() });
        let reason = format!("{}{week}周报已确认", group.zh());
        let ruling = Ruling::new(FactId(crate::chance::bytes()), by.clone(), reason, &body);
        ledger::append_ruling(tx, env, *case, ruling)?;
    }
    Ok(covered.len())
}

/// Cases with a letter signed in that week or before.
fn owing(conn: &Connection, week: Week) -> Result<Vec<CaseId>, Problem> {
    let mut owing = Vec::new();
    for head in cases::list(conn)? {
        let standing: daiban_core::case::Standing = crate::db::sql::cbor::read(&head.standing, "standing")?;
        if standing.letters.iter().any(|letter| letter.signed_on <= week.sunday()) {
            owing.push(head.id);
        }
    }
    Ok(owing)
}

/// A district draft made before a group confirmed would leave that group out.
fn must_be_current(conn: &Connection, week: Week, text: &str) -> Result<(), Problem> {
    let report: DistrictReport = read(text)?;
    let told: BTreeSet<&str> = report.groups.iter().map(|part| part.hash.as_str()).collect();
    let frozen = frozen_groups(conn, week)?;
    if frozen.iter().all(|part| told.contains(part.hash.as_str())) {
        return Ok(());
    }
    let zh = format!("{week}全区周报起草之后又有工作组确认了周报，请重新起草后再确认。");
    Err(Problem::conflict("draft_outdated", zh, "a group confirmed after this draft was made; draft it again"))
}
