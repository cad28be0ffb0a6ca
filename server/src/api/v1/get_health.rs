//! `GET /v1/health`: is the server there, can it work, and which one is it. What a balancer asks before it sends anybody here.

use crate::app::App;
use crate::db::DbError;
use crate::error::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use daiban_messages::say::server as say;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

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

/// How long a phone's place and the store have for their answer.
const WITHIN: Duration = Duration::from_secs(2);

/// Answers only if a sync could get a place now and the store answers and takes writes; else 503 with the reason, within [`WITHIN`] in
/// any case.
pub async fn get_health(State(app): State<Arc<App>>) -> Result<Json<Health>, Problem> {
    if let Some(problem) = app.clock_problem() {
        return Err(problem);
    }
    match tokio::time::timeout(WITHIN, asked(&app)).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => return Err(away(DbError::ReadOnly)),
        Ok(Err(error)) => return Err(away(error)),
        Err(_) if app.phones_wait() => return Err(busy()),
        Err(_) => return Err(silent()),
    }
    Ok(Json(Health {
        name: "daiban",
        version: env!("CARGO_PKG_VERSION"),
        protocol: daiban_core::sync::PROTOCOL_VERSION,
        now: app.now(),
        server_epoch: app.epoch,
        public_key: data_encoding::HEXLOWER.encode(&app.public_key()),
    }))
}

/// One question at a time: while the store is silent, those who ask wait for the first one's answer, not on threads of their own. First
/// a place is waited for as a sync would wait, and given back: pages, office and jobs have others. The question to the store has a thread
/// of its own, so that it takes no place from anybody.
async fn asked(app: &Arc<App>) -> Result<bool, DbError> {
    let place = app.probe.clone().acquire_owned().await.map_err(|_| DbError::Stopped)?;
    app.phone_could_enter().await?;
    let (tell, told) = oneshot::channel();
    let app = app.clone();
    let ask = move || {
        let said = app.db.read(|conn| conn.takes_writes());
        drop(place);
        // Whoever asked may have given up.
        let _ = tell.send(said);
    };
    std::thread::Builder::new().name("daiban-health".into()).spawn(ask)?;
    told.await.map_err(|_| DbError::Stopped)?
}

/// Why it cannot work, in a word: the store's own sentences name hosts and users, and anybody may ask here.
fn away(error: DbError) -> Problem {
    let reason = match &error {
        DbError::Lost => "lost",
        DbError::Unreachable(_) => "unreachable",
        DbError::Denied(_) => "denied",
        DbError::ReadOnly => "read_only",
        DbError::Busy | DbError::Stopped => "busy",
        _ => "broken",
    };
    Problem { status: StatusCode::SERVICE_UNAVAILABLE, ..Problem::from(error) }.with("reason", reason)
}

/// No phone's work could begin in time.
fn busy() -> Problem {
    let problem = Problem::said(StatusCode::SERVICE_UNAVAILABLE, "busy", say::HealthBusy { seconds: WITHIN.as_secs() });
    problem.with("reason", "busy")
}

fn silent() -> Problem {
    Problem::said(StatusCode::SERVICE_UNAVAILABLE, "database_silent", say::HealthSilent { seconds: WITHIN.as_secs() })
}
