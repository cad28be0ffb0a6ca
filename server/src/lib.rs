//! The Daiban server: admits, judges and stores field work, and enforces the plan's deadlines.

pub mod api;
pub mod app;
pub mod auth;
pub mod backup;
pub mod body;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod console;
pub mod db;
pub mod demo;
pub mod door;
pub mod enterprise;
pub mod error;
pub mod intake;
pub mod jobs;
pub mod ledger;
pub mod render;
pub mod reports;
pub mod router;
pub mod serve;
pub mod sync;
pub mod telemetry;
pub mod watch;
