//! The phone's store: one contract on both implementations, and what only a file can suffer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use daiban_core::store::{Batch, MemoryStore, Namespace, Salvage, SqliteStore, Store, StoreError, conformance};
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
    batch.put(Namespace::Intent, vec![n; 16], format!("{SECRET} {n}").into_bytes());
    store.commit(&batch, &mut entropy()).unwrap();
}

/// A file with 40 records and some bulk.
fn filled(path: &Path) {
    let (mut store, _) = open(path);
    for n in 0..40 {
        save(&mut store, n);
        let mut batch = Batch::default();
        batch.put(Namespace::Row, vec![n; 24], vec![n; 700]);
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
    assert_eq!(store.load(Namespace::Intent).unwrap().len(), 1);
}

#[test]
fn a_wrong_key_changes_nothing() {
    let folder = Folder::new("key");
    filled(&folder.file());
    let before = std::fs::read(folder.file()).unwrap();
    let refused = SqliteStore::open(&folder.file(), &[8; 32], &mut entropy());
    assert_eq!(refused.err(), Some(StoreError::WrongKey));
    assert_eq!(std::fs::read(folder.file()).unwrap(), before);
    assert_eq!(open(&folder.file()).0.load(Namespace::Intent).unwrap().len(), 40);
}

#[test]
fn a_newer_schema_is_left_alone() {
    let folder = Folder::new("newer");
    filled(&folder.file());
    set_version(&folder.file(), 4);
    let refused = SqliteStore::open(&folder.file(), &KEY, &mut entropy());
    assert_eq!(refused.err(), Some(StoreError::Newer { found: 4, known: 3 }));
}

fn set_version(path: &Path, version: i64) {
    rusqlite::Connection::open(path).unwrap().pragma_update(None, "user_version", version).unwrap();
}

fn version(path: &Path) -> i64 {
    rusqlite::Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn a_file_of_an_earlier_version_is_upgraded_in_place() {
    for earlier in [1, 2] {
        let folder = Folder::new("older");
        filled(&folder.file());
        assert_eq!(version(&folder.file()), 3);
        set_version(&folder.file(), earlier);
        let refused = SqliteStore::open(&folder.file(), &[8; 32], &mut entropy());
        assert_eq!(refused.err(), Some(StoreError::WrongKey));
        assert_eq!(version(&folder.file()), earlier, "a wrong key upgrades nothing");
        let (store, salvage) = open(&folder.file());
        assert_eq!((store.load(Namespace::Intent).unwrap().len(), salvage), (40, None));
        drop(store);
        assert_eq!(version(&folder.file()), 3);
    }
}

#[test]
fn a_second_process_is_told() {
    let folder = Folder::new("locked");
    let (_held, _) = open(&folder.file());
    let refused = SqliteStore::open(&folder.file(), &KEY, &mut entropy());
    assert_eq!(refused.err(), Some(StoreError::Locked));
}

/// Opens a sick file. What a phone needs at its start is found sick at once, anything else by whoever reads it; then the next open
/// finds it, because of the sign beside the file.
fn discovered(path: &Path, name: &str) -> (SqliteStore, Salvage) {
    let (store, salvage) = open(path);
    if let Some(salvage) = salvage {
        return (store, salvage);
    }
    let read = Namespace::ALL.into_iter().try_for_each(|namespace| store.load(namespace).map(drop));
    assert!(matches!(read, Err(StoreError::Broken(_))), "{name}: read as if whole");
    assert!(suspect(path).exists(), "{name}: nobody would look at the file again");
    drop(store);
    let (store, salvage) = open(path);
    (store, salvage.unwrap_or_else(|| panic!("{name}: opened as if whole")))
}

fn suspect(path: &Path) -> PathBuf {
    path.with_extension("db.suspect")
}

/// Damages the file, opens it, and expects the sick one aside and at least `least` of the 40 records found.
fn salvages(name: &str, least: usize, damage: impl FnOnce(&mut Vec<u8>)) {
    let folder = Folder::new(name);
    filled(&folder.file());
    let mut bytes = std::fs::read(folder.file()).unwrap();
    damage(&mut bytes);
    std::fs::write(folder.file(), &bytes).unwrap();
    let (store, salvage) = discovered(&folder.file(), name);
    assert_eq!(std::fs::read(&salvage.set_aside).unwrap(), bytes, "{name}: the sick file is kept as it was");
    let found = store.load(Namespace::Intent).unwrap();
    assert!(found.len() >= least, "{name}: {} of 40 records found, {}", found.len(), salvage.message().zh);
    assert!(found.iter().all(|(key, value)| *value == format!("{SECRET} {}", key[0]).into_bytes()), "{name}: only whole records");
    assert!(salvage.message().zh.contains(&format!("未上传记录{}条", found.len())));
    drop(store);
    let (store, again) = open(&folder.file());
    assert_eq!((again, suspect(&folder.file()).exists()), (None, false), "{name}: the new file is whole");
    assert_eq!(store.load(Namespace::Intent).unwrap().len(), found.len());
    assert_eq!(store.examine(), Ok(()));
}

/// Flips a bit in the sealed value of a record or a row.
fn garble(path: &Path, namespace: Namespace) {
    let db = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT no, sealed FROM item WHERE shelf = ?1 ORDER BY no LIMIT 1";
    let (no, mut sealed): (i64, Vec<u8>) = db.query_row(sql, [namespace as u8], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    db.execute("UPDATE item SET sealed = ?1 WHERE no = ?2", rusqlite::params![sealed, no]).unwrap();
}

#[test]
fn a_sick_record_is_met_at_the_very_open() {
    let folder = Folder::new("sick-record");
    filled(&folder.file());
    garble(&folder.file(), Namespace::Intent);
    let (store, salvage) = open(&folder.file());
    assert!(salvage.is_some_and(|s| s.lost == 1));
    assert_eq!((store.load(Namespace::Intent).unwrap().len(), store.load(Namespace::Row).unwrap().len()), (39, 40));
}

#[test]
fn a_sick_row_is_met_when_it_is_read_and_cured_at_the_next_open() {
    let folder = Folder::new("sick-row");
    filled(&folder.file());
    let mut batch = Batch::default();
    batch.put(Namespace::CaseDigest, [0; 16], vec![1]);
    open(&folder.file()).0.commit(&batch, &mut entropy()).unwrap();
    garble(&folder.file(), Namespace::Row);
    let (store, salvage) = open(&folder.file());
    assert_eq!(salvage, None, "a row can be fetched again: the phone starts without looking at it");
    assert_eq!(store.load_under(Namespace::Row, &[39]).unwrap().len(), 1, "other rows are read");
    let error = store.load_under(Namespace::Row, &[0]).unwrap_err();
    assert_eq!(error.code(), "store_broken");
    drop(store);
    let (store, salvage) = open(&folder.file());
    assert!(salvage.is_some_and(|s| s.lost == 1));
    assert_eq!((store.load(Namespace::Intent).unwrap().len(), store.load(Namespace::Row).unwrap().len()), (40, 39));
    assert_eq!(store.load(Namespace::CaseDigest).unwrap(), [], "a cache is not carried over");
}

#[test]
fn an_idle_look_finds_what_nobody_reads() {
    let folder = Folder::new("idle");
    filled(&folder.file());
    let (store, _) = open(&folder.file());
    assert_eq!((store.examine(), suspect(&folder.file()).exists()), (Ok(()), false));
    drop(store);
    garble(&folder.file(), Namespace::Row);
    let (store, salvage) = open(&folder.file());
    assert_eq!(salvage, None);
    assert_eq!(store.examine().unwrap_err().code(), "store_broken");
    drop(store);
    assert!(open(&folder.file()).1.is_some());
}

#[test]
fn an_unfounded_suspicion_is_dropped() {
    let folder = Folder::new("unfounded");
    filled(&folder.file());
    std::fs::write(suspect(&folder.file()), b"").unwrap();
    let (store, salvage) = open(&folder.file());
    assert_eq!((salvage, suspect(&folder.file()).exists()), (None, false));
    assert_eq!(store.load(Namespace::Intent).unwrap().len(), 40);
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
    assert_eq!(store.load(Namespace::Intent).unwrap().len(), 10);
}

#[cfg(unix)]
#[test]
fn the_file_and_those_beside_it_are_the_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    for was_there in [false, true] {
        let folder = Folder::new(&format!("private-{was_there}"));
        if was_there {
            drop(open(&folder.file()));
            std::fs::set_permissions(folder.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        let (mut store, _) = open(&folder.file());
        save(&mut store, 1);
        for file in std::fs::read_dir(&folder.0).unwrap().map(Result::unwrap) {
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", file.path().display());
        }
    }
}
