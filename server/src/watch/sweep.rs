//! The ladder: due soon, due, overdue, then 催办 and 督办, each told to each receiver exactly once (四(四)4 项目协调催办).

use super::compute::{compute_all_in, compute_case, readable};
use super::sentence::notice_zh;
use super::{Computed, district_duties, eras};
use crate::app::{App, Lane};
use crate::db::sql::jobs::Turn;
use crate::db::sql::notices::{self, Notice};
use crate::db::sql::{cases, directory};
use crate::db::{Connection, DbError, kept_text};
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::people::{Role, Roster};
use daiban_core::permit::enforcement::{Rung, Step};
use daiban_core::rules::Duty;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Cases whose duties were brought to the moment.
    pub cases: u64,
    /// Notices that were not there before.
    pub notices: u64,
    /// Of these, 催办.
    pub urged: u64,
    /// And 督办.
    pub escalated: u64,
}

/// Brings every duty to the present and makes the notices that were due at `at` (Unix seconds, not later than now), as part of a job if
/// it is one. Run twice it makes none twice.
pub async fn sweep(app: &Arc<App>, at: i64, turn: Option<&Turn>, progress: impl FnMut(u64, u64)) -> Result<Swept, DbError> {
    let cases = compute_all_in(app, turn, progress).await?;
    let notices = app.aside_in(Lane::Jobs, move |app| app.db.read(|conn| due_notices(conn, at, app.now()))).await??;
    let turn = turn.cloned();
    app.db
        .write(move |tx| -> Result<Swept, DbError> {
            turn.as_ref().map_or(Ok(()), |turn| turn.must_stay(tx))?;
            let mut swept = Swept { cases, ..Swept::default() };
            for notice in &notices {
                if notices::insert(tx, notice)? {
                    swept.notices += 1;
                    swept.urged += u64::from(notice.kind == Step::Urged.name());
                    swept.escalated += u64::from(notice.kind == Step::Escalated.name());
                }
            }
            Ok(swept)
        })
        .await
}

/// Every notice that applies at `at`, whether it was made before or not; computed from the cases' rows, so that nothing stored a
/// moment ago by somebody else decides. A case that cannot be read keeps nobody else from being told.
fn due_notices(conn: &Connection, at: i64, made: i64) -> Result<Vec<Notice>, DbError> {
    let (mut notices, eras) = (Vec::new(), eras(conn)?);
    let people = directory::people(conn)?.into_iter();
    let left: BTreeSet<PersonId> = people.filter(|person| person.left_at.is_some()).map(|person| person.id).collect();
    for head in cases::list(conn)? {
        let Some(Computed { view, duties }) = readable(&head, compute_case(conn, &head, &eras, at))? else { continue };
        let title = view.title.clone().unwrap_or_else(|| "（未命名项目）".to_owned());
        let place = Place { case: Some((head.no, head.id)), title: &title, roster: &view.roster, left: &left, at, made };
        duties.values().try_for_each(|duty| tell(conn, &place, duty, &mut notices))?;
    }
    let roster = Roster::new();
    let place = Place { case: None, title: "全区周报", roster: &roster, left: &left, at, made };
    district_duties(conn, &eras, at)?.iter().try_for_each(|duty| tell(conn, &place, duty, &mut notices))?;
    Ok(notices)
}

/// Where a duty stands: its case and the people on it.
struct Place<'a> {
    case: Option<(i64, CaseId)>,
    title: &'a str,
    roster: &'a Roster,
    /// Who has left the service: told of nothing, whatever seat a store of before still shows.
    left: &'a BTreeSet<PersonId>,
    at: i64,
    made: i64,
}

fn tell(conn: &Connection, place: &Place<'_>, duty: &Duty, notices: &mut Vec<Notice>) -> Result<(), DbError> {
    for rung in duty.rungs() {
        let receivers = receivers(conn, place, duty, &rung)?;
        notices.extend(receivers.into_iter().map(|to_whom| notice(place, duty, rung.step, to_whom)));
    }
    Ok(())
}

/// Whoever owes it at the moment of sending and the roles of the rung, as persons where somebody holds the role.
fn receivers(conn: &Connection, place: &Place<'_>, duty: &Duty, rung: &Rung) -> Result<BTreeSet<String>, DbError> {
    let owes = duty.subject.person.as_ref().filter(|person| !place.left.contains(*person));
    let mut receivers = match (owes, duty.subject.role, duty.subject.group) {
        (Some(person), _, _) => BTreeSet::from([person.0.clone()]),
        (None, Role::GroupSpecialist, Some(group)) => match place.roster.specialist(group, place.at) {
            Some(person) => BTreeSet::from([person.0.clone()]),
            None => BTreeSet::from([group.id().to_owned()]),
        },
        (None, role, _) => holders(conn, place, role)?,
    };
    for role in &rung.also_to {
        receivers.extend(holders(conn, place, *role)?);
    }
    Ok(receivers)
}

/// On the case first, else in the directory, else the role itself, so that no notice is lost for want of a holder.
fn holders(conn: &Connection, place: &Place<'_>, role: Role) -> Result<BTreeSet<String>, DbError> {
    let seated = place.roster.active_at(place.at).filter(|entry| entry.role == role && !place.left.contains(&entry.person));
    let on_case: BTreeSet<String> = seated.map(|entry| entry.person.0.clone()).collect();
    if !on_case.is_empty() {
        return Ok(on_case);
    }
    let people = directory::people(conn)?.into_iter().filter(|person| person.role == role && person.left_at.is_none());
    let serving: BTreeSet<String> = people.map(|person| person.id.0).collect();
    Ok(if serving.is_empty() { BTreeSet::from([role.id().to_owned()]) } else { serving })
}

fn notice(place: &Place<'_>, duty: &Duty, step: Step, to_whom: String) -> Notice {
    let case = place.case.map_or_else(|| "district".to_owned(), |(_, id)| id.to_string());
    let title = kept_text(place.title);
    Notice {
        key: format!("{case}/{}/{}/{}/{to_whom}", duty.key, duty.due_on, step.name()),
        case_no: place.case.map(|(no, _)| no),
        kind: step.name().to_owned(),
        zh: notice_zh(&title, duty, step),
        en: format!("[{}] {}: {}, due {}, {}", step.name(), title, duty.title_en, duty.due_on, duty.state.en()),
        to_whom,
        made_at: place.made,
        withdrawn_at: None,
        withdrawn_why: None,
    }
}
