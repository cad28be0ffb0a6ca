//! What a field is: its description, its types, and how a value is checked and read from what people type.
//!
//! One description, many readers: forms, checks, screens, the command line, the interface's schema and the enterprise's page walk
//! [`FieldInfo`]s and none knows a kind. A field's type is Rust (`String`, `Option<Date>` …); what the type cannot say (limits, labels,
//! who sees it) stands in the `#[field(…)]` attribute before it.

mod choice;
mod code;
mod day;
mod error;
mod fee;
mod flag;
mod list;
mod number;
mod parse;
mod place;
mod reference;
mod sealed;
mod shape;
mod text;
mod value;

pub use choice::ChoiceInfo;
pub use code::Code;
pub use error::{FieldError, FieldErrors};
pub use fee::Fee;
pub use number::Money;
pub use parse::{Reader, read};
pub use place::Place;
pub use shape::Shape;
pub use value::{FieldValue, value_of};

pub(super) use parse::half_width;

use daiban_messages::{Argument, Both, Fixed};

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Chinese, as officials say it.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// A text of the catalogue.
    pub const fn of(Fixed { zh, en, .. }: Fixed) -> Words {
        Words { zh, en }
    }
}

impl Argument for Words {
    fn both(&self) -> Both {
        Both::new(self.zh, self.en)
    }
}

/// One field of a kind, of a row or of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldInfo {
    /// Its name in changes, JSON and on the command line.
    pub name: &'static str,
    /// What people call it.
    pub label: Words,
    /// A hint for whoever fills it in.
    pub help: Option<Words>,
    /// Whether it must be given.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
    /// The code it holds, if it is one with a check digit.
    pub code: Option<Code>,
    /// What a form writes into it when nobody typed anything.
    pub filled: Option<Filled>,
    /// Whether the enterprise sees it.
    pub public: bool,
    /// Whether rules and judgement read it: it then stands in the digest.
    pub rules: bool,
}

/// Where a form finds a value that nobody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The person who records.
    Person,
    /// The week it happened in.
    Week,
    /// 项目名称 of the case.
    Title,
    /// 建设单位 of the case.
    Enterprise,
    /// 上门, the way most logs are made.
    OnSite,
    /// One.
    One,
}

/// One of the ways a field can be filled in, with fields of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VariantInfo {
    /// Its name in changes and JSON.
    pub name: &'static str,
    /// What people call it.
    pub label: Words,
    /// Its fields.
    pub fields: &'static [FieldInfo],
}

/// A type that can be a field.
pub trait FieldType {
    /// What it holds, before the attribute's limits.
    const SHAPE: Shape;
    /// Whether a field of this type must be given.
    const REQUIRED: bool = true;

    /// Adds what does not fit.
    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors);
}

/// A type with named fields.
pub trait FieldSet {
    /// Its fields, in the order in which people read them.
    const FIELDS: &'static [FieldInfo];

    /// Adds what does not fit, field by field.
    fn check_fields(&self, place: &Place<'_>, out: &mut FieldErrors);
}

impl<T: FieldType> FieldType for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const REQUIRED: bool = false;

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        if let Some(value) = self {
            value.check(field, place, out);
        }
    }
}
