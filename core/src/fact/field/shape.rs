//! What a field holds, as data: the one description that forms, checks, schemas and screens walk.

use super::{ChoiceInfo, FieldInfo, Money, VariantInfo, Words};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Words, never blank, up to so many characters.
    Text {
        /// Characters.
        max: usize,
        /// Whether it may have several lines.
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
    /// An amount of money.
    Money {
        /// What one of it is.
        unit: Money,
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A civil date.
    Date,
    /// An ISO week.
    Week,
    /// Yes or no.
    Flag {
        /// What yes is called.
        yes: Words,
        /// What no is called.
        no: Words,
    },
    /// One word of several.
    Choice(&'static [ChoiceInfo]),
    /// Somebody of the task force.
    Person,
    /// A unit.
    Unit,
    /// Another record of the case; of this kind, if one is named.
    Record(Option<&'static str>),
    /// Personal data: text that stands sealed.
    Sealed,
    /// Several values of one shape.
    List {
        /// The shape of each.
        of: &'static Shape,
        /// How many there must be.
        least: usize,
    },
    /// Fields of its own: a row of a table, a numbered document.
    Fields(&'static [FieldInfo]),
    /// One of several ways, each with fields of its own.
    OneOf(&'static [VariantInfo]),
}

impl Shape {
    /// With another greatest length or value.
    #[must_use]
    pub const fn with_max(self, limit: i64) -> Shape {
        match self {
            Shape::Text { lines, .. } => Shape::Text { max: limit.unsigned_abs() as usize, lines },
            Shape::Integer { min, unit, .. } => Shape::Integer { min, max: limit, unit },
            Shape::Money { unit, min, .. } => Shape::Money { unit, min, max: limit },
            other => other,
        }
    }

    /// With another least value.
    #[must_use]
    pub const fn with_min(self, limit: i64) -> Shape {
        match self {
            Shape::Integer { max, unit, .. } => Shape::Integer { min: limit, max, unit },
            Shape::Money { unit, max, .. } => Shape::Money { unit, min: limit, max },
            other => other,
        }
    }

    /// A list with at least so many values.
    #[must_use]
    pub const fn with_least(self, least: usize) -> Shape {
        match self {
            Shape::List { of, .. } => Shape::List { of, least },
            other => other,
        }
    }

    /// A number that counts something.
    #[must_use]
    pub const fn with_unit(self, words: Words) -> Shape {
        match self {
            Shape::Integer { min, max, .. } => Shape::Integer { min, max, unit: Some(words) },
            other => other,
        }
    }

    /// A number that is an amount of money.
    #[must_use]
    pub const fn as_money(self, unit: Money) -> Shape {
        match self {
            Shape::Integer { min, max, .. } => Shape::Money { unit, min, max },
            other => other,
        }
    }

    /// A yes or no with words of its own.
    #[must_use]
    pub const fn called(self, yes: Words, no: Words) -> Shape {
        match self {
            Shape::Flag { .. } => Shape::Flag { yes, no },
            other => other,
        }
    }

    /// A reference to a record of one kind.
    #[must_use]
    pub const fn of_kind(self, kind: &'static str) -> Shape {
        match self {
            Shape::Record(_) => Shape::Record(Some(kind)),
            other => other,
        }
    }

    /// A text that is one of some words today; a later version may know more.
    #[must_use]
    pub const fn chosen_from(self, choices: &'static [ChoiceInfo]) -> Shape {
        match self {
            Shape::Text { .. } => Shape::Choice(choices),
            other => other,
        }
    }

    /// A text with lines.
    #[must_use]
    pub const fn with_lines(self) -> Shape {
        match self {
            Shape::Text { max, .. } => Shape::Text { max, lines: true },
            other => other,
        }
    }

    /// The ways of a one-of; of other shapes none.
    pub const fn variants(&self) -> &'static [VariantInfo] {
        match self {
            Shape::OneOf(variants) => variants,
            _ => &[],
        }
    }

    /// The field's type as golden lists and documentation name it: `text 5000`, `list of rows`.
    pub fn name(&self) -> String {
        match self {
            Shape::Text { max, lines } => format!("text {max}{}", if *lines { " with lines" } else { "" }),
            Shape::Integer { min, max, .. } => format!("integer {min}..{max}"),
            Shape::Money { unit, min, max } => format!("money in {} {min}..{max}", unit.words().en),
            Shape::Date => "date".to_owned(),
            Shape::Week => "week".to_owned(),
            Shape::Flag { .. } => "flag".to_owned(),
            Shape::Choice(choices) => format!("choice {}", choices.iter().map(|c| c.name).collect::<Vec<_>>().join("|")),
            Shape::Person => "person".to_owned(),
            Shape::Unit => "unit".to_owned(),
            Shape::Record(kind) => format!("record{}", kind.map(|kind| format!(" {kind}")).unwrap_or_default()),
            Shape::Sealed => "sealed".to_owned(),
            Shape::List { of, least } => {
                format!("list of {}{}", of.name(), if *least > 0 { format!(", at least {least}") } else { String::new() })
            }
            Shape::Fields(_) => "fields".to_owned(),
            Shape::OneOf(_) => "one of".to_owned(),
        }
    }

    /// Whether personal data stands anywhere in it.
    pub fn is_sealed(&self) -> bool {
        self.holds(|shape| matches!(shape, Shape::Sealed))
    }

    /// Whether such a shape stands anywhere in it.
    pub fn holds(&self, wanted: fn(&Shape) -> bool) -> bool {
        let any = |fields: &[FieldInfo]| fields.iter().any(|field| field.shape.holds(wanted));
        wanted(self)
            || match self {
                Shape::List { of, .. } => of.holds(wanted),
                Shape::Fields(fields) => any(fields),
                Shape::OneOf(variants) => variants.iter().any(|variant| any(variant.fields)),
                _ => false,
            }
    }
}
