//! The phone's side of `POST /v1/sync` without any I/O: bytes in, bytes out, what to show.
//!
//! [`step`] is what a host carries out, [`chain`] composes intents into changes, [`outbound`] builds and signs one request,
//! [`pace`] says how much goes at once, [`page`] verifies rows before they are believed, [`problem`] reads what a server says when it
//! does not answer, [`stranger`] tells who answered instead of it. State lives in [`crate::agent`]; HTTP, files and tests drive the
//! same machine.

pub mod chain;
pub mod foreign_response;
pub mod outbound;
pub mod pace;
pub mod page;
pub mod problem;
pub mod step;

pub use chain::{OwnChain, Prepared};
pub use foreign_response::ForeignResponse;
pub use pace::Pace;
pub use page::HistoryError;
pub use problem::Problem;
pub use step::{Event, HttpRequest, Progress, Step};

/// Where a phone posts a round.
pub const PATH: &str = "/v1/sync";
/// The content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/x-daiban-sync";
