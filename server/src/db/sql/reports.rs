//! Weekly reports: drafts that may be drawn up again, frozen ones that never change (a trigger sees to it).

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::calendar::Week;
use daiban_core::people::Group;
use daiban_core::report::{Arrived, DistrictReport, GroupReport};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportRow {
    /// The group's; `None` = the district's.
    pub group: Option<Group>,
    /// The last week it covers.
    pub week: Week,
    /// `draft`, `frozen` or `sent`.
    pub state: String,
    /// The document, JSON of `daiban_core::report`.
    pub body: Value,
    /// SHA-256 of the frozen body's text, hex.
    pub hash: Option<String>,
    /// Unix seconds.
    pub drafted_at: i64,
    /// Since when a draft was renewed by itself, Unix seconds: when it was first drawn up, or last by a person.
    pub since_at: Option<i64>,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// 代录: who recorded that for them.
    pub confirm_recorded_by: Option<String>,
    /// When it was frozen, Unix seconds.
    pub frozen_at: Option<i64>,
    /// When it was sent, Unix seconds.
    pub sent_at: Option<i64>,
    /// Who sent it.
    pub sent_by: Option<String>,
    /// 代录: who recorded that for them.
    pub send_recorded_by: Option<String>,
    /// Who received it, the copy to 办公室 included (R107); empty until it is sent.
    pub sent_to: Vec<String>,
    /// When it was sent back, Unix seconds; then it is an earlier edition and another row stands for its week.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_at: Option<i64>,
    /// Who sent it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_by: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_why: Option<String>,
    /// The body's text as stored, which the hash covers.
    #[serde(skip)]
    pub text: String,
}

impl ReportRow {
    /// The report as plain text; empty if it cannot be read.
    pub fn text_zh(&self) -> String {
        let text = match self.group {
            Some(_) => serde_json::from_str(&self.text).map(|report: GroupReport| report.text_zh()),
            None => serde_json::from_str(&self.text).map(|report: DistrictReport| report.text_zh()),
        };
        text.unwrap_or_default()
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT grp, week, state, body, hash, drafted_at, confirmed_by, frozen_at, sent_at, sent_by, sent_to, ",
            "returned_at, returned_by, returned_why, confirm_recorded_by, send_recorded_by, since_at FROM report ",
            $rest
        )
    };
}

impl ReportRow {
    /// What a draft tells that arrived since somebody drew it up; `None` of what is confirmed, and where nothing came.
    pub fn arrived(&self) -> Option<Arrived> {
        let since_at = self.since_at.filter(|_| self.state == "draft")?;
        Arrived::since(&self.text, self.group, since_at).filter(|arrived| !arrived.facts.is_empty())
    }
}

/// Who confirms or sends a report.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a> {
    /// Whoever answers for it.
    pub by: &'a str,
    /// 代录: who recorded it for that person.
    pub recorded_by: Option<&'a str>,
}

/// Draws up a draft, in place of an earlier draft.
pub fn put_draft(tx: &Transaction<'_>, week: Week, group: Option<Group>, body: &str, at: i64) -> Result<(), DbError> {
    forget_draft(tx, week, group)?;
    let week = week.to_string();
    let sql = "INSERT INTO report (grp, week, state, body, drafted_at, since_at) VALUES (?1, ?2, 'draft', ?3, ?4, ?4)";
    tx.run(sql, params![group.map(Group::id), week, body, at])?;
    Ok(())
}

/// Puts another text in place of a draft's. `false` if there is no draft.
pub fn renew_draft(tx: &Transaction<'_>, week: Week, group: Option<Group>, body: &str, at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE report SET body = ?3, drafted_at = ?4, since_at = coalesce(since_at, drafted_at) \
               WHERE week = ?1 AND coalesce(grp, '') = ?2 AND state = 'draft'";
    Ok(tx.run(sql, params![week.to_string(), place(group), body, at])? == 1)
}

/// Puts other words over a draft; what it is made of stays as old as it was. `false` if there is no draft.
pub fn annotate_draft(tx: &Transaction<'_>, week: Week, group: Option<Group>, body: &str) -> Result<bool, DbError> {
    let sql = "UPDATE report SET body = ?3 WHERE week = ?1 AND coalesce(grp, '') = ?2 AND state = 'draft'";
    Ok(tx.run(sql, params![week.to_string(), place(group), body])? == 1)
}

/// Removes a draft.
pub fn forget_draft(tx: &Transaction<'_>, week: Week, group: Option<Group>) -> Result<(), DbError> {
    let sql = "DELETE FROM report WHERE week = ?1 AND coalesce(grp, '') = ?2 AND state = 'draft'";
    tx.run(sql, params![week.to_string(), place(group)])?;
    Ok(())
}

/// Freezes a draft. `false` if there is no draft.
pub fn freeze(
    tx: &Transaction<'_>,
    week: Week,
    group: Option<Group>,
    hash: &str,
    by: Signature<'_>,
    at: i64,
) -> Result<bool, DbError> {
    let sql = "UPDATE report SET state = 'frozen', hash = ?3, confirmed_by = ?4, frozen_at = ?5, confirm_recorded_by = ?6 \
               WHERE week = ?1 AND coalesce(grp, '') = ?2 AND state = 'draft'";
    Ok(tx.run(sql, params![week.to_string(), place(group), hash, by.by, at, by.recorded_by])? == 1)
}

/// Marks the frozen district report as sent. `false` if it is not frozen.
pub fn mark_sent(tx: &Transaction<'_>, week: Week, by: Signature<'_>, to: &[String], at: i64) -> Result<bool, DbError> {
    let sql = "UPDATE report SET state = 'sent', sent_at = ?2, sent_by = ?3, sent_to = ?4, send_recorded_by = ?5 \
               WHERE week = ?1 AND grp IS NULL AND state = 'frozen' AND returned_at IS NULL";
    Ok(tx.run(sql, params![week.to_string(), at, by.by, to.join("\n"), by.recorded_by])? == 1)
}

/// Puts a frozen report aside as an earlier edition and a draft of the same text in its place. `false` if it is not frozen.
pub fn send_back(
    tx: &Transaction<'_>,
    (week, group): (Week, Option<Group>),
    by: &str,
    why: &str,
    at: i64,
) -> Result<bool, DbError> {
    let Some(row) = find(tx, week, group)?.filter(|row| row.state == "frozen") else { return Ok(false) };
    let sql = "UPDATE report SET returned_at = ?3, returned_by = ?4, returned_why = ?5 \
               WHERE week = ?1 AND coalesce(grp, '') = ?2 AND state = 'frozen' AND returned_at IS NULL";
    tx.run(sql, params![week.to_string(), place(group), at, by, why])?;
    put_draft(tx, week, group, &row.text, at)?;
    Ok(true)
}

/// The report of a week and group.
pub fn find(conn: &Connection, week: Week, group: Option<Group>) -> Result<Option<ReportRow>, DbError> {
    let rest = select!("WHERE week = ?1 AND coalesce(grp, '') = ?2 AND returned_at IS NULL");
    conn.one(rest, params![week.to_string(), place(group)], read)
}

/// A report's state and when it was drafted, without its document.
pub fn head(conn: &Connection, week: Week, group: Option<Group>) -> Result<Option<(String, i64)>, DbError> {
    let sql = "SELECT state, drafted_at FROM report WHERE week = ?1 AND coalesce(grp, '') = ?2 AND returned_at IS NULL";
    conn.one(sql, params![week.to_string(), place(group)], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What `read` takes of the documents of a series that were confirmed for earlier weeks; one document at a time is in memory.
pub fn told_before<T>(
    conn: &Connection,
    week: Week,
    group: Option<Group>,
    read: impl Fn(&str) -> Result<T, DbError>,
) -> Result<Vec<T>, DbError> {
    let sql = "SELECT body FROM report \
               WHERE coalesce(grp, '') = ?1 AND week < ?2 AND state <> 'draft' AND returned_at IS NULL";
    conn.all(sql, params![place(group), week.to_string()], |row| read(row.get::<&str>(0)?))
}

/// The editions of a report that were sent back, newest first.
pub fn editions(conn: &Connection, week: Week, group: Option<Group>) -> Result<Vec<ReportRow>, DbError> {
    let rest = select!("WHERE week = ?1 AND coalesce(grp, '') = ?2 AND returned_at IS NOT NULL ORDER BY no DESC");
    conn.all(rest, params![week.to_string(), place(group)], read)
}

/// When the district's report of each week was sent, Unix seconds.
pub fn sent(conn: &Connection) -> Result<BTreeMap<Week, i64>, DbError> {
    let sql = "SELECT week, sent_at FROM report WHERE grp IS NULL AND sent_at IS NOT NULL";
    let read = |row: &Row<'_>| {
        let week = row.get::<&str>(0)?.parse().map_err(|_| DbError::Corrupt("report week"))?;
        Ok((week, row.get(1)?))
    };
    Ok(conn.all(sql, &[], read)?.into_iter().collect())
}

/// Every report that was confirmed, those that were sent back included.
pub fn frozen(conn: &Connection) -> Result<Vec<ReportRow>, DbError> {
    conn.all(select!("WHERE state <> 'draft' ORDER BY no"), &[], read)
}

/// All reports, newest week first, the district's before the groups'.
pub fn list(conn: &Connection) -> Result<Vec<ReportRow>, DbError> {
    conn.all(select!("WHERE returned_at IS NULL ORDER BY week DESC, grp IS NOT NULL, grp"), &[], read)
}

/// Reports after one of them (its week and its group, `""` = the district's; `None` = from the beginning), newest week first.
pub fn page(conn: &Connection, after: Option<(&str, &str)>, limit: u32) -> Result<Vec<ReportRow>, DbError> {
    let (week, group) = after.unwrap_or((AFTER_EVERY_WEEK, ""));
    let rest = select!(
        "WHERE (week < ?1 OR (week = ?1 AND coalesce(grp, '') > ?2)) AND returned_at IS NULL \
         ORDER BY week DESC, coalesce(grp, '') LIMIT ?3"
    );
    conn.all(rest, params![week, group, limit], read)
}

/// Reports of so many weeks, the newest `skip` weeks left out; newest week first, the district's before the groups'.
pub fn of_weeks(conn: &Connection, skip: u32, weeks: u32) -> Result<Vec<ReportRow>, DbError> {
    let rest = select!(
        "WHERE week IN (SELECT DISTINCT week FROM report ORDER BY week DESC LIMIT ?2 OFFSET ?1) AND returned_at IS NULL \
         ORDER BY week DESC, grp IS NOT NULL, grp"
    );
    conn.all(rest, params![skip, weeks], read)
}

/// How many weeks have reports.
pub fn weeks(conn: &Connection) -> Result<i64, DbError> {
    conn.number("SELECT count(DISTINCT week) FROM report", &[])
}

/// Comes after every week in the order of texts.
const AFTER_EVERY_WEEK: &str = "~";

fn place(group: Option<Group>) -> &'static str {
    group.map_or("", Group::id)
}

fn read(row: &Row<'_>) -> Result<ReportRow, DbError> {
    let group: Option<&str> = row.get(0)?;
    let text: String = row.get(3)?;
    let to: Option<&str> = row.get(10)?;
    Ok(ReportRow {
        group: group.map(|g| g.parse()).transpose().map_err(|_| DbError::Corrupt("report group"))?,
        week: row.get::<&str>(1)?.parse().map_err(|_| DbError::Corrupt("report week"))?,
        state: row.get(2)?,
        body: serde_json::from_str(&text).map_err(|_| DbError::Corrupt("report"))?,
        hash: row.get(4)?,
        drafted_at: row.get(5)?,
        confirmed_by: row.get(6)?,
        frozen_at: row.get(7)?,
        sent_at: row.get(8)?,
        sent_by: row.get(9)?,
        confirm_recorded_by: row.get(14)?,
        send_recorded_by: row.get(15)?,
        since_at: row.get(16)?,
        sent_to: to.map(|to| to.lines().map(str::to_owned).collect()).unwrap_or_default(),
        returned_at: row.get(11)?,
        returned_by: row.get(12)?,
        returned_why: row.get(13)?,
        text,
    })
}
