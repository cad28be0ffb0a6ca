//! A case as people name it in a command or an address: by its id, or by the number it is called by.

use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::pack;
use crate::db::{Connection, DbError};
use crate::error::Problem;
use daiban_core::case::CaseNumber;
use daiban_core::ids::{CaseId, IdError};
use daiban_messages::Say;
use daiban_messages::say::server as say;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

/// What the API takes: an id, or a number in any form that a pack may give it, such as 普代〔2026〕17号. The command line takes what people
/// type besides.
pub(crate) const CASE_PATTERN: &str = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$";

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseGiven {
    /// Its id.
    Id(CaseId),
    /// Its number.
    Number(CaseNumber),
}

impl CaseGiven {
    /// The case itself; a number that no case has is a problem, an id is not looked up.
    pub(crate) fn find(self, conn: &Connection) -> Result<CaseId, Problem> {
        match self {
            CaseGiven::Id(case) => Ok(case),
            CaseGiven::Number(number) => match self.head(conn)? {
                Some(head) => Ok(head.id),
                None => {
                    let case = say::CaseOfNumber { number: pack::current(conn)?.numbered(number) }.say();
                    Err(Problem::not_found(&case.zh, &case.en))
                }
            },
        }
    }

    /// Its head, if there is such a case.
    pub(crate) fn head(self, conn: &Connection) -> Result<Option<CaseHead>, DbError> {
        match self {
            CaseGiven::Id(case) => cases::find(conn, case),
            CaseGiven::Number(number) => cases::by_number(conn, number),
        }
    }
}

impl FromStr for CaseGiven {
    type Err = IdError;

    fn from_str(text: &str) -> Result<CaseGiven, IdError> {
        match CaseNumber::read(text) {
            Some(number) => Ok(CaseGiven::Number(number)),
            None => text.parse().map(CaseGiven::Id),
        }
    }
}

impl From<CaseId> for CaseGiven {
    fn from(case: CaseId) -> CaseGiven {
        CaseGiven::Id(case)
    }
}

impl fmt::Display for CaseGiven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CaseGiven::Id(case) => case.fmt(f),
            CaseGiven::Number(number) => f.write_str(&number.written(CaseNumber::PLAIN)),
        }
    }
}

impl Serialize for CaseGiven {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseGiven {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<CaseGiven, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A case in a sentence: by its number, by its id where it has none.
pub(crate) fn said(conn: &Connection, case: CaseId) -> Result<String, DbError> {
    let number = cases::find(conn, case)?.and_then(|head| head.number);
    let plan = pack::current(conn)?;
    Ok(number.map_or_else(|| case.to_string(), |number| plan.numbered(number)))
}
