//! Work that waits or computes, away from the threads that serve connections.

use super::App;
use crate::db::DbError;
use std::sync::Arc;

/// How many such threads there are at once: as many as can compute, and as many that wait.
pub(crate) fn aside_threads() -> usize {
    2 * std::thread::available_parallelism().map_or(2, std::num::NonZero::get) + 2
}

impl App {
    /// Runs `work` there, when there is room. A serving thread that has to wait for the store hands its connections to another one of
    /// the runtime's threads ([`crate::serve::runtime`]); work of this kind never takes all of them.
    pub(crate) async fn aside<T, W>(self: &Arc<App>, work: W) -> Result<T, DbError>
    where
        T: Send + 'static,
        W: FnOnce(&App) -> T + Send + 'static,
    {
        let place = self.aside.clone().acquire_owned().await.map_err(|_| DbError::Stopped)?;
        let app = self.clone();
        let work = move || {
            let _place = place;
            work(&app)
        };
        tokio::task::spawn_blocking(work).await.map_err(|panic| {
            tracing::error!(error = %panic, "work broke off");
            DbError::Stopped
        })
    }
}
