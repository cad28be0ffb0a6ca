//! `GET /e/{link}`: the page that was kept, or one made now.

use super::kept::Kept;
use super::progress_page::LINK_BYTES;
use super::rates::Rates;
use crate::app::App;
use crate::render::{Lang, PageFailure};
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// `GET /e/{link}`. Every address that is not exactly one case's gets the same answer.
pub async fn show(
    State(app): State<Arc<App>>,
    Extension(kept): Extension<Arc<Kept>>,
    Extension(rates): Extension<Arc<Rates>>,
    Path(link): Path<String>,
    lang: Lang,
) -> Response {
    let Some(link) = parse(&link) else { return PageFailure::NotFound.public(lang) };
    let now = app.now();
    if let Err(wait) = rates.take(link, app.config.limits.page_reads_per_minute, now) {
        return PageFailure::TooOften { wait, at: now + i64::from(wait) }.public(lang);
    }
    match kept.page(&app, link, lang).await {
        Ok(Some(html)) => Html(html).into_response(),
        Ok(None) => {
            rates.forget(&link);
            PageFailure::NotFound.public(lang)
        }
        Err(failure) => failure.public(lang),
    }
}

fn parse(link: &str) -> Option<[u8; LINK_BYTES]> {
    data_encoding::HEXLOWER.decode(link.as_bytes()).ok()?.try_into().ok()
}
