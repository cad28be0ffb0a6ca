//! Who is told of a duty: the receivers of each step of its ladder, and the notice's words.

use super::sentence::sentence;
use crate::app::{App, Reference};
use crate::db::sql::cases::{CaseHead, ToldBy};
use crate::db::sql::directory::{self, Person};
use crate::db::sql::notices::{self, Notice};
use crate::db::{Connection, DbError, Transaction, kept_text};
use daiban_core::case::{CaseView, called};
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::people::{Role, Roster};
use daiban_core::permit::enforcement::{EscalationStep, Step};
use daiban_core::report::home_of_duty;
use daiban_core::rules::{Duty, rules_digest};
use daiban_messages::say::notice::DistrictReport;
use daiban_messages::{Argument as _, Both, Say};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Cases whose duties were brought to the moment.
    pub cases: u64,
    /// Those of which nothing was to be computed or told: not looked at.
    pub skipped: u64,
    /// Notices that were not there before.
    pub notices: u64,
    /// Of these, 催办.
    pub urged: u64,
    /// And 督办.
    pub escalated: u64,
}

impl Swept {
    /// Counts what another part of the sweep did.
    pub(super) fn add(&mut self, other: Swept) {
        self.cases += other.cases;
        self.skipped += other.skipped;
        self.notices += other.notices;
        self.urged += other.urged;
        self.escalated += other.escalated;
    }
}

/// Writes notices, and counts those that were not there before.
pub(super) fn tell(tx: &Transaction<'_>, told: &[Notice]) -> Result<Swept, DbError> {
    let mut swept = Swept::default();
    for notice in told {
        if notices::insert(tx, notice)? {
            swept.notices += 1;
            swept.urged += u64::from(notice.kind == Step::Urged.name());
            swept.escalated += u64::from(notice.kind == Step::Escalated.name());
        }
    }
    Ok(swept)
}

/// Who is told what was due at a moment: the directory, read once for all cases.
pub(super) struct Telling {
    /// The moment, Unix seconds.
    pub(super) at: i64,
    /// By what it is told: see [`told_by`].
    pub(super) told_by: ToldBy,
    made: i64,
    /// Who has left the service: told of nothing, whatever seat a store of before still shows.
    left: BTreeSet<PersonId>,
    serving: Vec<(Role, PersonId)>,
    reference: Arc<Reference>,
}

impl Telling {
    pub(super) fn read(app: &App, conn: &Connection, at: i64) -> Result<Telling, DbError> {
        let reference = app.reference(conn)?;
        let people = directory::people(conn)?;
        let told_by = told_by(&people, &reference);
        let (left, serving): (Vec<_>, Vec<_>) = people.into_iter().partition(|person| person.left_at.is_some());
        let left = left.into_iter().map(|person| person.id).collect();
        let serving = serving.into_iter().map(|person| (person.role, person.id)).collect();
        Ok(Telling { at, told_by, made: app.now(), left, serving, reference })
    }

    /// Every notice of a case that applies and was not made before; computed from the case's rows, so that nothing stored a moment ago
    /// by somebody else decides. `duties` are those of the moment; `steps_before` are the steps that applied before to the duties that
    /// changed since, if what is stored says so.
    pub(super) fn of_case(
        &self,
        conn: &Connection,
        head: &CaseHead,
        view: &CaseView,
        duties: &BTreeMap<String, Duty>,
        steps_before: Option<&BTreeMap<&str, &[Step]>>,
    ) -> Result<Vec<Notice>, DbError> {
        let number = head.number.map(|number| self.reference.plan.numbered(number));
        let title = called(view.title.as_deref(), number.as_deref());
        let place = self.place(Some((head.no, head.id)), kept_text(&title).both(), &view.roster);
        if let Some(before) = steps_before.filter(|_| self.was_told(head, &view.roster)) {
            let changed = before.iter().filter_map(|(key, steps)| Some((duties.get(*key)?, *steps)));
            return Ok(changed.flat_map(|(duty, before)| notices_of(&place, duty, before, &HashSet::new())).collect());
        }
        let applies = duties.values().any(|duty| !duty.escalation_steps(&self.reference.plan).is_empty());
        let before = if applies { notices::keys(conn, head.no)? } else { HashSet::new() };
        Ok(duties.values().flat_map(|duty| notices_of(&place, duty, &[], &before)).collect())
    }

    /// Whether all that applied to the case when it was computed last was told to those who would hear of it now.
    pub(super) fn was_told(&self, head: &CaseHead, roster: &Roster) -> bool {
        let told = head.still.is_some_and(|still| still.told_by == self.told_by) && head.computed == head.sequence;
        head.computed_at.filter(|at| told && *at <= self.at).is_some_and(|computed_at| {
            let mut moments = roster.entries().iter().flat_map(|entry| [Some(entry.from), entry.until]).flatten();
            moments.all(|moment| moment <= computed_at || moment > self.at)
        })
    }

    /// Every notice of what the district owes that applies.
    pub(super) fn of_district(&self, duties: &[Duty]) -> Vec<Notice> {
        let roster = Roster::new();
        let place = self.place(None, DistrictReport.say().into(), &roster);
        duties.iter().flat_map(|duty| notices_of(&place, duty, &[], &HashSet::new())).collect()
    }

    fn place<'a>(&'a self, case: Option<(i64, CaseId)>, title: Both, roster: &'a Roster) -> Place<'a> {
        Place { case, title, roster, telling: self }
    }
}

/// Names all that decides who is told what besides the cases: this version of the rules, calendar, policy and units in force, and who
/// serves as what.
fn told_by(people: &[Person], reference: &Reference) -> ToldBy {
    let mut sum = Sha256::new().chain_update(b"daiban-told-by-1").chain_update(rules_digest(&reference.plan));
    sum.update(format!("{} {:?}", env!("CARGO_PKG_VERSION"), reference.version()));
    for person in people {
        sum.update(format!("\n{} {} {}", person.id.as_str(), person.role.id(), person.left_at.is_some()));
    }
    let sum: [u8; 32] = sum.finalize().into();
    sum.first_chunk().copied().unwrap_or_default()
}

/// Where a duty stands: its case and the people on it.
struct Place<'a> {
    case: Option<(i64, CaseId)>,
    title: Both,
    roster: &'a Roster,
    telling: &'a Telling,
}

impl Place<'_> {
    /// Names a notice for good: told once, it is never told again.
    fn key(&self, duty: &Duty, step: Step, to_whom: &str) -> String {
        let case = self.case.map_or_else(|| "district".to_owned(), |(_, id)| id.to_string());
        format!("{case}/{}/{}/{}/{to_whom}", duty.key, duty.due_on, step.name())
    }

    fn has_left(&self, person: &PersonId) -> bool {
        self.telling.left.contains(person)
    }
}

/// The notices of a duty, but for the steps that applied before and for those whose keys are there.
fn notices_of(place: &Place<'_>, duty: &Duty, before: &[Step], there: &HashSet<String>) -> Vec<Notice> {
    let new = duty.escalation_steps(&place.telling.reference.plan).into_iter().filter(|step| !before.contains(&step.step));
    let of_step = |step: EscalationStep| {
        let receivers = receivers(place, duty, &step).into_iter();
        receivers.filter_map(move |to_whom| {
            let key = place.key(duty, step.step, &to_whom);
            (!there.contains(&key)).then(|| notice(place, duty, step.step, to_whom, key))
        })
    };
    new.flat_map(of_step).collect()
}

/// Whoever owes it at the moment of sending and the roles of the step, as persons where somebody holds the role.
fn receivers(place: &Place<'_>, duty: &Duty, step: &EscalationStep) -> BTreeSet<String> {
    let owes = duty.subject.person.as_ref().filter(|person| !place.has_left(person));
    let mut receivers = match (owes, duty.subject.role, duty.subject.group) {
        (Some(person), _, _) => BTreeSet::from([person.0.clone()]),
        (None, Role::GroupSpecialist, Some(group)) => match place.roster.specialist(group, place.telling.at) {
            Some(person) => BTreeSet::from([person.0.clone()]),
            None => BTreeSet::from([group.id().to_owned()]),
        },
        (None, Role::UnitAgent, _) => match specialist_above(place, duty) {
            Some(person) => BTreeSet::from([person.0.clone()]),
            None => holders(place, Role::ChiefAgent),
        },
        (None, role, _) => holders(place, role),
    };
    for role in &step.also_to {
        match specialist_above(place, duty).filter(|_| *role == Role::GroupSpecialist) {
            Some(specialist) => receivers.extend([specialist.0.clone()]),
            None => receivers.extend(holders(place, *role)),
        }
    }
    receivers
}

/// The one specialist of the case to whom the agent who owes reports; `None` where the seat does not say which.
fn specialist_above<'a>(place: &'a Place<'_>, duty: &Duty) -> Option<&'a PersonId> {
    let group = duty.subject.unit.as_ref().filter(|_| duty.subject.role == Role::UnitAgent);
    let group = group.map(|_| home_of_duty(duty, &place.telling.reference.plan.organisation))?;
    place.roster.specialist(group, place.telling.at).filter(|person| !place.has_left(person))
}

/// On the case first, else in the directory, else the role itself, so that no notice is lost for want of a holder.
fn holders(place: &Place<'_>, role: Role) -> BTreeSet<String> {
    let seated = place.roster.active_at(place.telling.at).filter(|entry| entry.role == role && !place.has_left(&entry.person));
    let on_case: BTreeSet<String> = seated.map(|entry| entry.person.0.clone()).collect();
    if !on_case.is_empty() {
        return on_case;
    }
    let serving = place.telling.serving.iter().filter(|(held, _)| *held == role);
    let serving: BTreeSet<String> = serving.map(|(_, person)| person.0.clone()).collect();
    if serving.is_empty() { BTreeSet::from([role.id().to_owned()]) } else { serving }
}

fn notice(place: &Place<'_>, duty: &Duty, step: Step, to_whom: String, key: String) -> Notice {
    let (case_no, kind) = (place.case.map(|(no, _)| no), step.name().to_owned());
    let notice = Notice { key, case_no, kind, to_whom, made_at: place.telling.made, ..Notice::default() };
    notice.saying(sentence(&place.title, duty, step))
}
