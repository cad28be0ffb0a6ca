//! The task that keeps conclusions behind the facts by seconds.

use super::compute_dirty;
use super::settled::settle;
use crate::app::App;
use std::sync::Arc;
use std::time::Duration;

/// Looks again at least this often: a wake-up may be missed, and nobody is woken by what another node took in and died.
const POLL: Duration = Duration::from_secs(2);
/// Waits this long after a commit, so that a burst of phones is computed once.
const SETTLE: Duration = Duration::from_secs(1);

/// Computes dirty cases whenever a commit of this node's gave cases new rows, and every case after a calendar or policy was settled by
/// somebody who did not get to the end of it. Runs until it is dropped.
/// Nothing is computed by a clock that is not right.
pub async fn run(app: Arc<App>) {
    loop {
        // Both a notice and its absence lead to the same look; a timeout is no failure.
        let _ = tokio::time::timeout(POLL, app.dirty.notified()).await;
        tokio::time::sleep(SETTLE).await;
        let done = async {
            app.watch_time().await?;
            settle(&app).await?;
            compute_dirty(&app).await
        };
        if let Err(error) = done.await {
            tracing::error!(%error, "duties could not be computed; trying again");
        }
    }
}
