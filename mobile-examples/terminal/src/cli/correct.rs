//! `amend` and `again`: nothing is ever edited; a correction is a new record.

mod content;
mod place;

use super::args::Amend;
use super::filling::Filling;
use super::output::Report;
use super::record::names;
use super::typed::Typing;
use super::{saved, sure, words};
use crate::fault::Fault;
use crate::field::Field;
use content::Correction;
use daiban_core::agent::Draft;
use daiban_core::fact::{Body, Fact, fact_kind};
use daiban_core::ids::CaseId;
use daiban_messages::say::terminal as say;

/// Records the corrected content as a new fact that amends the old.
pub fn amend(field: &mut Field, amend: &Amend) -> Result<Report, Fault> {
    let old = field.find_record(&amend.record)?;
    let (case, fact) = field.fact(old)?;
    let occurred_at = amend.occurred.as_deref().map_or(Ok(fact.occurred_at), words::moment)?;
    let only_the_time = amend.occurred.is_some() && amend.set.is_empty() && amend.unset.is_empty();
    let body = if only_the_time { fact.body.clone() } else { corrected(field, case, &fact, amend)? };
    let draft = Draft { occurred_at, amends: Some(old), body };
    if !amend.sure {
        sure::ask(field, &draft, Some(&fact))?;
    }
    let recorded = field.record(case, draft)?;
    saved::report(field, &recorded)
}

fn corrected(field: &mut Field, case: CaseId, old: &Fact, amend: &Amend) -> Result<Body, Fault> {
    let kind = fact_kind(old.body.kind()).ok_or_else(|| Fault::not_now(say::AmendNewer))?;
    let line = names::line(kind);
    let typing = Typing { line: &line, records: &|prefix| field.find_record(prefix) };
    let correction = Correction::typed(kind, &amend.set, &amend.unset, typing)?;
    let view = field.case(case)?;
    correction.apply(old, &mut Filling::new(field, Some(view), old.occurred_at)?)
}

/// Records a quarantined or void record once more.
pub fn again(field: &mut Field, prefix: &str) -> Result<Report, Fault> {
    let record = field.find_record(prefix)?;
    let recorded = field.record_again(record)?;
    saved::report(field, &recorded)
}
