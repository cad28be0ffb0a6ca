//! More than one node on one database: one sequence a case, one audit chain a node, one night.

use super::{open_at, scratch};
use daiban_core::calendar::local_date;
use daiban_core::ids::{CaseId, PersonId, UnitId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::sync::SoftwareKey;
use daiban_server::app::{App, OpenError};
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use daiban_server::db::sql::{audit, cases, rows};
use daiban_server::db::{Db, DbError};
use daiban_server::jobs;
use daiban_server::ledger::{self, Env};
use std::path::PathBuf;
use std::sync::Arc;

const CASES: [CaseId; 3] = [CaseId([1; 16]), CaseId([2; 16]), CaseId([3; 16])];
const WRITERS: i64 = 6;
const ROWS_EACH: i64 = 30;

fn joins(db: &Db, env: &Env, case: CaseId, from: i64) {
    let entry = RosterEntry {
        person: PersonId::from("zhang"),
        role: Role::UnitAgent,
        unit: UnitId::from("commerce"),
        group: None,
        from,
        until: None,
    };
    let env = env.clone();
    let written = db.write_blocking(move |tx| {
        let row = ledger::append_roster(tx, &env, case, entry.clone())?;
        audit::append(tx, env.now, "zhang", "test", &case.to_string(), "done")?;
        Ok::<_, ledger::LedgerError>(row)
    });
    written.unwrap();
}

#[test]
fn two_nodes_append_to_the_same_cases_without_gap_or_fork() {
    let scratch = scratch();
    let nodes = [open_at(&scratch.url(), "one").unwrap(), open_at(&scratch.url(), "two").unwrap()];
    let env = Env { now: 1_795_395_600, key: SoftwareKey::from_secret(&[1; 32]), epoch: 0 };
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (db, env) = (&nodes[writer as usize % 2], &env);
            // Everybody begins with another case; the cases are made by whoever comes first.
            scope.spawn(move || {
                (0..ROWS_EACH).for_each(|row| joins(db, env, CASES[((writer + row) % 3) as usize], writer * ROWS_EACH + row));
            });
        }
    });
    let counted: u64 = nodes[1].read(rows::count).unwrap();
    assert_eq!(counted, (WRITERS * ROWS_EACH).cast_unsigned());
    assert_eq!(nodes[0].read(cases::list).unwrap().len(), CASES.len());
    let proved = nodes[0].read::<_, DbError>(|conn| jobs::verify(conn, false, |_| ())).unwrap().unwrap();
    assert_eq!((proved.ledger.rows, proved.audit_rows), (counted, WRITERS * ROWS_EACH));
    assert_eq!(nodes[0].read(audit::nodes).unwrap(), ["one", "two"], "each node has its own chain");
}

/// A node's data folder, removed with the value.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let path = std::env::temp_dir().join(format!("daiban-node-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Place(path)
    }

    fn open(&self, scratch: &Scratch) -> Result<Arc<App>, OpenError> {
        let config = Config { database: Some(scratch.url()), ..Config::local(&self.0) };
        App::open(config, Clock::moved(1_795_395_600))
    }

    fn takes_keys_of(&self, other: &Place) {
        for file in ["server.key", "office.token"] {
            std::fs::copy(other.0.join(file), self.0.join(file)).unwrap();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_share_one_key_and_one_night() {
    let scratch = scratch();
    let (first, second) = (Place::new("first"), Place::new("second"));
    let one = first.open(&scratch).unwrap();
    let Err(OpenError::OtherKey) = second.open(&scratch) else { panic!("a node with a key of its own is let in") };
    second.takes_keys_of(&first);
    let two = second.open(&scratch).unwrap();
    assert_eq!((one.device(), one.install, one.epoch), (two.device(), two.install, two.epoch));
    let today = local_date(one.now());
    let night = |app: Arc<App>| tokio::spawn(async move { jobs::nightly(&app, today, |_| ()).await.unwrap().state });
    let (a, b) = (night(one.clone()), night(two.clone()));
    let mut states = [a.await.unwrap(), b.await.unwrap()];
    states.sort_unstable();
    assert_eq!(states[0], "done");
    assert!(["done_before", "running"].contains(&states[1]), "{states:?}");
    assert_eq!(jobs::nightly(&two, today, |_| ()).await.unwrap().state, "done_before");
}
