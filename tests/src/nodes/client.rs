//! A phone that writes all the time over real sockets, and what it was promised.

use crate::phone::{Drafter, Holder, Kind, Phone};
use crate::random::SeededRandom;
use crate::world::town::people;
use crate::world::{Ledger, over_socket};
use daiban_core::calendar::{local_midnight, parse_date};
use daiban_core::ids::CaseId;
use daiban_core::sync::session::HttpRequest;
use serde_json::{Value, json};
use std::time::SystemTime;

/// The time, not before the year the calendar begins to be of use.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    since.as_secs().cast_signed().max(local_midnight(parse_date("2026-01-01").expect("a date")))
}

/// A command over the API that must succeed.
pub fn order(url: &str, token: &str, command: Value) -> Value {
    let headers =
        [("authorization".to_owned(), format!("Bearer {token}")), ("content-type".to_owned(), "application/json".to_owned())];
    let body = serde_json::to_vec(&command).expect("JSON");
    let reply = over_socket(url, "POST", "/v1/commands", &headers, &body).expect("the server lives");
    assert!(reply.is_success(), "{command}: {}", reply.text());
    reply.json()
}

/// How a sync ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Everything was said and answered.
    All,
    /// Nobody answered.
    Nothing,
    /// "Not now": 408, 502, 503 or 504.
    Later(u16),
}

/// A phone with its cases, and what it heard.
pub struct Client {
    /// The phone.
    pub phone: Phone,
    /// The cases it writes in; while there is none it opens one.
    pub cases: Vec<CaseId>,
    /// What it was promised.
    pub ledger: Ledger,
    drafter: Drafter,
    random: SeededRandom,
}

impl Client {
    /// A new phone, enrolled and confirmed; `no` tells it from the others.
    pub fn enrol(url: &str, token: &str, no: usize) -> Client {
        let holder = people().remove(4 + no % 6);
        let person = format!("{}-{no}", holder.person);
        let holder = Holder { person: person.as_str().into(), ..holder };
        let add = json!({ "command": "person_add", "id": person, "name": holder.name, "unit": holder.unit, "role": holder.role });
        order(url, token, add);
        let code = order(url, token, json!({ "command": "device_invite", "person": person }));
        let code = code["code"].as_str().expect("a code").to_owned();
        let mut phone = Phone::new(holder, SeededRandom::new(1_000 + no as u64));
        let send = |r: &HttpRequest| over_socket(url, r.method, r.path, &r.headers, &r.body).expect("the server lives");
        let (mut enrolling, request) = phone.agent_mut().enrol_request(&code, "测试手机").expect("a new phone");
        let reply = send(&request);
        let proof = phone.agent().enrol_proof(&mut enrolling, reply.status, &reply.body).expect("the code is good");
        let reply = send(&proof);
        let identity = phone.agent_mut().enrolled(&enrolling, reply.status, &reply.body).expect("the code is good");
        order(url, token, json!({ "command": "device_confirm", "number": identity.confirmation }));
        let (drafter, random) = (Drafter::new(SeededRandom::new(2_000 + no as u64)), SeededRandom::new(3_000 + no as u64));
        Client { phone, cases: Vec::new(), ledger: Ledger::default(), drafter, random }
    }

    /// Records something: a log in one of its cases, or its first case.
    pub fn write(&mut self) {
        let now = now();
        if self.cases.is_empty() {
            let opened = self.drafter.opening();
            self.cases.push(self.phone.open_case(opened, now).expect("a case is opened").case);
            return;
        }
        let case = self.random.pick(&self.cases);
        let body = self.drafter.body(Kind::Log, &"wang-zhe".into(), now);
        self.phone.record(case, now, None, body, now).expect("a log is recorded");
    }

    /// Says everything it has to say.
    pub fn sync(&mut self, url: &str) -> Heard {
        let mut step = self.phone.agent_mut().begin_sync(now()).expect("a sync begins");
        while let Some(request) = step.send.take() {
            let Some(reply) = over_socket(url, request.method, request.path, &request.headers, &request.body) else {
                return Heard::Nothing;
            };
            let received = self.phone.agent_mut().receive(reply.status, &reply.body, now());
            if matches!(reply.status, 408 | 502 | 503 | 504) {
                return Heard::Later(reply.status);
            }
            self.ledger.heard(&request, &reply);
            step = received.expect("an honest phone is answered");
        }
        Heard::All
    }

    /// How many changes were acknowledged to it.
    pub fn acknowledged(&self) -> usize {
        self.ledger.acknowledged.len()
    }
}
