//! `--sure`: a date long ago is asked about before it is recorded, because last year's number is the commonest typing error.

use crate::fault::Fault;
use crate::field::Field;
use daiban_core::agent::Draft;
use daiban_core::fact::Fact;

/// Refuses a draft with dates to be asked about, except those that stand as they are in what it corrects.
pub fn ask(field: &Field, draft: &Draft, corrected: Option<&Fact>) -> Result<(), Fault> {
    let known = corrected.map(|old| {
        let (occurred_at, body) = (old.occurred_at, old.body.clone());
        field.date_questions(&Draft { occurred_at, amends: None, body })
    });
    let mut questions = field.date_questions(draft);
    questions.retain(|question| known.as_ref().is_none_or(|known| !known.contains(question)));
    if questions.is_empty() { Ok(()) } else { Err(Fault::DateInDoubt(questions)) }
}
