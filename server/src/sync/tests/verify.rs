use super::*;
use crate::db::scratch::tamper;
use crate::ledger::{self, FirstBad, VerifyReport};
use daiban_core::fact::{Ruling, RulingBody};

fn prove(world: &World) -> Result<VerifyReport, FirstBad> {
    world.app.db.read(ledger::verify).unwrap()
}

async fn world() -> World {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1), phone.log(2, "一"), phone.log(3, "二")]);
    phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    let env = world.app.env();
    let fact = phone.log(4, "办公室代记");
    world
        .app
        .db
        .write(move |tx| {
            let office = PersonId::from("office-1");
            ledger::append_fact(tx, &env, CASE, &office, &fact)?;
            let ruling = Ruling::new(FactId([8; 16]), office, "测试", &RulingBody::Unknown);
            ledger::append_ruling(tx, &env, CASE, ruling)
        })
        .await
        .unwrap();
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_honest_log_proves() {
    let world = world().await;
    let report = prove(&world).unwrap();
    assert_eq!((report.cases, report.rows, report.changes, report.statements, report.unsigned), (1, 6, 4, 1, 1));
    let view = world.app.db.read(|conn| ledger::view(conn, CASE)).unwrap();
    assert_eq!((view.sequence, view.facts.len()), (6, 4));
    let rows = world.app.db.read(|conn| ledger::case_rows(conn, CASE)).unwrap();
    let daiban_core::case::Entry::Change { author, .. } = &rows[4].entry else { panic!("a change") };
    assert_eq!((author.person.as_str(), author.device), ("office-1", world.app.device()), "who commanded it is chained");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_bad_row_is_named() {
    let attacks = [
        ("UPDATE case_row SET received_at = received_at - 1 WHERE sequence = 3", 3),
        ("UPDATE case_row SET payload = chain WHERE sequence = 2", 2),
        ("UPDATE case_row SET verdict = (SELECT verdict FROM case_row WHERE sequence = 1) WHERE sequence = 4", 4),
        ("DELETE FROM case_row WHERE sequence = 2", 2),
        ("DELETE FROM case_row WHERE sequence = 6", 0),
        ("UPDATE statement SET signature = body", 4),
        ("UPDATE actor SET person = 'somebody' WHERE person = 'zhang'", 2),
        ("UPDATE case_row SET person = 'somebody' WHERE sequence = 5", 5),
    ];
    for (sql, sequence) in attacks {
        let world = world().await;
        tamper(&world.app.db, sql).unwrap();
        let bad = prove(&world).unwrap_err();
        assert_eq!(bad.sequence, sequence, "{sql}: {bad}");
        assert!(bad.zh().contains("备份"));
    }
}
