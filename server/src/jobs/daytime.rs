//! What runs by day beside the watch: the groups' drafts are renewed.

use crate::app::{App, ClockState};
use crate::reports::Renewal;
use std::sync::Arc;
use std::time::Duration;

/// How often somebody looks whether records came.
const LOOK: Duration = Duration::from_secs(60);

/// Renews drafts while groups may confirm them. Runs until it is dropped; nothing is renewed by a clock that is not right.
pub async fn daytime(app: Arc<App>) {
    let mut renewal = Renewal::default();
    loop {
        tokio::time::sleep(LOOK).await;
        if app.clock_state() != ClockState::Right {
            continue;
        }
        match renewal.look(&app).await {
            Ok(renewed) if renewed.is_empty() => {}
            Ok(renewed) => tracing::info!(drafts = renewed.join(" "), "drafts are renewed"),
            Err(problem) => tracing::error!(%problem, "drafts could not be renewed; trying again"),
        }
    }
}
