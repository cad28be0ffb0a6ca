//! The style sheet and the icon: part of the program, named by their content, kept by browsers for a year.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const CSS: &str = include_str!("../../assets/daiban.css");
const ICON: &str = include_str!("../../assets/icon.svg");
const HASH_BYTES: usize = 6;

static CSS_NAME: LazyLock<String> = LazyLock::new(|| name(CSS, "css"));
static ICON_NAME: LazyLock<String> = LazyLock::new(|| name(ICON, "svg"));

fn name(content: &str, extension: &str) -> String {
    let hash = Sha256::digest(content.as_bytes());
    format!("daiban-{}.{extension}", data_encoding::HEXLOWER.encode(&hash[..HASH_BYTES]))
}

/// The address of the style sheet.
pub fn css_href() -> String {
    format!("/assets/{}", *CSS_NAME)
}

/// The address of the icon.
pub fn icon_href() -> String {
    format!("/assets/{}", *ICON_NAME)
}

/// `/assets/{name}`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(Path(name): Path<String>) -> Response {
    let (kind, content) = match name {
        n if n == *CSS_NAME => ("text/css; charset=utf-8", CSS),
        n if n == *ICON_NAME => ("image/svg+xml", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, content).into_response()
}
