//! Where a PostgreSQL database is and how it is entered.

use crate::db::DbError;
use std::time::Duration;

/// How long to wait for a server that does not answer.
const CONNECT: Duration = Duration::from_secs(5);
/// How long sent bytes may stay unconfirmed before the connection counts as lost.
const UNCONFIRMED: Duration = Duration::from_secs(15);
/// After how much silence the other end is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(30);

/// A checked `postgres://user:password@host:port/database`; a folder as the host, percent-encoded, means a Unix socket.
#[derive(Clone)]
pub struct Url(postgres::Config);

impl Url {
    /// Reads it.
    pub fn read(text: &str) -> Result<Url, DbError> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(DbError::Address("it must begin with postgres://".into()));
        }
        let mut config: postgres::Config = text.parse().map_err(|e: postgres::Error| DbError::Address(super::error::told(&e)))?;
        for (missing, what) in [(config.get_hosts().is_empty(), "host"), (config.get_dbname().is_none(), "database name")] {
            if missing {
                return Err(DbError::Address(format!("the {what} is missing")));
            }
        }
        if config.get_ssl_mode() == postgres::config::SslMode::Require {
            return Err(DbError::Address("sslmode=require is not supported; use a socket, the loopback or a tunnel".into()));
        }
        config.application_name("daiban").connect_timeout(CONNECT).tcp_user_timeout(UNCONFIRMED).keepalives_idle(SILENCE);
        Ok(Url(config))
    }

    /// Opens a connection.
    pub(super) fn connect(&self) -> Result<postgres::Client, DbError> {
        self.0.connect(postgres::NoTls).map_err(|error| super::error::at_connecting(&error))
    }
}

impl std::fmt::Debug for Url {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "postgres://{:?}/{}", self.0.get_hosts(), self.0.get_dbname().unwrap_or_default())
    }
}
