//! The names that are new to a phone: whom the rows of this answer name first, whom the directory changed since the phone heard of it,
//! and what its forms offer. A quiet round costs one look at the newest change.

use super::pages::Brought;
use crate::app::Reference;
use crate::db::sql::{directory, members, names};
use crate::db::{Connection, DbError};
use daiban_core::ids::{CaseId, PersonId};
use daiban_core::sync::names::{CaseNames, HeldNames, NamesPart, OfferedNames};
use std::collections::BTreeMap;

/// People whom the rows of one page name first, at most.
const PAGE_MAX: usize = 500;
/// People, and places of people in cases, that one answer tells at most.
const ANSWER_MAX: usize = 5_000;
/// People whom forms offer at most: those with a seat first.
const OFFERED_MAX: usize = 300;

/// What a phone that holds these names is to be told; `None` if that is nothing.
pub(super) fn new_to(
    conn: &Connection,
    reference: &Reference,
    person: &PersonId,
    held: &HeldNames,
    brought: &[Brought],
    now: i64,
) -> Result<Option<NamesPart>, DbError> {
    let (version, units) = (names::version(conn)?, reference.version().units.unsigned_abs());
    // A number from the future is that of a store from before a restore.
    let whole = held.version == 0 || held.version > version;
    let mut part = NamesPart { version, units, whole, ..NamesPart::default() };
    if whole {
        part.people = names::changed(conn, person, 0, now, ANSWER_MAX)?;
        part.cases = of_every_case(conn, reference, person, now)?;
    } else {
        if held.version < version {
            part.people = names::changed(conn, person, held.version, now, ANSWER_MAX)?;
        }
        for page in brought {
            of_page(conn, reference, page, &mut part)?;
        }
    }
    if whole || (held.version, held.units) != (version, units) {
        part.offered = Some(offered(conn, person)?).filter(|offered| offered.digest() != held.offered);
    }
    Ok(part.is_news_to(held).then_some(part))
}

fn of_page(conn: &Connection, reference: &Reference, page: &Brought, part: &mut NamesPart) -> Result<(), DbError> {
    let named = names::first_named(conn, page.held.case_no, page.after, page.upto, PAGE_MAX)?;
    let number = page.held.number.filter(|_| page.after == 0).map(|number| reference.plan.numbered(number));
    if named.is_empty() && number.is_none() {
        return Ok(());
    }
    let people = named.iter().map(|person| person.id.clone()).collect();
    part.cases.push(CaseNames { case: page.held.case, number, people });
    let new = named.into_iter().filter(|named| part.people.iter().all(|told| told.id != named.id)).collect::<Vec<_>>();
    part.people.extend(new);
    Ok(())
}

fn of_every_case(conn: &Connection, reference: &Reference, person: &PersonId, now: i64) -> Result<Vec<CaseNames>, DbError> {
    let mut needed: BTreeMap<CaseId, Vec<PersonId>> = BTreeMap::new();
    for (case, person) in names::of_cases(conn, person, now, ANSWER_MAX)? {
        needed.entry(case).or_default().push(person);
    }
    let held = members::held(conn, person, now)?.into_iter();
    let told = held.map(|held| CaseNames {
        case: held.case,
        number: held.number.map(|number| reference.plan.numbered(number)),
        people: needed.remove(&held.case).unwrap_or_default(),
    });
    Ok(told.collect())
}

fn offered(conn: &Connection, person: &PersonId) -> Result<OfferedNames, DbError> {
    let units = directory::units(conn)?;
    let units = units.iter().map(serde_json::to_string).collect::<Result<_, _>>().map_err(|_| DbError::Corrupt("unit"))?;
    Ok(OfferedNames { people: names::offered(conn, person, OFFERED_MAX)?, units })
}
