//! The tables of the store as they travel.

use crate::db::dialect::LATCH;
use crate::db::sql::settings::{OFFICE_TOKEN, SERVER_KEY};

/// Holds the number of a case: travels as the case's id. 0 = of no case.
pub(super) const CASE: &str = "case_no";
/// Holds the number of a chain: travels as its actor id.
pub(super) const CHAIN: &str = "actor_no";

/// Where a table's own `no` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// It has none that another table or a new row depends on.
    None,
    /// Each store numbers the row's id by itself.
    OfId,
    /// The row keeps it; new rows count on from the greatest.
    Kept,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) number: Number,
    /// What travels: every column but a [`Number::OfId`].
    pub(super) columns: &'static [&'static str],
}

macro_rules! table {
    ($name:literal, $number:ident, $($column:expr),+) => {
        Table { name: $name, number: Number::$number, columns: &[$($column),+] }
    };
}

/// All of them; who is pointed at stands before who points.
#[rustfmt::skip]
pub(super) const TABLES: &[Table] = &[
    table!("setting", None, "name", "value"),
    table!("unit", None, "id", "body"),
    table!("person", None, "id", "name", "unit", "role", "grp", "phone", "joined_at", "left_at", "changed"),
    table!("seat_term", None, "seat", "part", "from_day", "until_day", "name", "phone", "noted_at"),
    table!("invitation", None, "code_hash", "person", "expires_at", "used_by", "commitment", "nonce", "tries"),
    table!("device", None, "id", "person", "public_key", "model", "state", "confirmation", "enrolled_at", "counter", "body_hash",
        "answer", "seen_at", "token_floor", "token_floor_epoch", "unsent"),
    table!("case_head", OfId, "id", "sequence", "chain", "standing", "opened_at", "link", "computed",
        "clock_sequence", "number_year", "number", "computed_at", "still_until", "told_by"),
    table!("case_counter", None, "year", "last"),
    table!("case_person", None, CASE, "person", "sequence"),
    table!("actor", OfId, CASE, "id", "device", "person", "epoch", "seq", "hash", "max_op"),
    table!("case_row", None, CASE, "sequence", "sort", CHAIN, "actor_seq", "person", "hash", "payload", "received_at", "verdict",
        "chain"),
    table!("statement", None, CASE, CHAIN, "tip_seq", "body", "signature"),
    table!("fact", None, CASE, "id", "sequence", "kind", "person", "digest"),
    table!("unrecognised", None, CASE, "fact", "sequence", "judged_by"),
    table!("seal_key", None, CASE, "id", "sequence", "key"),
    table!("member", None, "person", CASE, "from_at", "until"),
    table!("quarantine", Kept, "no", "case_id", "device", "person", "code", "bytes", "bytes_hash", "statement", "signature",
        "received_at", "adopted", "length"),
    table!("budget", None, "holder", "day", "records", "bytes", "cases"),
    table!("duty", Kept, "no", CASE, "key", "due_on", "state", "body", "computed_at", "closed_at", "closed_why"),
    table!("notice", Kept, "no", CASE, "key", "kind", "to_whom", "zh", "en", "made_at", "withdrawn_at",
        "withdrawn_why", "sentence", "arguments"),
    table!("report", Kept, "no", "grp", "week", "state", "body", "hash", "drafted_at", "confirmed_by", "frozen_at", "sent_at",
        "sent_by", "sent_to", "returned_at", "returned_by", "returned_why", "confirm_recorded_by", "send_recorded_by", "since_at"),
    table!("edition", Kept, "no", "year", "body", "imported_at", "imported_by"),
    table!("policy", Kept, "no", "body", "decided_at", "decided_by"),
    table!("clock_wrong", Kept, "no", "from_at", "until_at", "reason", "declared_at", "declared_by"),
    table!("job", None, "name", "day", "started_at", "finished_at", "outcome", "turn", "holder", "beat_at"),
    table!("audit", None, "node", "no", "at", "who", "action", "object", "result", "chain"),
];

impl Table {
    /// The query that gives its rows: one column for each that travels, and behind them the store's own numbers of those that
    /// travel as ids, in the same order.
    pub(super) fn select(&self) -> String {
        let column = |name: &&str| match *name {
            CASE => "c.id".to_owned(),
            CHAIN => "a.id".to_owned(),
            plain => format!("t.{plain}"),
        };
        let numbers = self.columns.iter().filter(|name| is_number(name)).map(|name| format!("t.{name}"));
        let columns: Vec<String> = self.columns.iter().map(column).chain(numbers).collect();
        let mut sql = format!("SELECT {} FROM {} t", columns.join(", "), self.name);
        if self.columns.contains(&CASE) {
            sql += " LEFT JOIN case_head c ON c.no = t.case_no";
        }
        if self.columns.contains(&CHAIN) {
            sql += " LEFT JOIN actor a ON a.no = t.actor_no AND a.case_no = t.case_no";
        }
        match self.name {
            // These belong to the nodes that share a store, not to what is stored.
            "setting" => {
                sql += &format!(" WHERE t.name NOT IN ('{SERVER_KEY}', '{OFFICE_TOKEN}') AND t.name NOT LIKE '{LATCH}%'")
            }
            // Numbered anew in a file: in the order in which they are listed.
            "case_head" => sql += " ORDER BY t.opened_at, t.no",
            _ => {}
        }
        sql
    }
}

/// Whether a column travels as an id in place of a number.
pub(super) fn is_number(column: &str) -> bool {
    column == CASE || column == CHAIN
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Address, Db, Node, params};

    #[test]
    fn every_column_of_the_store_travels() {
        let folder = crate::files::TempFolder::new("transfer-tables");
        let db = Db::open(&Address::File(folder.path().join("daiban.sqlite")), Node::ONLY).unwrap();
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let mut names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        names.sort_unstable();
        assert_eq!(db.read(|conn| conn.all(sql, &[], |row| row.get::<String>(0))).unwrap(), names);
        for table in TABLES {
            let sql = "SELECT name FROM pragma_table_info(?1) ORDER BY name";
            let there = db.read(|conn| conn.all(sql, params![table.name], |row| row.get::<String>(0))).unwrap();
            let own = (table.number == Number::OfId).then_some("no");
            let mut travels: Vec<&str> = table.columns.iter().copied().chain(own).collect();
            travels.sort_unstable();
            assert_eq!(there, travels, "{}", table.name);
        }
    }
}
