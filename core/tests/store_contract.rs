//! The phone's store: one contract on both implementations, and what only a file can suffer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use daiban_core::store::{Batch, MemoryStore, Salvage, Shelf, SqliteStore, Store, StoreError, conformance};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

const KEY: [u8; 32] = [7; 32];
const SECRET: &str = "规划许可窗口要求补正总平面图";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("daiban-store-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("phone.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn entropy() -> impl FnMut(&mut [u8]) {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    |bytes| {
        for chunk in bytes.chunks_mut(8) {
            let n = DRAWN.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).to_be_bytes();
            chunk.copy_from_slice(&n[..chunk.len()]);
        }
    }
}

fn open(path: &Path) -> (SqliteStore, Option<Salvage>) {
    SqliteStore::open(path, &KEY, &mut entropy()).unwrap()
}

fn save(store: &mut SqliteStore, n: u8) {
    let mut batch = Batch::default();
    batch.put(Shelf::Intent, vec![n; 16], format!("{SECRET} {n}").into_bytes());
    store.commit(&batch, &mut entropy()).unwrap();
}

/// A file with 40 records and some bulk.
fn filled(path: &Path) {
    let (mut store, _) = open(path);
    for n in 0..40 {
        save(&mut store, n);
        let mut batch = Batch::default();
        batch.put(Shelf::Row, vec![n; 24], vec![n; 700]);
        store.commit(&batch, &mut entropy()).unwrap();
    }
}

#[test]
fn both_stores_keep_the_contract() {
    let memory = MemoryStore::new();
    conformance::run(|| Box::new(memory.clone()));
    let folder = Folder::new("contract");
    conformance::run(|| Box::new(open(&folder.file()).0));
}

#[test]
fn nothing_readable_lies_in_the_files() {
    let folder = Folder::new("sealed");
    let (mut store, _) = open(&folder.file());
    save(&mut store, 1);
    for entry in std::fs::read_dir(&folder.0).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let needle = &SECRET.as_bytes()[..12];
        assert!(!bytes.windows(needle.len()).any(|w| w == needle));
        assert!(!bytes.windows(32).any(|w| w == KEY));
    }
    assert_eq!(store.load(Shelf::Intent).unwrap().len(), 1);
}

#[test]
fn a_wrong_key_changes_nothing() {
    let folder = Folder::new("key");
    filled(&folder.file());
    let before = std::fs::read(folder.file()).unwrap();
    let refused = SqliteStore::open(&folder.file(), &[8; 32], &mut entropy());
    assert_eq!(refused.err(), Some(StoreError::WrongKey));
    assert_eq!(std::fs::read(folder.file()).unwrap(), before);
    assert_eq!(open(&folder.file()).0.load(Shelf::Intent).unwrap().len(), 40);
}

#[test]
fn a_newer_schema_is_left_alone() {
    let folder = Folder::new("newer");
    filled(&folder.file());
    rusqlite::Connection::open(folder.file()).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let refused = SqliteStore::open(&folder.file(), &KEY, &mut entropy());
    assert_eq!(refused.err(), Some(StoreError::Newer { found: 2, known: 1 }));
}

#[test]
fn a_second_process_is_told() {
    let folder = Folder::new("locked");
    let (_held, _) = open(&folder.file());
    let refused = SqliteStore::open(&folder.file(), &KEY, &mut entropy());
    assert_eq!(refused.err(), Some(StoreError::Locked));
}

/// Damages the file, opens it, and expects the sick one aside and at least `least` of the 40 records found.
fn salvages(name: &str, least: usize, damage: impl FnOnce(&mut Vec<u8>)) {
    let folder = Folder::new(name);
    filled(&folder.file());
    let mut bytes = std::fs::read(folder.file()).unwrap();
    damage(&mut bytes);
    std::fs::write(folder.file(), &bytes).unwrap();
    let (store, salvage) = open(&folder.file());
    let salvage = salvage.unwrap_or_else(|| panic!("{name}: opened as if whole"));
    assert_eq!(std::fs::read(&salvage.set_aside).unwrap(), bytes, "{name}: the sick file is kept as it was");
    let found = store.load(Shelf::Intent).unwrap();
    assert!(found.len() >= least, "{name}: {} of 40 records found, {}", found.len(), salvage.zh());
    assert!(found.iter().all(|(key, value)| *value == format!("{SECRET} {}", key[0]).into_bytes()), "{name}: only whole records");
    assert!(salvage.zh().contains(&format!("未上传记录{}条", found.len())));
    drop(store);
    let (store, again) = open(&folder.file());
    assert_eq!(again, None, "{name}: the new file is whole");
    assert_eq!(store.load(Shelf::Intent).unwrap().len(), found.len());
}

#[test]
fn sick_files_are_salvaged_and_never_deleted() {
    salvages("header", 40, |bytes| bytes[..100].fill(0xaa));
    salvages("first-page", 40, |bytes| bytes[..4096].fill(0));
    salvages("truncated", 10, |bytes| bytes.truncate(bytes.len() / 2));
    salvages("garbled-page", 30, |bytes| bytes[4096 * 4..4096 * 5].fill(0x55));
    salvages("one-bit", 39, |bytes| {
        let at = bytes.windows(4).position(|w| w == b"DBv1").unwrap();
        bytes[at + 60] ^= 1;
    });
}

#[test]
fn a_torn_log_loses_only_what_was_not_acknowledged() {
    let folder = Folder::new("torn");
    let (mut store, _) = open(&folder.file());
    (0..10).for_each(|n| save(&mut store, n));
    let copy = Folder::new("torn-copy");
    let wal = |folder: &Folder| folder.0.join("phone.db-wal");
    std::fs::copy(folder.file(), copy.file()).unwrap();
    let mut log = std::fs::read(wal(&folder)).unwrap();
    save(&mut store, 10);
    let after = std::fs::read(wal(&folder)).unwrap();
    // The eleventh save got only half of its bytes to the disk.
    log.extend_from_slice(&after[log.len()..log.len() + (after.len() - log.len()) / 2]);
    std::fs::write(wal(&copy), log).unwrap();
    let (store, salvage) = open(&copy.file());
    assert_eq!(salvage, None);
    assert_eq!(store.load(Shelf::Intent).unwrap().len(), 10);
}
