//! Daiban's field client for a terminal: the phone's engine with a folder, a clock and HTTP around it.
//!
//! [`Field`] joins [`daiban_core::agent::Agent`] with its SQLite store, two key files and the network; the demo and the tests
//! drive it as a program does. [`cli`] is the command line on top.
//!
//! A phone differs in three things only: its keys lie in the platform's key store instead of files ([`home`]), its screen is no
//! terminal, and its host schedules [`Field::sync`].

pub mod cli;
pub mod clock;
pub mod fault;
pub mod field;
pub mod home;
mod random;
pub mod transport;

pub use clock::Clock;
pub use daiban_messages::{Lang, Message};
pub use fault::Fault;
pub use field::{Field, SyncSummary};
