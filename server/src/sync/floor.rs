//! What a phone shows of its time tokens: the lower bound of everything it sends later.

use crate::app::App;
use crate::auth::device::Asking;
use crate::db::sql::devices::{self, TokenFloor};
use crate::db::{DbError, Transaction};
use daiban_core::limits::SERVER_CLOCK_BACK_SECONDS_MAX;
use daiban_core::sync::TimeToken;
use daiban_core::sync::wire::{BatchOutcome, Outcome, SyncRequest};

/// A floor is raised when it rises by so many seconds: phones that sync again at once cost no row.
const RISE_SECONDS: i64 = 60;

/// What a request shows, if it announces that nothing else is unsent. A token from the future shows nothing: this server's clock was
/// wrong when it was issued. One of another epoch shows nothing of this one: what was sent then may have to be sent again.
pub(super) fn shown(app: &App, request: &SyncRequest) -> Option<TokenFloor> {
    let token = request.token.as_ref().filter(|_| request.nothing_unsent)?;
    TimeToken::from_bytes(token).filter(|token| token.server_epoch == app.epoch)?;
    let at = app.token_at(token).filter(|at| *at <= app.now() + SERVER_CLOCK_BACK_SECONDS_MAX)?;
    Some(TokenFloor { at, server_epoch: app.epoch })
}

/// Keeps it, once all that came with it is taken: what was not taken comes again, under its old token.
pub(super) fn raise(tx: &Transaction<'_>, asking: &Asking, own: &[BatchOutcome]) -> Result<(), DbError> {
    let Some(shown) = asking.shows else { return Ok(()) };
    let taken = |outcome: &Outcome| matches!(outcome, Outcome::Accepted { .. } | Outcome::Known { .. });
    let all_taken = own.iter().flat_map(|batch| &batch.changes).all(taken);
    let rises = match asking.floor {
        Some(floor) if floor.server_epoch == shown.server_epoch => shown.at >= floor.at + RISE_SECONDS,
        Some(floor) => shown.at >= floor.at,
        None => true,
    };
    if all_taken && rises { devices::raise_floor(tx, asking.device, shown) } else { Ok(()) }
}
