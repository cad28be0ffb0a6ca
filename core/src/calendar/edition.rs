//! One year's holiday arrangement as the State Council's notices give it, and the checks an uploaded one must pass.

use super::date::Date;
use super::edition_error::EditionError;
use super::statutory;
use chrono::{Datelike, Weekday};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The largest file taken; a real one is about 3 KB.
const FILE_BYTES_MAX: usize = 64 * 1024;
/// Notices of 2019 to 2026 have at most eight make-up days.
const MAKEUP_DAYS_MAX: usize = 10;
/// Notices of 2019 to 2026 have at most 31 days off, weekends included.
const OFF_DAYS_MAX: usize = 60;
/// The only layout of the file so far.
const SCHEMA: u32 = 1;

/// One calendar year's arrangement: what an office clerk uploads when the State Council publishes a notice.
///
/// It may rule days of its neighbours too: the 2019 notice made Saturday 2018-12-29 a working day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The layout of the file; 1.
    pub schema: u32,
    /// The calendar year the notices are about.
    pub year: i32,
    /// Whether notices stand behind it.
    #[serde(default)]
    pub status: Status,
    /// Whatever a later reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The notices in order of issue, later ones changing earlier ones.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// The holidays, in order of the year.
    pub holidays: Vec<HolidayPeriod>,
}

/// Whether an edition rests on a notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The State Council's notice is in.
    #[default]
    Published,
    /// No notice yet: only the days that 全国年节及纪念日放假办法 fixes; every count over them is provisional.
    Statutory,
}

/// A notice of the General Office of the State Council (国务院办公厅通知).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its number (发文字号), such as 国办发明电〔2025〕7号.
    pub number: String,
    /// The day it was issued.
    pub date: Option<Date>,
    /// Where it can be read.
    #[serde(default)]
    pub url: String,
}

/// One holiday: its days off and the weekend days worked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayPeriod {
    /// Its name as the notice gives it: 春节, 国庆节、中秋节.
    pub name: String,
    /// Every day off, weekends inside it included.
    pub off: Vec<Date>,
    /// Saturdays and Sundays worked instead (调休上班).
    #[serde(default)]
    pub makeup: Vec<Date>,
}

impl Edition {
    /// Reads and checks an edition file (see `core/data/calendar/2026.json`).
    ///
    /// The checks cannot prove that the file says what the notice says; they catch what no notice has ever said. Look at
    /// [`super::moved`] before taking an edition in.
    pub fn from_json(json: &str) -> Result<Self, EditionError> {
        if json.len() > FILE_BYTES_MAX {
            return Err(EditionError::TooLarge { bytes: json.len(), bytes_max: FILE_BYTES_MAX });
        }
        let edition: Self = serde_json::from_str(json).map_err(|e| EditionError::Unreadable { detail: e.to_string() })?;
        edition.check()?;
        Ok(edition)
    }

    /// The days off with their holiday's name.
    pub fn off_days(&self) -> impl Iterator<Item = (Date, &str)> {
        self.holidays.iter().flat_map(|h| h.off.iter().map(|day| (*day, h.name.as_str())))
    }

    /// The make-up days (调休上班日) with their holiday's name.
    pub fn makeup_days(&self) -> impl Iterator<Item = (Date, &str)> {
        self.holidays.iter().flat_map(|h| h.makeup.iter().map(|day| (*day, h.name.as_str())))
    }

    /// The numbers of its notices, to cite as the source of a day: `国办发明电〔2018〕15号、国办发明电〔2019〕3号`; `None` without one.
    pub fn citation(&self) -> Option<String> {
        let numbers: Vec<&str> = self.notices.iter().map(|notice| notice.number.as_str()).collect();
        (!numbers.is_empty()).then(|| numbers.join("、"))
    }

    pub(super) fn is_published(&self) -> bool {
        self.status == Status::Published
    }

    /// The first day an edition of `year` may rule: 20 December before it.
    pub(super) fn first_ruled(year: i32) -> Option<Date> {
        Date::from_ymd_opt(year - 1, 12, 20)
    }

    /// The first day that the notice after the one of `year` may rule in its late December (precedent: 2018-12-29).
    pub(super) fn first_left_open(year: i32) -> Option<Date> {
        Date::from_ymd_opt(year, 12, 26)
    }

    /// Adds all that decides a working day or names its source to `sum`.
    pub(super) fn fingerprint(&self, sum: &mut Sha256) {
        let mut line = |text: String| sum.update(format!("{text}\n"));
        line(format!("edition {} {}", self.year, self.is_published()));
        self.notices.iter().for_each(|notice| line(format!("notice {}", notice.number)));
        self.off_days().for_each(|(day, name)| line(format!("off {day} {name}")));
        self.makeup_days().for_each(|(day, name)| line(format!("makeup {day} {name}")));
    }

    pub(super) fn check(&self) -> Result<(), EditionError> {
        self.check_frame()?;
        self.check_source()?;
        self.check_days()?;
        self.check_makeup_days()?;
        self.check_statutory_days()
    }

    fn check_frame(&self) -> Result<(), EditionError> {
        if self.schema != SCHEMA {
            return Err(EditionError::SchemaUnknown { schema: self.schema });
        }
        if !(2000..=2199).contains(&self.year) {
            return Err(EditionError::YearOutside { year: self.year });
        }
        match self.holidays.iter().any(|h| h.name.trim().is_empty()) {
            true => Err(EditionError::HolidayWithoutName),
            false => Ok(()),
        }
    }

    fn check_source(&self) -> Result<(), EditionError> {
        if self.is_published() && self.notices.is_empty() {
            return Err(EditionError::NoticeMissing { year: self.year });
        }
        if self.notices.iter().any(|notice| notice.number.trim().is_empty()) {
            return Err(EditionError::NoticeWithoutNumber);
        }
        match self.notices.iter().find(|notice| notice.date.is_none()) {
            Some(notice) => Err(EditionError::NoticeWithoutDate { number: notice.number.clone() }),
            None => Ok(()),
        }
    }

    fn check_days(&self) -> Result<(), EditionError> {
        let off = self.off_days().count();
        if off > OFF_DAYS_MAX {
            return Err(EditionError::TooManyOffDays { days: off, days_max: OFF_DAYS_MAX });
        }
        let (first, last) = (Self::first_ruled(self.year), Date::from_ymd_opt(self.year + 1, 1, 10));
        let mut seen = BTreeSet::new();
        for (day, _) in self.off_days() {
            if Some(day) < first || Some(day) > last {
                return Err(EditionError::DayOutsideYear { day, year: self.year });
            }
            if !seen.insert(day) {
                return Err(EditionError::DayTwice { day });
            }
        }
        for (day, _) in self.makeup_days() {
            if Some(day) < first || Some(day) > last {
                return Err(EditionError::DayOutsideYear { day, year: self.year });
            }
            if self.off_days().any(|(off, _)| off == day) {
                return Err(EditionError::OffAndMakeup { day });
            }
            if !seen.insert(day) {
                return Err(EditionError::DayTwice { day });
            }
        }
        Ok(())
    }

    fn check_makeup_days(&self) -> Result<(), EditionError> {
        let days = self.makeup_days().count();
        if days > MAKEUP_DAYS_MAX {
            return Err(EditionError::TooManyMakeupDays { days, days_max: MAKEUP_DAYS_MAX });
        }
        if days > 0 && !self.is_published() {
            return Err(EditionError::MakeupWithoutNotice { year: self.year });
        }
        match self.makeup_days().find(|(day, _)| !is_weekend(*day)) {
            Some((day, _)) => Err(EditionError::MakeupOnWeekday { day }),
            None => Ok(()),
        }
    }

    fn check_statutory_days(&self) -> Result<(), EditionError> {
        let off: BTreeSet<Date> = self.off_days().map(|(day, _)| day).collect();
        match statutory::days(self.year).into_iter().find(|(day, _)| !off.contains(day)) {
            Some((day, name)) => Err(EditionError::StatutoryDayMissing { day, name: name.to_owned() }),
            None => Ok(()),
        }
    }
}

pub(super) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
#[path = "edition_tests.rs"]
mod tests;
