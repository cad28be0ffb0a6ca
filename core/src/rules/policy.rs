//! One decision about the numbers: the document that orders it, the day from which it holds, and every number.

use super::numbers::{Declared, Number, Numbers};
use crate::calendar::{Date, WeekSettings, local_date, parse_date};
use crate::fact::field::FieldErrors;
use crate::permit::plausible::FormNumbers;
use daiban_messages::say::policy as say;
use daiban_messages::{Both, Message, Say};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The longest 文号 that is taken, characters.
const DOCUMENT_CHARS_MAX: usize = 100;
/// How far ahead a decision may begin, days: ten years; more is a mistyped year.
const AHEAD_DAYS_MAX: i64 = 3650;

/// One decision, with every number; those left out where it is read are the plan's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its number; a higher one was decided later.
    pub number: u32,
    /// 文号 of the document it carries out (R001).
    pub document: String,
    /// The first day on which it holds (R002); absent in what an earlier version decided: then it is the day of the decision.
    pub effective: Option<Date>,
    values: BTreeMap<Number, i64>,
}

impl Default for Policy {
    fn default() -> Self {
        Numbers::declared().policy()
    }
}

/// A policy that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum PolicyError {
    /// Not JSON, or not of this shape.
    Unreadable(String),
    /// Fields that do not fit, all of them.
    Fields(FieldErrors),
}

impl PolicyError {
    /// What is wrong, with what to do next; of several fields a line each.
    pub fn message(&self) -> Message {
        match self {
            PolicyError::Unreadable(why) => say::Unreadable { why }.say(),
            PolicyError::Fields(errors) => say::Fields { errors: errors.both() }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

/// What is ordered with the numbers; what is left out here is looked for among them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ordered<'a> {
    /// 文号.
    pub document: Option<&'a str>,
    /// The first day on which they hold, as typed.
    pub effective: Option<&'a str>,
}

/// What `policy show` adds to the numbers for people; an export that is handed back carries it along.
const DESCRIBED: &[&str] = &["number", "numbers", "decided", "zh", "en"];

impl Policy {
    /// A decision by a document that holds from a day on and leaves every number as compiled in; [`Policy::with`] sets one.
    pub fn decided(number: u32, document: impl Into<String>, effective: Option<Date>) -> Policy {
        Policy { number, document: document.into(), effective, values: BTreeMap::new() }
    }

    /// A number of this decision.
    pub fn get(&self, number: Number) -> i64 {
        let declared = || Numbers::declared().get(number).map(|declared| declared.default).unwrap_or_default();
        self.values.get(&number).copied().unwrap_or_else(declared)
    }

    /// The same with another number.
    pub fn with(mut self, number: Number, value: i64) -> Policy {
        self.put(number, value);
        self
    }

    /// What is compiled in anyway is not kept: equal numbers make equal policies.
    fn put(&mut self, number: Number, value: i64) {
        let declared = Numbers::declared().get(number).map(|declared| declared.default);
        if declared == Some(value) {
            self.values.remove(&number)
        } else {
            self.values.insert(number, value)
        };
    }

    /// Reads and checks a policy; what it leaves out is as compiled in.
    pub fn from_json(json: &str) -> Result<Policy, PolicyError> {
        let (policy, others) = Self::known(json, &Policy::default())?;
        let mut errors = FieldErrors::default();
        others.iter().for_each(|name| unknown(&mut errors, name));
        errors.done().map_err(PolicyError::Fields)?;
        Ok(policy)
    }

    /// Reads a policy that a later version may have written: its known numbers, and the names of the others. What it leaves out is as in
    /// `plan`, the plan's own numbers.
    pub fn known(json: &str, plan: &Policy) -> Result<(Policy, Vec<String>), PolicyError> {
        let settings: Map<String, Value> = serde_json::from_str(json).map_err(unreadable)?;
        let (mut policy, mut others, mut errors) = (plan.clone(), Vec::new(), FieldErrors::default());
        for (name, value) in settings {
            match name.as_str() {
                "number" => policy.number = serde_json::from_value(value).map_err(unreadable)?,
                "document" => policy.document = serde_json::from_value(value).map_err(unreadable)?,
                "effective" => policy.effective = serde_json::from_value(value).map_err(unreadable)?,
                id => match Number::named(id) {
                    Some(number) => policy.take(Numbers::declared().get(number), &value, &mut errors),
                    None => others.push(name),
                },
            }
        }
        errors.done().map_err(PolicyError::Fields)?;
        Ok((policy, others))
    }

    /// Reads what somebody orders: numbers with document and first day, which no decision goes without. What is left out is the plan's,
    /// whose numbers `plan` are. Everything that is wrong is told at once. `now` is Unix seconds.
    pub fn ordered(settings: &Value, with: Ordered<'_>, plan: &Numbers, now: i64) -> Result<Policy, PolicyError> {
        let Value::Object(settings) = settings else {
            return Err(PolicyError::Unreadable("not an object of settings".to_owned()));
        };
        let (mut policy, mut errors) = (plan.policy(), FieldErrors::default());
        let typed = |name: &str| settings.get(name).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        let document = with.document.map(str::to_owned).or_else(|| typed("document")).unwrap_or_default();
        document_of(&document, &mut errors);
        policy.document = document.trim().to_owned();
        let effective = with.effective.map(str::to_owned).or_else(|| typed("effective")).unwrap_or_default();
        policy.effective = effective_of(&effective, plan, local_date(now), &mut errors);
        for (name, value) in settings.iter().filter(|(name, _)| !["document", "effective"].contains(&name.as_str())) {
            match Number::named(name) {
                Some(number) => policy.take(plan.get(number), value, &mut errors),
                None if DESCRIBED.contains(&name.as_str()) => {}
                None => unknown(&mut errors, name),
            }
        }
        errors.done().map_err(PolicyError::Fields)?;
        Ok(policy)
    }

    fn take(&mut self, declared: Option<&Declared>, value: &Value, errors: &mut FieldErrors) {
        let Some(declared) = declared else { return };
        let (number, unit) = (declared.id, declared.unit);
        let (min, max) = (unit.typed(declared.min), unit.typed(declared.max));
        let called = || Both::new(&declared.zh, &declared.en);
        match unit.read(value).filter(|value| (declared.min..=declared.max).contains(value)) {
            Some(value) => self.put(number, value),
            None => errors.told(number.id(), say::Outside { number: called(), name: number.id(), min, max }),
        }
    }

    /// Which numbers differ between two decisions.
    pub fn changed<'a>(&'a self, from: &'a Policy) -> impl Iterator<Item = Number> + 'a {
        Number::ALL.iter().copied().filter(|number| self.get(*number) != from.get(*number))
    }

    /// Those that a record is measured by.
    pub fn form_numbers(&self) -> FormNumbers {
        let (asked, waits) = (self.get(Number::AskedAfterDays), self.get(Number::LetterWaitsAfterDays));
        FormNumbers { asked_after_days: asked, letter_waits_after_days: waits, investment_min: self.get(Number::InvestmentMin) }
    }

    /// The calendar's part of it.
    pub fn weeks(&self) -> WeekSettings {
        let count = |number| u32::try_from(self.get(number)).unwrap_or(u32::MAX);
        WeekSettings {
            min_workdays: count(Number::MinWorkdays),
            group_weekday: count(Number::GroupReportWeekday),
            district_after: count(Number::DistrictReportAfter),
        }
    }
}

fn unreadable(error: serde_json::Error) -> PolicyError {
    PolicyError::Unreadable(error.to_string())
}

fn unknown(errors: &mut FieldErrors, name: &str) {
    errors.told(name, say::Unknown { name });
}

fn document_of(document: &str, errors: &mut FieldErrors) {
    if document.trim().is_empty() {
        errors.told("document", say::DocumentMissing);
    } else if document.chars().count() > DOCUMENT_CHARS_MAX || document.chars().any(char::is_control) {
        errors.told("document", say::DocumentTooLong { most: DOCUMENT_CHARS_MAX });
    }
}

fn effective_of(typed: &str, plan: &Numbers, today: Date, errors: &mut FieldErrors) -> Option<Date> {
    if typed.trim().is_empty() {
        errors.told("effective", say::EffectiveMissing);
        return None;
    }
    let date = match parse_date(typed.trim()) {
        Ok(date) => date,
        Err(error) => {
            errors.told("effective", say::EffectiveUnreadable { why: error.message() });
            return None;
        }
    };
    let ahead = date.signed_duration_since(today).num_days();
    if plan.effective.is_some_and(|first| date < first) {
        errors.told("effective", say::EffectiveBeforePlan);
    } else if ahead > AHEAD_DAYS_MAX {
        errors.told("effective", say::EffectiveTooFar);
    }
    Some(date)
}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("number", &self.number)?;
        map.serialize_entry("document", &self.document)?;
        if let Some(effective) = self.effective {
            map.serialize_entry("effective", &effective)?;
        }
        Number::ALL.iter().try_for_each(|number| map.serialize_entry(number.id(), &self.get(*number)))?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Policy, D::Error> {
        let json = Value::deserialize(deserializer)?.to_string();
        Policy::from_json(&json).map_err(serde::de::Error::custom)
    }
}
