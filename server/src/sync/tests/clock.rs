//! The server's own clock: in the past, far ahead, and put right after it was wrong.

use super::*;
use crate::app::ClockState;
use crate::commands::Order;
use crate::db::DbError;
use crate::db::sql::{notices, reports};
use crate::jobs;
use daiban_core::calendar::{Week, local_date};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3600;

impl World {
    /// Stops the server and starts it again when its clock says `now`.
    fn reopen(self, now: i64, clock_ahead_days: u32) -> World {
        let World { app, _folder: folder, _database: database } = self;
        // Work aside lets go of the server a moment after its answer.
        for _ in 0..5_000 {
            if Arc::strong_count(&app) == 1 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        drop(Arc::try_unwrap(app).ok().expect("nobody else holds it"));
        let mut config = Config { database: database.as_ref().map(Scratch::url), ..Config::local(folder.path()) };
        config.limits.clock_ahead_days = clock_ahead_days;
        let app = App::open(config, Clock::moved(now)).unwrap();
        World { app, _folder: folder, _database: database }
    }

    async fn order(&self, command: Value) -> Result<Value, (&'static str, String)> {
        let order: Order = serde_json::from_value(command).unwrap();
        self.app.execute(&order.by, order.command).await.map_err(|problem| (problem.code, problem.detail))
    }

    /// Nothing is judged, taken away, computed or ordered; the office reads, and learns what to do.
    async fn stands_still(&self, phone: &mut Phone, reason: &str, cure: &str) {
        let refused = phone.send(self, &phone.request(vec![], vec![])).await.unwrap_err();
        assert_eq!((refused.code, refused.status.as_u16(), &refused.extra["reason"]), ("server_clock", 503, &json!(reason)));
        assert!(refused.detail.contains("记录安全保存在本机") && refused.detail.contains("校准服务器时间"), "{}", refused.detail);
        let night = jobs::nightly(&self.app, local_date(self.app.now()), |_| ()).await.unwrap_err();
        assert_eq!(night.code, "server_clock");
        let person = json!({ "command": "person_add", "id": "wu", "name": "吴磊", "unit": "commerce", "role": "unit_agent" });
        let (code, detail) = self.order(person).await.unwrap_err();
        assert!(code == "server_clock" && detail.contains(cure), "{detail}");
        assert!(self.order(json!({ "command": "case_list" })).await.is_ok());
        let shown = self.order(json!({ "command": "clock_show" })).await.unwrap();
        assert_eq!(shown["state"], reason);
    }
}

async fn with_a_case(world: &World) -> (Phone, ChainTip) {
    with_a_case_of(world, "zhang", 1).await
}

async fn with_a_case_of(world: &World, name: &str, seed: u8) -> (Phone, ChainTip) {
    let mut phone = world.phone(name, seed).await;
    let mut tip = ChainTip::start(CASE);
    let changes = phone.compose(CASE, &mut tip, &[phone.opening(1)]);
    phone.sync(world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    (phone, tip)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_in_the_past_stands_still_and_two_minutes_are_nothing() {
    let world = World::new();
    let (mut phone, _) = with_a_case(&world).await;
    for seconds in [1, 60, 120] {
        world.app.clock.set(NOW - seconds);
        assert_eq!(world.app.clock_state(), ClockState::Right, "{seconds} s");
        assert!(phone.send(&world, &phone.request(vec![], vec![])).await.is_ok());
    }
    world.app.clock.set(NOW - 121);
    assert_eq!(world.app.clock_state(), ClockState::Behind { newest: NOW });
    let world = world.reopen(NOW - 270 * DAY, 7);
    world.stands_still(&mut phone, "clock_behind", "校准服务器时间").await;
    let (code, _) = world.order(json!({ "command": "clock_confirm", "reason": "停机" })).await.unwrap_err();
    assert_eq!(code, "clock_not_ahead", "a clock in the past cannot be waved through");
    let world = world.reopen(NOW + 60, 7);
    assert!(phone.send(&world, &phone.request(vec![], vec![])).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_far_ahead_asks_first() {
    let world = World::new().reopen(NOW + 30 * DAY, 7);
    assert_eq!(world.app.clock_state(), ClockState::Right, "a store without cases has nothing to lose");
    world.app.clock.set(NOW + 30 * DAY);
    let (mut phone, _) = with_a_case(&world).await;
    let world = world.reopen(NOW + 36 * DAY, 7);
    assert!(phone.send(&world, &phone.request(vec![], vec![])).await.is_ok(), "a week off is nothing");
    let world = world.reopen(NOW + 66 * DAY, 7);
    world.stands_still(&mut phone, "clock_ahead", "daiban clock confirm").await;
    world.order(json!({ "command": "clock_confirm", "reason": "春节停机" })).await.unwrap();
    assert!(phone.send(&world, &phone.request(vec![], vec![])).await.is_ok());
    let world = world.reopen(NOW + 67 * DAY, 7);
    assert_eq!(world.app.clock_state(), ClockState::Right, "said once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_a_wrong_clock_stay_marked_and_what_was_made_from_them_is_withdrawn() {
    let world = World::new();
    let (mut phone, mut tip) = with_a_case(&world).await;
    let ahead = NOW + 365 * DAY;
    world.app.clock.set(ahead);
    let changes = phone.compose(CASE, &mut tip, &[phone.log(2, "时钟超前时上传")]);
    phone.sync(&world, vec![phone.batch(CASE, tip, changes)], vec![]).await;
    let announced = SyncRequest { nothing_unsent: true, ..phone.request(vec![], vec![]) };
    phone.send(&world, &announced).await.unwrap();
    jobs::nightly(&world.app, local_date(ahead), |_| ()).await.unwrap();
    world.app.clock.set(NOW + 3600);
    world.stands_still(&mut phone, "clock_behind", "declare-wrong").await;

    let declare =
        |until: i64| json!({ "command": "clock_declare_wrong", "from": NOW + 2 * DAY, "until": until, "reason": "主板电池失效" });
    assert_eq!(world.order(declare(NOW + 3 * DAY)).await.unwrap_err().0, "clock_span", "it must hold the newest entry");
    let done = world.order(declare(ahead + DAY)).await.unwrap();
    assert_eq!(done["devices_reset"], 1, "{done}");
    assert_eq!(world.app.clock_state(), ClockState::Right);
    let (told, weeks) = world.app.db.read(|conn| Ok::<_, DbError>((notices::newest(conn, 1000)?, reports::list(conn)?))).unwrap();
    assert!(told.iter().filter(|n| n.made_at >= ahead).all(|n| n.withdrawn_why.as_deref() == Some("主板电池失效")));
    let this_week = Week::of(local_date(NOW));
    assert!(weeks.iter().all(|report| report.week <= this_week), "no draft of a week to come");

    // The phone holds a token of that clock: no proof, and no fault of its own.
    let changes = phone.compose(CASE, &mut tip, &[phone.log(3, "时钟校准后上传")]);
    let mut request = phone.request(vec![phone.batch(CASE, tip, changes)], vec![]);
    request.phone_now = NOW + 3600;
    let answer = phone.send(&world, &request).await.unwrap();
    let Outcome::Accepted { verdict, .. } = &answer.outcomes[0].changes[0] else { panic!("{answer:?}") };
    assert!(!verdict.clock_doubtful, "{verdict:?}");
    assert_eq!(answer.clock_wrong, [(NOW + 2 * DAY, ahead + DAY)]);
    let shown = world.order(json!({ "command": "case_show", "case": CASE })).await.unwrap();
    let marked: Vec<bool> =
        shown["fact_rows"].as_array().unwrap().iter().map(|row| row["server_clock_wrong"].as_bool().unwrap()).collect();
    assert_eq!(marked, [false, true, false]);
    crate::watch::compute_dirty(&world.app).await.unwrap();
    let proved = world.app.db.read::<_, DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap();
    assert!(proved.is_ok(), "{proved:?}");
    let night = jobs::nightly(&world.app, local_date(world.app.now()), |_| ()).await.unwrap();
    assert_ne!(night.state, "done_before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_went_back_revives_no_code() {
    let world = World::new();
    let (person, app) = (world.person("zhang", Role::UnitAgent), world.app.clone());
    let code = world.app.db.write(move |tx| enrol::invite(tx, &app, &person)).await.unwrap();
    world.app.clock.set(NOW + DAY);
    with_a_case_of(&world, "li", 2).await;
    world.app.clock.set(NOW);
    let key = SoftwareKey::from_secret(&[1; 32]);
    let refused = ask_in(&world.app, &key, &code, "纸上的手机").await.unwrap_err();
    assert_eq!((refused.code, refused.status.as_u16()), ("server_clock", 503));
    let phone = Enrolling::new(&key, Invitation::parse(&code).unwrap(), "纸上的手机", crate::random::bytes());
    world.app.clock.set(NOW + DAY);
    let expired = enrol::begin(&world.app, None, phone.begin()).await.unwrap_err();
    assert_eq!(expired.code, "code_expired");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floors_of_a_stretch_that_was_wrong_do_not_count_again() {
    let world = World::new();
    let (phone, _) = with_a_case(&world).await;
    let device = phone.device();
    let floor = |at| crate::db::sql::devices::TokenFloor { at, server_epoch: world.app.epoch };
    let forgets = |at, wrong| {
        let floor = floor(at);
        world.app.db.write_blocking::<_, DbError>(move |tx| {
            crate::db::sql::devices::raise_floor(tx, device, floor)?;
            crate::db::sql::devices::forget_floors(tx, NOW, wrong)
        })
    };
    assert_eq!(forgets(NOW - 60, (NOW - 60, NOW - 30)).unwrap(), 1, "in the stretch");
    assert_eq!(forgets(NOW + 60, (NOW - 60, NOW - 30)).unwrap(), 1, "to come");
    assert_eq!(forgets(NOW - 90, (NOW - 60, NOW - 30)).unwrap(), 0, "right");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_node_said_counts_here_too() {
    let world = World::new();
    let (_phone, _) = with_a_case(&world).await;
    world.app.watch_time().await.unwrap();
    let later = crate::app::KnownTime { newest: NOW + 600, alive: NOW + 600, ..world.app.known_time() };
    world.app.db.write(move |tx| later.keep(tx)).await.unwrap();
    world.app.watch_time().await.unwrap();
    assert_eq!(world.app.clock_state(), ClockState::Behind { newest: NOW + 600 });
    let declared = crate::app::KnownTime { declared: 1, newest: NOW, alive: NOW };
    world.app.db.write(move |tx| declared.keep(tx)).await.unwrap();
    world.app.db.write(move |tx| later.keep(tx)).await.unwrap();
    world.app.watch_time().await.unwrap();
    assert_eq!(world.app.clock_state(), ClockState::Right, "what was declared elsewhere holds against what is remembered here");
}
