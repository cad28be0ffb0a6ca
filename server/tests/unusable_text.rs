//! Text with a NUL character, over HTTP: PostgreSQL does not keep it, so both stores answer alike, and no record of a phone's stops
//! anybody's night.
#![allow(clippy::unwrap_used, clippy::panic)]

use daiban_core::agent::{Draft, RecordState};
use daiban_core::calendar::{local_date, local_midnight, parse_date};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{CaseOpened, Channel, WorkLog};
use daiban_core::ids::UnitId;
use daiban_core::sync::SoftwareKey;
use daiban_core::sync::enrol::{Enrolling, Invitation};
use daiban_field::Field;
use daiban_server::app::App;
use daiban_server::clock::Clock;
use daiban_server::config::Config;
use daiban_server::db::scratch::Scratch;
use daiban_server::jobs;
use daiban_server::serve::{self, Running};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

struct Office {
    app: Arc<App>,
    clock: Clock,
    runtime: tokio::runtime::Runtime,
    running: Running,
    folder: PathBuf,
    _database: Option<Scratch>,
}

impl Office {
    fn open(name: &str) -> Office {
        let folder = std::env::temp_dir().join(format!("daiban-text-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let database = Scratch::new();
        let (url, listen) = (database.as_ref().map(Scratch::url), "127.0.0.1:0".parse().unwrap());
        let config = Config { database: url, listen, ..Config::local(folder.join("server")) };
        let clock = Clock::moved(noon("2026-11-09"));
        let app = App::open(config, clock.clone()).unwrap();
        let runtime = serve::runtime().unwrap();
        let running = runtime.block_on(async { serve::start(app.clone()) }).unwrap();
        Office { app, clock, runtime, running, folder, _database: database }
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut asking = agent.post(format!("{}{path}", self.running.url())).header("content-type", "application/json");
        if path == "/v1/commands" {
            asking = asking.header("authorization", format!("Bearer {}", self.app.office_token));
        }
        let mut answer = asking.send(body.to_string()).unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap())
    }

    fn must(&self, command: &Value) -> Value {
        let (status, answer) = self.post("/v1/commands", command);
        assert_eq!(status, 200, "{command}: {answer}");
        answer
    }

    /// From a signed letter on three groups owe a table within 15 working days.
    fn owes_flow_tables(&self, case: &Value) {
        let chief = json!({ "command": "person_add", "id": "chief", "name": "陈静", "unit": "business-environment", "role": "chief_agent" });
        self.must(&chief);
        self.must(&json!({ "command": "case_assign", "case": case, "person": "chief" }));
        let (today, scope) = (local_date(self.app.now()), json!(["用地预审"]));
        let letter = json!({
            "project_name": "新能源电池项目", "enterprise": "某公司", "chief": "chief", "scope": scope,
            "chief_signed_on": today, "enterprise_signed_on": today,
        });
        let kind = "authorization_letter_signed";
        self.must(&json!({ "command": "case_record", "as": "chief", "case": case, "kind": kind, "fields": letter }));
    }

    fn phone(&self, person: &str) -> Field {
        self.must(&json!({ "command": "person_add", "id": person, "name": "张伟", "unit": "commerce", "role": "unit_agent" }));
        let code = self.must(&json!({ "command": "device_invite", "person": person }));
        let at = daiban_field::Clock::moved(self.app.now());
        let mut field = Field::open(&self.folder.join(person), at).unwrap();
        let identity = field.enrol(&self.running.url(), code["code"].as_str().unwrap()).unwrap();
        self.must(&json!({ "command": "device_confirm", "number": identity.confirmation }));
        field
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn noon(date: &str) -> i64 {
    local_midnight(parse_date(date).unwrap()) + 12 * 3600
}

#[test]
fn what_people_type_is_refused_with_a_sentence() {
    let office = Office::open("typed");
    let person = json!({ "command": "person_add", "id": "li", "name": "李娜", "unit": "commerce", "role": "unit_agent" });
    office.must(&person);
    let fields = json!({ "title": "项目\0", "enterprise": "公司", "location": "fengrong" });
    for command in [
        json!({ "command": "unit_add", "id": "new", "name": "单\0位", "kind": "subdistrict" }),
        json!({ "command": "unit_add", "id": "new", "name": "单位", "kind": "subdistrict", "aliases": ["别\0名"] }),
        json!({ "command": "person_add", "id": "wang", "name": "王\0喆", "unit": "commerce", "role": "unit_agent" }),
        json!({ "command": "person_add", "id": "wang", "name": "王喆", "unit": "com\0merce", "role": "unit_agent" }),
        json!({ "command": "person_leave", "person": "li\0", "reason": "调离" }),
        json!({ "command": "person_leave", "person": "li", "reason": "调\0离" }),
        json!({ "command": "device_confirm", "number": "123456\0" }),
        json!({ "command": "case_record", "person": "li", "kind": "case_opened", "fields": fields }),
        json!({ "command": "person_list", "as": "off\0ice" }),
        json!({ "command": "policy_set", "policy": { "na\0me": 1 } }),
    ] {
        let (status, answer) = office.post("/v1/commands", &command);
        assert_eq!((status, answer["code"].as_str()), (422, Some("text_unusable")), "{command}: {answer}");
        assert!(answer["detail"].as_str().unwrap().contains("空字符"), "{answer}");
    }
    let listed = office.must(&json!({ "command": "person_list" })).to_string();
    assert!(listed.contains("李娜") && !listed.contains("王"), "{listed}");
}

#[test]
fn a_phone_that_enrols_under_such_a_name_is_refused() {
    let office = Office::open("model");
    office.must(&json!({ "command": "person_add", "id": "li", "name": "李娜", "unit": "commerce", "role": "unit_agent" }));
    let code = office.must(&json!({ "command": "device_invite", "person": "li" }));
    let key = SoftwareKey::from_secret(&[7; 32]);
    let invitation = Invitation::parse(code["code"].as_str().unwrap()).unwrap();
    let mut phone = Enrolling::new(&key, invitation, "手\0机", [7; 32]);
    let (status, challenge) = office.post("/v1/enrol/begin", &json!(phone.begin()));
    assert_eq!(status, 200, "{challenge}");
    let request = phone.open(&key, &serde_json::from_value(challenge).unwrap()).unwrap();
    let (status, answer) = office.post("/v1/enrol", &json!(request));
    assert_eq!((status, answer["code"].as_str()), (400, Some("unreadable")), "{answer}");
}

#[test]
fn what_a_phone_recorded_is_kept_as_it_is_and_the_night_goes_on() {
    let office = Office::open("phone");
    let mut phone = office.phone("li");
    let now = office.app.now();
    let opened = CaseOpened {
        title: "新能源\0电池项目".into(),
        enterprise: "某\0公司".into(),
        location: UnitId::from("feng\0rong"),
        investment_10k_yuan: Some(12_000),
        decision: None,
        benefit: None,
        needs: None,
        contact: None,
    };
    let case = phone.open_case(opened, now - 60).unwrap().case;
    let log = WorkLog {
        text: "补正\0总平面图".into(),
        channel: Channel::OnSite,
        item: None,
        place: None,
        next_step: Some("下\0一步".into()),
        minutes: None,
        met: None,
    };
    phone.record(case, Draft { body: Body::WorkLog(log), occurred_at: now - 30, amends: None }).unwrap();
    phone.sync(|_| ()).unwrap();
    assert!(phone.records(None).iter().all(|record| matches!(record.state, RecordState::Judged { .. })));
    let shown = office.must(&json!({ "command": "case_show", "case": case }));
    assert!(shown.to_string().contains("新能源\\u0000电池项目"), "the record is as it was signed: {shown}");
    office.owes_flow_tables(&json!(case));
    office.clock.set(noon("2026-12-15"));
    let night = office.runtime.block_on(jobs::nightly(&office.app, local_date(office.app.now()), |_| ())).unwrap();
    assert_eq!(night.state, "done");
    let notices = office.app.db.read(|conn| daiban_server::db::sql::notices::newest(conn, 100)).unwrap();
    assert!(notices.iter().any(|notice| notice.zh.contains("新能源\u{FFFD}电池项目")), "{notices:?}");
    let proved = office.app.db.read::<_, daiban_server::db::DbError>(|conn| jobs::verify(conn, true, |_| ())).unwrap();
    assert!(proved.is_ok(), "{proved:?}");
}
