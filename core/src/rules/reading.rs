//! Everything the rules read of a fact, by the names of kinds and fields that the lines use: only fields that their kind marks `rules`,
//! which stand in its digest, the same on the phone and on the server. No other file here reads a body.

use super::line::{Line, Start};
use crate::calendar::{Date, Week};
use crate::case::{CaseView, FactView};
#[cfg(test)]
use crate::fact::fact_kind;
use crate::fact::field::Shape;
use crate::fact::{BodyDigest, FieldInfo, KindInfo, Node, fact_kinds};
use crate::ids::{FactId, PersonId};
use crate::people::Group;
use crate::requirement::Requirement;
use serde::de::DeserializeOwned;

/// What a field of a record says, as far as rules read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A group.
    Group,
    /// A person, by id.
    Person,
    /// Another record.
    Reference,
    /// A week.
    Week,
    /// A day.
    Date,
    /// A whole number.
    Number,
    /// A text.
    Text,
}

/// Kinds of which one record counts for the case.
const SINGLE: &[&str] = &["authorization_letter_signed"];

/// What a digest says beyond its fields: of a letter the later of its two signatures (R156).
const DERIVED: &[(&str, &str, Sort)] = &[("authorization_letter_signed", "signed_on", Sort::Date)];

impl Sort {
    /// What a field of that shape says; `None` if rules can do nothing with it.
    fn of(shape: &Shape) -> Option<Sort> {
        Some(match shape {
            Shape::Choice(choices) if choices.iter().all(|choice| choice.name.parse::<Group>().is_ok()) => Sort::Group,
            Shape::Person => Sort::Person,
            Shape::Record(_) => Sort::Reference,
            Shape::Week => Sort::Week,
            Shape::Date => Sort::Date,
            Shape::Integer { .. } | Shape::Money { .. } => Sort::Number,
            Shape::Text { .. } => Sort::Text,
            _ => return None,
        })
    }
}

/// Rulings that meet a duty.
const RULINGS: &[&str] = &["report_confirmed"];

/// What the server itself notes.
const EVENTS: &[&str] = &["district_report"];

/// The words that a line may use.
#[derive(Clone, Debug)]
pub(super) struct Vocabulary {
    kinds: Vec<&'static str>,
    fields: Vec<(&'static str, &'static str, Sort)>,
}

impl Vocabulary {
    /// Those of this version.
    pub(super) fn builtin() -> Self {
        let read = |kind: &'static KindInfo| {
            let sorted = |field: &FieldInfo| Some((kind.name, field.name, Sort::of(&field.shape).filter(|_| field.rules)?));
            kind.fields.iter().filter_map(sorted)
        };
        let kinds = fact_kinds().iter().map(|kind| kind.name).collect();
        Self { kinds, fields: fact_kinds().iter().flat_map(read).chain(DERIVED.iter().copied()).collect() }
    }

    /// With a kind that this version does not have.
    #[cfg(test)]
    pub(super) fn with(mut self, kind: &'static str, fields: &[(&'static str, Sort)]) -> Self {
        self.kinds.push(kind);
        self.fields.extend(fields.iter().map(|(field, sort)| (kind, *field, *sort)));
        self
    }

    /// Whether records of that kind are read.
    pub(super) fn has_kind(&self, kind: &str) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether one record of that kind counts for the case.
    pub(super) fn is_single(&self, kind: &str) -> bool {
        SINGLE.contains(&kind)
    }

    /// What a field says; `None` if rules do not read it.
    pub(super) fn sort(&self, kind: &str, field: &str) -> Option<Sort> {
        self.fields.iter().find(|(of, name, _)| (*of, *name) == (kind, field)).map(|(_, _, sort)| *sort)
    }

    /// Whether such a ruling meets a duty.
    pub(super) fn has_ruling(&self, kind: &str) -> bool {
        RULINGS.contains(&kind)
    }

    /// Whether the server notes such a thing.
    pub(super) fn has_event(&self, name: &str) -> bool {
        EVENTS.contains(&name)
    }
}

/// What starts a duty.
#[derive(Clone, Copy)]
pub(super) struct Started<'a> {
    pub(super) fact: &'a FactView,
    /// Day 0.
    pub(super) day0: Date,
}

/// What starts the duties of a line in a case.
pub(super) fn starts<'a>(line: &Line, view: &'a CaseView) -> Vec<Started<'a>> {
    let started = |fact| Started { fact, day0: day0(line, fact) };
    match &line.start {
        Start::The(_) => view.letter.and_then(|letter| view.fact(letter.fact)).map(started).into_iter().collect(),
        Start::Each(kind) => view.current().filter(|fact| is_of(fact, kind)).map(started).collect(),
    }
}

/// Day 0 of what a record starts by a line.
pub(super) fn day0(line: &Line, fact: &FactView) -> Date {
    line.day0.as_ref().and_then(|field| day(fact, field)).unwrap_or(fact.speaks_of())
}

/// The day a letter was signed; `None` of another record.
pub(super) fn signed_on(fact: &FactView) -> Option<Date> {
    match &fact.fact.body {
        BodyDigest::AuthorizationLetterSigned(letter) => Some(letter.signed_on()),
        _ => None,
    }
}

/// Whether a record is of a kind.
pub(super) fn is_of(fact: &FactView, kind: &str) -> bool {
    fact.fact.body.kind() == kind
}

/// The group that a field names.
pub(super) fn group(fact: &FactView, field: &str) -> Option<Group> {
    match &fact.fact.body {
        BodyDigest::FlowTableSubmitted(table) if field == "group" => Some(table.group),
        _ => read(fact, field),
    }
}

/// The record that a field refers to.
pub(super) fn reference(fact: &FactView, field: &str) -> Option<FactId> {
    match &fact.fact.body {
        BodyDigest::InquiryAnswered(answer) if field == "inquiry" => Some(answer.inquiry),
        _ => read(fact, field),
    }
}

/// The week that a field names.
pub(super) fn week(fact: &FactView, field: &str) -> Option<Week> {
    match &fact.fact.body {
        BodyDigest::NoChange(nothing) if field == "week" => Some(nothing.week),
        _ => read(fact, field),
    }
}

/// The person that a field names.
pub(super) fn person(fact: &FactView, field: &str) -> Option<PersonId> {
    read(fact, field)
}

/// The number that a field holds.
pub(super) fn number(fact: &FactView, field: &str) -> Option<i64> {
    read(fact, field)
}

/// The text that a field holds.
pub(super) fn text(fact: &FactView, field: &str) -> Option<String> {
    read(fact, field)
}

/// The day that a field names; of a letter the later of its two signatures (R156).
fn day(fact: &FactView, field: &str) -> Option<Date> {
    match &fact.fact.body {
        BodyDigest::AuthorizationLetterSigned(_) if !Requirement::R090.holds() => None,
        BodyDigest::AuthorizationLetterSigned(_) if field == "signed_on" => signed_on(fact),
        _ => read(fact, field),
    }
}

/// A field of any kind, out of its digest.
fn read<T: DeserializeOwned>(fact: &FactView, field: &str) -> Option<T> {
    value(fact, field)?.read().ok()
}

#[cfg(not(test))]
fn value(fact: &FactView, field: &str) -> Option<Node> {
    fact.fact.body.field(field)
}

/// A kind made up for a test has no digest of its own.
#[cfg(test)]
fn value(fact: &FactView, field: &str) -> Option<Node> {
    match fact_kind(fact.fact.body.kind()) {
        Some(_) => fact.fact.body.field(field),
        None => fact.whole()?.node().get(field).cloned(),
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;
    use crate::fact::Body;

    #[test]
    fn the_short_way_to_a_field_reads_what_the_general_one_reads() {
        let mut seen = 0;
        for digest in Body::examples().iter().map(Body::digest) {
            let field = |name: &str| digest.field(name).unwrap_or_else(|| panic!("{name}"));
            match &digest {
                BodyDigest::FlowTableSubmitted(table) => assert_eq!(field("group").read(), Ok(table.group)),
                BodyDigest::InquiryAnswered(answer) => assert_eq!(field("inquiry").read(), Ok(answer.inquiry)),
                BodyDigest::NoChange(nothing) => assert_eq!(field("week").read(), Ok(nothing.week)),
                _ => continue,
            }
            seen += 1;
        }
        assert_eq!(seen, 3);
    }
}
