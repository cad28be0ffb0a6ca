//! Why an edition is not taken in, one variant a check, each with what the clerk should do.

use super::date::{Date, zh_date};

/// An edition file that is not taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditionError {
    /// Not JSON, or not of this shape.
    #[error("the file is not a calendar edition: {detail}")]
    Unreadable {
        /// What the reader says, with line and column.
        detail: String,
    },
    /// Larger than any real edition.
    #[error("the file has {bytes} bytes, more than {bytes_max}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The most that is read.
        bytes_max: usize,
    },
    /// A layout this program does not know.
    #[error("schema {schema} is not known")]
    SchemaUnknown {
        /// The number in the file.
        schema: u32,
    },
    /// A year no notice can be about.
    #[error("year {year} is outside 2000 to 2199")]
    YearOutside {
        /// The year in the file.
        year: i32,
    },
    /// A holiday without a name.
    #[error("a holiday has no name")]
    HolidayWithoutName,
    /// No notice stands behind it.
    #[error("the edition of {year} names no notice")]
    NoticeMissing {
        /// The edition's year.
        year: i32,
    },
    /// A notice without a number (发文字号).
    #[error("a notice has no number")]
    NoticeWithoutNumber,
    /// A notice without its date of issue.
    #[error("notice {number} has no date")]
    NoticeWithoutDate {
        /// Its number.
        number: String,
    },
    /// A day no notice of that year can rule: outside 20 December before it to 10 January after it.
    #[error("{day} is outside what the notice of {year} can rule")]
    DayOutsideYear {
        /// The day.
        day: Date,
        /// The edition's year.
        year: i32,
    },
    /// A day that stands twice as off, or twice as make-up day.
    #[error("{day} stands twice")]
    DayTwice {
        /// The day.
        day: Date,
    },
    /// A day both off and worked.
    #[error("{day} is both off and a make-up day")]
    OffAndMakeup {
        /// The day.
        day: Date,
    },
    /// A make-up day from Monday to Friday.
    #[error("make-up day {day} is not a Saturday or Sunday")]
    MakeupOnWeekday {
        /// The day.
        day: Date,
    },
    /// More make-up days than any year has had.
    #[error("{days} make-up days, more than {days_max}")]
    TooManyMakeupDays {
        /// How many there are.
        days: usize,
        /// How many are believed.
        days_max: usize,
    },
    /// More days off than any year has had.
    #[error("{days} days off, more than {days_max}")]
    TooManyOffDays {
        /// How many there are.
        days: usize,
        /// How many are believed.
        days_max: usize,
    },
    /// Make-up days come only from a notice.
    #[error("the edition of {year} has make-up days but no notice")]
    MakeupWithoutNotice {
        /// The edition's year.
        year: i32,
    },
    /// A day that the law takes off is not off (全国年节及纪念日放假办法 第二条).
    #[error("{day} ({name}) is off by law but not in the edition")]
    StatutoryDayMissing {
        /// The day.
        day: Date,
        /// Its holiday.
        name: String,
    },
    /// An edition without a notice cannot be imported.
    #[error("the edition of {year} rests on no notice and replaces nothing")]
    NotPublished {
        /// The edition's year.
        year: i32,
    },
    /// A year between it and the editions held is missing.
    #[error("the edition of {year} does not join those of {first} to {last}")]
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
    /// A sentence for an official, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { detail } => {
                format!("文件不是放假安排文件，请用 daiban --json calendar show 年度 导出样例重新填写（{detail}）。")
            }
            Self::TooLarge { bytes, bytes_max } => {
                format!("文件有{bytes}字节，超过{bytes_max}字节，请确认选对了放假安排文件。")
            }
            Self::SchemaUnknown { schema } => {
                format!("文件格式版本{schema}无法识别，请用 daiban --json calendar show 年度 导出样例，或先升级系统。")
            }
            Self::YearOutside { year } => format!("年份{year}应在2000至2199之间，请核对通知标题中的年份。"),
            Self::HolidayWithoutName => "有一个假期没有名称，请按通知补填，如“春节”。".to_owned(),
            Self::NoticeMissing { year } => format!("{year}年放假安排没有注明依据，请补填国务院办公厅通知的文号和日期。"),
            Self::NoticeWithoutNumber => "有一份通知没有文号，请补填，如“国办发明电〔2025〕7号”。".to_owned(),
            Self::NoticeWithoutDate { number } => format!("通知{number}没有发文日期，请补填。"),
            Self::DayOutsideYear { day, year } => {
                format!("{}不在{year}年通知可以安排的范围内（上年12月20日至次年1月10日），请核对年份。", zh_date(*day))
            }
            Self::DayTwice { day } => format!("{}重复出现，请删除多余的一处。", zh_date(*day)),
            Self::OffAndMakeup { day } => format!("{}既写为放假又写为上班，请按通知原文保留一处。", zh_date(*day)),
            Self::MakeupOnWeekday { day } => {
                format!("调休上班日{}不是周六或周日，请按通知原文核对日期。", zh_date(*day))
            }
            Self::TooManyMakeupDays { days, days_max } => {
                format!("调休上班日有{days}天，历年从未超过{days_max}天，请按通知原文核对。")
            }
            Self::TooManyOffDays { days, days_max } => format!("放假日有{days}天，超过{days_max}天，请按通知原文核对。"),
            Self::MakeupWithoutNotice { year } => {
                format!("{year}年尚无通知，不能有调休上班日，请补填通知或删除调休上班日。")
            }
            Self::StatutoryDayMissing { day, name } => {
                format!("{}（{name}）是法定节假日，文件中没有放假，请按通知原文补上。", zh_date(*day))
            }
            Self::NotPublished { year } => format!("{year}年文件没有通知依据，不能导入，请在国务院办公厅通知公布后再导入。"),
            Self::NotAdjacent { year, first, last } => {
                format!("系统已有{first}至{last}年的放假安排，与{year}年之间有缺，请先导入中间年份的通知。")
            }
        }
    }
}
