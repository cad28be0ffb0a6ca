//! A line of the table as it is written, and what makes it a [`Line`].

use super::Rule;
use super::in_time::InTime;
use super::line::{Days, Line, PeriodEnd, Scope, Shape, Start, Tie, Way};
use super::number_unit::NumberUnit;
use super::numbers::{Governs, Number, Numbers};
use super::owner::OwedBy;
use super::reading::{Sort, Vocabulary};
use super::title;
use crate::calendar::Date;
use crate::permit::enforcement::{EscalationStep, Strength};
use daiban_messages::say::plan as say;
use daiban_messages::{Fixed, Message, Say};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The keys of a line; see `duties.md` beside this file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    id: String,
    #[serde(default)]
    part: Option<String>,
    #[serde(default)]
    scope: Scope,
    #[serde(default)]
    from: Option<Date>,
    #[serde(default)]
    until: Option<Date>,
    #[serde(default)]
    document: Option<String>,
    clause: String,
    strength: Strength,
    zh: String,
    en: String,
    shape: ShapeName,
    start: Start,
    #[serde(default)]
    day0: Option<String>,
    #[serde(default)]
    count: Option<Count>,
    #[serde(default)]
    due: Option<PeriodEnd>,
    met: Vec<WrittenWay>,
    in_time: InTime,
    owed_by: OwedBy,
    ladder: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ShapeName {
    OnceAfter,
    EachPeriod,
    ItemLimit,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Count {
    WorkingDays(i64),
    Setting(String),
    Field(String),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenWay {
    fact: Option<String>,
    ruling: Option<String>,
    sent: Option<String>,
    by_owner: bool,
    group: Option<String>,
    start: Option<String>,
    week: Option<String>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub(crate) enum LineError {
    /// A key is missing, unknown, or holds what it cannot.
    Unreadable(String),
    /// A key that nothing reads.
    Unknown(String),
    /// A text is empty.
    Empty(&'static str),
    /// The number of days is none.
    Count,
    /// A key does not go with the others.
    Unfitting {
        /// The key.
        key: &'static str,
        /// Why not.
        why: &'static Fixed,
    },
    /// A word is not in the vocabulary.
    NotThere {
        /// The key.
        key: &'static str,
        /// The word.
        word: String,
    },
}

impl LineError {
    /// The key that is wrong, where one is.
    pub(super) fn key(&self) -> Option<&'static str> {
        match self {
            Self::Unreadable(_) | Self::Unknown(_) => None,
            Self::Count => Some("count"),
            Self::Empty(key) | Self::Unfitting { key, .. } | Self::NotThere { key, .. } => Some(key),
        }
    }

    /// What is wrong, with what to do next, for whoever writes the pack.
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::Unreadable(why) => match why.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
                Some(key) => say::LineMissing { key }.say(),
                None => say::LineUnreadable { why }.say(),
            },
            Self::Unknown(key) => say::LineUnknown { key }.say(),
            Self::Empty(key @ "clause") => say::LineWithoutClause { key }.say(),
            Self::Empty(key) => say::LineEmpty { key }.say(),
            Self::Count => say::LineCount { key: "count", most: DAYS_MAX }.say(),
            Self::Unfitting { key, why } => say::LineUnfitting { key, why: **why }.say(),
            Self::NotThere { key, word } => say::LineNotThere { key, word }.say(),
        }
    }
}

const DAYS_MAX: i64 = 250;

type Ladders = BTreeMap<String, Vec<EscalationStep>>;

impl Written {
    /// The line, if all it names is there and goes together. Without a document of its own it is one of the plan, whose numbers are given.
    pub(super) fn checked(self, words: &Vocabulary, ladders: &Ladders, numbers: &Numbers) -> Result<Line, LineError> {
        for (key, text) in [("id", &self.id), ("clause", &self.clause), ("zh", &self.zh), ("en", &self.en)] {
            if text.trim().is_empty() {
                return Err(LineError::Empty(key));
            }
        }
        if self.from.zip(self.until).is_some_and(|(from, until)| until <= from) {
            return unfitting("until", &say::WhyUntil::FIXED);
        }
        let ladder = ladders.get(&self.ladder).filter(|ladder| !ladder.is_empty());
        let ladder = ladder.ok_or_else(|| not_there("ladder", &self.ladder))?.clone();
        self.check_start(words)?;
        let shape = self.shape(words, numbers)?;
        let met = self.met.iter().map(|way| way.checked(&self, words)).collect::<Result<Vec<_>, _>>()?;
        self.check_met(&met)?;
        if let OwedBy::NamedInStart(field) = &self.owed_by {
            field_of("owed_by", words, self.start.kind(), field, Sort::Person)?;
        }
        let line = Line {
            key: [Some(self.id.as_str()), self.part.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("/"),
            rule: Rule::from(self.id),
            scope: self.scope,
            from: self.from,
            until: self.until,
            document: self.document.unwrap_or_else(|| numbers.document.clone()),
            clause: self.clause,
            strength: self.strength,
            zh: self.zh,
            en: self.en,
            start: self.start,
            day0: self.day0,
            shape,
            met,
            in_time: self.in_time,
            owed_by: self.owed_by,
            ladder,
        };
        match title::unfilled(&line, words) {
            Some(place) => Err(not_there("zh, en", &place)),
            None => Ok(line),
        }
    }

    fn check_start(&self, words: &Vocabulary) -> Result<(), LineError> {
        let there = match &self.start {
            Start::The(kind) => words.has_kind(kind) && words.is_single(kind),
            Start::Each(kind) => words.has_kind(kind),
        };
        if !there {
            return Err(not_there("start", self.start.kind()));
        }
        match &self.day0 {
            Some(field) => field_of("day0", words, self.start.kind(), field, Sort::Date),
            None => Ok(()),
        }
    }

    fn shape(&self, words: &Vocabulary, numbers: &Numbers) -> Result<Shape, LineError> {
        match (self.shape, &self.count, self.due) {
            (ShapeName::OnceAfter, Some(Count::WorkingDays(days)), None) if (1..=DAYS_MAX).contains(days) => {
                Ok(Shape::OnceAfter(Days::Fixed(*days)))
            }
            (ShapeName::OnceAfter, Some(Count::WorkingDays(_)), None) => Err(LineError::Count),
            (ShapeName::OnceAfter, Some(Count::Setting(name)), None) => {
                setting(name, numbers).map(|number| Shape::OnceAfter(Days::Set(number))).ok_or_else(|| not_there("count", name))
            }
            (ShapeName::ItemLimit, Some(Count::Field(field)), None) => {
                field_of("count", words, self.start.kind(), field, Sort::Number)?;
                Ok(Shape::ItemLimit(field.clone()))
            }
            (ShapeName::EachPeriod, None, Some(end)) if matches!(self.start, Start::The(_)) => Ok(Shape::EachPeriod(end)),
            (ShapeName::EachPeriod, None, Some(_)) => unfitting("start", &say::WhyStartOfPeriod::FIXED),
            (ShapeName::EachPeriod, ..) => unfitting("due", &say::WhyDue::FIXED),
            (ShapeName::OnceAfter, ..) => unfitting("count", &say::WhyCountOnce::FIXED),
            (ShapeName::ItemLimit, ..) => unfitting("count", &say::WhyCountLimit::FIXED),
        }
    }

    /// What meets a duty is either recorded by people or noted by the server, and read accordingly.
    fn check_met(&self, met: &[Way]) -> Result<(), LineError> {
        let recorded = met.iter().all(|way| matches!(way, Way::Fact { .. }));
        let district = met.iter().all(|way| matches!(way, Way::Sent(_)));
        let confirmed = self.in_time == InTime::ConfirmedByCutoff;
        let seat = matches!(self.owed_by, OwedBy::Seat { .. });
        if met.is_empty() {
            return Err(LineError::Empty("met"));
        }
        if confirmed == recorded {
            return unfitting("in_time", &say::WhyInTime::FIXED);
        }
        if district != (self.scope == Scope::District) {
            return unfitting("scope", &say::WhyScope::FIXED);
        }
        if seat != district {
            return unfitting("owed_by", &say::WhySeat::FIXED);
        }
        Ok(())
    }
}

impl WrittenWay {
    fn checked(&self, line: &Written, words: &Vocabulary) -> Result<Way, LineError> {
        match (&self.fact, &self.ruling, &self.sent) {
            (Some(kind), None, None) if words.has_kind(kind) => {
                let tie = self.tie(line, words, kind)?;
                if let Some(field) = &self.week {
                    field_of("met.week", words, kind, field, Sort::Week)?;
                }
                if self.week.is_some() && line.shape != ShapeName::EachPeriod {
                    return unfitting("met.week", &say::WhyWeek::FIXED);
                }
                Ok(Way::Fact { kind: kind.clone(), tie, week: self.week.clone() })
            }
            (Some(kind), None, None) => Err(not_there("met.fact", kind)),
            _ if self.by_owner || self.group.is_some() || self.start.is_some() || self.week.is_some() => {
                unfitting("met", &say::WhyTie::FIXED)
            }
            (None, Some(kind), None) if !words.has_ruling(kind) => Err(not_there("met.ruling", kind)),
            (None, Some(_), None) if line.shape != ShapeName::EachPeriod || line.owed_by != OwedBy::SpecialistOfEachGroup => {
                unfitting("met.ruling", &say::WhyRuling::FIXED)
            }
            (None, Some(kind), None) => Ok(Way::Ruling(kind.clone())),
            (None, None, Some(name)) if words.has_event(name) => Ok(Way::Sent(name.clone())),
            (None, None, Some(name)) => Err(not_there("met.sent", name)),
            _ => unfitting("met", &say::WhyOneWay::FIXED),
        }
    }

    fn tie(&self, line: &Written, words: &Vocabulary, kind: &str) -> Result<Tie, LineError> {
        match (self.by_owner, &self.group, &self.start) {
            (false, None, None) => Ok(Tie::Any),
            (true, None, None) => Ok(Tie::Owner),
            (false, Some(field), None) if line.owed_by == OwedBy::SpecialistOfEachGroup => {
                field_of("met.group", words, kind, field, Sort::Group).map(|()| Tie::Group(field.clone()))
            }
            (false, Some(_), None) => unfitting("met.group", &say::WhyGroup::FIXED),
            (false, None, Some(field)) if line.shape != ShapeName::EachPeriod => {
                field_of("met.start", words, kind, field, Sort::Reference).map(|()| Tie::Start(field.clone()))
            }
            (false, None, Some(_)) => unfitting("met.start", &say::WhyStart::FIXED),
            _ => unfitting("met", &say::WhyOneTie::FIXED),
        }
    }
}

/// A number of working days that is chosen by the case.
fn setting(name: &str, numbers: &Numbers) -> Option<Number> {
    let declared = numbers.get(Number::named(name)?)?;
    (declared.unit == NumberUnit::WorkingDays && declared.min > 0 && declared.governs.contains(&Governs::Case))
        .then_some(declared.id)
}

fn not_there(key: &'static str, word: &str) -> LineError {
    LineError::NotThere { key, word: word.to_owned() }
}

fn unfitting<T>(key: &'static str, why: &'static Fixed) -> Result<T, LineError> {
    Err(LineError::Unfitting { key, why })
}

fn field_of(key: &'static str, words: &Vocabulary, kind: &str, field: &str, sort: Sort) -> Result<(), LineError> {
    if words.sort(kind, field) == Some(sort) { Ok(()) } else { Err(not_there(key, &format!("{kind}.{field}"))) }
}
