//! What the office settles for all cases: weighed against what is in force, kept only over that, and computed at once.

use crate::app::{App, Lane};
use crate::db::sql::editions::{self, Eras};
use crate::db::{DbError, Transaction};
use crate::error::Problem;
use crate::watch::{rules_in_force, settle};
use daiban_core::rules::RulesInForce;
use std::sync::Arc;

/// What is in force, and which state of the store that is.
pub(super) fn held(app: &App) -> Result<(Eras, RulesInForce), DbError> {
    app.db.read(|conn| Ok((editions::version(conn)?.eras, rules_in_force(conn)?)))
}

/// What is stored next was weighed against `before`: it is not stored over what somebody else settled meanwhile.
pub(super) fn must_still_be(tx: &Transaction<'_>, before: Eras) -> Result<(), DbError> {
    if editions::version(tx)?.eras == before { Ok(()) } else { Err(DbError::Contended) }
}

/// What follows a change that is kept already: whoever ordered it must not be told that it may simply be ordered again.
pub(super) async fn settled(app: &Arc<App>) -> Result<(), Problem> {
    settle(app).await.map(drop).map_err(|error| {
        tracing::error!(error = %error, "a change is in force, but what follows from it was not computed");
        DbError::Uncertain.into()
    })
}

/// Runs what looks at every case away from the requests of phones.
pub(super) async fn looked<T: Send + 'static>(
    app: &Arc<App>,
    look: impl FnOnce(&App) -> Result<T, DbError> + Send + 'static,
) -> Result<T, Problem> {
    Ok(app.run_blocking_in(Lane::Office, look).await??)
}
