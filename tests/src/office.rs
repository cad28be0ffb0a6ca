//! The task-force office: everything it orders goes over `POST /v1/commands` with the office token, as in real life.

use crate::phone::Holder;
use crate::world::{Reply, Server};
use daiban_core::ids::{CaseId, PersonId};
use serde_json::{Value, json};

/// What the server said instead of doing it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// HTTP status; 0 if the server died.
    pub status: u16,
    /// The problem document.
    pub problem: Value,
}

impl Refused {
    /// Its stable code.
    pub fn code(&self) -> &str {
        self.problem["code"].as_str().unwrap_or_default()
    }
}

/// Orders a command; `by` is the person who gives it.
pub fn order(server: &mut Server, by: &str, mut command: Value) -> Result<Value, Refused> {
    command["as"] = json!(by);
    let body = serde_json::to_vec(&command).expect("commands are plain JSON");
    let answered = server.call("POST", "/v1/commands", &headers(server), &body);
    answer(answered)
}

/// Reads from the API with the office token.
pub fn read(server: &mut Server, path: &str) -> Result<Value, Refused> {
    let answered = server.call("GET", path, &headers(server), &[]);
    answer(answered)
}

fn headers(server: &Server) -> Vec<(String, String)> {
    let token = format!("Bearer {}", server.app().office_token);
    vec![("authorization".into(), token), ("content-type".into(), "application/json".into())]
}

fn answer(answered: Option<Reply>) -> Result<Value, Refused> {
    match answered {
        None => Err(Refused { status: 0, problem: json!({ "code": "server_died" }) }),
        Some(reply) if reply.is_success() => Ok(reply.json()),
        Some(reply) => Err(Refused { status: reply.status, problem: reply.json() }),
    }
}

/// Registers a person.
pub fn add_person(server: &mut Server, holder: &Holder) -> Result<Value, Refused> {
    let command = json!({
        "command": "person_add", "id": holder.person, "name": holder.name, "unit": holder.unit, "role": holder.role,
        "group": holder.group,
    });
    order(server, "office", command)
}

/// Draws a one-time code for a person's phone.
pub fn invite(server: &mut Server, person: &PersonId) -> Result<String, Refused> {
    let document = order(server, "office", json!({ "command": "device_invite", "person": person }))?;
    Ok(document["code"].as_str().unwrap_or_default().to_owned())
}

/// Confirms the pending device that shows this number.
pub fn confirm(server: &mut Server, number: &str) -> Result<Value, Refused> {
    order(server, "office", json!({ "command": "device_confirm", "number": number }))
}

/// Seats a person on a case in the person's own role.
pub fn assign(server: &mut Server, case: CaseId, person: &PersonId) -> Result<Value, Refused> {
    order(server, "office", json!({ "command": "case_assign", "case": case, "person": person }))
}

/// Ends a person's seat now.
pub fn unseat(server: &mut Server, case: CaseId, person: &PersonId) -> Result<Value, Refused> {
    order(server, "office", json!({ "command": "case_assign", "case": case, "person": person, "end": true }))
}
