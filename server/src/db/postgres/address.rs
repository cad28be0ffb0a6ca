//! Where a PostgreSQL database is and how it is entered.

use super::tls;
use crate::db::DbError;
use percent_encoding::percent_decode_str;
use std::fmt::{Debug, Display, Formatter};
use std::path::PathBuf;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, Error, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Where a server listens if the address does not say.
const PORT: u16 = 5432;
/// How long to wait for an address that does not answer.
const CONNECT: Duration = Duration::from_secs(3);
/// How long sent bytes may stay unconfirmed before the connection counts as lost.
const UNCONFIRMED: Duration = Duration::from_secs(15);
/// After how much silence the other end is asked whether it is still there.
const SILENCE: Duration = Duration::from_secs(30);
/// How long a statement may take where the address does not say: half of what a request may
/// ([`crate::config::Limits::request_seconds`]).
const PATIENCE: Duration = Duration::from_secs(30);

/// A checked `postgres://user:password@host:port/database`; a folder as the host, percent-encoded, means a Unix socket. Parameters
/// are those of libpq that the client knows, and these:
///
/// - `answer_seconds`: how long a statement may take, whole seconds;
/// - `sslmode`: `require`, `verify-ca` and `verify-full` all mean that the server must prove by its certificate to be the host that is
///   named; with `disable`, `prefer` or nothing the connection is plain, which is for a socket, the loopback or a tunnel;
/// - `sslrootcert`: the file (PEM) of the authorities that may vouch for the server; needed with the former.
#[derive(Clone)]
pub struct Url {
    config: Config,
    patience: Duration,
    tls: Option<MakeRustlsConnect>,
}

impl Url {
    /// Reads it.
    pub fn read(text: &str) -> Result<Url, DbError> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(DbError::Address("it must begin with postgres://".into()));
        }
        let Own { text, patience, authority } = Own::of(text)?;
        let mut config: Config = text.parse().map_err(|e: Error| DbError::Address(super::error::told(&e)))?;
        for (missing, what) in [(config.get_hosts().is_empty(), "host"), (config.get_dbname().is_none(), "database name")] {
            if missing {
                return Err(DbError::Address(format!("the {what} is missing")));
            }
        }
        let tls = match (config.get_ssl_mode(), authority) {
            (SslMode::Require, Some(file)) => Some(tls::trusting(&file)?),
            (SslMode::Require, None) => {
                let why = "sslmode needs sslrootcert=FILE: encryption alone does not tell who answers";
                return Err(DbError::Address(why.into()));
            }
            (SslMode::Disable, _) | (_, None) => None,
            (_, Some(_)) => {
                let why = "sslrootcert needs sslmode=verify-full: without it the connection would be plain";
                return Err(DbError::Address(why.into()));
            }
        };
        config.application_name("daiban").connect_timeout(CONNECT).tcp_user_timeout(UNCONFIRMED).keepalives_idle(SILENCE);
        Ok(Url { config, patience, tls })
    }

    /// How long a statement may take.
    pub(super) fn patience(&self) -> Duration {
        self.patience
    }

    /// Opens a connection, driven by the runtime this is awaited in.
    pub(super) async fn connect(&self) -> Result<Client, Error> {
        // How a connection ends is told to whoever asks next.
        match &self.tls {
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await?;
                tokio::spawn(async move { drop(connection.await) });
                Ok(client)
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await?;
                tokio::spawn(async move { drop(connection.await) });
                Ok(client)
            }
        }
    }
}

/// The parameters the client does not know, and the address without them.
struct Own {
    text: String,
    patience: Duration,
    authority: Option<PathBuf>,
}

impl Own {
    fn of(text: &str) -> Result<Own, DbError> {
        let (place, parameters) = text.split_once('?').unwrap_or((text, ""));
        let mut own = Own { text: place.to_owned(), patience: PATIENCE, authority: None };
        let mut theirs = Vec::new();
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("answer_seconds", seconds)) => own.patience = patience(seconds)?,
                Some(("sslrootcert", file)) => own.authority = Some(percent_decode_str(file).decode_utf8_lossy().as_ref().into()),
                Some(("sslmode", "verify-ca" | "verify-full")) => theirs.push("sslmode=require"),
                _ => theirs.push(parameter),
            }
        }
        if !theirs.is_empty() {
            own.text = format!("{place}?{}", theirs.join("&"));
        }
        Ok(own)
    }
}

fn patience(seconds: &str) -> Result<Duration, DbError> {
    let seconds = seconds.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| DbError::Address("answer_seconds must be a number from 1 to 3600".into()))
}

impl Display for Url {
    /// Without the password and the parameters.
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let ports = self.config.get_ports();
        let hosts = self.config.get_hosts().iter().enumerate().map(|(no, host)| {
            let host = match host {
                Host::Tcp(name) => name.clone(),
                Host::Unix(folder) => folder.display().to_string(),
            };
            let port = ports.get(no).or(ports.first()).copied().unwrap_or(PORT);
            format!("{host}:{port}")
        });
        let hosts: Vec<String> = hosts.collect();
        let user = self.config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
        write!(f, "postgres://{user}{}/{}", hosts.join(","), self.config.get_dbname().unwrap_or_default())
    }
}

impl Debug for Url {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_without_encryption_is_no_address() {
        for plain in ["postgres://a@b/c?sslrootcert=/ca.pem", "postgres://a@b/c?sslmode=prefer&sslrootcert=/ca.pem"] {
            assert!(matches!(Url::read(plain), Err(DbError::Address(why)) if why.contains("sslmode")), "{plain}");
        }
        assert!(Url::read("postgres://a@b/c?sslmode=disable&sslrootcert=/ca.pem").is_ok(), "plain, and said so");
    }

    #[test]
    fn an_address_is_shown_without_its_secrets() {
        let shown = |text: &str| Url::read(text).unwrap().to_string();
        assert_eq!(shown("postgres://a:secret@b/c?answer_seconds=5"), "postgres://a@b:5432/c");
        assert_eq!(shown("postgresql://b,d:6/c"), "postgres://b:5432,d:6/c");
        assert_eq!(shown("postgres://a@%2Frun%2Fpg:7/c"), "postgres://a@/run/pg:7/c");
    }
}
