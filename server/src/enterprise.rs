//! The enterprise's page: its own case, by an address nobody can guess.
//!
//! Shown are only kinds that the table of kinds calls public, without the words of internal records and without persons. A page is made
//! once for every state of its case and kept (`kept`), and one address is read so often a minute and no more (`rates`): who passes an
//! address on to many keeps neither phones nor other enterprises waiting.

mod get_page;
mod happened;
mod kept;
mod progress_page;
mod rates;

use crate::app::App;
use axum::routing::get;
use axum::{Extension, Router};
use std::sync::Arc;

/// `/e/{link}`.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/e/{link}", get(get_page::show))
        .layer(Extension(Arc::new(kept::Kept::default())))
        .layer(Extension(Arc::new(rates::Rates::default())))
}
