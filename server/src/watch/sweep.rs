//! The ladder: due soon, due, overdue, then 催办 and 督办, each told to each receiver exactly once (四(四)4 项目协调催办).

use super::compute::compute_all_in;
use super::telling::{Swept, Telling, tell};
use super::{district_duties, rules_in_force};
use crate::app::{App, Lane};
use crate::db::sql::jobs::Lease;
use crate::db::{DbError, Transaction};
use std::sync::Arc;

/// Brings every duty to the present and makes the notices that were due at `at` (Unix seconds, not later than now), as part of a job if
/// it is one. Case by case, each in a transaction of its own: cut off and run again it makes none twice.
pub async fn sweep(app: &Arc<App>, at: i64, lease: Option<&Lease>, progress: impl FnMut(u64, u64)) -> Result<Swept, DbError> {
    let telling = Arc::new(app.run_blocking_in(Lane::Jobs, move |app| app.db.read(|conn| Telling::read(app, conn, at))).await??);
    let mut swept = compute_all_in(app, lease, Some(&telling), progress).await?;
    let notices = move |app: &App| {
        app.db.read(|conn| district_duties(conn, &rules_in_force(conn)?, telling.at).map(|owed| telling.of_district(&owed)))
    };
    let notices = app.run_blocking_in(Lane::Jobs, notices).await??;
    let lease = lease.cloned();
    let write = move |tx: &Transaction<'_>| {
        lease.as_ref().map_or(Ok(()), |lease| lease.must_stay(tx))?;
        tell(tx, &notices)
    };
    swept.add(app.db.write(write).await?);
    Ok(swept)
}
