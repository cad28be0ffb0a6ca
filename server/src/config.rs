//! How a server is set up: a TOML file, over it `DAIBAN_*` from the environment, over that the flags.

use crate::body::BodyPace;
use crate::db::{Address, DbError};
use crate::files::DATABASE_FILE;
use daiban_core::sync::{Address as ServerAddress, AddressError};
use daiban_messages::say::server as say;
use daiban_messages::{Both, Message, Say};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where a server listens when nobody says otherwise.
pub const LISTEN_DEFAULT: &str = "127.0.0.1:8460";
/// The hour (Asia/Shanghai) at which the nightly job runs, ten minutes past, when nobody says otherwise: after the night grace.
pub const NIGHT_HOUR_DEFAULT: u8 = 6;

/// No time limit is longer: a day.
const SECONDS_MAX: u64 = 86_400;
/// [`Limits::bytes_in_flight`] at most.
const BYTES_IN_FLIGHT_MAX: usize = 1024 * 1024 * 1024;

/// Everything an operator may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The data folder: keys, lock, and the database if it is a file. Made at the first start, readable by its owner only.
    pub data: PathBuf,
    /// `postgres://…` of the database; `None` = a file of our own in the data folder.
    pub database: Option<String>,
    /// `http://…` or `https://…` of a server on another machine that the office's commands are given to.
    pub server: Option<String>,
    /// The file with the office token for that server; `None` = `office.token` of the data folder.
    pub office_token_file: Option<PathBuf>,
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How phones, enterprises and officials reach this server, without a slash at the end; `None` = `http://` + `listen`.
    pub public_url: Option<String>,
    /// A proxy in front does TLS: without it, only this machine is served, because everything would travel in clear text.
    pub behind_tls_proxy: bool,
    /// The hour of the night, Asia/Shanghai, 0–23, at which the nightly job runs.
    pub night_hour: u8,
    /// Proxies whose word is taken for the address of whoever stands behind them (`Forwarded`, `X-Forwarded-For`).
    pub trusted_proxies: Vec<IpAddr>,
    /// A district's pack that the server takes over at its start; `None` = the one in its store, else the built-in one.
    pub pack: Option<PathBuf>,
    /// Limits that an operator may tighten or widen; all others are fixed in [`daiban_core::limits`].
    pub limits: Limits,
}

/// See [`Config::limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Seconds until a request's headers must be there, whatever the connection does until then.
    pub header_seconds: u64,
    /// Seconds from a request's last byte until it must be answered.
    pub request_seconds: u64,
    /// Seconds without a byte of a body after which its sender is gone.
    pub silence_seconds: u64,
    /// Bytes of a body that must come in a second, on average over [`Limits::window_seconds`]: half of what the worst line carries.
    pub bytes_per_second: u64,
    /// Seconds over which a body's bytes are counted.
    pub window_seconds: u64,
    /// Connections at once; none named, or more than that = as many as there are files for.
    pub connections: Option<usize>,
    /// Connections at once from one address whose sender is not known (yet). Hundreds of phones may share an address.
    pub connections_per_address: usize,
    /// Bytes of bodies in memory at once, over all requests.
    pub bytes_in_flight: usize,
    /// Active or pending devices of one person.
    pub devices_per_person: u32,
    /// Refused enrolments of one address in one minute at one node, before it is told nothing but to wait. A good code is not counted.
    pub enrolments_per_minute: u32,
    /// Requests worked on at once; more are told to come again (503).
    pub requests_at_once: usize,
    /// How often one enterprise's page may be read in one minute at one node; more are told when to come again (429).
    pub page_reads_per_minute: u32,
    /// A clock so many days ahead of the server's last sign of life waits for a confirmation; 0 = it is believed.
    pub clock_ahead_days: u32,
    /// Records that one device, and one person with all devices, may bring in a day.
    pub day_records: u64,
    /// Bytes that they may have stored in a day, carried work of others included.
    pub day_stored_bytes: u64,
    /// Cases that they may open in a day.
    pub day_cases: u64,
    /// Free bytes of the data folder's disk below which phones write nothing; 0 = never mind.
    pub disk_reserve_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_seconds: 5,
            request_seconds: 60,
            silence_seconds: 30,
            bytes_per_second: 200,
            window_seconds: 30,
            connections: None,
            connections_per_address: 600,
            bytes_in_flight: 64 * 1024 * 1024,
            devices_per_person: 3,
            enrolments_per_minute: 60,
            requests_at_once: 1024,
            page_reads_per_minute: 60,
            clock_ahead_days: 7,
            day_records: 5_000,
            day_stored_bytes: 50_000_000,
            day_cases: 50,
            disk_reserve_bytes: 256 * 1024 * 1024,
        }
    }
}

impl Limits {
    /// How slowly a body may come.
    pub fn pace(&self) -> BodyPace {
        let (silence, window) = (Duration::from_secs(self.silence_seconds), Duration::from_secs(self.window_seconds));
        BodyPace { silence, window, least: self.bytes_per_second.saturating_mul(self.window_seconds) }
    }
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {why}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// The file is not what it should be. The line itself is not repeated: it may hold the database's password.
    #[error("{}, line {line}: {why}", path.display())]
    Parse {
        /// Which file.
        path: PathBuf,
        /// Where, counted from 1.
        line: usize,
        /// What.
        why: String,
    },
    /// An `http://` address of another machine.
    #[error("{0}: not encrypted; only this machine may be reached by http://")]
    ClearText(&'static str),
    /// A value out of range.
    #[error("{name}: {why}")]
    Value {
        /// The setting.
        name: &'static str,
        /// What it must be.
        why: &'static str,
    },
}

impl ConfigError {
    /// What is wrong, for whoever runs the server, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            ConfigError::Read { path, why } => say::ConfigUnreadable { path: path.display(), why }.say(),
            ConfigError::Parse { path, line, why } => say::ConfigLine { path: path.display(), line, why }.say(),
            ConfigError::ClearText(name) => say::ConfigClearText { name }.say(),
            ConfigError::Value { name, why } => say::ConfigValue { name, why: Both::new("", *why) }.say(),
        }
    }

    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
    }
}

/// The same as flags and environment variables, for the command line of every subcommand that needs the data folder.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ConfigArgs {
    /// 数据目录 · data folder
    #[arg(long, env = "DAIBAN_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// 数据库地址（默认用数据目录中的文件）· database server; by default a file in the data folder
    #[arg(long, env = "DAIBAN_DATABASE", global = true, value_name = "postgres://…", hide_env_values = true)]
    pub database: Option<String>,
    /// 命令发往哪台服务器（默认用本机数据目录）· give the command to this server instead of the data folder's
    #[arg(long, env = "DAIBAN_SERVER", global = true, value_name = "http://…")]
    pub server: Option<String>,
    /// 办公口令文件（默认用数据目录中的；也可用环境变量 DAIBAN_OFFICE_TOKEN 提供）· file with the office token for --server
    #[arg(long, env = "DAIBAN_OFFICE_TOKEN_FILE", global = true, value_name = "FILE")]
    pub office_token_file: Option<PathBuf>,
    /// 配置文件（TOML）· configuration file
    #[arg(long, env = "DAIBAN_CONFIG", global = true)]
    pub config: Option<PathBuf>,
    /// 对外网址 · how phones and people reach this server
    #[arg(long, env = "DAIBAN_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// 运行服务器时 · while the server runs
    #[command(flatten)]
    pub serving: ServingArgs,
}

/// What only a running server needs: typed before `serve` or behind it, and behind no other command.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ServingArgs {
    /// 监听地址 · address and port to listen on
    #[arg(long, env = "DAIBAN_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// 前面有负责 TLS 的代理（否则只能监听本机地址）· a proxy in front does TLS; without it only the loopback is served
    #[arg(long, env = "DAIBAN_BEHIND_TLS_PROXY")]
    pub behind_tls_proxy: bool,
    /// 方案包文件夹（首次给出后存入数据库，以后不必再给）· folder of the district's pack; kept in the store
    #[arg(long, env = "DAIBAN_PACK", value_name = "FOLDER")]
    pub pack: Option<PathBuf>,
    /// 夜间作业的钟点（北京时间）· hour of the nightly job
    #[arg(long, env = "DAIBAN_NIGHT_HOUR")]
    pub night_hour: Option<u8>,
}

impl ServingArgs {
    /// These over others.
    pub fn over(self, others: &ServingArgs) -> ServingArgs {
        ServingArgs {
            listen: self.listen.or(others.listen),
            behind_tls_proxy: self.behind_tls_proxy || others.behind_tls_proxy,
            pack: self.pack.or_else(|| others.pack.clone()),
            night_hour: self.night_hour.or(others.night_hour),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database: Option<String>,
    server: Option<String>,
    office_token_file: Option<PathBuf>,
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    #[serde(default)]
    behind_tls_proxy: bool,
    night_hour: Option<u8>,
    pack: Option<PathBuf>,
    #[serde(default)]
    trusted_proxies: Vec<IpAddr>,
    #[serde(default)]
    limits: Limits,
}

impl ConfigArgs {
    /// Puts file, environment and flags together.
    pub fn load(&self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
        let config = Config {
            data: self.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("data")),
            database: self.database.clone().or(file.database),
            server: self.server.clone().or(file.server).map(|url| url.trim_end_matches('/').to_owned()),
            office_token_file: self.office_token_file.clone().or(file.office_token_file),
            listen: self.serving.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8460))),
            public_url: self.public_url.clone().or(file.public_url).map(|url| url.trim_end_matches('/').to_owned()),
            behind_tls_proxy: self.serving.behind_tls_proxy || file.behind_tls_proxy,
            night_hour: self.serving.night_hour.or(file.night_hour).unwrap_or(NIGHT_HOUR_DEFAULT),
            pack: self.serving.pack.clone().or(file.pack),
            trusted_proxies: file.trusted_proxies,
            limits: file.limits,
        };
        config.checked()
    }
}

fn read(path: &Path) -> Result<File, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|why| ConfigError::Read { path: path.to_owned(), why })?;
    toml::from_str(&text).map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let why = error.message().lines().next().unwrap_or_default().to_owned();
        ConfigError::Parse { path: path.to_owned(), line, why }
    })
}

impl Config {
    /// All defaults over a data folder and a free port of the loopback: tests and the demo, which move the clock by weeks on purpose.
    pub fn local(data: impl Into<PathBuf>) -> Config {
        Config {
            data: data.into(),
            database: None,
            server: None,
            office_token_file: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            behind_tls_proxy: false,
            night_hour: NIGHT_HOUR_DEFAULT,
            pack: None,
            trusted_proxies: Vec::new(),
            // A clock is moved on purpose; a disk in memory is small, and nothing on it is for keeps.
            limits: Limits { clock_ahead_days: 0, disk_reserve_bytes: 0, ..Limits::default() },
        }
    }

    /// Where the store is.
    pub fn address(&self) -> Result<Address, DbError> {
        Address::read(self.database.as_deref(), self.data.join(DATABASE_FILE))
    }

    fn checked(self) -> Result<Config, ConfigError> {
        let wrong = |name, why| Err(ConfigError::Value { name, why });
        if self.night_hour > 23 {
            return wrong("night_hour", "an hour from 0 to 23");
        }
        for (name, url) in [("public_url", &self.public_url), ("server", &self.server)] {
            if url.as_ref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
                return wrong(name, "an address with http:// or https://");
            }
        }
        if self.server.as_deref().is_some_and(|url| matches!(ServerAddress::parse(url), Err(AddressError::Plain(_)))) {
            return Err(ConfigError::ClearText("server"));
        }
        let Limits { header_seconds, request_seconds, silence_seconds, window_seconds, .. } = self.limits;
        let seconds = [header_seconds, request_seconds, silence_seconds, window_seconds];
        if seconds.contains(&0) || seconds.iter().any(|n| *n > SECONDS_MAX) {
            return wrong("limits", "seconds from 1 to 86400");
        }
        let Limits { requests_at_once, connections, connections_per_address, .. } = self.limits;
        if requests_at_once == 0 || connections == Some(0) || connections_per_address == 0 {
            return wrong("limits", "not zero");
        }
        if self.limits.bytes_in_flight > BYTES_IN_FLIGHT_MAX {
            return wrong("bytes_in_flight", "at most 1 GiB");
        }
        if self.limits.page_reads_per_minute == 0 {
            return wrong("limits.page_reads_per_minute", "not zero");
        }
        Ok(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file_and_a_wrong_hour_is_refused() {
        let path = std::env::temp_dir().join(format!("daiban-config-{}.toml", std::process::id()));
        std::fs::write(&path, "night_hour = 3\npublic_url = \"https://daiban.example/\"\n[limits]\nheader_seconds = 7\n")
            .unwrap();
        let at = |hour| ServingArgs { night_hour: Some(hour), ..ServingArgs::default() };
        let args = ConfigArgs { config: Some(path.clone()), serving: at(4), ..ConfigArgs::default() };
        let config = args.load().unwrap();
        assert_eq!((config.night_hour, config.limits.header_seconds), (4, 7));
        assert_eq!(config.public_url.as_deref(), Some("https://daiban.example"));
        assert!(config.listen.to_string() == LISTEN_DEFAULT);
        let wrong = ConfigArgs { serving: at(24), ..args.clone() };
        assert!(wrong.load().unwrap_err().zh().contains("night_hour"));
        for (url, clear) in [("http://10.0.0.1:8460", true), ("http://127.0.0.1:8460", false), ("https://10.0.0.1", false)] {
            let named = ConfigArgs { server: Some(url.into()), ..args.clone() }.load();
            assert_eq!(matches!(named, Err(ConfigError::ClearText("server"))), clear, "{url}");
        }
        std::fs::write(&path, "nite_hour = 3\n").unwrap();
        assert!(args.load().is_err(), "a misspelt setting is told, not passed over");
        for slip in
            ["night_hour = 3\ndatabse = \"postgres://a:secret@b/c\"\n", "night_hour = 3\ndatabase = postgres://a:secret@b/c\n"]
        {
            std::fs::write(&path, slip).unwrap();
            let error = args.load().unwrap_err();
            assert!(error.zh().contains("第2行"), "{}", error.zh());
            assert!(!error.zh().contains("secret") && !error.to_string().contains("secret"), "{error}");
        }
        std::fs::remove_file(path).unwrap();
    }
}
