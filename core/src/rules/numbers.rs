//! The numbers of the plan and those it leaves open, as the pack declares them: the one place that names, bounds and explains them.

use super::Policy;
use super::number_unit::NumberUnit;
use crate::calendar::Date;
use crate::people::Role;
use daiban_messages::say::policy as say;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/number.rs"));

impl Number {
    /// The number of that name.
    pub fn named(id: &str) -> Option<Number> {
        Number::ALL.iter().copied().find(|number| number.id() == id)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let id = String::deserialize(deserializer)?;
        Number::named(&id).ok_or_else(|| serde::de::Error::custom(format!("no number `{id}`")))
    }
}

/// What a number is taken for, and so by which day it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Governs {
    /// A duty of one case: the day its letter was signed.
    Case,
    /// A duty of a group or of the district: the last working day of its week.
    Period,
    /// What is asked when a record is made: the day of recording.
    Form,
}

/// One number as declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// Which.
    pub id: Number,
    /// The plan's clause; `none` where the plan says nothing.
    pub clause: String,
    /// What it is, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// What it counts.
    pub unit: NumberUnit,
    /// What holds where nobody set it.
    #[serde(deserialize_with = "amount")]
    pub default: i64,
    /// The least it may be.
    #[serde(deserialize_with = "amount")]
    pub min: i64,
    /// The most it may be.
    #[serde(deserialize_with = "amount")]
    pub max: i64,
    /// Who may change it.
    pub who: Vec<Role>,
    /// What it is taken for.
    pub governs: Vec<Governs>,
}

/// A whole number, or a time as `"17:30"`; whether the unit is one of times is looked at when the whole is checked.
fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    NumberUnit::Time.read(&value).ok_or_else(|| serde::de::Error::custom(format!("no number: {value}")))
}

impl Declared {
    /// The clause for officials, or that there is none.
    pub fn clause_zh(&self) -> &str {
        if self.clause == "none" { say::Unregulated::FIXED.zh } else { &self.clause }
    }
}

/// All numbers of a plan, and the document they stand in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// 文号 of the plan.
    pub document: String,
    /// The first day on which it holds; `None` only if the pack cannot be read.
    pub effective: Option<Date>,
    /// In the pack's order, each number once.
    pub declared: Vec<Declared>,
}

/// Numbers that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumbersError {
    /// Not of this shape: a key is missing, unknown or holds what it cannot.
    #[error("numbers: {0}")]
    Unreadable(String),
    /// A number is not declared.
    #[error("number `{0}` is not declared")]
    Missing(&'static str),
    /// A number is declared more than once.
    #[error("number `{0}` is declared twice")]
    Twice(&'static str),
    /// What is declared of it does not go together.
    #[error("number `{id}`: {why}")]
    Unfitting {
        /// Which.
        id: &'static str,
        /// What is wrong.
        why: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    document: String,
    effective: Date,
    number: Vec<Declared>,
}

impl Numbers {
    /// Those of the built-in pack, as compiled in: which numbers there are, what they count, and how far any pack may go.
    pub fn declared() -> &'static Numbers {
        static BUILTIN: OnceLock<Numbers> = OnceLock::new();
        // A test of this file reads it, so it can be read.
        BUILTIN.get_or_init(|| Self::read(include_str!(concat!(env!("OUT_DIR"), "/numbers.json"))).unwrap_or_default())
    }

    /// Reads and checks a pack's numbers; everything that is wrong with them is told at once.
    pub fn read(json: &str) -> Result<Numbers, Vec<NumbersError>> {
        let file: File = serde_json::from_str(json).map_err(|e| vec![NumbersError::Unreadable(e.to_string())])?;
        let mut wrong: Vec<NumbersError> = file.number.iter().filter_map(unfitting).collect();
        for number in Number::ALL {
            match file.number.iter().filter(|declared| declared.id == *number).count() {
                0 => wrong.push(NumbersError::Missing(number.id())),
                1 => {}
                _ => wrong.push(NumbersError::Twice(number.id())),
            }
        }
        let numbers = Numbers { document: file.document, effective: Some(file.effective), declared: file.number };
        if wrong.is_empty() { Ok(numbers) } else { Err(wrong) }
    }

    /// The settings by these numbers, as long as nobody ordered others.
    pub fn policy(&self) -> Policy {
        let plain = Policy::decided(1, self.document.clone(), None);
        self.declared.iter().fold(plain, |policy, declared| policy.with(declared.id, declared.default))
    }

    /// What is declared of a number.
    pub fn get(&self, number: Number) -> Option<&Declared> {
        self.declared.iter().find(|declared| declared.id == number)
    }
}

fn unfitting(declared: &Declared) -> Option<NumbersError> {
    let blank = [&declared.clause, &declared.zh, &declared.en].iter().any(|text| text.trim().is_empty());
    let why = if blank {
        "a text is empty; a number that the plan says nothing of has the clause \"none\""
    } else if !(declared.min..=declared.max).contains(&declared.default) {
        "its default is not within its range"
    } else if declared.unit.most().is_some_and(|most| declared.max > most) {
        "an hour is 0 to 23, a weekday 1 to 7, a time of the day 00:00 to 24:00"
    } else if declared.min < 0 {
        "it may not be negative"
    } else if declared.who.is_empty() || declared.governs.is_empty() {
        "it says neither who may change it nor what it governs"
    } else {
        return None;
    };
    Some(NumbersError::Unfitting { id: declared.id.id(), why })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::calendar::WeekSettings;

    fn written() -> serde_json::Value {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/numbers.json"))).unwrap()
    }

    #[test]
    fn every_number_is_declared_once_with_its_clause_its_words_and_its_range() {
        let numbers = Numbers::read(&written().to_string()).unwrap();
        assert_eq!(&numbers, Numbers::declared());
        assert_eq!(numbers.declared.iter().map(|declared| declared.id).collect::<Vec<_>>(), Number::ALL);
        let letter = numbers.get(Number::LetterWorkingDays).unwrap();
        assert_eq!((letter.clause_zh(), letter.unit.said(letter.default).zh.as_str()), ("四(四)2", "15个工作日"));
        let grace = numbers.get(Number::NightGraceHour).unwrap();
        assert_eq!((grace.clause_zh(), grace.unit), ("实施方案未规定", NumberUnit::Hour));
        assert_eq!(WeekSettings::default(), numbers.policy().weeks(), "the calendar alone says the same");
    }

    /// All product code of the tree, and the lines of duties.
    fn product() -> String {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let (mut text, mut left) = (String::new(), vec![root.join("src"), root.join("../server/src"), root.join("data/packs")]);
        while let Some(path) = left.pop() {
            match std::fs::read_dir(&path) {
                Ok(entries) => left.extend(entries.map(|entry| entry.unwrap().path())),
                Err(_) if path.file_name().is_some_and(|name| name != "numbers.toml") => {
                    text.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
                }
                Err(_) => {}
            }
        }
        text
    }

    #[test]
    fn every_number_that_is_declared_is_used() {
        let product = product();
        let is_used = |number: &&Number| {
            let setting = format!("setting = \"{}\"", number.id());
            product.contains(&format!("Number::{number:?})")) || product.contains(&setting)
        };
        let unused: Vec<_> = Number::ALL.iter().filter(|number| !is_used(number)).collect();
        assert!(unused.is_empty(), "declared and never read: {unused:?}");
    }

    #[test]
    fn everything_that_is_wrong_with_a_pack_s_numbers_is_told_at_once() {
        let mut file = written();
        file["number"][0]["default"] = 300.into();
        file["number"][1]["clause"] = "".into();
        file["number"][2]["max"] = 24.into();
        file["number"][3] = file["number"][4].clone();
        let wrong = Numbers::read(&file.to_string()).unwrap_err();
        let told: Vec<String> = wrong.iter().map(NumbersError::to_string).collect();
        assert_eq!(told.len(), 5, "{told:?}");
        for part in ["letter_working_days", "answer_working_days", "night_grace_hour", "`min_workdays` is not", "twice"] {
            assert!(told.iter().any(|line| line.contains(part)), "{part}: {told:?}");
        }
        file["number"][0]["colour"] = "red".into();
        assert!(matches!(Numbers::read(&file.to_string()).unwrap_err()[..], [NumbersError::Unreadable(_)]));
    }
}
