//! The enterprise's page: its own case, by an address nobody can guess.
//!
//! Shown are only kinds that the table of kinds calls public, without the words of internal records and without persons.

mod happened;
mod progress_page;

use crate::app::App;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

/// `/e/{link}`.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/e/{link}", get(progress_page::show))
}
