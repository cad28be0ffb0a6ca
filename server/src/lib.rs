//! The Daiban server: admits, judges and stores field work, and enforces the plan's deadlines.

pub mod api;
pub mod app;
pub mod auth;
pub mod backup;
pub mod body;
pub mod cli;
pub mod clock;
mod command_context;
pub mod commands;
pub mod config;
pub mod console;
pub mod db;
pub mod demo;
pub mod door;
pub mod enterprise;
pub mod error;
mod files;
pub mod intake;
pub mod jobs;
pub mod ledger;
pub mod pack;
pub mod planted;
pub mod random;
pub mod render;
pub mod reports;
pub mod router;
pub mod security_headers;
pub mod serve;
pub mod sync;
pub mod telemetry;
pub mod watch;

/// The catalogue of messages, where templates find it.
pub use daiban_messages::say;
