//! Rows that go missing, caches that do not fit, files that rot: the phone starts, says what is wrong, and heals.

use super::office::Office;
use super::world::*;
use daiban_core::agent::{Agent, AgentError, RecordState};
use daiban_core::ids::CaseId;
use daiban_core::store::{Batch, MemoryStore, Namespace, SqliteStore, Store};
use std::path::{Path, PathBuf};

/// A phone with a case of six rows, one of them its own.
fn settled(office: &mut Office) -> (Agent, MemoryStore, CaseId) {
    let (mut agent, store) = phone(office, "zhang", 1);
    let (mut other, _) = phone(office, "li", 2);
    let case = case(office, 5, &["zhang", "li"]);
    sync(&mut other, office);
    for n in 0..3 {
        record(&mut other, case, &format!("同事{n}"), NOW);
    }
    sync(&mut other, office);
    sync(&mut agent, office);
    record(&mut agent, case, "本人", NOW);
    sync(&mut agent, office);
    (agent, store, case)
}

fn change(store: &MemoryStore, change: impl FnOnce(&mut Batch)) {
    let mut batch = Batch::default();
    change(&mut batch);
    store.clone().commit(&batch, &mut |bytes| bytes.fill(1)).unwrap();
}

fn row_key(case: CaseId, sequence: u64) -> Vec<u8> {
    [&case.0[..], &sequence.to_be_bytes()].concat()
}

#[test]
fn a_missing_row_is_found_by_whoever_opens_the_case_and_fetched_again() {
    for (unsent, damage) in [(false, Vec::new()), (true, vec![0xff; 9])] {
        let mut office = Office::new(NOW);
        let (agent, store, case) = settled(&mut office);
        drop(agent);
        change(&store, |batch| match damage.is_empty() {
            true => batch.delete(Namespace::Row, row_key(case, 4)),
            false => batch.put(Namespace::Row, row_key(case, 4), damage.clone()),
        });
        let mut agent = open(Frail::sound(store.clone()), 1);
        assert_eq!(agent.cases(NOW)[0].sequence, 6, "the list does not look");
        if unsent {
            record(&mut agent, case, "未上传", NOW + 1);
        }
        let shown = texts(&agent, case);
        assert_eq!(shown[..1], ["同事0"], "the good rows are shown");
        assert_eq!(shown.len(), 1 + usize::from(unsent));
        let before = office.requests;
        sync(&mut agent, &mut office);
        assert!(office.requests - before <= 4, "{} rounds", office.requests - before);
        assert!(office.quarantine.is_empty(), "nothing was sent from the wrong place");
        assert_eq!(agent.cases(NOW)[0].sequence, 6 + u64::from(unsent));
        assert_eq!(texts(&agent, case).len(), 4 + usize::from(unsent));
        agent.agrees(NOW).unwrap();
        drop(agent);
        let agent = open(Frail::sound(store), 1);
        agent.agrees(NOW).unwrap();
        assert!(agent.records(Some(case), NOW).iter().all(|r| matches!(r.state, RecordState::Judged { .. })));
    }
}

#[test]
fn a_cache_that_does_not_fit_is_made_anew() {
    let mut office = Office::new(NOW);
    let (agent, store, case) = settled(&mut office);
    let (listed, records) = (agent.cases(NOW), agent.records(None, NOW));
    let case_digest = store.load_under(Namespace::CaseDigest, &case.0).unwrap().remove(0).1;
    drop(agent);
    let mut other_version = case_digest.clone();
    other_version[0] = 0xfe;
    // As a version left it in which rules read other fields of some kind.
    let mut other_digests = case_digest.clone();
    other_digests[4] ^= 1;
    let cut = case_digest[..case_digest.len() / 2].to_vec();
    let damages: [&dyn Fn(&mut Batch); 6] = [
        &|batch| batch.delete(Namespace::CaseDigest, case.0),
        &|batch| batch.put(Namespace::CaseDigest, case.0, other_version.clone()),
        &|batch| batch.put(Namespace::CaseDigest, case.0, other_digests.clone()),
        &|batch| batch.put(Namespace::CaseDigest, case.0, cut.clone()),
        &|batch| batch.put(Namespace::CaseDigest, case.0, Vec::new()),
        // As after a salvage that lost what was known of the case besides its rows.
        &|batch| {
            batch.delete(Namespace::CaseDigest, case.0);
            batch.delete(Namespace::CaseDigest, *b"complete");
            batch.delete(Namespace::Case, case.0);
        },
    ];
    for damage in damages {
        let store = store.backup();
        change(&store, damage);
        let agent = open(Frail::sound(store.clone()), 1);
        assert_eq!((agent.cases(NOW), agent.records(None, NOW)), (listed.clone(), records.clone()));
        agent.agrees(NOW).unwrap();
        let saved = store.load_under(Namespace::CaseDigest, &case.0).unwrap();
        assert_eq!(saved, [(case.0.to_vec(), case_digest.clone())], "and saved, for the next start");
    }
    // A digest that speaks of a row that is not there.
    change(&store, |batch| batch.delete(Namespace::Row, row_key(case, 6)));
    let mut agent = open(Frail::sound(store), 1);
    assert_eq!(agent.cases(NOW)[0].sequence, 5);
    sync(&mut agent, &mut office);
    assert_eq!(agent.cases(NOW)[0].sequence, 6);
}

#[test]
fn memory_is_read_anew_on_request() {
    let mut office = Office::new(NOW);
    let (mut agent, _, case) = settled(&mut office);
    let waiting = record(&mut agent, case, "未上传", NOW + 1);
    let listed = agent.cases(NOW);
    let _ = agent.begin_sync(NOW + 2).unwrap();
    agent.reload().unwrap();
    assert_eq!(agent.cases(NOW), listed);
    assert_eq!(agent.receive(200, b"", NOW).unwrap_err(), AgentError::NothingAsked);
    sync(&mut agent, &mut office);
    assert!(judged(&agent, waiting));
    agent.examine().unwrap();
}

#[test]
fn a_phone_knows_when_its_clock_is_behind() {
    let mut office = Office::new(NOW);
    let (mut agent, store) = phone(&mut office, "zhang", 1);
    assert_eq!((agent.heard_at(), agent.clock_behind(0)), (None, false), "nothing to compare with");
    sync(&mut agent, &mut office);
    drop(agent);
    let agent = open(Frail::sound(store), 1);
    assert_eq!(agent.heard_at(), Some(NOW));
    assert!(!agent.clock_behind(NOW + 90 * 86_400), "later is always possible");
    assert!(!agent.clock_behind(NOW - 600) && agent.clock_behind(NOW - 601));
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The settled phone in a file.
fn in_file(name: &str, office: &mut Office) -> (Folder, PathBuf, CaseId) {
    let folder = std::env::temp_dir().join(format!("daiban-sickness-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (_, store, case) = settled(office);
    let mut batch = Batch::default();
    for namespace in Namespace::ALL {
        store.load(namespace).unwrap().into_iter().for_each(|(key, value)| batch.put(namespace, key, value));
    }
    let path = folder.join("phone.db");
    SqliteStore::open(&path, &[7; 32], &mut *entropy()).unwrap().0.commit(&batch, &mut *entropy()).unwrap();
    (Folder(folder), path, case)
}

fn from_file(path: &Path) -> (Agent, bool) {
    let (file, salvage) = SqliteStore::open(path, &[7; 32], &mut *entropy()).unwrap();
    (Agent::open(Box::new(file), Box::new(key(1)), entropy()).unwrap(), salvage.is_some())
}

fn garble(path: &Path, namespace: Namespace, line: u32) {
    let db = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT no, sealed FROM item WHERE shelf = ?1 ORDER BY key LIMIT 1 OFFSET ?2";
    let (no, mut sealed): (i64, Vec<u8>) = db.query_row(sql, (namespace as u8, line), |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    db.execute("UPDATE item SET sealed = ?1 WHERE no = ?2", (sealed, no)).unwrap();
}

/// The last row is read at the start, to see whether the digest fits; the fourth is not.
#[test]
fn a_rotten_row_costs_nothing_that_was_not_sent() {
    for line in [3, 5] {
        let mut office = Office::new(NOW);
        let (_folder, path, case) = in_file("row", &mut office);
        garble(&path, Namespace::Row, line);
        let (mut agent, salvaged) = from_file(&path);
        assert!(!salvaged);
        assert_eq!(agent.cases(NOW)[0].sequence, 6, "the list still stands");
        let waiting = record(&mut agent, case, "未上传", NOW + 1);
        let error = agent.case(case, NOW).unwrap_err();
        assert_eq!(error.code(), "store_broken");
        assert!(error.message().zh.contains("重启应用"), "{}", error.message().zh);
        drop(agent);

        let (mut agent, salvaged) = from_file(&path);
        assert!(salvaged, "the next start salvages");
        assert!(matches!(state(&agent, waiting), RecordState::Local { .. }));
        agent.agrees(NOW).unwrap();
        sync(&mut agent, &mut office);
        assert!(judged(&agent, waiting));
        assert_eq!(texts(&agent, case).len(), 5);
        agent.examine().unwrap();
    }
}

#[test]
fn a_rotten_cache_is_made_anew_and_the_file_looked_through() {
    let mut office = Office::new(NOW);
    let (_folder, path, case) = in_file("case_digest", &mut office);
    garble(&path, Namespace::CaseDigest, 0);
    let (agent, salvaged) = from_file(&path);
    assert!(!salvaged);
    assert_eq!(texts(&agent, case).len(), 4);
    agent.agrees(NOW).unwrap();
    drop(agent);
    let (agent, salvaged) = from_file(&path);
    assert!(!salvaged, "made anew, the file is sound");
    agent.agrees(NOW).unwrap();
}

#[test]
fn a_file_of_the_version_before_gets_its_glances() {
    let mut office = Office::new(NOW);
    let (_folder, path, case) = in_file("older", &mut office);
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute("DELETE FROM item WHERE shelf = 10", ()).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    drop(db);
    let (agent, salvaged) = from_file(&path);
    assert!(!salvaged);
    assert_eq!((agent.cases(NOW)[0].sequence, texts(&agent, case).len()), (6, 4));
    agent.agrees(NOW).unwrap();
}
