//! After a calendar or a policy came into force every case is computed again, whoever dies over it.

use super::compute_all;
use crate::app::{App, ClockState};
use crate::db::DbError;
use crate::db::sql::editions;
use std::sync::Arc;

/// Computes every case, if calendar or policy are not those that every case was computed by; tells whether it had to. Whoever
/// settles something does it, and so does [`super::run`], because the other may be cut off in the middle.
pub async fn settle(app: &Arc<App>) -> Result<bool, DbError> {
    let (eras, computed_by) =
        app.db.read(|conn| Ok::<_, DbError>((editions::version(conn)?.eras, editions::computed_by(conn)?)))?;
    if eras == computed_by || app.clock_state() != ClockState::Right {
        return Ok(false);
    }
    compute_all(app, |_, _| ()).await?;
    app.db.write(move |tx| editions::set_computed_by(tx, eras)).await?;
    Ok(true)
}
