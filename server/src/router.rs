//! The whole tree of addresses on one page.

use crate::api::v1;
use crate::app::App;
use crate::body::{BodyPace, Paced};
use crate::error::Problem;
use crate::{console, enterprise, render, security_headers};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use daiban_messages::say::server as say;
use std::sync::Arc;
use std::time::Duration;
use tower_http::set_header::SetResponseHeaderLayer;

/// A body that is read before its sender is known: a form, or a phone that asks in.
const ANONYMOUS_BYTES_MAX: usize = 16 * 1024;

/// Every address this server answers.
pub fn router(app: Arc<App>) -> Router {
    let times = Times { pace: app.config.limits.pace(), work: Duration::from_secs(app.config.limits.request_seconds) };
    Router::new()
        .merge(phones())
        .merge(office())
        .merge(pages())
        .fallback(render::fallback)
        .method_not_allowed_fallback(async || {
            Problem::said(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", say::MethodNotAllowed)
        })
        .layer(map_response(crate::api::extract::typed))
        .layer(DefaultBodyLimit::max(ANONYMOUS_BYTES_MAX))
        .layer(from_fn_with_state(times, in_time))
        .layer(from_fn_with_state(security_headers::by_https(&app.config), security_headers::put))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
        .with_state(app)
}

/// What phones ask, signed by a device or by nobody yet; and what anybody may ask.
fn phones() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/health", get(v1::get_health))
        .route("/v1/enrol/begin", post(v1::post_enrol_begin).layer(DefaultBodyLimit::max(v1::ENROL_BYTES_MAX)))
        .route("/v1/enrol", post(v1::post_enrol).layer(DefaultBodyLimit::max(v1::ENROL_BYTES_MAX)))
        .route("/v1/sync", post(v1::post_sync))
        .route("/v1/bundle", post(v1::post_bundle))
        .route("/v1/openapi.json", get(v1::get_openapi))
        .route("/v1/workdays/add", get(v1::get_workdays_add))
        .route("/v1/workdays/between", get(v1::get_workdays_between))
        .route("/v1/workdays/check/{date}", get(v1::get_workdays_check))
        .route("/v1/weeks/{week}", get(v1::get_week))
}

/// What the office asks over the API: with the office token.
fn office() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/commands", post(v1::post_commands))
        .route("/v1/cases", get(v1::get_cases))
        .route("/v1/cases/{id}", get(v1::get_case))
        .route("/v1/cases/{id}/facts", get(v1::get_case_facts))
        .route("/v1/cases/{id}/duties", get(v1::get_case_duties))
        .route("/v1/cases/{id}/export", get(v1::get_case_export))
        .route("/v1/duties", get(v1::get_duties))
        .route("/v1/notices", get(v1::get_notices))
        .route("/v1/reports", get(v1::get_reports))
        .route("/v1/reports/{week}", get(v1::get_report))
        .route("/v1/reports/{week}/{group}", get(v1::get_group_report))
        .route("/v1/quarantine", get(v1::get_quarantine))
}

/// Pages for people: every page and asset, with the headers and the language cookie.
fn pages() -> Router<Arc<App>> {
    Router::new()
        .merge(console::routes())
        .merge(enterprise::routes())
        .layer(from_fn(render::remember))
        .layer(from_fn(render::headers))
        .merge(render::assets::routes())
}

/// What a request may take.
#[derive(Clone, Copy)]
struct Times {
    /// How its body must come; the whole of it may take as long as it likes.
    pace: BodyPace,
    /// From its last byte to the answer.
    work: Duration,
}

/// Gives a request so long and no longer, counted from its last byte. What the office ordered may be under way by then, and goes on.
async fn in_time(State(times): State<Times>, request: Request, next: Next) -> Response {
    let orders = request.method() == Method::POST && request.uri().path() == "/v1/commands";
    let (head, body) = request.into_parts();
    let (body, whole) = Paced::new(body, &head.headers, times.pace, times.work);
    let late = async {
        whole.await;
        tokio::time::sleep(times.work).await;
    };
    tokio::select! {
        answer = next.run(Request::from_parts(head, Body::new(body))) => answer,
        () = late => late_answer(orders, times.work).into_response(),
    }
}

fn late_answer(orders: bool, work: Duration) -> Problem {
    if orders {
        let seconds = work.as_secs();
        return Problem::said(StatusCode::GATEWAY_TIMEOUT, "outcome_unknown", say::OrderLate { seconds });
    }
    Problem::said(StatusCode::REQUEST_TIMEOUT, "too_slow", say::AnswerLate)
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_that_takes_long_is_not_told_as_a_lost_connection() {
        let told = late_answer(true, Duration::from_secs(60));
        assert_eq!((told.status, told.code), (StatusCode::GATEWAY_TIMEOUT, "outcome_unknown"));
        assert_eq!(told.detail, "处理超过60秒，仍在后台进行，请稍后查看结果，勿重复提交。");
        assert_eq!(late_answer(false, Duration::from_secs(60)).code, "too_slow");
    }
}
