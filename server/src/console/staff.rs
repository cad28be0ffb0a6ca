//! The reader of an office page: known by the office token, else shown the page that says how to get in.

use crate::app::App;
use crate::auth::Office;
use crate::render::{Lang, PageFailure};
use axum::extract::FromRequestParts;
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::Response;
use std::sync::Arc;

/// Extractor of every page of the console.
pub struct Staff {
    /// The language asked for.
    pub lang: Lang,
    /// The page's address.
    pub uri: Uri,
}

impl FromRequestParts<Arc<App>> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let (lang, uri) = (Lang::of(parts), parts.uri.clone());
        match Office::from_request_parts(parts, app).await {
            Ok(_) => Ok(Staff { lang, uri }),
            Err(_) => Err(PageFailure::Unauthorised.office(lang, &uri)),
        }
    }
}

impl Staff {
    /// A page that says no.
    pub fn fail(&self, failure: PageFailure) -> Response {
        failure.office(self.lang, &self.uri)
    }
}
