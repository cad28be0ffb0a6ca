//! Who sits on the seats that the pack names, from when until when. What is over stays.

use crate::db::{Connection, DbError, Row, Transaction, params};
use daiban_core::calendar::{Date, parse_date};
use daiban_core::people::SeatTerm;

const COLUMNS: &str = "seat, part, name, phone, from_day, until_day";

/// Notes a term; one of the same seat that begins on the same day is replaced.
pub fn put(tx: &Transaction<'_>, term: &SeatTerm, at: i64) -> Result<(), DbError> {
    let sql = "INSERT INTO seat_term (seat, part, name, phone, from_day, until_day, noted_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
               ON CONFLICT (seat, part, from_day) DO UPDATE \
               SET name = excluded.name, phone = excluded.phone, until_day = excluded.until_day, noted_at = excluded.noted_at";
    let SeatTerm { seat, of, name, phone, from, until } = term;
    tx.run(sql, params![seat, of, name, phone, from.to_string(), until.map(|day| day.to_string()), at])?;
    Ok(())
}

/// Every term of a seat, earliest first.
pub fn of_seat(conn: &Connection, seat: &str, of: &str) -> Result<Vec<SeatTerm>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM seat_term WHERE seat = ?1 AND part = ?2 ORDER BY from_day");
    conn.all(&sql, params![seat, of], term)
}

/// The terms that run on a day.
pub fn on(conn: &Connection, day: Date) -> Result<Vec<SeatTerm>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM seat_term WHERE from_day <= ?1 AND (until_day IS NULL OR until_day > ?1) ORDER BY seat, part, from_day"
    );
    conn.all(&sql, params![day.to_string()], term)
}

fn term(row: &Row<'_>) -> Result<SeatTerm, DbError> {
    let until: Option<&str> = row.get(5)?;
    Ok(SeatTerm {
        seat: row.get(0)?,
        of: row.get(1)?,
        name: row.get(2)?,
        phone: row.get(3)?,
        from: day(row.get(4)?)?,
        until: until.map(day).transpose()?,
    })
}

fn day(text: &str) -> Result<Date, DbError> {
    parse_date(text).map_err(|_| DbError::Corrupt("day"))
}
