//! A line of the table as it is written, and what makes it a [`Line`].

use super::Rule;
use super::in_time::InTime;
use super::line::{Days, Line, PeriodEnd, Scope, Shape, Start, Tie, Way};
use super::numbers::{Governs, Number, NumberUnit, Numbers};
use super::owner::OwedBy;
use super::reading::{Sort, Vocabulary};
use super::title;
use crate::calendar::Date;
use crate::permit::enforcement::{EscalationStep, Strength};
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
pub(crate) enum LineError {
    /// A key is missing, unknown, or holds what it cannot.
    #[error("{0}")]
    Unreadable(String),
    /// A text is empty.
    #[error("`{0}` is empty")]
    Empty(&'static str),
    /// The number of days is none.
    #[error("`count` must be 1 to {DAYS_MAX} working days")]
    Count,
    /// A key does not go with the others.
    #[error("`{key}` {why}")]
    Unfitting {
        /// The key.
        key: &'static str,
        /// Why not.
        why: &'static str,
    },
    /// A word is not in the vocabulary.
    #[error("`{key}` names `{word}`, which is not there")]
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
            Self::Unreadable(_) => None,
            Self::Count => Some("count"),
            Self::Empty(key) | Self::Unfitting { key, .. } | Self::NotThere { key, .. } => Some(key),
        }
    }

    /// The same for whoever writes the pack, with what to do next.
    pub(crate) fn zh(&self) -> String {
        match self {
            Self::Unreadable(why) => match why.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
                Some(key) => format!("缺少 {key}，请补上。"),
                None => format!("无法读取（{why}），请更正。"),
            },
            Self::Empty("clause") => "没有写明所依据的条款（clause），请填写。".to_owned(),
            Self::Empty(key) => format!("{key} 为空，请填写。"),
            Self::Count => format!("count 应为1至{DAYS_MAX}个工作日，请更正。"),
            Self::Unfitting { key, why } => format!("{key} 与其他项不相配（{why}），请更正。"),
            Self::NotThere { key, word } => format!("{key} 中的“{word}”不存在，请核对。"),
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
            return unfitting("until", "is the first day on which it holds no more, and so later than `from`");
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
            (ShapeName::EachPeriod, None, Some(_)) => unfitting("start", "of each_period is the one record that counts"),
            (ShapeName::EachPeriod, ..) => unfitting("due", "and no `count` go with each_period"),
            (ShapeName::OnceAfter, ..) => unfitting("count", "in working_days or a setting and no `due` go with once_after"),
            (ShapeName::ItemLimit, ..) => unfitting("count", "in a field of the start and no `due` go with item_limit"),
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
            return unfitting("in_time", "must be confirmed_by_cutoff for what the server notes, and only for that");
        }
        if district != (self.scope == Scope::District) {
            return unfitting("scope", "must be district for what the server sends, and only for that");
        }
        if seat != district {
            return unfitting("owed_by", "must be a seat for the district, and only for the district");
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
                    return unfitting("met.week", "goes with each_period");
                }
                Ok(Way::Fact { kind: kind.clone(), tie, week: self.week.clone() })
            }
            (Some(kind), None, None) => Err(not_there("met.fact", kind)),
            _ if self.by_owner || self.group.is_some() || self.start.is_some() || self.week.is_some() => {
                unfitting("met", "with a tie or a week must be a fact")
            }
            (None, Some(kind), None) if !words.has_ruling(kind) => Err(not_there("met.ruling", kind)),
            (None, Some(_), None) if line.shape != ShapeName::EachPeriod || line.owed_by != OwedBy::SpecialistOfEachGroup => {
                unfitting("met.ruling", "goes with each_period, owed by the specialist of each group")
            }
            (None, Some(kind), None) => Ok(Way::Ruling(kind.clone())),
            (None, None, Some(name)) if words.has_event(name) => Ok(Way::Sent(name.clone())),
            (None, None, Some(name)) => Err(not_there("met.sent", name)),
            _ => unfitting("met", "names exactly one of fact, ruling and sent"),
        }
    }

    fn tie(&self, line: &Written, words: &Vocabulary, kind: &str) -> Result<Tie, LineError> {
        match (self.by_owner, &self.group, &self.start) {
            (false, None, None) => Ok(Tie::Any),
            (true, None, None) => Ok(Tie::Owner),
            (false, Some(field), None) if line.owed_by == OwedBy::SpecialistOfEachGroup => {
                field_of("met.group", words, kind, field, Sort::Group).map(|()| Tie::Group(field.clone()))
            }
            (false, Some(_), None) => unfitting("met.group", "goes with a duty of each group"),
            (false, None, Some(field)) if line.shape != ShapeName::EachPeriod => {
                field_of("met.start", words, kind, field, Sort::Reference).map(|()| Tie::Start(field.clone()))
            }
            (false, None, Some(_)) => unfitting("met.start", "goes with once_after and item_limit"),
            _ => unfitting("met", "has at most one of by_owner, group and start"),
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

fn unfitting<T>(key: &'static str, why: &'static str) -> Result<T, LineError> {
    Err(LineError::Unfitting { key, why })
}

fn field_of(key: &'static str, words: &Vocabulary, kind: &str, field: &str, sort: Sort) -> Result<(), LineError> {
    if words.sort(kind, field) == Some(sort) { Ok(()) } else { Err(not_there(key, &format!("{kind}.{field}"))) }
}
