//! A record as a form: flat, closed shapes with open content. A kind of a later version needs no new type here, and a screen that
//! walks the fields shows it unchanged.

mod filling;
mod value;

pub(crate) use filling::{Filling, Moment};
pub use value::FormValue;
pub(crate) use value::typed;

use crate::term::Term;
use daiban_core::fact::FieldError;
use daiban_core::fact::field::{self, ChoiceInfo, FieldInfo, FieldValue, Filled, Reader, Shape, VariantInfo};
use daiban_core::fact::form::Form;

/// Words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Words {
    /// What officials say.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl From<field::Words> for Words {
    fn from(words: field::Words) -> Self {
        Words { zh: words.zh.to_owned(), en: words.en.to_owned() }
    }
}

/// A form: empty, or an own record to be corrected. See [`crate::Engine::form`].
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct RecordForm {
    /// What is filled in; its words are the form's title.
    pub kind: Term,
    /// The plan's clause.
    pub clause: String,
    /// Its fields, in the order in which people read them.
    pub fields: Vec<FormField>,
}

/// One field of a form, of a row or of a way.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FormField {
    /// Its name among the values.
    pub name: String,
    /// What people call it.
    pub label: Words,
    /// A hint for whoever fills it in.
    pub help: Option<Words>,
    /// What it holds.
    pub shape: FieldShape,
    /// It must be filled in.
    pub required: bool,
    /// Personal data: it is sealed on this phone before it is saved.
    pub sealed: bool,
    /// What stands in it: what the phone knows, or what the record says.
    pub value: Option<FormValue>,
}

/// What a field holds. Whatever can be written may be given as [`FormValue::Text`], as people type it: an amount (`1.2亿`), a date
/// (`2026年11月20日`), a choice by its code or its words, a unit by its id or name, several values a line each.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum FieldShape {
    /// Words.
    Text {
        /// Characters.
        max: i64,
        /// It may have several lines.
        lines: bool,
    },
    /// A whole number.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
        /// What it counts.
        unit: Option<Words>,
    },
    /// An amount of money, whole ones of its unit.
    Money {
        /// What one of it is.
        unit: Words,
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A date.
    Date,
    /// A week, `2026-W47`, or one of its days.
    Week,
    /// Yes or no.
    Flag {
        /// What yes is called.
        yes: Words,
        /// What no is called.
        no: Words,
    },
    /// One word of several.
    Choice {
        /// They.
        options: Vec<Term>,
    },
    /// Somebody, by id, by name, or by name and unit; [`crate::Engine::people`] offers whom to choose.
    Person,
    /// A unit; [`crate::Engine::units`] are those to choose from, others may be typed.
    Unit,
    /// Another record of the case, by its id.
    Record {
        /// Of which kind; absent = any.
        kind: Option<String>,
    },
    /// Words that are personal data.
    Sealed,
    /// Several values.
    Several {
        /// What each holds.
        of: Box<FieldShape>,
        /// How many there must be.
        least: i64,
    },
    /// A table.
    Rows {
        /// Its columns; `value` is what stands in a new row.
        columns: Vec<FormField>,
        /// How many rows there must be.
        least: i64,
    },
    /// Fields that belong together.
    Fields {
        /// They.
        fields: Vec<FormField>,
    },
    /// One of several ways, each with fields of its own. Its value is [`FormValue::Fields`] with the way's name and its fields.
    OneOf {
        /// The ways.
        variants: Vec<FormVariant>,
    },
}

/// One of the ways in which a field can be filled in.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FormVariant {
    /// Its name among the values.
    pub name: String,
    /// What people call it.
    pub label: Words,
    /// Its fields.
    pub fields: Vec<FormField>,
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FieldProblem {
    /// Where: the field's name, with dots into lists (from 0), rows and ways: `rows.2.fee_basis`.
    pub field: String,
    /// The sentence for the person, with the field's label and what to do.
    pub zh: String,
    /// For the developer and the log.
    pub en: String,
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        FieldProblem { field: error.field, zh: error.zh, en: error.en }
    }
}

impl RecordForm {
    /// The form as the border shows it; `reader` knows what stands in a new row.
    pub(crate) fn of(form: Form, reader: &dyn Reader) -> RecordForm {
        let mut values = form.values;
        let field = |info: &FieldInfo| {
            let at = values.iter().position(|(name, _)| name == info.name);
            FormField::of(info, at.map(|at| values.swap_remove(at).1), reader)
        };
        RecordForm {
            kind: Term::kind(form.kind.name),
            clause: form.kind.clause.to_owned(),
            fields: form.kind.fields.iter().map(field).collect(),
        }
    }
}

impl FormField {
    fn of(info: &FieldInfo, value: Option<FieldValue>, reader: &dyn Reader) -> FormField {
        FormField {
            name: info.name.to_owned(),
            label: info.label.into(),
            help: info.help.map(Words::from),
            shape: FieldShape::of(&info.shape, reader),
            required: info.required || matches!(info.shape, Shape::List { least: 1.., .. }),
            sealed: info.shape.is_sealed(),
            value: value.map(FormValue::from),
        }
    }

    /// Fields of a new row or of a way, with what the phone knows.
    fn fresh(infos: &[FieldInfo], reader: &dyn Reader) -> Vec<FormField> {
        let known = |from: Option<Filled>| from.and_then(|from| reader.filled(from));
        infos.iter().map(|info| FormField::of(info, known(info.filled), reader)).collect()
    }
}

impl FieldShape {
    fn of(shape: &Shape, reader: &dyn Reader) -> FieldShape {
        match *shape {
            Shape::Text { max, lines } => FieldShape::Text { max: count(max), lines },
            Shape::Integer { min, max, unit } => FieldShape::Integer { min, max, unit: unit.map(Words::from) },
            Shape::Money { unit, min, max } => FieldShape::Money { unit: unit.words().into(), min, max },
            Shape::Date => FieldShape::Date,
            Shape::Week => FieldShape::Week,
            Shape::Flag { yes, no } => FieldShape::Flag { yes: yes.into(), no: no.into() },
            Shape::Choice(choices) => FieldShape::Choice { options: choices.iter().map(option).collect() },
            Shape::Person => FieldShape::Person,
            Shape::Unit => FieldShape::Unit,
            Shape::Record(kind) => FieldShape::Record { kind: kind.map(str::to_owned) },
            Shape::Sealed => FieldShape::Sealed,
            Shape::List { of: Shape::Fields(infos), least } => {
                FieldShape::Rows { columns: FormField::fresh(infos, reader), least: count(least) }
            }
            Shape::List { of, least } => FieldShape::Several { of: Box::new(FieldShape::of(of, reader)), least: count(least) },
            Shape::Fields(infos) => FieldShape::Fields { fields: FormField::fresh(infos, reader) },
            Shape::OneOf(variants) => FieldShape::OneOf { variants: variants.iter().map(|v| way(v, reader)).collect() },
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn option(choice: &ChoiceInfo) -> Term {
    Term::new(choice.name, choice.label.zh, choice.label.en)
}

fn way(variant: &VariantInfo, reader: &dyn Reader) -> FormVariant {
    let fields = FormField::fresh(variant.fields, reader);
    FormVariant { name: variant.name.to_owned(), label: variant.label.into(), fields }
}
