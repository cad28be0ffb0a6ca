//! 待识别 facts, judged again once this server knows their kind: a page of them a night.

use crate::app::App;
use crate::db::DbError;
use crate::db::sql::jobs::Lease;
use crate::db::sql::unrecognised;
use crate::error::Problem;
use crate::ledger::recognise_case;
use daiban_core::fact::table::KINDS_VERSION;
use std::sync::Arc;

/// Facts looked at in one night.
const NIGHT_FACTS: u64 = 1_000;
/// Facts of one case looked at in one transaction.
const CASE_FACTS: u32 = 100;

/// Recognises what it can, as part of a job. Gives how many facts got a verdict.
pub(super) async fn recognise(app: &Arc<App>, lease: &Lease) -> Result<u64, Problem> {
    let (mut looked_at, mut recognised) = (0, 0);
    while looked_at < NIGHT_FACTS {
        let Some(case) = app.db.read(|conn| unrecognised::next_case(conn, KINDS_VERSION))? else { break };
        let (env, lease) = (app.env(), lease.clone());
        let may_write = move |tx: &crate::db::Transaction<'_>| -> Result<(), DbError> { lease.must_stand(tx) };
        let (looked, done) =
            app.db.write(move |tx| recognise_case(tx, &env, case, CASE_FACTS, &may_write)).await.map_err(Problem::from)?;
        if looked == 0 {
            break;
        }
        (looked_at, recognised) = (looked_at + looked, recognised + done);
    }
    Ok(recognised)
}
