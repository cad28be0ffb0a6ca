//! `POST /v1/commands`: everything the office orders.

use crate::app::App;
use crate::auth::Office;
use crate::commands::Order;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde_json::Value;
use std::sync::Arc;

/// Carries an order out; the answer is what the command line prints with `--json`.
pub async fn post_commands(
    State(app): State<Arc<App>>,
    _: Office,
    order: Result<Json<Order>, JsonRejection>,
) -> Result<Json<Value>, Problem> {
    let Json(order) = order?;
    Ok(Json(app.execute(&order.by, order.command).await?))
}
