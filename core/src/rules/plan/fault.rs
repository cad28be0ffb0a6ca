//! What is wrong with a pack, and where.

use super::place::Place;
use crate::calendar::DateError;
use crate::ids::UnitId;
use crate::people::UnitError;

/// One thing that must be put right before the pack can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFault {
    /// Where it stands.
    pub place: Place,
    /// What is wrong there.
    pub wrong: Wrong,
}

/// See [`PackFault`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A file that every pack has.
    #[error("the file is missing")]
    NoFile,
    /// A file that no pack has.
    #[error("no file of a pack is called so")]
    OtherFile,
    /// A file that is no TOML, or cannot be opened.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A key that must be there.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A key that nothing reads.
    #[error("`{0}` is no key of this table")]
    Unknown(String),
    /// A text of nothing but blanks, or with blanks around it.
    #[error("`{0}` is empty or has blanks around it")]
    Empty(String),
    /// A value of another sort.
    #[error("`{key}` must be {sort}")]
    Sort {
        /// The key.
        key: String,
        /// What it must be.
        sort: Sort,
    },
    /// A text that is no date.
    #[error(transparent)]
    Date(#[from] DateError),
    /// A pack that a later version writes.
    #[error("format {format} is that of a later version; this one reads up to {known}")]
    LaterFormat {
        /// The pack's.
        format: i64,
        /// This version's.
        known: i64,
    },
    /// A word that is none of a fixed set.
    #[error("{given:?} is none of {expected}")]
    Word {
        /// As written.
        given: String,
        /// The words that would do.
        expected: String,
    },
    /// A unit that the pack does not have.
    #[error("{0} is no unit of this pack")]
    NoUnit(UnitId),
    /// A unit that is malformed or has another's name.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// What may stand once.
    #[error("{0} stands twice")]
    Twice(String),
    /// The group without which nobody reports to the government.
    #[error("there must be a dispatch group with a flow table, and one to four groups in all")]
    Groups,
    /// A group whose function has no specialist.
    #[error("the generation group has no specialist and owes no flow table")]
    NoFlowTable,
    /// Two on one seat.
    #[error("{first} and {second} hold the seat {seat} at the same time")]
    SeatTwice {
        /// The seat.
        seat: String,
        /// The earlier in the file.
        first: String,
        /// The later.
        second: String,
    },
    /// A number out of its range.
    #[error("`{name}` must be {min} to {max}")]
    Range {
        /// The number.
        name: String,
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
    /// A number that nothing counts by.
    #[error("`{0}` is no number of this version")]
    NoNumber(String),
    /// A form of a case number without its places.
    #[error("the form must be letters, {{year}}, one mark and {{number}}, each once")]
    CaseNumber,
    /// A line of the table of duties.
    #[error("{en}")]
    Duty {
        /// In Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// R190: what nobody may be made to give.
    #[error("{0} may not be required: photo, video, place and track never are (R190)")]
    Surveillance(String),
    /// What the version cannot do yet.
    #[error("this version does not change kinds of record by the pack")]
    Kinds,
    /// Dates of things that are done and over would change.
    #[error("in force from {effective}: {count} duties that are closed would move, first {first}; take a later day")]
    MovesClosed {
        /// The pack's day.
        effective: String,
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
}

/// What a value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A text.
    Text,
    /// A list.
    List,
    /// A table.
    Table,
    /// true or false.
    Flag,
    /// A whole number.
    Number,
}

impl Sort {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("文字", "a text"),
            Self::List => ("列表", "a list"),
            Self::Table => ("表", "a table"),
            Self::Flag => ("true 或 false", "true or false"),
            Self::Number => ("整数", "a whole number"),
        }
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words().1)
    }
}

impl Wrong {
    /// A sentence for whoever writes the pack, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            Self::NoFile => "缺少该文件，请补上。".to_owned(),
            Self::OtherFile => "方案包没有这个文件，请删去或改名。".to_owned(),
            Self::Unreadable(why) => format!("无法读取（{why}），请更正。"),
            Self::Missing(key) => format!("缺少 {key}，请补上。"),
            Self::Unknown(key) => format!("没有名为 {key} 的项，请核对拼写或删去。"),
            Self::Empty(key) => format!("{key} 为空或首尾有空格，请填写。"),
            Self::Sort { key, sort } => format!("{key} 应为{}，请更正。", sort.words().0),
            Self::Date(error) => format!("{}。", error.zh()),
            Self::LaterFormat { format, known } => {
                format!("格式 {format} 属于更新的版本，本版本只能读取到格式 {known}；请先更新程序。")
            }
            Self::Word { given, expected } => format!("“{given}”不可用，请填写：{expected}。"),
            Self::NoUnit(unit) => format!("“{unit}”不在单位名录中，请先列入名录或更正编号。"),
            Self::Unit(error) => error.zh(),
            Self::Twice(what) => format!("{what} 出现两次，请只保留一处。"),
            Self::Groups => "应有一至四个工作组，其中须有报送流程表的调度组（dispatch），请补上。".to_owned(),
            Self::NoFlowTable => "生成组（generation）不设代办专员，不报送流程表，请将 flow_table 改为 false。".to_owned(),
            Self::SeatTwice { seat, first, second } => {
                format!("“{seat}”同时由{first}和{second}担任，请用 from、until 分开任期，或只保留一人。")
            }
            Self::Range { name, min, max } => format!("{name} 应在{min}至{max}之间，请更正。"),
            Self::NoNumber(name) => format!("没有名为 {name} 的数值，请核对拼写。"),
            Self::CaseNumber => "项目编号格式应为“文字〔{year}〕{number}号”一类，先年份后顺序号，请更正。".to_owned(),
            Self::Duty { zh, .. } => zh.clone(),
            Self::Surveillance(what) => format!("{what} 不得列为必填：照片、视频、位置、轨迹一律不得强制（R190），请删去。"),
            Self::Kinds => "本版本还不能由方案包改动记录种类，请删去该文件。".to_owned(),
            Self::MovesClosed { effective, count, first } => {
                format!("自{effective}起施行会变动{count}项已办结事项的时限（如{first}），请改用以后的日期。")
            }
        }
    }
}

impl std::fmt::Display for PackFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.wrong)
    }
}
