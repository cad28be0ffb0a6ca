//! `amend` and `again`: nothing is ever edited; a correction is a new record.

use super::args::Amend;
use super::output::Report;
use super::{save, words};
use crate::amend::corrected;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::Draft;

/// Records the corrected content as a new fact that amends the old.
pub fn amend(field: &mut Field, amend: &Amend) -> Result<Report, Fault> {
    let old = field.find_record(&amend.record)?;
    let (case, fact) = field.fact(old)?;
    let only_the_time = amend.occurred.is_some() && amend.set.is_empty() && amend.unset.is_empty();
    let body =
        if only_the_time { fact.body.clone() } else { corrected(&fact, &amend.set, &amend.unset, &mut |text| field.seal(text))? };
    let occurred_at = amend.occurred.as_deref().map_or(Ok(fact.occurred_at), words::moment)?;
    let recorded = field.record(case, Draft { occurred_at, amends: Some(old), body })?;
    save::report(field, &recorded)
}

/// Records a quarantined or void record once more.
pub fn again(field: &mut Field, prefix: &str) -> Result<Report, Fault> {
    let record = field.find_record(prefix)?;
    let recorded = field.record_again(record)?;
    save::report(field, &recorded)
}
