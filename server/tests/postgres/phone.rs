//! The same from a phone's side: whatever the database does, its records stay with it until they stand in the case, once.

use super::proxy::{Proxy, Rule};
use super::{ask, scratch};
use daiban_core::agent::{Draft, RecordState};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{CaseOpened, Channel, WorkLog};
use daiban_core::ids::{CaseId, UnitId};
use daiban_field::Field;
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::commands::Order;
use daiban_server::config::Config;
use daiban_server::db::DbError;
use daiban_server::db::scratch::Scratch;
use daiban_server::db::sql::cases::hold as hold_case;
use daiban_server::serve::{self, Running};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::{Arc, Barrier};
use std::time::Duration;

const NOW: i64 = 1_795_395_600;

/// A node whose database lies behind a network of ours, and a phone.
struct Scene {
    app: Arc<App>,
    runtime: tokio::runtime::Runtime,
    running: Running,
    proxy: Proxy,
    field: Option<Field>,
    folder: PathBuf,
    scratch: Scratch,
}

impl Scene {
    fn new(name: &str) -> Scene {
        let folder = std::env::temp_dir().join(format!("daiban-phone-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let scratch = scratch();
        let proxy = Proxy::before(&scratch.url());
        let database = Some(format!("{}?answer_seconds=1", proxy.url(&scratch.url())));
        let config = Config { database, listen: "127.0.0.1:0".parse().unwrap(), ..Config::local(folder.join("server")) };
        let app = App::open(config, Clock::moved(NOW)).unwrap();
        let runtime = serve::runtime().unwrap();
        let running = runtime.block_on(async { serve::start(app.clone()) }).unwrap();
        let mut scene = Scene { app, runtime, running, proxy, field: None, folder, scratch };
        scene.order(json!({ "command": "person_add", "id": "zhang", "name": "张伟", "unit": "commerce", "role": "unit_agent" }));
        let code = scene.order(json!({ "command": "device_invite", "person": "zhang" }));
        let mut field = Field::open(&scene.folder.join("field"), daiban_field::Clock::moved(NOW)).unwrap();
        let identity = field.enrol(&scene.running.url(), code["code"].as_str().unwrap()).unwrap();
        scene.order(json!({ "command": "device_confirm", "number": identity.confirmation }));
        scene.field = Some(field);
        scene
    }

    fn try_order(&self, mut command: Value) -> Result<Value, (u16, &'static str)> {
        command["as"] = json!("office");
        let order: Order = serde_json::from_value(command).unwrap();
        let done = self.runtime.block_on(self.app.execute(&order.by, order.command));
        done.map_err(|problem| (problem.status.as_u16(), problem.code))
    }

    fn order(&self, command: Value) -> Value {
        self.try_order(command.clone()).unwrap_or_else(|error| panic!("{command}: {error:?}"))
    }

    fn field(&mut self) -> &mut Field {
        self.field.as_mut().unwrap()
    }

    fn opens(&mut self) -> CaseId {
        let opened = CaseOpened {
            title: "食品加工项目".into(),
            enterprise: "某某食品有限公司".into(),
            location: UnitId::from("fengrong"),
            investment_10k_yuan: Some(12_000),
            decision: None,
            benefit: None,
            needs: None,
            contact: None,
        };
        self.field().open_case(opened, NOW - 600).unwrap().case
    }

    fn logs(&mut self, case: CaseId, text: &str) {
        let log = WorkLog {
            text: text.into(),
            channel: Channel::OnSite,
            item: None,
            place: None,
            next_step: None,
            minutes: None,
            met: None,
        };
        let draft = Draft { body: Body::WorkLog(log), occurred_at: NOW - 500, amends: None };
        self.field().record(case, draft).unwrap();
    }

    /// Changes in the ledger, past the program.
    fn rows(&self) -> String {
        ask(&self.scratch.url(), "SELECT count(*) FROM fact").unwrap()
    }

    fn waiting(&mut self) -> usize {
        self.field().records(None).iter().filter(|record| matches!(record.state, RecordState::Local { .. })).count()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        self.field = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_phone_whose_commit_was_lost_finds_its_records_known() {
    let mut scene = Scene::new("commit");
    let case = scene.opens();
    for (rule, no) in [(Rule::BreakAfterCommit, 1), (Rule::BreakBeforeCommit, 2), (Rule::BreakAfterCommit, 3)] {
        scene.logs(case, &format!("第{no}条"));
        scene.proxy.set(rule);
        let said = scene.field().sync(|_| ()).unwrap_err();
        assert!(format!("{said:?}").contains("again: true"), "{said:?}");
        assert!(scene.proxy.is_spent() && scene.waiting() > 0, "the commit broke under this sync, and nothing is thought sent");
        scene.field().sync(|_| ()).unwrap();
        assert_eq!(scene.waiting(), 0);
        assert_eq!(scene.rows(), (no + 1).to_string(), "everything once");
    }
}

#[test]
fn a_phone_keeps_everything_while_the_database_is_silent() {
    let mut scene = Scene::new("silent");
    let case = scene.opens();
    scene.field().sync(|_| ()).unwrap();
    scene.logs(case, "断网期间");
    scene.proxy.set(Rule::Silent);
    let said = scene.field().sync(|_| ()).unwrap_err();
    println!("the phone says: {said}");
    assert_eq!(scene.waiting(), 1);
    scene.proxy.set(Rule::Pass);
    scene.field().sync(|_| ()).unwrap();
    assert_eq!((scene.waiting(), scene.rows()), (0, "2".to_owned()));
}

#[test]
fn an_order_of_unknown_fate_is_not_called_undone() {
    let scene = Scene::new("order");
    let unit = |id: &str| json!({ "command": "unit_add", "id": id, "name": format!("单位{id}"), "kind": "subdistrict" });
    scene.proxy.set(Rule::BreakAfterCommit);
    assert_eq!(scene.try_order(unit("first")), Err((504, "outcome_unknown")));
    let listed = scene.order(json!({ "command": "unit_list" }));
    assert!(listed.to_string().contains("单位first"), "who looks finds it done");
    scene.proxy.set(Rule::BreakBeforeCommit);
    assert_eq!(scene.try_order(unit("second")), Err((504, "outcome_unknown")));
    let listed = scene.order(json!({ "command": "unit_list" }));
    assert!(!listed.to_string().contains("单位second"), "who looks finds it not done");
    scene.order(unit("second"));
}

#[test]
fn a_device_revoked_in_the_middle_of_a_round_brings_nothing_more() {
    let mut scene = Scene::new("revoked");
    let mut cases = [scene.opens(), scene.opens()];
    scene.field().sync(|_| ()).unwrap();
    cases.sort_unstable();
    for case in cases {
        scene.logs(case, "停用前后");
    }
    let (first, app) = (cases[0], scene.app.clone());
    let [held, free] = [(); 2].map(|()| Arc::new(Barrier::new(2)));
    let (holds, frees) = (held.clone(), free.clone());
    let holder = std::thread::spawn(move || {
        app.db.write_blocking::<_, DbError>(move |tx| {
            hold_case(tx, first)?;
            holds.wait();
            frees.wait();
            Ok(())
        })
    });
    held.wait();
    let mut field = scene.field.take().unwrap();
    let syncing = std::thread::spawn(move || (field.sync(|_| ()), field));
    std::thread::sleep(Duration::from_millis(400));
    let device = scene.order(json!({ "command": "device_list" }))[0]["id"].clone();
    scene.order(json!({ "command": "device_revoke", "device": device, "reason": "遗失" }));
    free.wait();
    holder.join().unwrap().unwrap();
    let (said, field) = syncing.join().unwrap();
    scene.field = Some(field);
    assert!(said.is_err(), "{said:?}");
    assert_eq!(scene.rows(), "3", "two cases, and the log that was on its way; not the one behind it");
}
