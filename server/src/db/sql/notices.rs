//! What the sweep told whom; a key makes each row exactly one.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_messages::Message;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// In place of a case's number: a notice of no case.
const DISTRICT: i64 = 0;

/// One notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Case, duty key, due date, kind and receiver: the same notice never stands twice.
    pub key: String,
    /// The case's local number.
    #[serde(skip)]
    pub case_no: Option<i64>,
    /// `due_soon`, `due`, `overdue`, `urged` (催办), `escalated` (督办) or `other`.
    pub kind: String,
    /// Person, unit or group that is told.
    pub to_whom: String,
    /// The sentence.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The sentence's name in the catalogue of messages, by which a program goes; `None` of what was told before it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// What was put into it, by name, as Chinese writes it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<String, String>,
    /// Unix seconds.
    pub made_at: i64,
    /// Since when it says nothing any more, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<i64>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_why: Option<String>,
}

impl Notice {
    /// The same notice in the words of the catalogue.
    pub fn saying(self, said: Message) -> Notice {
        let arguments = said.arguments.into_iter().map(|(name, text)| (name.into_owned(), text)).collect();
        Notice { zh: said.zh, en: said.en, sentence: Some(said.key.into_owned()), arguments, ..self }
    }
}

macro_rules! columns {
    () => {
        "key, case_no, kind, to_whom, zh, en, made_at, withdrawn_at, withdrawn_why, sentence, arguments"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM notice ", $rest)
    };
}

/// Adds a notice; `false` if it stands already.
pub fn insert(tx: &Transaction<'_>, notice: &Notice) -> Result<bool, DbError> {
    let sql = "INSERT INTO notice (case_no, key, kind, to_whom, zh, en, made_at, sentence, arguments) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    let Notice { key, case_no, kind, to_whom, zh, en, made_at, sentence, arguments, .. } = notice;
    let put_in = serde_json::to_string(arguments).map_err(|_| DbError::Corrupt("notice"))?;
    let put_in = sentence.as_ref().map(|_| put_in);
    Ok(tx.run(sql, params![case_no.unwrap_or(DISTRICT), key, kind, to_whom, zh, en, made_at, sentence, put_in])? == 1)
}

/// The notices of a case, oldest first.
pub fn of_case(conn: &Connection, case_no: i64) -> Result<Vec<Notice>, DbError> {
    conn.all(select!("WHERE case_no = ?1 ORDER BY no"), params![case_no], read)
}

/// The keys of the notices of a case.
pub fn keys(conn: &Connection, case_no: i64) -> Result<HashSet<String>, DbError> {
    Ok(conn.all("SELECT key FROM notice WHERE case_no = ?1", params![case_no], |row| row.get(0))?.into_iter().collect())
}

/// The newest notices of all cases, newest first.
pub fn newest(conn: &Connection, limit: u32) -> Result<Vec<Notice>, DbError> {
    conn.all(select!("ORDER BY no DESC LIMIT ?1"), params![limit], read)
}

/// Notices with a number below that, with their numbers, newest first.
pub fn before(conn: &Connection, no: i64, limit: u32) -> Result<Vec<(i64, Notice)>, DbError> {
    let sql = concat!("SELECT ", columns!(), ", no FROM notice WHERE no < ?1 ORDER BY no DESC LIMIT ?2");
    conn.all(sql, params![no, limit], |row| Ok((row.get(11)?, read(row)?)))
}

/// Withdraws what was told of some duties of a case, with the reason; the rows stay, their keys are free again. Tells how many.
pub fn withdraw(tx: &Transaction<'_>, case_no: i64, duties: &[String], why: &str, at: i64) -> Result<usize, DbError> {
    if duties.is_empty() {
        return Ok(0);
    }
    // Behind the case, a key goes on with that of the duty.
    let about = |notice: &Notice, duty: &String| {
        let rest = notice.key.split_once('/').and_then(|(_, rest)| rest.strip_prefix(duty.as_str()));
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let mut told = of_case(tx, case_no)?;
    told.retain(|notice| notice.withdrawn_at.is_none() && duties.iter().any(|duty| about(notice, duty)));
    let sql = "UPDATE notice SET withdrawn_at = ?3, withdrawn_why = ?4, key = key || '/withdrawn/' || no \
               WHERE case_no = ?1 AND key = ?2 AND withdrawn_at IS NULL";
    told.iter().try_for_each(|notice| tx.run(sql, params![case_no, notice.key, at, why]).map(|_| ()))?;
    Ok(told.len())
}

/// How many were withdrawn from one moment up to another.
pub fn count_withdrawn(conn: &Connection, from: i64, until: i64) -> Result<i64, DbError> {
    conn.number("SELECT count(*) FROM notice WHERE withdrawn_at > ?1 AND withdrawn_at <= ?2", params![from, until])
}

/// How many there are.
pub fn count(conn: &Connection) -> Result<i64, DbError> {
    conn.number("SELECT count(*) FROM notice", &[])
}

fn read(row: &Row<'_>) -> Result<Notice, DbError> {
    let put_in: Option<String> = row.get(10)?;
    let arguments = put_in.map(|json| serde_json::from_str(&json)).transpose().map_err(|_| DbError::Corrupt("notice"))?;
    Ok(Notice {
        key: row.get(0)?,
        case_no: Some(row.get(1)?).filter(|no| *no != DISTRICT),
        kind: row.get(2)?,
        to_whom: row.get(3)?,
        zh: row.get(4)?,
        en: row.get(5)?,
        made_at: row.get(6)?,
        withdrawn_at: row.get(7)?,
        withdrawn_why: row.get(8)?,
        sentence: row.get(9)?,
        arguments: arguments.unwrap_or_default(),
    })
}
