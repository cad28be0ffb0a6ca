//! What every store must do with what the office settles, orders and confirms.

use super::{person, write};
use crate::db::sql::jobs::{self, LEASE_SECONDS, Taking};
use crate::db::sql::notices::{self, Notice};
use crate::db::sql::reports::Signature;
use crate::db::sql::{audit, calendar, directory, editions, policy, reports, settings};
use crate::db::{Db, DbError, OFFICE_WORK, Transaction};
use daiban_core::calendar::{Calendar, Edition, Week};
use daiban_core::people::{Group, Unit, UnitKind};
use daiban_core::rules::Policy;
use daiban_messages::Say;
use daiban_messages::say::notice::SetBy;

/// Threads that count at the same time, and how far each counts.
const COUNTERS: i64 = 4;
const COUNT: i64 = 10;
const COUNTED: &str = "counted";

/// Runs this part of the suite on a store that holds one person.
pub(super) fn run(db: &Db) {
    who_asks_to_be_alone_is(db);
    a_setting_has_one_first_value(db);
    whoever_left_may_come_back(db);
    what_is_settled_is_noticed(db);
    a_frozen_report_never_changes(db);
    a_notice_is_told_once(db);
    the_audit_log_is_a_chain(db);
    a_job_has_one_holder(db);
}

#[allow(clippy::unwrap_used)]
fn counted(tx: &Transaction<'_>) -> Result<i64, DbError> {
    Ok(settings::get(tx, COUNTED)?.map_or(0, |bytes| i64::from_be_bytes(bytes.try_into().unwrap())))
}

#[allow(clippy::unwrap_used)]
fn who_asks_to_be_alone_is(db: &Db) {
    let count = |tx: &Transaction<'_>| {
        tx.alone(OFFICE_WORK)?;
        let before = counted(tx)?;
        settings::set(tx, COUNTED, &(before + 1).to_be_bytes())
    };
    std::thread::scope(|scope| {
        for _ in 0..COUNTERS {
            scope.spawn(|| (0..COUNT).for_each(|_| write(db, count)));
        }
    });
    assert_eq!(write(db, counted), COUNTERS * COUNT, "each saw what the one before left");
}

fn a_setting_has_one_first_value(db: &Db) {
    assert_eq!(write(db, |tx| settings::first(tx, "first", b"one")), b"one");
    assert_eq!(write(db, |tx| settings::first(tx, "first", b"two")), b"one");
    write(db, |tx| settings::set(tx, "first", b"two"));
    assert_eq!(write(db, |tx| settings::get(tx, "first")), Some(b"two".to_vec()));
    assert_eq!(write(db, |tx| settings::get(tx, "nowhere")), None);
}

#[allow(clippy::unwrap_used)]
fn whoever_left_may_come_back(db: &Db) {
    let there = || db.read(|conn| directory::person(conn, &person())).unwrap().unwrap();
    assert!(write(db, |tx| directory::end_service(tx, &person(), 30)));
    assert!(!write(db, |tx| directory::end_service(tx, &person(), 40)), "nobody leaves twice");
    assert_eq!(there().left_at, Some(30));
    let back = directory::Person { name: "张三丰".into(), joined_at: 50, ..there() };
    write(db, move |tx| directory::put_person(tx, &back));
    let there = there();
    assert_eq!((there.name.as_str(), there.left_at, there.joined_at), ("张三丰", None, 1));
}

#[allow(clippy::unwrap_used)]
fn what_is_settled_is_noticed(db: &Db) {
    let version = || db.read(editions::version).unwrap();
    let edition: Edition = Calendar::builtin().editions().last().unwrap().clone();
    let before = version();
    write(db, move |tx| calendar::insert(tx, &edition, 7, "office"));
    let with_edition = version();
    write(db, |tx| policy::insert(tx, &Policy::decided(2, "某政办发〔2026〕3号", None), 8, "office"));
    let with_policy = version();
    let unit = Unit { en: "new".into(), ..Unit::new("new", "新单位", UnitKind::Town) };
    let same = unit.clone();
    write(db, move |tx| directory::insert_unit(tx, &unit));
    assert!(db.write_blocking(move |tx| directory::insert_unit(tx, &same)).is_err(), "a unit's id stands for one unit");
    let all = [before.eras, with_edition.eras, with_policy.eras];
    assert!(all[0] != all[1] && all[1] != all[2], "{all:?}");
    assert!(version() != with_policy && version().eras == with_policy.eras, "a unit moves no due day");
    assert_eq!(db.read(policy::numbers).unwrap().newest().number, 2);
    assert_eq!(db.read(calendar::imports).unwrap().len(), 1);
}

/// A specialist, and who recorded it for them.
const BOTH: Signature<'_> = Signature { by: "li-na", recorded_by: Some("office") };

#[allow(clippy::unwrap_used)]
fn a_frozen_report_never_changes(db: &Db) {
    let week: Week = "2026-W47".parse().unwrap();
    for group in [None, Some(Group::Planning)] {
        write(db, move |tx| reports::put_draft(tx, week, group, "{\"n\":1}", 1));
        write(db, move |tx| reports::put_draft(tx, week, group, "{\"n\":0}", 2));
        assert!(write(db, move |tx| reports::renew_draft(tx, week, group, "{\"n\":2}", 3)));
        let drafted = db.read(|conn| reports::find(conn, week, group)).unwrap().unwrap();
        assert_eq!((drafted.since_at, drafted.drafted_at), (Some(2), 3), "renewed since somebody drew it up");
        assert!(write(db, move |tx| reports::annotate_draft(tx, week, group, "{\"n\":4}")));
        let head = |of| db.read(move |conn| reports::head(conn, of, group)).unwrap();
        assert_eq!(head(week), Some(("draft".to_owned(), 3)), "words leave it as old as it was");
        assert!(write(db, move |tx| reports::annotate_draft(tx, week, group, "{\"n\":2}")));
        let told = |of| db.read(move |conn| reports::told_before(conn, of, group, |text| Ok(text.to_owned()))).unwrap();
        assert_eq!((head(week.next()), told(week.next()).len()), (None, 0), "a draft tells nothing");
        assert!(write(db, move |tx| reports::freeze(tx, week, group, "hash", BOTH, 3)));
        assert_eq!((told(week.next()), told(week).len()), (vec!["{\"n\":2}".to_owned()], 0), "of earlier weeks only");
        assert!(!write(db, move |tx| reports::annotate_draft(tx, week, group, "{}")));
        assert!(!write(db, move |tx| reports::freeze(tx, week, group, "other", BOTH, 4)));
        assert!(!write(db, move |tx| reports::renew_draft(tx, week, group, "{}", 5)), "no draft is left");
        let again = db.write_blocking(move |tx| reports::put_draft(tx, week, group, "{\"n\":3}", 5));
        assert!(again.is_err(), "a week has one report");
    }
    for forbidden in ["UPDATE report SET body = '{}'", "UPDATE report SET hash = 'x'", "DELETE FROM report"] {
        assert!(db.write_blocking(move |tx| tx.run(forbidden, &[])).is_err(), "{forbidden} must be refused");
    }
    assert!(write(db, move |tx| reports::mark_sent(tx, week, BOTH, &["区政府".into()], 6)));
    assert!(!write(db, move |tx| reports::mark_sent(tx, week, BOTH, &[], 7)), "sent once");
    let listed = db.read(reports::list).unwrap();
    assert_eq!(listed[0].send_recorded_by.as_deref(), BOTH.recorded_by);
    assert!(
        listed.iter().all(|r| r.confirmed_by.as_deref() == Some(BOTH.by) && r.confirm_recorded_by.as_deref() == BOTH.recorded_by)
    );
    let told: Vec<_> = listed.iter().map(|r| (r.group, r.state.as_str(), r.text.as_str())).collect();
    assert_eq!(told, [(None, "sent", "{\"n\":2}"), (Some(Group::Planning), "frozen", "{\"n\":2}")]);
    what_was_sent_back_stays(db, week);
}

#[allow(clippy::unwrap_used)]
fn what_was_sent_back_stays(db: &Db, week: Week) {
    let planning = Some(Group::Planning);
    let back = |group| write(db, move |tx| reports::send_back(tx, (week, group), "office", "缺少建议", 8));
    assert_eq!([back(None), back(planning), back(planning)], [false, true, false], "neither what was sent nor a draft goes back");
    let found = db.read(|conn| reports::find(conn, week, planning)).unwrap().unwrap();
    assert_eq!((found.state.as_str(), found.text.as_str(), found.hash), ("draft", "{\"n\":2}", None));
    for forbidden in ["UPDATE report SET returned_why = 'x' WHERE returned_at = 8", "DELETE FROM report WHERE returned_at = 8"] {
        assert!(db.write_blocking(move |tx| tx.run(forbidden, &[])).is_err(), "{forbidden} must be refused");
    }
    write(db, move |tx| reports::put_draft(tx, week, planning, "{\"n\":4}", 9));
    assert!(write(db, move |tx| reports::freeze(tx, week, planning, "second", BOTH, 10)));
    assert!(back(planning));
    let editions = db.read(|conn| reports::editions(conn, week, planning)).unwrap();
    let told: Vec<_> = editions.iter().map(|r| (r.hash.as_deref(), r.text.as_str(), r.returned_why.as_deref())).collect();
    let why = Some("缺少建议");
    assert_eq!(told, [(Some("second"), "{\"n\":4}", why), (Some("hash"), "{\"n\":2}", why)]);
    let states = |rows: Vec<reports::ReportRow>| rows.into_iter().map(|r| r.state).collect::<Vec<_>>();
    assert_eq!(states(db.read(reports::list).unwrap()), ["sent", "draft"]);
    assert_eq!(states(db.read(|conn| reports::page(conn, None, 9)).unwrap()), ["sent", "draft"]);
    assert_eq!(states(db.read(reports::frozen).unwrap()).len(), 3, "all that was ever confirmed can be proved");
}

#[allow(clippy::unwrap_used)]
fn a_notice_is_told_once(db: &Db) {
    let notice = |key: &str, case_no| {
        let (kind, to_whom) = ("due".to_owned(), "zhang".to_owned());
        let (zh, en) = ("今日到期".into(), "due today".into());
        Notice { key: key.into(), case_no, kind, to_whom, zh, en, made_at: 1, ..Notice::default() }
    };
    let tell = |key, case_no| write(db, move |tx| notices::insert(tx, &notice(key, case_no)));
    let said = notice("said", Some(6)).saying(SetBy { document: "某政办发〔2026〕3号" }.say());
    let (kept, old) = (said.clone(), notice("old", Some(6)));
    assert!(write(db, move |tx| Ok(notices::insert(tx, &kept)? && notices::insert(tx, &old)?)));
    let of_case = db.read(|conn| notices::of_case(conn, 6)).unwrap();
    assert_eq!(of_case, [said, notice("old", Some(6))], "with its sentence's name and arguments, and one of before without");
    assert_eq!([tell("a", Some(5)), tell("a", Some(5)), tell("c", None), tell("b", Some(5))], [true, false, true, true]);
    let keys = |told: Vec<Notice>| told.into_iter().map(|n| (n.key, n.case_no)).collect::<Vec<_>>();
    let of_case = keys(db.read(|conn| notices::of_case(conn, 5)).unwrap());
    assert_eq!(of_case, [("a".to_owned(), Some(5)), ("b".to_owned(), Some(5))]);
    assert_eq!(keys(db.read(|conn| notices::newest(conn, 2)).unwrap()), [("b".to_owned(), Some(5)), ("c".to_owned(), None)]);
}

#[allow(clippy::unwrap_used)]
fn the_audit_log_is_a_chain(db: &Db) {
    let node = write(db, |tx| Ok(tx.node().as_str().to_owned()));
    for no in 1..=3 {
        assert_eq!(write(db, move |tx| audit::append(tx, no, "office", "测试", "object", "done")), no);
    }
    let checked = db.read(|conn| audit::check(conn, &node, 0)).unwrap();
    assert_eq!((checked.rows, checked.first_bad), (3, None));
    assert_eq!(db.read(|conn| audit::newest(conn, 10)).unwrap().iter().map(|row| row.no).collect::<Vec<_>>(), [3, 2, 1]);
    // More than are read at once.
    write(db, |tx| (0..1_000).try_for_each(|at| audit::append(tx, at, "office", "测试", "many", "done").map(drop)));
    let checked = db.read(|conn| audit::check(conn, &node, 0)).unwrap();
    assert_eq!((checked.rows, checked.first_bad), (1_003, None));
    assert_eq!(db.read(|conn| audit::check(conn, &node, 900)).unwrap().rows, 103);
    for forbidden in ["UPDATE audit SET who = 'x'", "DELETE FROM audit"] {
        assert!(db.write_blocking(move |tx| tx.run(forbidden, &[])).is_err(), "{forbidden} must be refused");
    }
}

#[allow(clippy::panic, clippy::unwrap_used)]
fn a_job_has_one_holder(db: &Db) {
    let take = |now| write(db, move |tx| jobs::take(tx, "nightly", "2026-11-29", now));
    let Taking::Taken(first) = take(100) else { panic!("a free job is taken") };
    assert_eq!(take(100 + LEASE_SECONDS - 1), Taking::Running(100), "its holder lives");
    let (beating, silent) = (first.clone(), first.clone());
    assert!(write(db, move |tx| beating.renew(tx, 110)));
    let Taking::Taken(second) = take(110 + LEASE_SECONDS) else { panic!("a silent holder loses its job") };
    let told = db.write_blocking(move |tx| silent.finish(tx, 150, "too late"));
    assert!(matches!(told, Err(DbError::Overtaken)) && !write(db, move |tx| first.renew(tx, 150)));
    write(db, move |tx| {
        second.must_stay(tx)?;
        second.finish(tx, 160, "{}")
    });
    assert_eq!(take(1_000), Taking::Done("{}".into()), "a job of a day is done once");
}
