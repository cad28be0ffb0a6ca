//! A file under suspicion: an empty sign beside it, so that the next open looks at every page and value.

use super::salvage::beside;
use std::path::Path;

const SUFFIX: &str = ".suspect";

/// Whether somebody met a corrupt place in the file.
pub(super) fn is(path: &Path) -> bool {
    beside(path, SUFFIX).exists()
}

/// Puts the file under suspicion. On a full disk this fails silently: whoever meets the place again tries again.
pub(super) fn raise(path: &Path) {
    let _ = std::fs::File::create(beside(path, SUFFIX)).and_then(|sign| sign.sync_all());
}

/// The file is sound, or was salvaged.
pub(super) fn clear(path: &Path) {
    let _ = std::fs::remove_file(beside(path, SUFFIX));
}
