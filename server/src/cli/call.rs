//! Commands find their server: over HTTP where the data folder is served, else by opening the folder.

use super::Failure;
use crate::app::{App, Folder, Served};
use crate::clock::Clock;
use crate::commands::{Command, Order};
use crate::config::{Config, ConfigArgs};
use crate::watch::compute_dirty;
use daiban_core::ids::PersonId;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// How long a command over HTTP may take.
const SECONDS: u64 = 600;

/// Gives a command and waits for its answer.
pub(super) fn give(config: &ConfigArgs, by: &str, command: Command) -> Result<Value, Failure> {
    let config = config.load()?;
    let order = Order { by: PersonId::from(by), command };
    match Folder::served(&config.data) {
        Some(served) => over_http(&config, &served, &order),
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
    compute_dirty(&app).await?;
    Ok(answer)
}

fn over_http(config: &Config, served: &Served, order: &Order) -> Result<Value, Failure> {
    send(config, served, "/v1/commands", "application/json", json!(order).to_string().as_bytes())
}

/// Gives a bundle to the server that serves the folder.
pub(super) fn bundle(config: &Config, served: &Served, bytes: &[u8]) -> Result<Value, Failure> {
    send(config, served, daiban_core::sync::bundle::PATH, "application/octet-stream", bytes)
}

fn send(config: &Config, served: &Served, path: &str, media_type: &str, body: &[u8]) -> Result<Value, Failure> {
    let token = Folder::office_token(&config.data).map_err(|e| Failure::failed("office_token", e.zh(), e.to_string()))?;
    let address = if served.address.ip().is_unspecified() {
        format!("127.0.0.1:{}", served.address.port())
    } else {
        served.address.to_string()
    };
    post(&format!("http://{address}{path}"), &token, media_type, body)
}

/// Sends something under the office's token.
fn post(url: &str, token: &str, media_type: &str, body: &[u8]) -> Result<Value, Failure> {
    let unreachable = |error: ureq::Error| {
        let zh = format!("无法连接服务器 {url}（{error}），请确认服务正在运行。");
        Failure::failed("unreachable", zh, error.to_string())
    };
    let settings = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(SECONDS)));
    let agent: ureq::Agent = settings.build().into();
    let request = agent.post(url).header("authorization", format!("Bearer {token}")).header("content-type", media_type);
    let mut response = request.send(body).map_err(unreachable)?;
    let text = response.body_mut().read_to_string().map_err(unreachable)?;
    let document: Value = serde_json::from_str(&text).map_err(|error| {
        let zh = format!("服务器 {url} 的答复无法读取，请确认地址和版本。");
        Failure::failed("unreadable_answer", zh, error.to_string())
    })?;
    if response.status().is_success() { Ok(document) } else { Err(Failure::of_document(document)) }
}
