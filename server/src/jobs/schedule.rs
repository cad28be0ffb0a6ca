//! When the night's work runs by itself.

use super::nightly;
use super::nightly::hour_of;
use crate::app::App;
use daiban_core::calendar::{Date, local_date};
use std::sync::Arc;
use std::time::Duration;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(10);

/// Runs the night's work once a day after its hour; a server that was down at the hour does it when it is up. A night that
/// failed, or that another node is at, is tried again at every look: should that node die, this one takes the work over. Runs until
/// it is dropped.
pub async fn schedule(app: Arc<App>) {
    let mut done: Option<Date> = None;
    loop {
        let now = app.now();
        let today = local_date(now);
        if done != Some(today) && now >= hour_of(&app, today) {
            match nightly(&app, today, |step| tracing::info!("{step}")).await {
                Ok(night) => {
                    tracing::info!(day = %today, state = night.state, "night's work");
                    done = (night.state != "running").then_some(today);
                }
                Err(problem) => tracing::error!(%problem, "the night's work failed; trying again"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}
