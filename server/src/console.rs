//! The office's pages: cases, duties, reports, who holds which seat. Read-only; every word is computed from what the store holds.

mod case_page;
mod cases_page;
mod duties_page;
mod duty_line;
mod enter;
mod field;
mod fields;
mod organisation_page;
mod pager;
mod report_page;
mod report_text;
mod reports_page;
mod staff;
mod summary;
mod team;
mod timeline;

use crate::app::App;
use axum::routing::get;
use axum::{Extension, Router};
use staff::Staff;
use std::sync::Arc;

/// `/`, `/enter`, `/cases`, `/cases/{id}`, `/duties`, `/organisation`, `/reports`, `/reports/{week}`, `/reports/{week}/{group}`.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(async || axum::response::Redirect::to("/cases")))
        .route("/enter", get(enter::show).post(enter::take))
        .route("/cases", get(cases_page::show))
        .route("/cases/{id}", get(case_page::show))
        .route("/duties", get(duties_page::show))
        .route("/organisation", get(organisation_page::show))
        .route("/reports", get(reports_page::show))
        .route("/reports/{week}", get(report_page::district))
        .route("/reports/{week}/{group}", get(report_page::group))
        .layer(Extension(Arc::new(summary::Summaries::default())))
}
