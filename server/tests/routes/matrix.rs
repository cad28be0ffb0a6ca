//! What every identity is answered at every address.

use super::addresses::Address;
use super::house::House;
use super::identity::{IDENTITIES, Identity, OUTSIDERS};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use daiban_core::calendar::Calendar;
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::sync::bundle::Bundle;
use daiban_core::sync::pack;
use daiban_core::sync::wire::{Place, SyncRequest, editions_version};
use tower::ServiceExt;

/// Every method that the pages and the API could know.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/// What an address says to a method it does not know.
const NO_SUCH_METHOD: u16 = 405;

/// A name and the statuses it was answered with, one for every column.
pub struct Row {
    pub name: String,
    pub statuses: Vec<u16>,
}

/// One row for every method that an address knows.
pub async fn of_addresses(house: &House, addresses: &[Address], router: Router) -> Vec<Row> {
    let mut rows = Vec::new();
    for address in addresses {
        for method in METHODS {
            let mut statuses = Vec::new();
            for who in IDENTITIES {
                statuses.push(ask(house, &router, method, &address.path, who).await);
            }
            if statuses.iter().any(|status| *status != NO_SUCH_METHOD) {
                rows.push(Row { name: format!("{method} {}", address.path), statuses });
            }
        }
    }
    rows
}

async fn ask(house: &House, router: &Router, method: &str, path: &str, who: Identity) -> u16 {
    let path = filled(house, path, who);
    let body = if method == "POST" { body(&path) } else { Vec::new() };
    let media = if path.starts_with("/v1/") { "application/json" } else { "application/x-www-form-urlencoded" };
    let request = Request::builder().method(method).uri(format!("{path}{}", query(&path))).header("content-type", media);
    let request = who.shows(request, house, method, &path, &body).body(Body::from(body)).unwrap();
    router.clone().oneshot(request).await.unwrap().status().as_u16()
}

/// The address with its parameters. Only the enterprise knows its page's.
fn filled(house: &House, path: &str, who: Identity) -> String {
    let link = if who == Identity::Enterprise { house.link.clone() } else { "0".repeat(32) };
    let css = daiban_server::render::assets::css_href();
    let filled = path
        .replace("{id}", &house.case)
        .replace("{week}", "2026-W47")
        .replace("{group}", "planning")
        .replace("{date}", "2026-11-27")
        .replace("/assets/{name}", &css)
        .replace("{link}", &link);
    assert!(!filled.contains('{'), "nobody said what stands for the parameters of {path}");
    filled
}

fn query(path: &str) -> &'static str {
    match path {
        "/v1/workdays/add" => "?start=2026-11-23&n=3",
        "/v1/workdays/between" => "?from=2026-11-23&to=2026-11-30",
        _ => "",
    }
}

fn body(path: &str) -> Vec<u8> {
    match path {
        "/v1/sync" => pack(&nothing_new()),
        "/v1/bundle" => Bundle { made_at: 0, batches: Vec::new() }.to_bytes(),
        "/v1/commands" => br#"{"command":"unit_list"}"#.to_vec(),
        "/enter" => b"key=none".to_vec(),
        _ => b"{}".to_vec(),
    }
}

fn nothing_new() -> SyncRequest {
    SyncRequest {
        nothing_unsent: false,
        unsent: 0,
        token: None,
        phone_now: 0,
        kinds_version: KINDS_VERSION,
        calendar: editions_version(&Calendar::builtin(), 0),
        policy: 1,
        pack: None,
        batches: Vec::new(),
        carried: Vec::new(),
        page_bytes: None,
        holds_own: false,
        names: None,
        place: Place::Cursors(Vec::new()),
    }
}

/// Outsiders that are not refused at an address that is closed to them.
pub fn let_in(rows: &[Row], addresses: &[Address]) -> Vec<String> {
    let closed =
        |row: &&Row| addresses.iter().any(|address| !address.public && row.name.ends_with(&format!(" {}", address.path)));
    let outside = |who: &Identity| OUTSIDERS.contains(who);
    let mut wrong = Vec::new();
    for row in rows.iter().filter(closed) {
        for (who, status) in IDENTITIES.iter().zip(&row.statuses).filter(|(who, _)| outside(who)) {
            if !matches!(status, 401 | 403) {
                wrong.push(format!("{} answers {} with {status}", row.name, who.name()));
            }
        }
    }
    wrong
}

/// The list as text: one line a row, one column an identity.
pub fn table(what: &str, columns: &[&str], rows: &[Row]) -> String {
    let wide = rows.iter().map(|row| row.name.len()).chain([what.len()]).max().unwrap_or_default();
    let mut text = format!("{what:wide$}");
    columns.iter().for_each(|column| text.push_str(&format!("  {column}")));
    for row in rows {
        text.push_str(&format!("\n{:wide$}", row.name));
        for (column, status) in columns.iter().zip(&row.statuses) {
            text.push_str(&format!("  {status:<width$}", width = column.len()));
        }
        text.truncate(text.trim_end().len());
    }
    text.push('\n');
    text
}
