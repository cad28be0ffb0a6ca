//! Folders that go away with their test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A new folder, removed when dropped.
#[derive(Debug)]
pub struct TempFolder(PathBuf);

impl TempFolder {
    /// In memory where the system has such a place: what a commit promises there is tested by the kill test, on a disk.
    pub fn in_memory(name: &str) -> TempFolder {
        let memory = Path::new("/dev/shm");
        TempFolder::under(if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }, name)
    }

    /// On the disk that holds temporary files.
    pub fn on_disk(name: &str) -> TempFolder {
        TempFolder::under(std::env::temp_dir(), name)
    }

    fn under(place: PathBuf, name: &str) -> TempFolder {
        let path = place.join(format!("daiban-{name}-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        TempFolder(path)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // A folder that stays behind hurts nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
