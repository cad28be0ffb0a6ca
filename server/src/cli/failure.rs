//! A command that did not go: a sentence on stderr, a problem document on stdout with `--json`, an exit code.

use super::show::{Out, complain};
use crate::app::OpenError;
use crate::commands::Mistyped;
use crate::config::ConfigError;
use crate::db::DbError;
use crate::demo::DemoFailure;
use crate::error::Problem;
use crate::serve::ServeError;
use axum::http::StatusCode;
use daiban_core::calendar::{CountError, DateError, WeekError};
use daiban_messages::Say;
use daiban_messages::say::command_line::InputOutput;
use serde_json::Value;
use std::process::ExitCode;

/// Done, but something is wrong: a broken chain, a server that cannot be reached.
const FAILED: u8 = 1;
/// Not understood, not there or not allowed; nothing was done.
const REFUSED: u8 = 2;

/// Why a command did not go.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    document: Value,
}

impl Failure {
    /// From a problem document, as the server sends it.
    pub fn of_document(document: Value) -> Failure {
        let refused = document["status"].as_u64().is_some_and(|status| (400..500).contains(&status));
        Failure { code: if refused { REFUSED } else { FAILED }, document }
    }

    /// Something around the server failed: a file, the network.
    pub fn failed(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Failure {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, code, zh, en).into()
    }

    /// What was typed cannot be used.
    pub fn refused(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Failure {
        Problem::bad_request(code, zh, en).into()
    }

    /// The sentence goes to stderr; with `--json` the document goes to stdout as well.
    pub(super) fn tell(&self, json: bool) -> ExitCode {
        let text = |name: &str| self.document[name].as_str().unwrap_or_default();
        complain(text("detail"));
        if !text("detail_en").is_empty() {
            complain(format_args!("({}: {})", text("code"), text("detail_en")));
        }
        if json {
            Out { json }.document(&self.document);
        }
        ExitCode::from(self.code)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure::of_document(problem.document())
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Failure {
        Failure::failed("database", error.zh(), error.to_string())
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        Failure::failed("data_folder", error.zh(), error.to_string())
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Failure {
        Failure::failed("serve", error.zh(), error.to_string())
    }
}

impl From<DemoFailure> for Failure {
    fn from(error: DemoFailure) -> Failure {
        Failure::failed("demo", error.zh(), error.to_string())
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Failure {
        Failure::refused("configuration", error.zh(), error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::failed("io", InputOutput { why: &error }.say().zh, error.to_string())
    }
}

impl From<Mistyped> for Failure {
    fn from(Mistyped(problem): Mistyped) -> Failure {
        problem.into()
    }
}

impl From<DateError> for Failure {
    fn from(error: DateError) -> Failure {
        Mistyped::from(error).into()
    }
}

impl From<WeekError> for Failure {
    fn from(error: WeekError) -> Failure {
        Mistyped::from(error).into()
    }
}

impl From<CountError> for Failure {
    fn from(error: CountError) -> Failure {
        Failure::refused("count", error.zh(), error.to_string())
    }
}
