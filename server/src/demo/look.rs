//! Looking at the demo's server, as a program and as a person.

use super::failure::DemoFailure;
use super::told::say;
use crate::app::App;
use daiban_core::ids::CaseId;
use daiban_messages::say::demo as words;
use daiban_messages::{Message, Say};
use serde_json::Value;

/// One GET with the office token.
pub(super) fn get(url: &str, path: &str, token: &str) -> Result<Value, DemoFailure> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent.get(format!("{url}{path}")).header("authorization", format!("Bearer {token}"));
    let mut answer = request.call().map_err(|e| DemoFailure::Http(e.to_string()))?;
    let text = answer.body_mut().read_to_string().map_err(|e| DemoFailure::Http(e.to_string()))?;
    if !answer.status().is_success() {
        return Err(DemoFailure::Http(format!("GET {path}: {} {text}", answer.status())));
    }
    if path.starts_with("/v1/") {
        serde_json::from_str(&text).map_err(|e| DemoFailure::Http(e.to_string()))
    } else {
        Ok(Value::String(text))
    }
}

/// Tells where to look once the story is over.
pub(super) fn how_to_look(app: &App, url: &str, case: CaseId, link: &str, folder: &std::path::Path) {
    let (token, folder, now) = (&app.office_token, folder.display(), app.now());
    let heading = |words: Message| format!("\n  {}\n", words.side_by_side());
    let field = format!("DAIBAN_FIELD_CLOCK={now} target/release/daiban-field --home {folder}/field");
    say(&[
        format!("\n{}\n", words::HowToLook.say().side_by_side()),
        heading(words::OfficePages.say()),
        format!("    {url}/enter?key={token}\n    {url}/cases/{case}\n    {url}/reports/2026-W07\n    {url}/reports/2026-W09\n"),
        heading(words::EnterprisePage.say()),
        format!("    {url}/e/{link}\n"),
        heading(words::FieldClient.say()),
        format!("    cargo build --release -p daiban-field\n    {field}/zhou due\n    {field}/zhang status\n"),
        heading(words::Interface.say()),
        format!("    curl -H 'Authorization: Bearer {token}' {url}/v1/cases/{case}/duties\n    {url}/v1/openapi.json\n"),
        heading(words::Data.say()),
        format!("    {folder}\n\n"),
    ]
    .concat());
}
