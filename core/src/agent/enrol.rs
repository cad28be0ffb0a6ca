//! How this phone becomes a person's.

use super::{Agent, AgentError, saved};
use crate::ids::DeviceId;
use crate::store::{Batch, Shelf};
use crate::sync::enrol::{self, Answer, Person, Request};
use crate::sync::session::{HttpRequest, Problem};
use serde::{Deserialize, Serialize};

/// Whose phone this is, and which server it believes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub person: Person,
    /// Six digits to compare with the office's screen; the device works once they confirmed them.
    pub confirmation: String,
    /// The server's public key: tokens and epochs are believed only under it.
    pub server_public_key: [u8; 32],
}

impl Agent {
    /// The request that turns a one-time code into an identity. `model` is shown in the office's list of devices.
    pub fn enrol_request(&self, code: &str, model: &str) -> Result<HttpRequest, AgentError> {
        if self.state.identity.is_some() {
            return Err(AgentError::AlreadyEnrolled);
        }
        let request = Request::sign(&*self.signer, code, model);
        let body = serde_json::to_vec(&request).map_err(|e| AgentError::Answer(e.to_string()))?;
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Ok(HttpRequest { method: "POST", path: enrol::PATH, headers, body })
    }

    /// Takes the server's answer to [`Agent::enrol_request`] for the same `code`, and saves who this phone belongs to.
    pub fn enrolled(&mut self, code: &str, status: u16, body: &[u8]) -> Result<Identity, AgentError> {
        if self.state.identity.is_some() {
            return Err(AgentError::AlreadyEnrolled);
        }
        if !(200..300).contains(&status) {
            return Err(AgentError::server(status, Problem::read(status, body)));
        }
        let answer: Answer = serde_json::from_slice(body).map_err(|e| AgentError::Answer(e.to_string()))?;
        let key = self.signer.public_key();
        let server_public_key =
            enrol::key_from_hex(&answer.server_public_key).ok_or_else(|| AgentError::Answer("server key".into()))?;
        if answer.device != DeviceId::of(&key) || answer.confirmation != enrol::confirmation(code, &key) {
            return Err(AgentError::Answer("the answer is for another device".into()));
        }
        let Answer { device, confirmation, person, server_epoch, .. } = answer;
        let identity = Identity { device, person, confirmation, server_public_key };
        let mut batch = Batch::default();
        saved::put(&mut batch, Shelf::Meta, saved::meta::IDENTITY, &identity);
        let server = saved::Server { epoch: server_epoch, token: Vec::new() };
        saved::put(&mut batch, Shelf::Meta, saved::meta::SERVER, &server);
        self.save(&batch)?;
        (self.state.identity, self.state.server) = (Some(identity.clone()), server);
        Ok(identity)
    }

    /// Whose phone this is.
    pub fn identity(&self) -> Option<&Identity> {
        self.state.identity.as_ref()
    }

    /// The identity, or the error that asks for one.
    pub(super) fn who(&self) -> Result<&Identity, AgentError> {
        self.state.identity.as_ref().ok_or(AgentError::NotEnrolled)
    }
}
