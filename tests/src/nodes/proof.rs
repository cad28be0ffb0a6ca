//! Holding what a killed server left to what it had said.

use super::{Client, program};
use crate::world::TempFolder;
use daiban_core::case::Entry;
use daiban_core::ids::{CaseId, ChangeHash, FactId};
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::sql::{cases, duties, notices};
use daiban_server::db::{Connection, DbError};
use daiban_server::ledger;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// More notices than any test makes.
const NOTICES_MAX: u32 = 1_000_000;

/// A look into a store past the server that kept it.
pub struct Proof {
    app: Arc<App>,
    _folder: Option<TempFolder>,
}

impl Proof {
    /// Opens the folder that a killed server left, with its database.
    pub fn of_dead(data: &Path, database: Option<&str>) -> Proof {
        Proof::verified(data, database)
    }

    /// Opens a database whose nodes may be alive, with the keys of the node on that data folder.
    pub fn of_living(node: &Path, database: &str) -> Proof {
        let folder = TempFolder::in_memory("proof");
        for key in ["server.key", "office.token"] {
            std::fs::copy(node.join(key), folder.path().join(key)).expect("a node's key");
        }
        let data = folder.path().to_owned();
        Proof { _folder: Some(folder), ..Proof::verified(&data, Some(database)) }
    }

    /// `daiban verify` must stand first, with everything that is computed.
    fn verified(data: &Path, database: Option<&str>) -> Proof {
        let verified = program(data, database).args(["verify", "--full"]).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&verified.stdout) + String::from_utf8_lossy(&verified.stderr);
        assert!(verified.status.success(), "{said}");
        let config = Config { database: database.map(str::to_owned), ..Config::local(data) };
        Proof { app: App::open(config, Clock::system()).expect("the store opens"), _folder: None }
    }

    /// The store.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Every acknowledged change stands exactly once at its number, and no change twice. Gives the number of changes.
    pub fn keeps_what_was_said(&self, clients: &[Client]) -> u64 {
        let mut found: BTreeMap<(CaseId, ChangeHash), Vec<u64>> = BTreeMap::new();
        for head in self.app.db.read(cases::list).expect("cases") {
            for row in self.app.db.read(|conn| ledger::case_rows(conn, head.id)).expect("rows") {
                if let Entry::Change { hash, .. } = row.entry {
                    found.entry((head.id, hash)).or_default().push(row.sequence);
                }
            }
        }
        for (no, client) in clients.iter().enumerate() {
            assert_eq!(client.ledger.wrong, Vec::<String>::new(), "client {no}");
            for (place, sequence) in &client.ledger.acknowledged {
                let kept = found.get(place).map(Vec::as_slice);
                assert_eq!(kept, Some(&[*sequence][..]), "client {no}: an acknowledged change is lost or stands twice");
            }
        }
        let twice = found.values().filter(|sequences| sequences.len() > 1).count();
        assert_eq!(twice, 0, "changes that stand twice");
        found.len() as u64
    }
}

/// No notice is told twice, no duty concluded twice in a row, no record of these phones written twice. Gives the number of notices.
pub fn nothing_doubled(app: &App, clients: &[Client]) -> usize {
    let mut written: BTreeMap<FactId, usize> = BTreeMap::new();
    let read = |conn: &Connection| {
        for head in cases::list(conn)? {
            for fact in ledger::view(conn, head.id).map_err(|_| DbError::Corrupt("case"))?.facts {
                *written.entry(fact.fact.id).or_default() += 1;
            }
            let mut before: BTreeMap<String, (String, String)> = BTreeMap::new();
            for duty in duties::trace(conn, head.no)? {
                let (said, key) = ((duty.due_on, duty.state), duty.key);
                assert_ne!(before.get(&key), Some(&said), "case {}: {key} is concluded twice in a row", head.id);
                before.insert(key, said);
            }
        }
        notices::newest(conn, NOTICES_MAX)
    };
    let told = app.db.read(read).expect("the store is read");
    let escalation_steps: BTreeSet<String> = told.iter().map(|notice| step(&notice.key)).collect();
    assert_eq!(escalation_steps.len(), told.len(), "a step is told twice");
    let twice = written.values().filter(|times| **times > 1).count();
    assert_eq!(twice, 0, "records that stand twice");
    for own in clients.iter().flat_map(|client| &client.phone.own) {
        assert!(written.contains_key(&own.fact), "case {}: record {} never arrived", own.case, own.fact);
    }
    told.len()
}

/// Case, duty, step and receiver of a notice, from its key `case/duty…/due date/step/receiver`. Nothing moves a due date while the
/// nodes are struck, so that another date of the same step would be a second telling.
fn step(key: &str) -> String {
    let parts: Vec<&str> = key.split('/').collect();
    let due = parts.len().saturating_sub(3);
    parts.iter().enumerate().filter(|(at, _)| *at != due).map(|(_, part)| *part).collect::<Vec<_>>().join("/")
}

/// Every phone sees each of its cases as the store has it. Gives how many were compared.
pub fn same_views(app: &App, clients: &[Client], now: i64) -> usize {
    let mut compared = 0;
    for (no, client) in clients.iter().enumerate() {
        for case in &client.cases {
            let kept = app.db.read(|conn| ledger::view(conn, *case)).expect("the case folds");
            let own = client.phone.agent().case(*case, now).expect("the phone holds the case");
            assert_eq!(own.sequence, kept.sequence, "client {no}, case {case}");
            assert!(*own == kept, "client {no} sees another case {case} than the store");
            compared += 1;
        }
    }
    compared
}
