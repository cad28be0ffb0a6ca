//! What all pages share: shell, language, assets, lamps, headers, reading the store, and the pages that say no.
//!
//! Pages are written on the server and need no script. The console and the enterprise page bring their own contents.

pub mod assets;
mod failure;
mod guard;
mod lamp;
mod lang;
mod names;
mod reading;
mod shell;
mod tag;
mod track;

pub use failure::{PageFailure, fallback};
pub use guard::{cookie, headers};
pub use lamp::{LAMPS, LampSign};
pub use lang::{Lang, day, remember};
pub use names::Names;
pub use reading::{CaseReading, read, read_in, told_within};
pub use shell::{Shell, Tab};
pub use tag::{Tag, Tone};
pub use track::TrackStep;
pub(crate) use track::stages;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use daiban_core::fact::text;

/// A page as an answer; characters that nobody sees stand there as signs, whoever brought them ([`text`]). A template that cannot be written is our fault, and said so.
pub fn page<T: Template>(template: &T) -> Response {
    match template.render() {
        Ok(html) => Html(text::visible(&html).into_owned()).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
