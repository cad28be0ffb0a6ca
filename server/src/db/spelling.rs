//! Statements as each engine takes them. They are spelled with `?1`, `?2` … and may end in `FOR UPDATE`.

/// As SQLite takes it: its only writer holds every row anyway.
pub(super) fn sqlite(sql: &str) -> &str {
    sql.strip_suffix(" FOR UPDATE").unwrap_or(sql)
}

/// As PostgreSQL takes it: `$1` for `?1`. No statement has a question mark of its own.
pub(super) fn postgres(sql: &str) -> String {
    sql.replace('?', "$")
}
