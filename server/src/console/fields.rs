//! What a record says, field by field. Personal data stands there as 已加密.

use super::field::PrintedField;
use crate::render::{Lang, Names};
use daiban_core::case::CaseView;
use daiban_core::fact::shown::{self, ShownField};
use daiban_core::fact::{self, Fact, Node, Ruling};
use daiban_core::ids::{FactId, PersonId, UnitId};
use daiban_messages::say::console as say;
use daiban_messages::{Message, Say};

/// The names behind ids on the page of one case: its records are called by their numbers.
pub struct InCase<'a> {
    /// People and units.
    pub names: &'a Names,
    /// The case.
    pub view: &'a CaseView,
}

impl fact::Names for InCase<'_> {
    fn person(&self, person: &PersonId) -> String {
        self.names.person(person)
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.names.unit(unit, Lang::Zh)
    }

    fn unit_en(&self, unit: &UnitId) -> String {
        self.names.unit(unit, Lang::En)
    }

    fn record(&self, record: &FactId) -> (String, String) {
        match self.view.fact(*record).and_then(|fact| fact.sequence) {
            Some(number) => {
                let Message { zh, en, .. } = say::RecordNumber { number }.say();
                (zh, en)
            }
            None => fact::NoNames.record(record),
        }
    }
}

/// How much of a digest is shown.
const DIGITS: usize = 12;

/// The fields of a ruling.
pub fn of_ruling(ruling: &Ruling, names: &InCase<'_>, lang: Lang) -> Vec<PrintedField> {
    let mut fields = shown::ruling_fields(ruling, names);
    // A digest is known by its first digits, as on the report itself.
    for field in fields.iter_mut().filter(|field| field.name == "report" && field.text_zh.len() > DIGITS) {
        field.text_zh = field.text_zh.chars().take(DIGITS).collect();
        field.text_en = field.text_zh.clone();
    }
    in_language(fields, lang)
}

/// The fields of a record.
pub fn fields(fact: &Fact, names: &InCase<'_>, lang: Lang) -> Vec<PrintedField> {
    in_language(shown::fields(fact, &|_| None, names), lang)
}

/// The fields of a tree that is no whole record.
pub fn fields_of(node: Node, names: &Names, lang: Lang) -> Vec<PrintedField> {
    in_language(shown::fields_of(node, &|_| None, names), lang)
}

fn in_language(fields: Vec<ShownField>, lang: Lang) -> Vec<PrintedField> {
    let field = |field: ShownField| {
        let (label, text) = (lang.t(&field.label_zh, &field.label_en), lang.t(&field.text_zh, &field.text_en));
        let value = if field.sealed { lang.say(say::Sealed) } else { text.to_owned() };
        PrintedField { label: label.to_owned(), value, sealed: field.sealed }
    };
    fields.into_iter().map(field).collect()
}
