//! The ladder: due soon, due, overdue, then 催办 and 督办, each told to each receiver exactly once (四(四)4 项目协调催办).

use super::compute::compute_these;
use super::telling::{Swept, Telling, tell};
use super::{district_duties, rules_in_force};
use crate::app::{App, Lane};
use crate::db::sql::cases;
use crate::db::sql::jobs::Lease;
use crate::db::{DbError, Transaction};
use std::sync::Arc;

/// Brings every duty to the present and makes the notices that were due at `at` (Unix seconds, not later than now), as part of a job if
/// it is one. Some cases a transaction: cut off and run again it makes none twice. A case that was computed and told, got no rows and
/// owes now what it owed then is not looked at.
pub async fn sweep(app: &Arc<App>, at: i64, lease: Option<&Lease>, progress: impl FnMut(u64, u64)) -> Result<Swept, DbError> {
    let telling = Arc::new(app.run_blocking_in(Lane::Jobs, move |app| app.db.read(|conn| Telling::read(app, conn, at))).await??);
    let now = app.now().max(at);
    let (all, ids) =
        app.db.read(|conn| Ok::<_, DbError>((cases::count(conn)?, cases::to_sweep(conn, at, now, &telling.told_by)?)))?;
    let skipped = all.saturating_sub(ids.len() as u64);
    let mut swept = compute_these(app, ids, lease, Some(&telling), progress).await?;
    swept.skipped = skipped;
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
