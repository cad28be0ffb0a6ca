//! The disk's reserve: what phones write stops before the disk is full, so that reading, backups and repairs go on.

use crate::app::App;
use crate::db::Address;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_messages::say::server::DiskReserve;

/// Whether there is room for what phones bring. A database server looks after its own disk.
pub fn room(app: &App) -> Result<(), Problem> {
    let least = app.config.limits.disk_reserve_bytes;
    if least == 0 || !matches!(app.db.address(), Address::File(_)) {
        return Ok(());
    }
    match rustix::fs::statvfs(app.folder().path()) {
        Ok(disk) if disk.f_bavail.saturating_mul(disk.f_frsize) < least => {
            Err(Problem::said(StatusCode::INSUFFICIENT_STORAGE, "disk_reserve", DiskReserve))
        }
        Ok(_) => Ok(()),
        // Whoever cannot be asked is not in the way: a disk that is full says so itself.
        Err(error) => {
            tracing::warn!(%error, "the free space of the disk cannot be read");
            Ok(())
        }
    }
}
