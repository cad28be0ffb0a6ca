//! A copy of a database into a new file.

use crate::db::connection::Engine;
use crate::db::{Connection, DbError};
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;

/// Pages copied between two looks at the progress.
const STEP_PAGES: i32 = 4096;

/// Copies the state that `source` sees. `progress` hears pages done and pages in all.
pub(crate) fn copy(source: &Connection, draft: &Path, progress: &mut impl FnMut(i32, i32)) -> Result<(), DbError> {
    let Engine::Sqlite(source) = &source.0 else { return Err(DbError::Corrupt("file")) };
    super::open::keep_private(draft);
    let mut target = rusqlite::Connection::open(draft)?;
    {
        let backup = Backup::new(source, &mut target)?;
        while !matches!(backup.step(STEP_PAGES)?, StepResult::Done) {
            let pages = backup.progress();
            progress(pages.pagecount - pages.remaining, pages.pagecount);
        }
    }
    // The copy is one plain file, not one with a write-ahead log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| error.into())
}
