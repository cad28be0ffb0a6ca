//! Exit codes, the same for every command.

use crate::fault::Fault;
use crate::transport::NetworkFault;
use daiban_core::agent::AgentError;
use std::process::ExitCode;

/// Done.
pub const DONE: u8 = 0;
/// Refused or failed.
pub const REFUSED: u8 = 1;
/// Typed in a way that cannot be understood.
pub const USAGE: u8 = 2;
/// The server cannot be reached; what was recorded is kept.
pub const OFFLINE: u8 = 3;

/// The code of a fault.
pub fn of(fault: &Fault) -> ExitCode {
    ExitCode::from(match fault {
        Fault::Input { .. } | Fault::Typed(_) | Fault::Address(_) => USAGE,
        Fault::Network(NetworkFault::Authority(_)) | Fault::Enrolling(NetworkFault::Authority(_)) => REFUSED,
        Fault::Network(_) | Fault::Enrolling(_) | Fault::Agent(AgentError::Server { again: true, .. }) => OFFLINE,
        _ => REFUSED,
    })
}
