//! `GET /v1/health`: is the server there, and which one.

use crate::app::App;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::sync::Arc;

/// What anybody may know.
#[derive(Debug, Serialize)]
pub struct Health {
    /// `daiban`.
    pub name: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Version of the sync protocol.
    pub protocol: u8,
    /// The server's time, Unix seconds.
    pub now: i64,
    /// The server's epoch.
    pub server_epoch: u32,
    /// The server's public key, hex; phones pin it at enrolment.
    pub public_key: String,
}

/// Answers only if the store answers.
pub async fn get_health(State(app): State<Arc<App>>) -> Result<Json<Health>, Problem> {
    app.db.read(|conn| conn.number::<i64>("SELECT 1", &[]))?;
    Ok(Json(Health {
        name: "daiban",
        version: env!("CARGO_PKG_VERSION"),
        protocol: daiban_core::sync::PROTOCOL_VERSION,
        now: app.now(),
        server_epoch: app.epoch,
        public_key: data_encoding::HEXLOWER.encode(&app.public_key()),
    }))
}
