//! Out of a corrupt file: what can still be read. The file itself is set aside, because it may hold the only copy of unsent work.

use super::contract::{Batch, Namespace, StoreError};
use super::seal::{MAGIC, Opened, Sealer};
use daiban_messages::say::store as say;
use daiban_messages::{Message, Say};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was saved out of a corrupt file. Show it: somebody must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvage {
    /// What was wrong, in SQLite's words.
    pub why: String,
    /// Where the corrupt file lies now.
    pub set_aside: PathBuf,
    /// Values kept, by shelf.
    pub kept: Vec<(Namespace, u64)>,
    /// Values that were there but do not open.
    pub lost: u64,
}

impl Salvage {
    /// What happened, with what to do next.
    pub fn message(&self) -> Message {
        let count = |shelf| self.kept.iter().find(|(s, _)| *s == shelf).map_or(0, |(_, n)| *n);
        let (records, rows) = (count(Namespace::Intent), count(Namespace::Row));
        say::Salvaged { file: self.set_aside.display(), records, rows, lost: self.lost }.say()
    }
}

/// Values found, the newest of each place.
pub(super) struct Found {
    why: String,
    values: BTreeMap<(Namespace, Vec<u8>), Opened>,
    lost: u64,
}

/// Reads what can be read: the table as far as SQLite follows it, then every sealed value that lies in the raw bytes.
pub(super) fn gather(path: &Path, sealer: &Sealer, why: String) -> Result<Found, StoreError> {
    let mut found = Found { why, values: BTreeMap::new(), lost: 0 };
    found.take_table(path, sealer);
    let in_table = !found.values.is_empty();
    for file in [path.to_owned(), beside(path, "-wal")] {
        match std::fs::read(&file) {
            Ok(bytes) => found.take_bytes(&bytes, sealer, in_table),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(StoreError::Broken(e.to_string())),
        }
    }
    if found.values.is_empty() && found.lost > 0 {
        return Err(StoreError::WrongKey);
    }
    Ok(found)
}

impl Found {
    fn take_table(&mut self, path: &Path, sealer: &Sealer) {
        let Ok(db) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE) else { return };
        for order in ["ASC", "DESC"] {
            let Ok(mut items) = db.prepare(&format!("SELECT sealed FROM item NOT INDEXED ORDER BY no {order}")) else { return };
            let Ok(mut rows) = items.query([]) else { return };
            let mut unread = 0_u64;
            while let Ok(Some(row)) = rows.next() {
                match row.get::<_, Vec<u8>>(0).ok().and_then(|sealed| sealer.open(&sealed)) {
                    Some(opened) => self.keep(opened),
                    None => unread = unread.saturating_add(1),
                }
            }
            self.lost = self.lost.max(unread);
        }
    }

    /// Finds values by their magic. With a readable table only records and single values are taken from raw bytes: anything else
    /// comes again from the server, and a key that was deleted must stay deleted.
    fn take_bytes(&mut self, bytes: &[u8], sealer: &Sealer, in_table: bool) {
        let mut unread = 0_u64;
        for at in bytes.windows(MAGIC.len()).enumerate().filter(|(_, w)| w == MAGIC).map(|(at, _)| at) {
            match bytes.get(at..).and_then(|rest| sealer.open(rest)) {
                Some(opened) if !in_table || matches!(opened.namespace, Namespace::Intent | Namespace::Meta) => self.keep(opened),
                Some(_) => {}
                None => unread = unread.saturating_add(1),
            }
        }
        if !in_table {
            self.lost = self.lost.saturating_add(unread);
        }
    }

    fn keep(&mut self, opened: Opened) {
        let place = (opened.namespace, opened.key.clone());
        match self.values.get(&place) {
            Some(newer) if newer.generation >= opened.generation => {}
            _ => {
                self.values.insert(place, opened);
            }
        }
    }

    /// What is told about it.
    pub fn report(&self, set_aside: PathBuf) -> Salvage {
        let count = |shelf| (shelf, self.values.keys().filter(|(s, _)| *s == shelf).count() as u64);
        let kept = Namespace::ALL.into_iter().map(count).filter(|(_, n)| *n > 0).collect();
        Salvage { why: self.why.clone(), set_aside, kept, lost: self.lost }
    }

    /// What goes into the new file. Glances stay behind: of rows that were lost they would say that they are here.
    pub fn into_batch(self) -> Batch {
        let mut batch = Batch::default();
        for ((shelf, key), opened) in self.values.into_iter().filter(|((shelf, _), _)| *shelf != Namespace::CaseDigest) {
            batch.put(shelf, key, opened.value);
        }
        batch
    }
}

/// Renames the file and what SQLite keeps beside it, to a name that is not taken.
pub(super) fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let free = (1_u32..).map(|n| beside(path, &format!(".sick-{n}"))).find(|p| !p.exists());
    let aside = free.ok_or_else(|| StoreError::Broken("no free name".into()))?;
    for suffix in ["-wal", "-shm", ""] {
        let (from, to) = (beside(path, suffix), beside(&aside, suffix));
        if from.exists() {
            std::fs::rename(&from, &to).map_err(|e| StoreError::Broken(e.to_string()))?;
        }
    }
    Ok(aside)
}

pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
