//! What people, units and cases are called, as far as the server told this phone. A name leaves with the last case that needs it.

use super::Agent;
use super::answer::Taking;
use super::saved::{self, meta};
use crate::calendar::Date;
use crate::case::CaseNumber;
use crate::fact;
use crate::ids::{CaseId, PersonId, UnitId};
use crate::people::{Group, Organisation, Role, Unit};
use crate::plan::Plan;
use crate::store::{Batch, Namespace};
use crate::sync::names::{CaseNames, HeldNames, NamesPart, OfferedNames, PersonName};
use daiban_messages::Say;
use daiban_messages::say::agent as say;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything of it, as it is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SavedNames {
    /// Up to which change of the directory.
    version: u64,
    /// How many units the office added.
    units: u64,
    people: Vec<PersonName>,
    cases: Vec<CaseNames>,
    offered: OfferedNames,
}

/// The names this phone knows.
#[derive(Clone, Debug)]
pub struct KnownNames {
    saved: SavedNames,
    people: BTreeMap<PersonId, PersonName>,
    own: Option<PersonName>,
    plan: Arc<Plan>,
    /// The same with the units that the office added.
    whole: Plan,
}

/// Whom a typed name may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// One person, or an id as it was typed: whether there is such a person only the server knows.
    One(PersonId),
    /// Several people of that name: the unit or the id must say which.
    Several(Vec<PersonName>),
}

impl KnownNames {
    /// Reads what was saved; what cannot be read is asked for anew.
    pub(super) fn load(saved: Option<&[u8]>, own: Option<PersonName>, plan: Arc<Plan>) -> KnownNames {
        KnownNames::of(saved.and_then(|bytes| saved::read(bytes).ok()).unwrap_or_default(), own, plan)
    }

    fn of(saved: SavedNames, own: Option<PersonName>, plan: Arc<Plan>) -> KnownNames {
        let told = saved.people.iter().chain(&saved.offered.people);
        let people = told.map(|person| (person.id.clone(), person.clone())).collect();
        let read = |json: &String| serde_json::from_str::<Unit>(json).ok();
        let with = |plan: Plan, unit: Unit| plan.with_unit(unit).unwrap_or(plan);
        let whole = saved.offered.units.iter().filter_map(read).fold(Plan::clone(&plan), with);
        KnownNames { saved, people, own, plan, whole }
    }

    /// Which names the server is told of.
    pub(super) fn held(&self) -> HeldNames {
        let SavedNames { version, units, .. } = self.saved;
        HeldNames { version, units, offered: self.saved.offered.digest() }
    }

    /// The names by another plan.
    pub(super) fn by_plan(&self, plan: Arc<Plan>) -> KnownNames {
        KnownNames::of(self.saved.clone(), self.own.clone(), plan)
    }

    /// The same by the pack of a day, with the units as they are on it (R199).
    pub fn on(&self, day: Date) -> KnownNames {
        KnownNames { whole: self.whole.on(day), ..self.clone() }
    }

    fn save(&self, batch: &mut Batch) {
        saved::put(batch, Namespace::Meta, meta::NAMES, &self.saved);
    }

    /// Somebody of whom at least the name is known.
    pub fn find(&self, id: &PersonId) -> Option<&PersonName> {
        self.people.get(id).or_else(|| self.own.as_ref().filter(|own| own.id == *id))
    }

    /// The units: those of the plan and those the office added.
    pub fn organisation(&self) -> &Organisation {
        &self.whole.organisation
    }

    /// What a case is called; `None` before the server has seen it.
    pub fn number(&self, case: CaseId) -> Option<&str> {
        self.told(case)?.number.as_deref()
    }

    fn told(&self, case: CaseId) -> Option<&CaseNames> {
        let at = self.saved.cases.binary_search_by_key(&case, |told| told.case).ok()?;
        self.saved.cases.get(at)
    }

    /// The case with that number.
    pub fn numbered(&self, number: CaseNumber) -> Option<CaseId> {
        let is = |told: &&CaseNames| told.number.as_deref().and_then(CaseNumber::read) == Some(number);
        self.saved.cases.iter().find(is).map(|told| told.case)
    }

    /// Whom a form offers in a case, the case's own people first, each once.
    pub fn offered(&self, case: Option<CaseId>) -> Vec<&PersonName> {
        let of_case = case.and_then(|case| self.told(case)).into_iter().flat_map(|told| &told.people);
        let all = of_case.filter_map(|id| self.find(id)).chain(&self.saved.offered.people).chain(&self.own);
        let mut seen = BTreeSet::new();
        all.filter(|person| seen.insert(&person.id)).collect()
    }

    /// A person as a list shows them: by the name, with the unit where `among` has another of that name.
    pub fn choice(&self, person: &PersonName, among: &[&PersonName]) -> String {
        let namesake = among.iter().any(|other| other.name == person.name && other.id != person.id);
        if namesake { format!("{}（{}）", person.name, fact::Names::unit(self, &person.unit)) } else { person.name.clone() }
    }

    /// Whoever goes by what was typed: an id, a name, or a name with its unit (`张伟@丰荣街道办事处`). Where the case or the lists
    /// know several of the name, all of them.
    pub fn called(&self, typed: &str) -> Called {
        let typed = typed.trim();
        let id = PersonId::from(typed);
        if self.find(&id).is_some() {
            return Called::One(id);
        }
        let (name, unit) = match typed.split_once(['@', '＠']) {
            Some((name, unit)) => (name.trim(), Some(self.organisation().unit_id(unit.trim()))),
            None => (typed, None),
        };
        let everybody = self.people.values().chain(self.own.as_ref().filter(|own| !self.people.contains_key(&own.id)));
        let fits = |person: &&PersonName| person.name == name && unit.as_ref().is_none_or(|unit| person.unit == *unit);
        match everybody.filter(fits).collect::<Vec<_>>()[..] {
            [] => Called::One(id),
            [one] => Called::One(one.id.clone()),
            ref several => Called::Several(several.iter().map(|person| (*person).clone()).collect()),
        }
    }

    /// This phone belongs to a person now.
    pub(super) fn set_own(&mut self, own: PersonName) {
        self.own = Some(own);
    }

    /// The id that a typed name means; the text itself where nobody or more than one goes by it.
    pub fn person_id(&self, typed: &str) -> PersonId {
        match self.called(typed) {
            Called::One(id) => id,
            Called::Several(_) => PersonId::from(typed),
        }
    }

    fn take(&mut self, part: NamesPart) {
        let mut saved = if part.whole { SavedNames::default() } else { self.saved.clone() };
        (saved.version, saved.units) = (part.version, part.units);
        if part.whole {
            saved.offered = self.saved.offered.clone();
        }
        if let Some(offered) = part.offered {
            saved.offered = offered;
        }
        let people = std::mem::take(&mut saved.people).into_iter().chain(part.people);
        saved.people = people.map(|person| (person.id.clone(), person)).collect::<BTreeMap<_, _>>().into_values().collect();
        for new in part.cases {
            match saved.cases.iter_mut().find(|told| told.case == new.case) {
                Some(told) => {
                    told.number = new.number.or(told.number.take());
                    let more = new.people.into_iter().filter(|person| !told.people.contains(person)).collect::<Vec<_>>();
                    told.people.extend(more);
                }
                None => saved.cases.push(new),
            }
        }
        *self = KnownNames::of(saved.needed(), self.own.take(), self.plan.clone());
    }

    /// Forgets a case; `false` if nothing was known of it.
    fn forget(&mut self, case: CaseId) -> bool {
        let mut saved = self.saved.clone();
        saved.cases.retain(|told| told.case != case);
        let changed = saved.cases.len() < self.saved.cases.len();
        *self = KnownNames::of(saved.needed(), self.own.take(), self.plan.clone());
        changed
    }
}

impl SavedNames {
    /// Only those people whom a case needs.
    fn needed(mut self) -> SavedNames {
        let needed: BTreeSet<&PersonId> = self.cases.iter().flat_map(|told| &told.people).collect();
        self.people.retain(|person| needed.contains(&person.id));
        self.cases.sort_by_key(|told| told.case);
        self
    }
}

impl fact::Names for KnownNames {
    fn group(&self, group: Group) -> String {
        self.organisation().group_zh(group).to_owned()
    }

    fn group_en(&self, group: Group) -> String {
        self.organisation().group_en(group).to_owned()
    }

    fn person(&self, person: &PersonId) -> String {
        match (self.find(person), person.as_str()) {
            (Some(known), _) => known.name.clone(),
            (None, "office") => self.organisation().role_zh(Role::Office),
            (None, "server") => say::NameOfServer.say().zh,
            (None, id) => say::NameUnknown { id }.say().zh,
        }
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.organisation().find_unit(unit.as_str()).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }

    fn unit_en(&self, unit: &UnitId) -> String {
        let en = |unit: &Unit| unit.english().to_owned();
        self.organisation().find_unit(unit.as_str()).map_or_else(|| unit.to_string(), en)
    }
}

impl Agent {
    /// What people, units and cases are called.
    pub fn names(&self) -> &KnownNames {
        &self.state.names
    }
}

impl Taking<'_> {
    /// Takes names that are new here. A part of a later version changes nothing; a server that was restored is asked for all names
    /// again, because its changes are counted anew.
    pub(super) fn names(&mut self, part: Option<&[u8]>, restored: bool) {
        let part = part.and_then(NamesPart::from_bytes);
        if part.is_none() && !restored {
            return;
        }
        let names = &mut self.state.names;
        part.into_iter().for_each(|part| names.take(part));
        if restored {
            names.saved.version = 0;
        }
        names.save(&mut self.batch);
    }

    /// The names that only this case needed go with it.
    pub(super) fn forget_names(&mut self, case: CaseId) {
        if self.state.names.forget(case) {
            self.state.names.save(&mut self.batch);
        }
    }
}
