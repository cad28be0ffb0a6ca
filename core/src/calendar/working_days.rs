//! The calendar: every edition held, merged into one answer a day.

use super::certainty::{Certainty, Horizon};
use super::date::Date;
use super::edition::{Edition, is_weekend};
use super::edition_error::EditionError;
use super::statutory;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The edition files this program was built with: the published years 2019 to 2026, and the days the law fixes for 2027.
const FILES: [&str; 9] = [
    include_str!("../../data/calendar/2019.json"),
    include_str!("../../data/calendar/2020.json"),
    include_str!("../../data/calendar/2021.json"),
    include_str!("../../data/calendar/2022.json"),
    include_str!("../../data/calendar/2023.json"),
    include_str!("../../data/calendar/2024.json"),
    include_str!("../../data/calendar/2025.json"),
    include_str!("../../data/calendar/2026.json"),
    include_str!("../../data/calendar/2027.statutory.json"),
];

/// All editions held, ready to answer. Cloning is cheap; it never changes, importing an edition makes another one.
///
/// Equal [`Calendar::version`]s give equal answers, on the phone and on the server.
#[derive(Clone, Debug)]
pub struct Calendar(Arc<Merged>);

#[derive(Debug)]
struct Merged {
    editions: BTreeMap<i32, Edition>,
    ruled: BTreeMap<Date, Ruled>,
    horizon: Horizon,
    first_published_year: i32,
    last_published_year: i32,
    version: String,
}

/// What an edition says about a day it names.
#[derive(Debug)]
struct Ruled {
    working: bool,
    name: String,
    edition_year: i32,
}

/// What is known about one civil date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Whether it is a working day (工作日).
    pub working: bool,
    /// What makes it one, or not.
    pub why: Why,
    /// The numbers of the notices that rule it, later ones changing earlier ones; `None` if none is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Whether a notice still to come may change it.
    #[serde(flatten)]
    pub certainty: Certainty,
}

/// Why a day is worked or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// Monday to Friday, and no notice says otherwise.
    Weekday,
    /// Saturday or Sunday, and no notice says otherwise.
    Weekend,
    /// Off by a notice or, in a year without one, by law.
    Holiday {
        /// The holiday: 春节.
        name: String,
    },
    /// A Saturday or Sunday worked for a holiday (调休上班).
    MakeUp {
        /// The holiday it is worked for.
        name: String,
    },
}

impl Calendar {
    /// The editions this program was built with; parsed once.
    pub fn builtin() -> Self {
        static BUILTIN: OnceLock<Calendar> = OnceLock::new();
        BUILTIN.get_or_init(compiled_in).clone()
    }

    /// This calendar with an edition taken in; it replaces the one of the same year, as a later notice of that year would.
    ///
    /// The edition is checked again. It must rest on a notice and join the years held without a gap.
    pub fn with_edition(&self, edition: Edition) -> Result<Self, EditionError> {
        edition.check()?;
        let (year, first, last) = (edition.year, self.0.first_published_year, self.0.last_published_year);
        if !edition.is_published() {
            return Err(EditionError::NotPublished { year });
        }
        if !(first - 1..=last + 1).contains(&year) {
            return Err(EditionError::NotAdjacent { year, first, last });
        }
        let mut editions = self.0.editions.clone();
        editions.insert(year, edition);
        Merged::of(editions).map(|merged| Self(Arc::new(merged))).ok_or(EditionError::YearOutside { year })
    }

    /// The editions held, oldest first; the last ones may rest on no notice yet.
    pub fn editions(&self) -> impl Iterator<Item = &Edition> {
        self.0.editions.values()
    }

    /// Names this set of editions, to be stored with every computed date: `2019-2026 #` and 8 hex digits of SHA-256.
    pub fn version(&self) -> String {
        self.0.version.clone()
    }

    /// The last year whose notice is in.
    pub fn last_published_year(&self) -> i32 {
        self.0.last_published_year
    }

    /// All that is known about a date.
    pub fn day(&self, date: Date) -> Day {
        let (working, why, source_year) = self.rule(date);
        let edition = self.0.editions.get(&source_year).and_then(Edition::citation);
        Day { date, working, why, edition, certainty: self.certainty_over(date, date) }
    }

    /// Whether a date is a working day: a make-up day, or Monday to Friday and not off.
    pub fn is_workday(&self, date: Date) -> bool {
        match self.0.ruled.get(&date) {
            Some(ruled) => ruled.working,
            None => !is_weekend(date) && self.statutory_name(date).is_none(),
        }
    }

    /// The certainty of an answer that leans on the days `from..=to`.
    pub(super) fn certainty_over(&self, from: Date, to: Date) -> Certainty {
        self.0.horizon.over(from, to)
    }

    /// Whether a date is worked, why, and the year whose edition says so.
    fn rule(&self, date: Date) -> (bool, Why, i32) {
        let year = chrono::Datelike::year(&date);
        if let Some(Ruled { working, name, edition_year }) = self.0.ruled.get(&date) {
            let name = name.clone();
            let why = if *working { Why::MakeUp { name } } else { Why::Holiday { name } };
            return (*working, why, *edition_year);
        }
        match self.statutory_name(date) {
            Some(name) => (false, Why::Holiday { name: name.to_owned() }, year),
            None if is_weekend(date) => (false, Why::Weekend, year),
            None => (true, Why::Weekday, year),
        }
    }

    /// The law's day off in a year that has no edition at all.
    fn statutory_name(&self, date: Date) -> Option<&'static str> {
        let year = chrono::Datelike::year(&date);
        if self.0.editions.contains_key(&year) { None } else { statutory::name(date) }
    }
}

impl Merged {
    /// `None` if no edition is published, or its year is beyond the calendar.
    fn of(editions: BTreeMap<i32, Edition>) -> Option<Self> {
        let first_published_year = editions.values().find(|e| e.is_published())?.year;
        let last_published_year = editions.values().rfind(|e| e.is_published())?.year;
        let horizon = Horizon {
            first_settled: Edition::first_ruled(first_published_year)?,
            first_open: Edition::first_left_open(last_published_year)?,
        };
        let ruled = editions.values().flat_map(ruled_by).collect();
        let version = version_of(&editions, first_published_year, last_published_year);
        Some(Self { editions, ruled, horizon, first_published_year, last_published_year, version })
    }
}

/// The days an edition names; collected in order of years, so that a later edition overrules an earlier one.
fn ruled_by(edition: &Edition) -> impl Iterator<Item = (Date, Ruled)> {
    let rule = |working| {
        let edition_year = edition.year;
        move |(day, name): (Date, &str)| (day, Ruled { working, name: name.to_owned(), edition_year })
    };
    edition.off_days().map(rule(false)).chain(edition.makeup_days().map(rule(true)))
}

fn version_of(editions: &BTreeMap<i32, Edition>, first: i32, last: i32) -> String {
    let mut sum = Sha256::new();
    editions.values().for_each(|edition| edition.fingerprint(&mut sum));
    let hex: String = sum.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{first}-{last} #{hex}")
}

#[expect(clippy::expect_used, reason = "the files are compiled in, and the test `the_files_compiled_in_are_valid` reads each")]
fn compiled_in() -> Calendar {
    let read = |file: &&str| Edition::from_json(file).map(|edition| (edition.year, edition));
    let editions: BTreeMap<i32, Edition> = FILES.iter().map(read).collect::<Result<_, _>>().expect("valid edition files");
    Calendar(Arc::new(Merged::of(editions).expect("published editions")))
}

#[cfg(test)]
#[path = "working_days_tests.rs"]
mod tests;
