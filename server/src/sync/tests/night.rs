//! The night leaves out what it need not look at, and nothing else.

use super::*;
use crate::commands::Order;
use crate::db::sql::cases::{self, CaseHead};
use crate::db::sql::{duties, notices};
use crate::jobs;
use crate::watch::{Swept, compute_dirty, sweep};
use daiban_core::calendar::local_date;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
const PEOPLE: [(&str, &str); 4] =
    [("chief", "chief_agent"), ("wu", "unit_agent"), ("zhao", "unit_agent"), ("lead", "dispatch_lead")];

/// What stands of each duty, and the key of every notice.
type Told = (Vec<(i64, String, String, String, Value)>, BTreeSet<String>);

impl World {
    async fn ordered(&self, by: &str, mut command: Value) -> Result<Value, String> {
        command["as"] = json!(by);
        let order: Order = serde_json::from_value(command).unwrap();
        self.app.execute(&order.by, order.command).await.map_err(|problem| problem.detail)
    }

    async fn records(&self, by: &str, case: &str, kind: &str, fields: Value) -> Result<Value, String> {
        self.ordered(by, json!({ "command": "case_record", "case": case, "kind": kind, "fields": fields })).await
    }

    async fn opens(&self) -> String {
        let fields = json!({
            "title": "海湾新材料项目", "enterprise": "海湾新材料公司", "location": "natural-resources",
            "investment_10k_yuan": 12_000, "contact": "王喆 13800138000",
        });
        let opened = self.ordered("chief", json!({ "command": "case_record", "kind": "case_opened", "fields": fields })).await;
        opened.unwrap()["case"].as_str().unwrap().to_owned()
    }

    async fn signs(&self, case: &str) {
        let today = local_date(self.app.now());
        let letter = json!({
            "project_name": "海湾新材料项目", "enterprise": "海湾新材料公司", "chief": "chief", "scope": ["用地预审"],
            "chief_signed_on": today, "enterprise_signed_on": today,
        });
        self.records("chief", case, "authorization_letter_signed", letter).await.unwrap();
    }

    async fn staffed() -> World {
        let world = World::new();
        for (id, role) in PEOPLE {
            let unit = "business-environment";
            let person = json!({ "command": "person_add", "id": id, "name": id, "unit": unit, "role": role });
            world.ordered("office", person).await.unwrap();
        }
        world
    }

    async fn swept(&self) -> Swept {
        sweep(&self.app, self.app.now(), None, |_, _| ()).await.unwrap()
    }

    fn heads(&self) -> Vec<CaseHead> {
        self.app.db.read(cases::list).unwrap()
    }

    fn told(&self) -> Told {
        let read = |conn: &crate::db::Connection| {
            let standing = duties::all_standing(conn)?.into_iter();
            let standing = standing.map(|row| (row.case_no, row.key, row.due_on, row.state, row.body)).collect();
            let told = notices::newest(conn, 1_000_000)?.into_iter().map(|notice| notice.key).collect();
            Ok::<_, crate::db::DbError>((standing, told))
        };
        self.app.db.read(read).unwrap()
    }

    /// Looks at every case again: nothing is left to be told, and every duty is what it was. What was known of the cases is known after.
    async fn must_be_complete(&self) {
        let (heads, left) = (self.heads(), self.told());
        self.app.db.write(cases::forget_still).await.unwrap();
        let again = self.swept().await;
        assert_eq!((again.cases, again.skipped, again.notices), (heads.len() as u64, 0, 0), "at {}", self.app.now());
        assert_eq!(self.told(), left, "at {}", self.app.now());
        let restore = move |tx: &crate::db::Transaction<'_>| {
            let known = |head: &CaseHead| cases::set_computed(tx, head.no, head.computed, head.computed_at.unwrap(), head.still);
            heads.iter().try_for_each(known)
        };
        self.app.db.write(restore).await.unwrap();
        let verified = self.app.db.read(|conn| jobs::verify(conn, true, |_| ())).unwrap();
        assert_eq!(verified.map(|verified| verified.derived_cases), Ok(Some(self.heads().len() as u64)));
    }
}

/// Numbers that look like chance, and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Something that may happen in a district on a day.
async fn something_happens(world: &World, cases: &[String], chance: &mut Chance) {
    let case = &cases[chance.below(cases.len() as u64) as usize];
    let by = PEOPLE[chance.below(3) as usize].0;
    // Whoever may not, does not: who left, who is not on the case.
    let _ = match chance.below(12) {
        0 => world.records(by, case, "inquiry", json!({ "text": "何时办结？", "channel": "telephone" })).await,
        1 | 2 => world.records(by, case, "work_log", json!({ "text": "到窗口咨询", "channel": "window" })).await,
        3 | 4 => {
            let (who, end) = (PEOPLE[1 + chance.below(2) as usize].0, chance.below(3) == 0);
            world.ordered("office", json!({ "command": "case_assign", "case": case, "person": who, "end": end })).await
        }
        5 => world.ordered("office", json!({ "command": "person_leave", "person": "zhao", "reason": "调离" })).await,
        6 => {
            let settings =
                json!({ "letter_working_days": 10 + chance.below(6), "weekly_due_soon_working_days": chance.below(3) });
            world.ordered("office", json!({ "command": "policy_set", "policy": settings })).await
        }
        _ => Ok(Value::Null),
    };
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_night_that_skips_leaves_what_a_night_over_every_case_leaves() {
    let world = World::staffed().await;
    let mut chance = Chance(20_261_130);
    let mut cases = vec![world.opens().await, world.opens().await];
    world.signs(&cases[0]).await;
    let (mut skipped, mut swept) = (0, 0);
    for day in 1..=60 {
        let begins = NOW + day * DAY - 9 * HOUR;
        world.app.clock.set(begins + i64::try_from(chance.below(2)).unwrap() * HOUR + 8 * HOUR);
        something_happens(&world, &cases, &mut chance).await;
        match day {
            12 => cases.push(world.opens().await),
            20 => world.signs(&cases[1]).await,
            _ => {}
        }
        if chance.below(3) > 0 {
            compute_dirty(&world.app).await.unwrap();
        }
        // At any hour, and sometimes twice a day.
        world.app.clock.set(begins + 11 * HOUR + i64::try_from(chance.below(13 * 3600)).unwrap());
        for _ in 0..=chance.below(2) {
            let night = world.swept().await;
            assert_eq!(night.cases + night.skipped, cases.len() as u64);
            (skipped, swept) = (skipped + night.skipped, swept + night.cases);
            world.must_be_complete().await;
        }
    }
    assert!(skipped > 20 && swept > 40, "{skipped} skipped, {swept} swept");
    assert!(world.told().1.len() > 20, "and something was told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_looked_at_when_rows_time_or_the_directory_say_so() {
    let world = World::staffed().await;
    let (_quiet, busy) = (world.opens().await, world.opens().await);
    let counts = |swept: Swept| (swept.cases, swept.skipped);
    assert_eq!(counts(world.swept().await), (2, 0), "never told before");
    world.app.clock.set(NOW + 60);
    assert_eq!(counts(world.swept().await), (0, 2), "nothing changed");
    world.signs(&busy).await;
    compute_dirty(&world.app).await.unwrap();
    assert_eq!(counts(world.swept().await), (1, 1), "computed by day, told by night");
    assert_eq!(counts(world.swept().await), (0, 2));
    let person = json!({ "command": "person_add", "id": "sun", "name": "孙杨", "unit": "commerce", "role": "dispatch_lead" });
    world.ordered("office", person).await.unwrap();
    assert_eq!(counts(world.swept().await), (2, 0), "somebody else may have to hear");
    world.app.clock.set(NOW + 30);
    assert_eq!(counts(world.swept().await), (2, 0), "a clock set back says nothing of what was computed later");
    world.app.clock.set(NOW + 8 * DAY);
    assert_eq!(counts(world.swept().await), (2, 0), "a week has begun");
    let told = world.app.db.read(notices::count).unwrap();
    world.app.db.write(cases::forget_still).await.unwrap();
    assert_eq!(counts(world.swept().await), (2, 0));
    assert_eq!(world.app.db.read(notices::count).unwrap(), told, "looked at again it is told nothing twice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_that_cannot_be_read_keeps_no_other_from_the_night() {
    let world = World::staffed().await;
    let (torn, whole) = (world.opens().await, world.opens().await);
    for case in [&torn, &whole] {
        world.signs(case).await;
    }
    compute_dirty(&world.app).await.unwrap();
    let of = |case: &str| world.heads().into_iter().find(|head| head.id.to_string() == case).unwrap();
    let no = of(&torn).no;
    world.app.db.write(move |tx| tx.run("UPDATE duty SET body = '{' WHERE case_no = ?1", crate::db::params![no])).await.unwrap();
    world.app.clock.set(NOW + 40 * DAY);
    let swept = world.swept().await;
    assert!(swept.notices > 0, "{swept:?}");
    assert_eq!((of(&torn).computed_at, of(&whole).computed_at), (Some(NOW), Some(NOW + 40 * DAY)));
    assert!(of(&torn).still.is_none() && of(&whole).still.is_some(), "it is looked at every night until it can be read");
}
