//! The server's own work, done at once instead of when the clock on the wall says so.

use super::Server;
use daiban_core::calendar::Date;
use daiban_server::reports::Renewal;
use daiban_server::{jobs, watch};

/// Brings every case's duties to this moment.
pub fn compute_duties(server: &mut Server) {
    let app = server.app().clone();
    server.block_on(watch::compute_all(&app, |_, _| ())).expect("duties are computed");
}

/// The nightly job of a day; tells what it did, or the problem.
pub fn night(server: &mut Server, on: Date) -> Result<serde_json::Value, String> {
    let app = server.app().clone();
    let night = server.block_on(jobs::nightly(&app, on, |_| ())).map_err(|problem| problem.to_string())?;
    Ok(night.document())
}

/// Renews the groups' drafts as the server does by day; tells which got another text.
pub fn renew_drafts(server: &mut Server) -> Vec<String> {
    let app = server.app().clone();
    server.block_on(Renewal::default().look(&app)).expect("drafts are renewed")
}
