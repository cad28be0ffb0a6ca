//! Drafts: drawn up from the cases as often as people like, until somebody confirms one.

use super::material::{Material, frozen_groups, read, told_by_district, told_by_group};
use super::{dated, frozen_already, must_have_run, named, not_drafted, owed, refused, told, whose};
use crate::app::{App, Directory, Lane};
use crate::command_context::CommandContext;
use crate::db::sql::jobs::Lease;
use crate::db::sql::pack;
use crate::db::sql::reports;
use crate::db::{Connection, DbError, OFFICE_WORK, Transaction};
use crate::error::Problem;
use crate::watch::first_letter;
use daiban_core::calendar::{Week, WeekPlan, local_date, local_midnight};
use daiban_core::ids::CaseId;
use daiban_core::people::Group;
use daiban_core::report::{Arrived, DistrictReport, GroupReport, Notes, Window, district_report, group_report, hash_of};
use daiban_core::rules::Number;
use daiban_messages::say::reporting as say;
use daiban_messages::{Argument as _, Both, Say};
use serde_json::{Value, json};
use std::sync::Arc;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// What a specialist or the dispatch lead writes over a draft; `None` leaves a section's note as it is.
pub(crate) struct Notation {
    pub(crate) progress: Option<String>,
    pub(crate) problems: Option<String>,
    pub(crate) suggestions: Option<String>,
    /// On one project; blank words take the note away.
    pub(crate) case: Option<(CaseId, String)>,
}

impl Notation {
    /// Whether words stand over the draft that this did not write.
    fn leaves_words(&self, notes: &Notes) -> bool {
        let left = |new: &Option<String>, words: &str| new.is_none() && !words.trim().is_empty();
        let written = self.case.as_ref().map(|(case, _)| case);
        left(&self.progress, &notes.progress)
            || left(&self.problems, &notes.problems)
            || left(&self.suggestions, &notes.suggestions)
            || notes.cases.keys().any(|case| Some(case) != written)
    }
}

/// Draws up a report; an earlier draft's notes are kept.
pub(crate) async fn draft(context: CommandContext, week: Week, group: Option<Group>) -> Result<Value, Problem> {
    let app = context.app.clone();
    let (calendar, numbers, district) = (app.calendar()?, app.numbers()?, app.plan());
    let plan = owed(&calendar, &numbers, week)?;
    let owing: Vec<Both> = district.organisation.owing_flow_table().map(|group| group.id().both()).collect();
    if plan.covers.first().is_some_and(|first| first.monday() > local_date(app.now())) {
        return Err(refused("week_not_begun", say::WeekNotBegun { week: dated(week) }));
    }
    if group.is_some_and(|group| !district.organisation.owes_flow_table(group)) {
        return Err(refused("group_owes_none", say::GroupOwesNone { groups: Both::listed(&owing) }));
    }
    if group.is_none() {
        must_have_run(Window::of(&plan, numbers.of_week(&calendar, week)), week, app.now())?;
    }
    let began = app.now();
    let body = compose(&app, Lane::Office, plan, vec![group]).await?.pop().map(|(_, body)| body).unwrap_or_default();
    context
        .perform(place(week, group), move |tx, _| {
            let (body, arrived) = put(tx, week, group, &body, began)?;
            let hash = hash_of(&body);
            let document = json!({
                "week": week, "group": group, "state": "draft", "hash": hash, "arrived": arrived, "result": "drafted",
            });
            Ok(told(document, say::Drafted { week: named(week), whose: whose(&district, group), arrived }))
        })
        .await
}

/// Writes notes over a draft.
pub(crate) async fn note(
    context: CommandContext,
    week: Week,
    group: Option<Group>,
    notation: Notation,
) -> Result<Value, Problem> {
    let for_somebody = context.recorded();
    let recorded = context.behalf.as_ref().map(|person| format!("{}{}", person.name, for_somebody.zh));
    let writer = context.person().name.clone();
    let district = context.app.plan();
    context
        .perform(place(week, group), move |tx, _| {
            let row = reports::find(tx, week, group)?.ok_or_else(|| not_drafted(&district, week, group))?;
            if row.state != "draft" {
                return Err(frozen_already(&district, week, group));
            }
            if let Some((case, _)) = notation.case.as_ref() {
                must_tell(&row.text, group, *case)?;
            }
            let body = annotate(&row.text, group, |notes| {
                match notation.case.clone() {
                    Some((case, words)) if words.trim().is_empty() => drop(notes.cases.remove(&case)),
                    Some((case, words)) => drop(notes.cases.insert(case, words)),
                    None => {}
                }
                notes.progress = notation.progress.clone().unwrap_or_else(|| notes.progress.clone());
                notes.problems = notation.problems.clone().unwrap_or_else(|| notes.problems.clone());
                notes.suggestions = notation.suggestions.clone().unwrap_or_else(|| notes.suggestions.clone());
                if recorded.is_none() && !notation.leaves_words(notes) {
                    notes.recorded.retain(|entry| !is_recorded_for(&writer, entry));
                }
                notes.recorded.extend(recorded.clone());
            })?;
            reports::annotate_draft(tx, week, group, &body)?;
            let document = json!({ "week": week, "group": group, "state": "draft", "hash": hash_of(&body), "result": "noted" });
            Ok(told(document, say::Noted { week: named(week), whose: whose(&district, group), recorded: &for_somebody }))
        })
        .await
}

/// Whether an entry says that somebody wrote words down for that person: `周敏（代录：孙立）`.
fn is_recorded_for(person: &str, entry: &str) -> bool {
    let by_nobody = say::ForSomebody { by: "" }.say().zh;
    let opening = by_nobody.trim_end_matches('）');
    entry.strip_prefix(person).is_some_and(|rest| rest.starts_with(opening))
}

/// A note on a project stands under that project's paragraph.
fn must_tell(text: &str, group: Option<Group>, case: CaseId) -> Result<(), Problem> {
    let cases = match group {
        Some(_) => read::<GroupReport>(text)?.cases,
        None => read::<DistrictReport>(text)?.cases,
    };
    if cases.iter().any(|section| section.case == case) {
        return Ok(());
    }
    Err(refused("case_not_told", say::CaseNotTold))
}

/// Drafts what is due to be read at `at`, as part of a job, and tells which: a group's report from the morning of the week's last working
/// day, so that its specialist finds it there, renewed until it is confirmed or late; the district's once the night grace has passed.
pub async fn draft_missing(app: &Arc<App>, at: i64, lease: &Lease) -> Result<Vec<String>, Problem> {
    let Some(first) = app.db.read(first_letter)? else { return Ok(Vec::new()) };
    let (calendar, numbers, district) = (app.calendar()?, app.numbers()?, app.plan());
    let weeks = std::iter::successors(Some(Week::of(first)), |week| Some(week.next()).filter(|next| next > week));
    let mut drafted = Vec::new();
    for week in weeks.take_while(|week| local_midnight(week.monday()) <= at) {
        let (plan, policy) = (numbers.plan(&calendar, week), numbers.of_week(&calendar, week));
        let Some(window) = Window::of(&plan, policy) else { continue };
        let grace = policy.get(Number::NightGraceHour).saturating_mul(HOUR);
        let groups = district.organisation.owing_flow_table().map(Some).filter(|_| is_read(&window, at));
        let district = (window.ended_at + grace <= at).then_some(None);
        let renew = |group: Option<Group>| group.is_some() && !window.is_late(at);
        let wanted = |conn: &Connection| {
            let mut wanted = Vec::new();
            for group in groups.chain(district) {
                if is_wanted(conn, week, group, renew(group))? {
                    wanted.push(group);
                }
            }
            Ok::<_, DbError>(wanted)
        };
        let began = app.now();
        for (group, body) in compose(app, Lane::Jobs, plan.clone(), app.db.read(wanted)?).await? {
            let (lease, renew) = (lease.clone(), renew(group));
            let write = move |tx: &Transaction<'_>| {
                tx.alone(OFFICE_WORK)?;
                lease.must_stay(tx)?;
                put_wanted(tx, (week, group), renew, &body, began)
            };
            if app.db.write(write).await? {
                drafted.push(place(week, group));
            }
        }
    }
    Ok(drafted)
}

/// Whether a group's draft lies ready at that moment: from the morning of the week's last working day on.
pub(super) fn is_read(window: &Window, at: i64) -> bool {
    window.ended_at - DAY <= at
}

/// Whether the night has a report to draft: one nobody has drafted, or a draft to renew.
fn is_wanted(conn: &Connection, week: Week, group: Option<Group>, renew: bool) -> Result<bool, DbError> {
    Ok(reports::head(conn, week, group)?.is_none_or(|(state, _)| renew && state == "draft"))
}

/// `2026-W47/planning`, `2026-W47/district`.
pub(super) fn place(week: Week, group: Option<Group>) -> String {
    format!("{week}/{}", group.map_or("district", Group::id))
}

/// The texts of some reports of a week, composed on a thread of its own: every case is folded, once for all of them.
pub(super) async fn compose(
    app: &Arc<App>,
    lane: Lane,
    plan: WeekPlan,
    groups: Vec<Option<Group>>,
) -> Result<Vec<(Option<Group>, String)>, Problem> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let work = move |app: &App| {
        app.db.read(|conn| {
            let (people, material) = (Directory::on(conn, plan.week.sunday())?, Material::gather(conn, app.now())?);
            let body = |group| composed(conn, &people, &material, &plan, group).map(|body| (group, body));
            groups.into_iter().map(body).collect::<Result<_, DbError>>()
        })
    };
    Ok(app.run_blocking_in(lane, work).await??)
}

fn composed(
    conn: &Connection,
    people: &Directory,
    material: &Material,
    plan: &WeekPlan,
    group: Option<Group>,
) -> Result<String, DbError> {
    let cases = material.cases();
    match group {
        Some(group) => {
            let told = told_by_group(conn, plan.week, group)?;
            Ok(group_report(group, plan, &cases, told.as_ref(), people.plan(), people).to_json())
        }
        None => {
            let frozen = frozen_groups(conn, plan.week)?;
            let told = told_by_district(conn, plan.week)?;
            Ok(district_report(plan, &frozen, &cases, &told, people.plan(), people).to_json())
        }
    }
}

/// Puts a draft, composed from `began` on, where it is still wanted; `false` if it is not, says nothing new, or is older than what lies
/// there.
pub(super) fn put_wanted(
    tx: &Transaction<'_>,
    (week, group): (Week, Option<Group>),
    renew: bool,
    body: &str,
    began: i64,
) -> Result<bool, Problem> {
    if !is_wanted(tx, week, group, renew)? {
        return Ok(false);
    }
    let Some(before) = reports::find(tx, week, group)? else {
        reports::put_draft(tx, week, group, body, began)?;
        return Ok(true);
    };
    if before.drafted_at > began {
        return Ok(false);
    }
    let body = with_notes_of(&before.text, body, group)?;
    Ok(body != before.text && reports::renew_draft(tx, week, group, &body, began)?)
}

/// A text under the notes of another.
fn with_notes_of(before: &str, body: &str, group: Option<Group>) -> Result<String, DbError> {
    Ok(match group {
        Some(_) => {
            let mut report: GroupReport = read(body)?;
            report.keep_notes_of(&read(before)?);
            report.to_json()
        }
        None => {
            let mut report: DistrictReport = read(body)?;
            report.keep_notes_of(&read(before)?);
            report.to_json()
        }
    })
}

/// Keeps a draft under the notes that stand over the one before; the text as kept, and how many facts came since that one.
fn put(tx: &Transaction<'_>, week: Week, group: Option<Group>, body: &str, began: i64) -> Result<(String, usize), Problem> {
    tx.alone(OFFICE_WORK)?;
    let (body, before) = match reports::find(tx, week, group)? {
        Some(row) if row.state != "draft" => return Err(frozen_already(&*pack::current(tx)?, week, group)),
        Some(row) => (with_notes_of(&row.text, body, group)?, Some(row.drafted_at)),
        None => (body.to_owned(), None),
    };
    reports::put_draft(tx, week, group, &body, began)?;
    let arrived = before.and_then(|since_at| Arrived::since(&body, group, since_at));
    Ok((body, arrived.map_or(0, |arrived| arrived.facts.len())))
}

fn annotate(text: &str, group: Option<Group>, change: impl Fn(&mut Notes)) -> Result<String, DbError> {
    Ok(match group {
        Some(_) => {
            let mut report: GroupReport = read(text)?;
            change(&mut report.notes);
            report.to_json()
        }
        None => {
            let mut report: DistrictReport = read(text)?;
            change(&mut report.notes);
            report.to_json()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Address, Db, Node};

    #[test]
    fn entries_of_words_written_down_are_told_by_their_person() {
        assert!(is_recorded_for("周敏", "周敏（代录：孙立）"));
        assert!(!is_recorded_for("周", "周敏（代录：孙立）") && !is_recorded_for("周敏", "周敏"));
    }

    #[test]
    fn a_slow_renewal_replaces_no_newer_draft() {
        let folder = crate::files::TempFolder::new("slow-renewal");
        let db = Db::open(&Address::File(folder.path().join("daiban.sqlite")), Node::ONLY).unwrap();
        let (week, group): (Week, _) = ("2026-W49".parse().unwrap(), Some(Group::Planning));
        let put = |began: i64, due_on: &str| {
            let body = format!(
                r#"{{"format":2,"group":"planning","week":"{week}","covers":[],"due_on":"{due_on}","cases":[],"supplements":[],"notes":{{}}}}"#
            );
            db.write_blocking(move |tx: &Transaction<'_>| put_wanted(tx, (week, group), true, &body, began)).unwrap()
        };
        assert!(put(20, "2026-12-04"));
        assert!(!put(10, "2026-12-03"), "composed before what lies there");
        assert!(put(30, "2026-12-03"), "composed after it");
        assert_eq!(db.read(|conn| reports::head(conn, week, group)).unwrap(), Some(("draft".to_owned(), 30)));
    }
}
