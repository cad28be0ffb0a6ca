//! A unit and the names it goes by.

use crate::calendar::Date;
use crate::ids::UnitId;
use daiban_messages::say::people as say;
use daiban_messages::{Both, Fixed, Message, Say};
use serde::{Deserialize, Serialize};

/// A unit (单位): a bureau, a subdistrict office, a park committee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id: 2 to 40 of `a`–`z`, `0`–`9` and `-`. It never changes, names may.
    pub id: UnitId,
    /// Its canonical name.
    pub name: String,
    /// Its name in English; may be empty for units the office adds.
    #[serde(default)]
    pub en: String,
    /// What sort of unit it is.
    pub kind: UnitKind,
    /// Other names it goes by in documents, short forms and those it had once.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// It has approval functions and so must name an agent (四(三), R082).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approves: bool,
    /// The names it takes on later days, in order (R199).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<Renamed>,
    /// The first day on which it is there no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
    /// Who does its work from that day on: one unit after a merger, several after a split, the first of them in its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<UnitId>,
}

/// A name that a unit takes on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// The first day of that name.
    pub from: Date,
    /// The name.
    pub name: String,
    /// In English.
    #[serde(default)]
    pub en: String,
}

/// What sort of unit it is. Members need not be government bureaus (plan 三(三)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// A department of the district's Party committee (党委部门).
    Party,
    /// A bureau of the district government (政府部门).
    DistrictBureau,
    /// A district sub-bureau of a city bureau (市局分局).
    CitySubBureau,
    /// A body run from above: tax, weather, fire (垂直管理单位).
    Vertical,
    /// A company (企业).
    Enterprise,
    /// A subdistrict office (街道办事处).
    Subdistrict,
    /// A town or township government (镇、乡); the plan names none, the district has some.
    Town,
    /// A park committee (园区管委会).
    Park,
    /// A place in a group that each project fills with its own unit. Nobody works there.
    OfProject,
}

impl UnitKind {
    /// What it is called.
    pub const fn words(self) -> Fixed {
        match self {
            Self::Party => say::UnitParty::FIXED,
            Self::DistrictBureau => say::UnitDistrictBureau::FIXED,
            Self::CitySubBureau => say::UnitCitySubBureau::FIXED,
            Self::Vertical => say::UnitVertical::FIXED,
            Self::Enterprise => say::UnitEnterprise::FIXED,
            Self::Subdistrict => say::UnitSubdistrict::FIXED,
            Self::Town => say::UnitTown::FIXED,
            Self::Park => say::UnitPark::FIXED,
            Self::OfProject => say::UnitOfProject::FIXED,
        }
    }

    /// Its name in Chinese.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }
}

impl Unit {
    /// A unit with nothing but its names.
    pub fn new(id: impl Into<UnitId>, name: impl Into<String>, kind: UnitKind) -> Unit {
        Unit {
            id: id.into(),
            name: name.into(),
            en: String::new(),
            kind,
            aliases: Vec::new(),
            approves: false,
            renamed: Vec::new(),
            ends: None,
            successors: Vec::new(),
        }
    }

    /// What it is called in English: its own name where nobody gave another.
    pub fn english(&self) -> &str {
        if self.en.is_empty() { &self.name } else { &self.en }
    }

    /// Its name on a day.
    pub fn name_on(&self, day: Date) -> &str {
        self.last_renamed(day).map_or(&self.name, |renamed| &renamed.name)
    }

    /// The same unit with the name of that day as its own, and every other name it has or had among its aliases.
    pub fn on(&self, day: Date) -> Unit {
        let mut unit = self.clone();
        if let Some(renamed) = self.last_renamed(day) {
            (unit.name, unit.en) = (renamed.name.clone(), renamed.en.clone());
            let others = self.words().skip(1).filter(|word| *word != unit.name).map(str::to_owned);
            unit.aliases = others.collect();
        }
        unit
    }

    /// Whether it is there on a day.
    pub fn is_there(&self, day: Date) -> bool {
        self.ends.is_none_or(|ends| day < ends)
    }

    /// Whether it must name an agent (R082): it approves, or projects stand there.
    pub fn names_agent(&self) -> bool {
        self.approves || self.is_place()
    }

    /// Whether projects stand there: a subdistrict, a town, a park.
    pub fn is_place(&self) -> bool {
        matches!(self.kind, UnitKind::Subdistrict | UnitKind::Town | UnitKind::Park)
    }

    fn last_renamed(&self, day: Date) -> Option<&Renamed> {
        self.renamed.iter().filter(|renamed| renamed.from <= day).max_by_key(|renamed| renamed.from)
    }

    /// True if `text` is its id, its name or one of its aliases.
    pub fn goes_by(&self, text: &str) -> bool {
        self.words().any(|word| word == text)
    }

    /// Everything it may be called by.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let later = self.renamed.iter().map(|renamed| renamed.name.as_str());
        [self.id.as_str(), self.name.as_str()].into_iter().chain(self.aliases.iter().map(String::as_str)).chain(later)
    }

    pub(crate) fn check(&self) -> Result<(), UnitError> {
        let id = self.id.as_str();
        let slug = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !slug || !(2..=40).contains(&id.len()) {
            return Err(UnitError::BadId { id: self.id.clone() });
        }
        match self.words().find(|word| word.is_empty() || word.trim() != *word) {
            Some(word) => Err(UnitError::BadName { name: word.to_owned() }),
            None => Ok(()),
        }
    }
}

/// A unit that is not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum UnitError {
    /// The id has other characters, or is too short or too long.
    BadId {
        /// The id.
        id: UnitId,
    },
    /// A name or alias that is empty or has blanks around it.
    BadName {
        /// The name.
        name: String,
    },
    /// Another unit already goes by one of its names.
    Taken {
        /// The id, name or alias in question.
        word: String,
        /// The unit that has it.
        holder: UnitId,
        /// That unit's name.
        holder_name: String,
    },
}

impl UnitError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::BadId { id } => say::UnitId { id }.say(),
            Self::BadName { name } => say::UnitName { name }.say(),
            Self::Taken { word, holder, holder_name } => {
                say::UnitTaken { word, holder: Both::new(holder_name, holder.as_str()) }.say()
            }
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}
