//! What can go wrong on a phone, by what the person does next.

use crate::admit::Refusal;
use crate::fact::{FieldError, FieldErrors};
use crate::store::StoreError;
use crate::sync::answer_code::problem;
use crate::sync::bundle::BundleError;
use crate::sync::enrol::InvitationError;
use daiban_messages::say::agent as say;
use daiban_messages::{Message, Say};

/// A failed call. Nothing was changed, unless the variant says so.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AgentError {
    /// Enrol this device first.
    #[error("this device is not enrolled")]
    NotEnrolled,
    /// The device is a person's already.
    #[error("this device is enrolled already")]
    AlreadyEnrolled,
    /// Correct the fields and save again: every error at once.
    #[error(transparent)]
    Fields(#[from] FieldErrors),
    /// Too large or too deep to be a record: shorten it.
    #[error("the record cannot be written: {0}")]
    Unwritable(Refusal),
    /// Choose from the list.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The id was used for another record; nothing was saved.
    #[error("another record has this id")]
    AlreadyRecorded,
    /// The phone's storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server said no, in its own words; try again if `again`.
    #[error("the server answered {status} {code}")]
    Server {
        /// HTTP status.
        status: u16,
        /// Its stable code.
        code: String,
        /// Its sentence for officials.
        detail: String,
        /// Trying the same again later may help.
        again: bool,
    },
    /// The answer is not one this version understands.
    #[error("the server's answer cannot be read: {0}")]
    Answer(String),
    /// A Daiban server answered, but not the one this device is enrolled with: check the address. Nothing of the answer was taken.
    #[error("the answer is signed by another server than the one this device is enrolled with")]
    OtherServer,
    /// What was typed or scanned is no invitation.
    #[error(transparent)]
    Invitation(#[from] InvitationError),
    /// The server that answered is not the one the invitation names. It was told neither the code nor this device's key.
    #[error("the key of the server that answered is not the one the invitation names")]
    UninvitedServer,
    /// An answer came although nothing was asked.
    #[error("no request is on its way")]
    NothingAsked,
    /// The bundle cannot be used.
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

impl AgentError {
    /// The stable name.
    pub fn code(&self) -> &str {
        match self {
            AgentError::NotEnrolled => "not_enrolled",
            AgentError::AlreadyEnrolled => "already_enrolled",
            AgentError::Fields(_) => "field",
            AgentError::Unwritable(_) => "unwritable",
            AgentError::NotFound(_) => "not_found",
            AgentError::AlreadyRecorded => "already_recorded",
            AgentError::Store(error) => error.code(),
            AgentError::Server { code, .. } => code,
            AgentError::Answer(_) => "answer",
            AgentError::OtherServer => "other_server",
            AgentError::Invitation(_) => "invitation",
            AgentError::UninvitedServer => "uninvited_server",
            AgentError::NothingAsked => "nothing_asked",
            AgentError::Bundle(error) => error.code(),
        }
    }

    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            AgentError::NotEnrolled => say::NotEnrolled.say(),
            AgentError::AlreadyEnrolled => say::AlreadyEnrolled.say(),
            AgentError::Fields(errors) => say::Fields { errors: errors.both() }.say(),
            AgentError::Unwritable(refusal) => refusal.message(),
            AgentError::NotFound(what) => say::NotFound { what }.say(),
            AgentError::AlreadyRecorded => say::AlreadyRecorded.say(),
            AgentError::Store(error) => error.message(),
            AgentError::Server { code, detail, .. } => problem(code, detail),
            AgentError::Answer(_) => say::Answer.say(),
            AgentError::OtherServer => say::OtherServer.say(),
            AgentError::Invitation(error) => error.message(),
            AgentError::UninvitedServer => say::UninvitedServer.say(),
            AgentError::NothingAsked => say::NothingAsked.say(),
            AgentError::Bundle(error) => error.message(),
        }
    }
}

impl From<FieldError> for AgentError {
    fn from(error: FieldError) -> Self {
        AgentError::Fields(error.into())
    }
}
