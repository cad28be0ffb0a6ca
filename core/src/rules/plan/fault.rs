//! What is wrong with a pack, and where.

use super::place::Place;
use crate::calendar::DateError;
use crate::ids::UnitId;
use crate::people::UnitError;
use daiban_messages::say::plan as say;
use daiban_messages::{Fixed, Message, Say};

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
#[error("{}", self.message().en)]
pub enum Wrong {
    /// A file that every pack has.
    NoFile,
    /// A file that no pack has.
    OtherFile,
    /// A file that is no TOML, or cannot be opened.
    Unreadable(String),
    /// A key that must be there.
    Missing(String),
    /// A key that nothing reads.
    Unknown(String),
    /// A text of nothing but blanks, or with blanks around it.
    Empty(String),
    /// A value of another sort.
    Sort {
        /// The key.
        key: String,
        /// What it must be.
        sort: Sort,
    },
    /// A text that is no date.
    Date(#[from] DateError),
    /// A pack that a later version writes.
    LaterFormat {
        /// The pack's.
        format: i64,
        /// This version's.
        known: i64,
    },
    /// A word that is none of a fixed set.
    Word {
        /// As written.
        given: String,
        /// The words that would do.
        expected: String,
    },
    /// A unit that the pack does not have.
    NoUnit(UnitId),
    /// A unit that is malformed or has another's name.
    Unit(#[from] UnitError),
    /// What may stand once.
    Twice(String),
    /// The group without which nobody reports to the government.
    Groups,
    /// A group whose function has no specialist.
    NoFlowTable,
    /// Two on one seat.
    SeatTwice {
        /// The seat.
        seat: String,
        /// The earlier in the file.
        first: String,
        /// The later.
        second: String,
    },
    /// A number out of its range.
    Range {
        /// The number.
        name: String,
        /// Least value, as it is typed.
        min: String,
        /// Greatest value.
        max: String,
    },
    /// A number that nothing counts by.
    NoNumber(String),
    /// A form of a case number without its places.
    CaseNumber,
    /// A line of the table of duties: where, and what is wrong with it.
    Duty(Message),
    /// R190: what nobody may be made to give.
    Surveillance(String),
    /// What the version cannot do yet.
    Kinds,
    /// A command that the program does not have.
    NoCommand(String),
    /// A command that decides about cases, given to who keeps the machine.
    NotForAdministrator(String),
    /// Dates of things that are done and over would change.
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
    const fn words(self) -> Fixed {
        match self {
            Self::Text => say::SortText::FIXED,
            Self::List => say::SortList::FIXED,
            Self::Table => say::SortTable::FIXED,
            Self::Flag => say::SortFlag::FIXED,
            Self::Number => say::SortNumber::FIXED,
        }
    }
}

impl Wrong {
    /// What is wrong, with what to do next, for whoever writes the pack.
    pub fn message(&self) -> Message {
        match self {
            Self::NoFile => say::NoFile.say(),
            Self::OtherFile => say::OtherFile.say(),
            Self::Unreadable(why) => say::Unreadable { why }.say(),
            Self::Missing(key) => say::Missing { key }.say(),
            Self::Unknown(key) => say::Unknown { key }.say(),
            Self::Empty(key) => say::Empty { key }.say(),
            Self::Sort { key, sort } => say::OfAnotherSort { key, sort: sort.words() }.say(),
            Self::Date(error) => say::Date { why: error.message() }.say(),
            Self::LaterFormat { format, known } => say::LaterFormat { format, known }.say(),
            Self::Word { given, expected } => say::Word { given, expected }.say(),
            Self::NoUnit(unit) => say::NoUnit { unit }.say(),
            Self::Unit(error) => error.message(),
            Self::Twice(what) => say::Twice { what }.say(),
            Self::Groups => say::Groups.say(),
            Self::NoFlowTable => say::NoFlowTable.say(),
            Self::SeatTwice { seat, first, second } => say::SeatTwice { seat, first, second }.say(),
            Self::Range { name, min, max } => say::Outside { name, min, max }.say(),
            Self::NoNumber(name) => say::NoNumber { name }.say(),
            Self::CaseNumber => say::CaseNumber.say(),
            Self::Duty(message) => message.clone(),
            Self::Surveillance(what) => say::Surveillance { what }.say(),
            Self::Kinds => say::Kinds.say(),
            Self::NoCommand(name) => say::NoCommand { name }.say(),
            Self::NotForAdministrator(name) => say::NotForAdministrator { name }.say(),
            Self::MovesClosed { effective, count, first } => say::MovesClosed { effective, count, first }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

impl std::fmt::Display for PackFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.wrong)
    }
}
