//! What stops a demo before its end; an outcome that does not hold is not among these, it is counted.

use crate::app::OpenError;
use crate::error::Problem;
use crate::serve::ServeError;
use daiban_field::Fault;
use daiban_messages::say::demo as say;
use daiban_messages::{Message, Say};

/// The demo could not go on.
#[derive(Debug, thiserror::Error)]
pub enum DemoFailure {
    /// The folder or the database is not empty.
    #[error("{}", .0.en)]
    Taken(Message),
    /// The server's data.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The server's socket.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// A command of the office was refused.
    #[error("the office's command failed: {0}")]
    Command(#[from] Problem),
    /// A field client failed.
    #[error("a field client failed: {0}")]
    Field(#[from] Fault),
    /// The server's answer over HTTP is not what it should be.
    #[error("over HTTP: {0}")]
    Http(String),
    /// The system.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl DemoFailure {
    /// A sentence for the operator, with what to do next.
    pub fn zh(&self) -> String {
        match self {
            DemoFailure::Taken(said) => said.zh.clone(),
            DemoFailure::Open(error) => error.zh(),
            DemoFailure::Serve(error) => error.zh(),
            DemoFailure::Command(problem) => say::CommandRefused { why: problem }.say().zh,
            DemoFailure::Field(fault) => say::FieldFailed { why: fault.said() }.say().zh,
            DemoFailure::Http(what) => say::AnswerWrong { what }.say().zh,
            DemoFailure::Io(error) => say::InputOutput { why: error }.say().zh,
        }
    }
}
