//! What PostgreSQL says, in our words.

use crate::db::DbError;
use std::error::Error;
use tokio_postgres::error::SqlState;

/// The server's own sentence, or the client's with its cause.
pub(super) fn told(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}

/// A failure while a connection is opened.
pub(super) fn at_connecting(error: &tokio_postgres::Error) -> DbError {
    match DbError::from_postgres(error) {
        DbError::Lost => DbError::Unreachable(told(error)),
        // The client refuses by itself what the server asked of it, such as a password where none was given.
        DbError::Postgres(why) if error.as_db_error().is_none() && why.contains("password") => DbError::Denied(why),
        // Whatever else keeps us out, such as a database that takes no connections for now, may be over in a while.
        DbError::Postgres(why) => DbError::Unreachable(why),
        other => other,
    }
}

impl DbError {
    /// Gives it its name.
    pub(super) fn from_postgres(error: &tokio_postgres::Error) -> DbError {
        let Some(code) = error.code() else {
            let io = error.source().is_some_and(|cause| cause.is::<std::io::Error>());
            return if io || error.is_closed() { DbError::Lost } else { DbError::Postgres(told(error)) };
        };
        match *code {
            SqlState::DISK_FULL => DbError::Full,
            SqlState::TOO_MANY_CONNECTIONS | SqlState::OUT_OF_MEMORY | SqlState::CONFIGURATION_LIMIT_EXCEEDED => DbError::Busy,
            SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => DbError::Contended,
            SqlState::LOCK_NOT_AVAILABLE | SqlState::QUERY_CANCELED => DbError::Slow,
            SqlState::READ_ONLY_SQL_TRANSACTION => DbError::ReadOnly,
            SqlState::INVALID_PASSWORD
            | SqlState::INVALID_AUTHORIZATION_SPECIFICATION
            | SqlState::INSUFFICIENT_PRIVILEGE
            | SqlState::INVALID_SCHEMA_NAME => DbError::Denied(told(error)),
            SqlState::INVALID_CATALOG_NAME | SqlState::CANNOT_CONNECT_NOW => DbError::Unreachable(told(error)),
            SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => DbError::Corrupt("data on the database server"),
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::DATABASE_DROPPED
            | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
            | SqlState::IDLE_SESSION_TIMEOUT => DbError::Lost,
            ref other if other.code().starts_with("08") => DbError::Lost,
            _ => DbError::Postgres(told(error)),
        }
    }
}
