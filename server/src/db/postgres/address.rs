//! Where a PostgreSQL database is and how it is entered.

use crate::db::DbError;
use std::time::Duration;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, Error, NoTls};

/// How long to wait for an address that does not answer.
const CONNECT: Duration = Duration::from_secs(3);
/// How long sent bytes may stay unconfirmed before the connection counts as lost.
const UNCONFIRMED: Duration = Duration::from_secs(15);
/// After how much silence the other end is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(30);
/// How long a statement may take where the address does not say: a phone waits 60 s for its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Our own parameter in an address: whole seconds a statement may take.
const ANSWER_SECONDS: &str = "answer_seconds";

/// A checked `postgres://user:password@host:port/database`; a folder as the host, percent-encoded, means a Unix socket. Parameters
/// are those of libpq that the client knows, and `answer_seconds`.
#[derive(Clone)]
pub struct Url {
    config: Config,
    patience: Duration,
}

impl Url {
    /// Reads it.
    pub fn read(text: &str) -> Result<Url, DbError> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(DbError::Address("it must begin with postgres://".into()));
        }
        let (text, patience) = own_parameters(text)?;
        let mut config: Config = text.parse().map_err(|e: Error| DbError::Address(super::error::told(&e)))?;
        for (missing, what) in [(config.get_hosts().is_empty(), "host"), (config.get_dbname().is_none(), "database name")] {
            if missing {
                return Err(DbError::Address(format!("the {what} is missing")));
            }
        }
        if config.get_ssl_mode() == SslMode::Require {
            return Err(DbError::Address("sslmode=require is not supported; use a socket, the loopback or a tunnel".into()));
        }
        config.application_name("daiban").connect_timeout(CONNECT).tcp_user_timeout(UNCONFIRMED).keepalives_idle(SILENCE);
        Ok(Url { config, patience })
    }

    /// How long a statement may take.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Opens a connection, driven by the runtime this is awaited in.
    pub(super) async fn connect(&self) -> Result<Client, Error> {
        let (client, connection) = self.config.connect(NoTls).await?;
        // How it ends is told to whoever asks next.
        tokio::spawn(async move { drop(connection.await) });
        Ok(client)
    }
}

/// Takes our own parameters out of an address.
fn own_parameters(text: &str) -> Result<(String, Duration), DbError> {
    let Some((place, parameters)) = text.split_once('?') else { return Ok((text.to_owned(), PATIENCE)) };
    let (mut theirs, mut patience) = (Vec::new(), PATIENCE);
    for parameter in parameters.split('&') {
        match parameter.split_once('=') {
            Some((ANSWER_SECONDS, seconds)) => {
                let seconds = seconds.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
                let wrong = || DbError::Address(format!("{ANSWER_SECONDS} must be a number from 1 to 3600"));
                patience = Duration::from_secs(seconds.ok_or_else(wrong)?);
            }
            _ => theirs.push(parameter),
        }
    }
    Ok((if theirs.is_empty() { place.to_owned() } else { format!("{place}?{}", theirs.join("&")) }, patience))
}

impl std::fmt::Debug for Url {
    /// Without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "postgres://{:?}/{}", self.config.get_hosts(), self.config.get_dbname().unwrap_or_default())
    }
}
