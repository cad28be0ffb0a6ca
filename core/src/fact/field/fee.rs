//! An amount in 元 with 分, exact: never a binary fraction.

use super::{FieldErrors, FieldInfo, FieldType, Money, Place, Shape};
use crate::fact::Node;
use daiban_messages::say::fact as say;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::iter::Sum;

const CENTS: i128 = 100;

/// An amount of 元. Recorded as a whole number where it is one, as it always was, else as text with both decimals: `1234.50`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fee {
    // Wide enough for every whole number that may stand in an old record, a hundredfold.
    cents: i128,
}

impl Fee {
    /// Of whole 元.
    pub const fn yuan(yuan: i64) -> Fee {
        Fee { cents: yuan as i128 * CENTS }
    }

    /// Of 分.
    pub const fn cents(cents: i64) -> Fee {
        Fee { cents: cents as i128 }
    }

    /// Whether anything is to be paid.
    pub const fn is_positive(self) -> bool {
        self.cents > 0
    }

    /// The amount in its recorded form, if that is one: digits, a point and two decimals that are not both 0.
    pub(super) fn recorded(text: &str) -> Option<Fee> {
        let (whole, part) = text.split_once('.')?;
        let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        let plain = !whole.is_empty() && digits(whole) && (whole == "0" || !whole.starts_with('0'));
        if !plain || part.len() != 2 || !digits(part) || part == "00" {
            return None;
        }
        format!("{whole}{part}").parse().ok().map(Fee::cents)
    }

    /// As it stands in a record.
    pub fn node(self) -> Node {
        match self.whole() {
            Some(yuan) => Node::Int(yuan),
            None => Node::text(self.to_string().as_str()),
        }
    }

    fn whole(self) -> Option<i64> {
        if self.cents % CENTS == 0 { i64::try_from(self.cents / CENTS).ok() } else { None }
    }
}

/// "1234.50", "100": without the unit.
impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (yuan, cents) = (self.cents / CENTS, (self.cents % CENTS).abs());
        let sign = if self.cents < 0 && yuan == 0 { "-" } else { "" };
        if cents == 0 { write!(f, "{yuan}") } else { write!(f, "{sign}{yuan}.{cents:02}") }
    }
}

impl Sum for Fee {
    fn sum<I: Iterator<Item = Fee>>(fees: I) -> Fee {
        Fee { cents: fees.fold(0, |sum, fee| sum.saturating_add(fee.cents)) }
    }
}

impl Serialize for Fee {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(yuan) => s.serialize_i64(yuan),
            None => s.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Fee {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Fee;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("whole yuan, or text with two decimals")
            }

            fn visit_i64<E: de::Error>(self, yuan: i64) -> Result<Fee, E> {
                Ok(Fee::yuan(yuan))
            }

            fn visit_u64<E: de::Error>(self, yuan: u64) -> Result<Fee, E> {
                i64::try_from(yuan).map(Fee::yuan).map_err(E::custom)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Fee, E> {
                Fee::recorded(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        d.deserialize_any(Visitor)
    }
}

impl FieldType for Fee {
    const SHAPE: Shape = Shape::Integer { min: i64::MIN, max: i64::MAX, unit: None };

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        let (Shape::Money { min, max, .. } | Shape::Integer { min, max, .. }) = field.shape else { return };
        if !(Fee::yuan(min)..=Fee::yuan(max)).contains(self) {
            let unit = Money::Yuan.words();
            out.at(place, field, |field| say::Outside { field, min, max, unit });
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn whole_amounts_are_recorded_as_they_always_were() {
        for yuan in [0, 1, 100, 10_000_000_000, -5, i64::MAX, i64::MIN] {
            let fee = Fee::yuan(yuan);
            assert_eq!(serde_json::to_string(&fee).unwrap(), yuan.to_string());
            assert_eq!(serde_json::from_str::<Fee>(&yuan.to_string()).unwrap(), fee);
            assert_eq!(fee.node(), Node::Int(yuan));
        }
    }

    #[test]
    fn cents_are_text_of_one_form_only() {
        for (cents, text) in [(123_456, "1234.56"), (1_050, "10.50"), (5, "0.05")] {
            let fee = Fee::cents(cents);
            assert_eq!((fee.to_string().as_str(), serde_json::to_string(&fee).unwrap()), (text, format!("\"{text}\"")));
            assert_eq!(serde_json::from_str::<Fee>(&format!("\"{text}\"")).unwrap(), fee);
        }
        let refused = [
            "",
            "1",
            "1.",
            ".50",
            "1.5",
            "1.500",
            "1.00",
            "01.50",
            "-1.50",
            "+1.50",
            "1e2",
            "1.2e1",
            "NaN",
            "inf",
            "0.005",
            " 1.50",
            "1,000.50",
            "１.50",
            "99999999999999999999.50",
        ];
        for text in refused {
            assert!(serde_json::from_str::<Fee>(&format!("\"{text}\"")).is_err(), "{text}");
        }
        for json in ["1.5", "1e300", "18446744073709551615", "null", "true"] {
            assert!(serde_json::from_str::<Fee>(json).is_err(), "{json}");
        }
        assert_eq!(Fee::cents(-5).to_string(), "-0.05");
    }

    #[test]
    fn sums_are_exact_and_end_somewhere() {
        let tenth: Fee = std::iter::repeat_n(Fee::cents(10), 10).sum();
        assert_eq!(tenth, Fee::yuan(1));
        let most: Fee = std::iter::repeat_n(Fee::yuan(i64::MAX), 1_000).sum();
        assert!(most > Fee::yuan(i64::MAX) && most.is_positive());
        assert!(!Fee::default().is_positive() && Fee::cents(1).is_positive());
    }
}
