//! Why an edition is not taken in, one variant a check, each with what the clerk should do.

use super::date::{Date, written};
use daiban_messages::say::calendar as say;
use daiban_messages::{Message, Say};

/// An edition file that is not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum EditionError {
    /// Not JSON, or not of this shape.
    Unreadable {
        /// What the reader says, with line and column.
        detail: String,
    },
    /// Larger than any real edition.
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most that is read.
        bytes_max: usize,
    },
    /// A layout this program does not know.
    SchemaUnknown {
        /// The number in the file.
        schema: u32,
    },
    /// A year no notice can be about.
    YearOutside {
        /// The year in the file.
        year: i32,
    },
    /// A holiday without a name.
    HolidayWithoutName,
    /// No notice stands behind it.
    NoticeMissing {
        /// The edition's year.
        year: i32,
    },
    /// A notice without a number (发文字号).
    NoticeWithoutNumber,
    /// A notice without its date of issue.
    NoticeWithoutDate {
        /// Its number.
        number: String,
    },
    /// A day no notice of that year can rule: outside 20 December before it to 10 January after it.
    DayOutsideYear {
        /// The day.
        day: Date,
        /// The edition's year.
        year: i32,
    },
    /// A day that stands twice as off, or twice as make-up day.
    DayTwice {
        /// The day.
        day: Date,
    },
    /// A day both off and worked.
    OffAndMakeup {
        /// The day.
        day: Date,
    },
    /// A make-up day from Monday to Friday.
    MakeupOnWeekday {
        /// The day.
        day: Date,
    },
    /// More make-up days than any year has had.
    TooManyMakeupDays {
        /// How many there are.
        days: usize,
        /// How many are believed.
        days_max: usize,
    },
    /// More days off than any year has had.
    TooManyOffDays {
        /// How many there are.
        days: usize,
        /// How many are believed.
        days_max: usize,
    },
    /// Make-up days come only from a notice.
    MakeupWithoutNotice {
        /// The edition's year.
        year: i32,
    },
    /// A day that the law takes off is not off (全国年节及纪念日放假办法 第二条).
    StatutoryDayMissing {
        /// The day.
        day: Date,
        /// Its holiday.
        name: String,
    },
    /// An edition without a notice cannot be imported.
    NotPublished {
        /// The edition's year.
        year: i32,
    },
    /// A year between it and the editions held is missing.
    NotAdjacent {
        /// The edition's year.
        year: i32,
        /// The first published year held.
        first: i32,
        /// The last published year held.
        last: i32,
    },
}

impl EditionError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable { detail } => say::EditionUnreadable { why: detail }.say(),
            Self::TooLarge { bytes, bytes_max } => say::EditionTooLarge { bytes, most: bytes_max }.say(),
            Self::SchemaUnknown { schema } => say::EditionSchema { schema }.say(),
            Self::YearOutside { year } => say::EditionYear { year }.say(),
            Self::HolidayWithoutName => say::HolidayNameless.say(),
            Self::NoticeMissing { year } => say::NoticeMissing { year }.say(),
            Self::NoticeWithoutNumber => say::NoticeNumberless.say(),
            Self::NoticeWithoutDate { number } => say::NoticeDateless { number }.say(),
            Self::DayOutsideYear { day, year } => say::DayOutside { day: written(*day), year }.say(),
            Self::DayTwice { day } => say::DayTwice { day: written(*day) }.say(),
            Self::OffAndMakeup { day } => say::DayOffAndWorked { day: written(*day) }.say(),
            Self::MakeupOnWeekday { day } => say::MakeupOnWeekday { day: written(*day) }.say(),
            Self::TooManyMakeupDays { days, days_max } => say::MakeupTooMany { days, most: days_max }.say(),
            Self::TooManyOffDays { days, days_max } => say::OffTooMany { days, most: days_max }.say(),
            Self::MakeupWithoutNotice { year } => say::MakeupWithoutNotice { year }.say(),
            Self::StatutoryDayMissing { day, name } => say::StatutoryMissing { day: written(*day), name }.say(),
            Self::NotPublished { year } => say::EditionNotPublished { year }.say(),
            Self::NotAdjacent { year, first, last } => say::EditionNotAdjacent { year, first, last }.say(),
        }
    }

    /// The sentence for officials.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}
