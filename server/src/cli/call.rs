//! Commands find their server: over HTTP where one was named (`--server`) or the data folder is served, else by opening the folder.

use super::Failure;
use super::show::complain;
use crate::app::{App, Folder, Served};
use crate::clock::Clock;
use crate::commands::{Command, Order};
use crate::config::{Config, ConfigArgs};
use crate::watch::compute_dirty;
use daiban_core::ids::PersonId;
use daiban_messages::say::command_line as say;
use daiban_messages::{Both, Say};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// How long a command over HTTP may take.
const SECONDS: u64 = 600;

/// The office token itself, where it lies in no file.
const TOKEN: &str = "DAIBAN_OFFICE_TOKEN";

/// Gives a command and waits for its answer.
pub(super) fn give(config: &ConfigArgs, by: &str, command: Command) -> Result<Value, Failure> {
    let config = config.load()?;
    let order = Order { by: PersonId::from(by), command };
    match Server::of(&config)? {
        Some(server) => server.send("/v1/commands", "application/json", json!(order).to_string().as_bytes()),
        None => {
            let app = App::open(config, Clock::system())?;
            runtime()?.block_on(directly(app, order))
        }
    }
}

/// The runtime of a command that opens the folder itself.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

async fn directly(app: Arc<App>, order: Order) -> Result<Value, Failure> {
    let answer = app.execute(&order.by, order.command).await?;
    follow(&app).await;
    Ok(answer)
}

/// Computes what follows from what was just done. That stands, and must not look undone because this does.
pub(super) async fn follow(app: &Arc<App>) {
    if let Err(error) = compute_dirty(app).await {
        let said = say::ComputedLater { why: error }.say();
        complain(format_args!("{} · {}", said.zh, said.en));
    }
}

/// A server that carries commands out: the one that was named, or the one that serves the data folder.
pub(super) struct Server {
    url: String,
    token: String,
}

impl Server {
    /// `None` = none was named and nobody serves the folder: the command opens it itself.
    pub(super) fn of(config: &Config) -> Result<Option<Server>, Failure> {
        let url = match (&config.server, Folder::served(&config.data)) {
            (Some(url), _) => url.clone(),
            (None, Some(served)) => format!("http://{}", near(&served)),
            (None, None) => return Ok(None),
        };
        Ok(Some(Server { url, token: token(config)? }))
    }

    /// Gives it a bundle.
    pub(super) fn bundle(&self, bytes: &[u8]) -> Result<Value, Failure> {
        self.send(daiban_core::sync::bundle::PATH, "application/octet-stream", bytes)
    }

    fn send(&self, path: &str, media_type: &str, body: &[u8]) -> Result<Value, Failure> {
        post(&format!("{}{path}", self.url), &self.token, media_type, body)
    }
}

/// How a server of this machine is reached.
fn near(served: &Served) -> String {
    match served.address.ip().is_unspecified() {
        true => format!("127.0.0.1:{}", served.address.port()),
        false => served.address.to_string(),
    }
}

/// The office token: for a server that was named from the environment or the file that was named, else from the data folder.
fn token(config: &Config) -> Result<String, Failure> {
    if config.server.is_some() {
        if let Ok(token) = std::env::var(TOKEN) {
            return Ok(token.trim().to_owned());
        }
        if let Some(file) = &config.office_token_file {
            return std::fs::read_to_string(file).map(|text| text.trim().to_owned()).map_err(|error| {
                let said = say::TokenUnreadable { path: file.display(), why: error }.say();
                Failure::refused("office_token", said.zh, said.en)
            });
        }
    }
    Folder::office_token(&config.data).map_err(|error| match &config.server {
        None => Failure::failed("office_token", error.zh(), error.to_string()),
        Some(_) => {
            let said = say::TokenMissing { path: config.data.display(), variable: TOKEN }.say();
            Failure::refused("office_token", said.zh, error.to_string())
        }
    })
}

/// Sends something under the office's token.
fn post(url: &str, token: &str, media_type: &str, body: &[u8]) -> Result<Value, Failure> {
    let unreachable = |error: ureq::Error| {
        let said = say::Unreachable { url, why: error }.say();
        Failure::failed("unreachable", said.zh, said.en)
    };
    let settings = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(SECONDS)));
    let agent: ureq::Agent = settings.build().into();
    let request = agent.post(url).header("authorization", format!("Bearer {token}")).header("content-type", media_type);
    let mut response = request.send(body).map_err(unreachable)?;
    let text = response.body_mut().read_to_string().map_err(unreachable)?;
    let document: Value = serde_json::from_str(&text).map_err(|error| {
        let said = say::AnswerUnreadable { url, why: Both::new("", error.to_string()) }.say();
        Failure::failed("unreadable_answer", said.zh, said.en)
    })?;
    if response.status().is_success() { Ok(document) } else { Err(Failure::of_document(document)) }
}
