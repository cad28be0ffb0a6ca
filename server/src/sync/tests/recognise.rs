use super::*;
use crate::db::scratch::tamper;
use crate::db::sql::unrecognised::{self, Waiting};
use crate::db::sql::{actors, cases, cbor, facts};
use crate::db::{DbError, Transaction};
use crate::jobs::nightly;
use crate::ledger::{self, CaseLog};
use daiban_core::admit::check;
use daiban_core::calendar::local_date;
use daiban_core::case::{Author, Code, Entry, JudgingState, RawRow, Reason, Verdict};
use daiban_core::fact::content_digest;
use daiban_core::fact::kinds::{MaterialItem, MaterialReceived};
use daiban_core::fact::table::KINDS_VERSION;
use daiban_core::fact::{Node, RulingBody};

const UNRECOGNISED: Verdict = Verdict { code: Code::Unrecognised, reason: None, effective_at: NOW - 300, clock_doubtful: true };

/// Writes a change as a server wrote it that did not know its kind.
fn append_unrecognised(tx: &Transaction<'_>, phone: ActorId, author: &Author, fact: &Fact, bytes: &[u8]) -> Result<(), DbError> {
    let mut case_log = CaseLog::open(tx, CASE)?.unwrap();
    let mut actor = actors::find(tx, case_log.no, phone)?.unwrap();
    let checked = check(bytes, phone).unwrap();
    let (hash, seq, author) = (checked.hash, checked.seq, author.clone());
    let entry = Entry::Change { bytes: bytes.to_vec().into(), hash, actor: phone, seq, author };
    let sequence = case_log.append(tx, entry, Some(fact), UNRECOGNISED, NOW, Some(&actor))?.sequence;
    let (kind, person) = (fact.body.kind().to_owned(), fact.by.clone());
    let index = facts::FactIndex { id: fact.id, sequence, kind, person, digest: content_digest(fact) };
    facts::insert(tx, case_log.no, &index)?;
    unrecognised::insert(tx, case_log.no, Waiting { fact: fact.id, sequence }, 0)?;
    (actor.seq, actor.hash, actor.max_op) = (checked.seq, checked.hash, checked.max_op);
    actors::advance(tx, &actor)?;
    case_log.close(tx)
}

fn standing(world: &World) -> JudgingState {
    let head = world.app.db.read(|conn| cases::find(conn, CASE)).unwrap().unwrap();
    cbor::read(&head.standing, "standing").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn facts_are_judged_again_once_their_kind_is_known() {
    let world = World::new();
    let mut phone = world.phone("zhang", 1).await;
    let seat = world.person("zhang", Role::UnitAgent);
    let entry = daiban_core::people::RosterEntry {
        person: seat,
        role: Role::UnitAgent,
        unit: "commerce".into(),
        group: None,
        from: NOW - 9_000,
        until: None,
    };
    let env = world.app.env();
    world.app.db.write(move |tx| ledger::append_roster(tx, &env, CASE, entry.clone())).await.unwrap();
    let mut tip = ChainTip::start(CASE);
    let fields = vec![("findings".to_owned(), Node::text("现场已平整"))];
    let later = phone.fact(9, Body::Unknown { kind: "kind_of_a_later_version".into(), fields });
    let changes = phone.compose(CASE, &mut tip, &[later]);
    let answer = phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    assert_eq!(names(&answer), ["2 unrecognised"]);

    let items = vec![MaterialItem { title: "总平面图".into(), copies: 2, original: true }];
    let material = phone.fact(3, Body::MaterialReceived(MaterialReceived { items, handed_by: None }));
    let planted = [phone.opening(1), material, phone.log(2, "当时不识别的日志")];
    let changes = phone.compose(CASE, &mut tip, &planted);
    let (actor, author) = (phone.actor(CASE), Author { device: phone.device(), person: phone.person.clone() });
    let write = move |tx: &Transaction<'_>| {
        let mut all = planted.iter().zip(&changes);
        all.try_for_each(|(fact, bytes)| append_unrecognised(tx, actor, &author, fact, bytes))
    };
    world.app.db.write::<_, DbError>(write).await.unwrap();
    tamper(&world.app.db, "UPDATE unrecognised SET judged_by = 0").unwrap();
    assert!(standing(&world).opened.is_none());

    let day = local_date(NOW);
    let night = nightly(&world.app, day, |_| ()).await.unwrap();
    assert_eq!(night.recognised, 3);
    let view = world.app.db.read(|conn| ledger::view(conn, CASE)).unwrap();
    let verdict = |id| view.fact(FactId([id; 16])).unwrap().verdict.clone();
    assert_eq!(verdict(1), Verdict { code: Code::Effective, ..UNRECOGNISED }, "its time stays as it was found");
    assert_eq!(verdict(2).code, Code::Effective);
    assert_eq!((verdict(3).code, verdict(3).reason), (Code::Void, Some(Reason::BeforeLetter)), "as it stood at its number");
    assert_eq!(verdict(9).code, Code::Unrecognised, "this server does not know it either");
    assert_eq!(view.title.as_deref(), Some("食品加工项目"));
    assert_eq!(standing(&world).opened.map(|opened| opened.fact), Some(FactId([1; 16])));
    assert!(world.app.db.read(ledger::verify).unwrap().is_ok());

    let rows = phone.sync(&world, vec![], vec![]).await.cases.remove(0).rows;
    let recognised = |row: &RawRow| match row.clone().read().entry {
        Entry::Ruling(ruling) => matches!(ruling.body(), RulingBody::Recognised(_)) && !ruling.reason.is_empty(),
        _ => false,
    };
    assert_eq!(rows.iter().filter(|row| recognised(row)).count(), 3, "phones get them as rows");
    assert_eq!(nightly(&world.app, day, |_| ()).await.unwrap().recognised, 0, "once each");
    let waiting = world.app.db.read(|conn| unrecognised::next_case(conn, KINDS_VERSION + 1)).unwrap();
    assert_eq!(waiting, Some(CASE), "a later version looks at it again");
}
