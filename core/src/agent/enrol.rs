//! How this phone becomes a person's.

use super::{Agent, AgentError, saved};
use crate::ids::DeviceId;
use crate::store::{Batch, Namespace};
use crate::sync::TimeToken;
use crate::sync::enrol::{self, Answer, Challenge, EnrolError, Enrolling, Invitation, Person};
use crate::sync::names::PersonName;
use crate::sync::session::{HttpRequest, Problem};
use serde::de::DeserializeOwned;
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

impl Identity {
    /// What its person is called, as the server said at enrolment.
    pub(super) fn own_name(&self) -> PersonName {
        let Person { id, name, unit, .. } = &self.person;
        PersonName { id: id.clone(), name: name.clone(), unit: unit.clone() }
    }
}

impl Agent {
    /// Begins to turn an invitation, as it was typed or scanned, into an identity. `model` is shown in the office's list of devices.
    /// The server's answer to the request goes to [`Agent::enrol_proof`].
    pub fn enrol_request(&mut self, invitation: &str, model: &str) -> Result<(Enrolling, HttpRequest), AgentError> {
        if self.state.identity.is_some() {
            return Err(AgentError::AlreadyEnrolled);
        }
        let invitation = Invitation::parse(invitation)?;
        let mut nonce = [0; 32];
        (self.entropy)(&mut nonce);
        let enrolling = Enrolling::new(&*self.signer, invitation, model, nonce);
        let request = post(enrol::BEGIN_PATH, &enrolling.begin())?;
        Ok((enrolling, request))
    }

    /// The second request, for the answer to [`Agent::enrol_request`]: not before the server that answered is the one that invites.
    pub fn enrol_proof(&self, enrolling: &mut Enrolling, status: u16, body: &[u8]) -> Result<HttpRequest, AgentError> {
        let challenge: Challenge = answer(status, body)?;
        post(enrol::PATH, &enrolling.open(&*self.signer, &challenge)?)
    }

    /// Takes the server's answer to [`Agent::enrol_proof`], and saves who this phone belongs to.
    pub fn enrolled(&mut self, enrolling: &Enrolling, status: u16, body: &[u8]) -> Result<Identity, AgentError> {
        if self.state.identity.is_some() {
            return Err(AgentError::AlreadyEnrolled);
        }
        let answer: Answer = answer(status, body)?;
        let server_public_key = enrolling.check(&answer)?;
        let Answer { device, confirmation, person, server_epoch, .. } = answer;
        let identity = Identity { device, person, confirmation, server_public_key };
        let mut batch = Batch::default();
        saved::put(&mut batch, Namespace::Meta, saved::meta::IDENTITY, &identity);
        // What was recorded under a token of this server keeps its time if the phone becomes the person's anew.
        let held = TimeToken::from_bytes(&self.state.server.token).filter(|token| token.server_epoch <= server_epoch);
        let held = held.filter(|token| token.verify(&server_public_key).is_ok());
        let token = held.map(|_| self.state.server.token.clone()).unwrap_or_default();
        let server = saved::Server { epoch: server_epoch, token };
        saved::put(&mut batch, Namespace::Meta, saved::meta::SERVER, &server);
        self.save(&batch)?;
        self.state.names.set_own(identity.own_name());
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

fn post(path: &'static str, body: &impl Serialize) -> Result<HttpRequest, AgentError> {
    let body = serde_json::to_vec(body).map_err(|e| AgentError::Answer(e.to_string()))?;
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Ok(HttpRequest { method: "POST", path, headers, body })
}

fn answer<T: DeserializeOwned>(status: u16, body: &[u8]) -> Result<T, AgentError> {
    if !(200..300).contains(&status) {
        return Err(AgentError::server(status, Problem::read(status, body)));
    }
    serde_json::from_slice(body).map_err(|e| AgentError::Answer(e.to_string()))
}

impl From<EnrolError> for AgentError {
    fn from(error: EnrolError) -> AgentError {
        match error {
            EnrolError::OtherServer => AgentError::UninvitedServer,
            EnrolError::Unreadable(what) => AgentError::Answer(what.to_owned()),
        }
    }
}
