//! A small world for tests: one real server over a real data folder, real phones, the office, a network that can fail, one clock.
//!
//! Time is virtual and moved by hand, so "day 15, 23:59" is a test and not a hope. The server is the shipped [`daiban_server::app::App`]
//! behind its shipped router; requests reach it in process ([`Line::InProcess`], for thousands of schedules) or through a bound
//! socket ([`Line::Loopback`], for stories). Its data folder lies in memory where the system has such a place.

mod check;
mod folder;
mod gone;
mod jobs;
mod ledger;
mod line;
mod scene;
mod server;
mod settle;
pub mod town;
mod unmet;

pub use check::{check, kept};
pub use folder::TempFolder;
pub use gone::Gone;
pub use jobs::{compute_duties, night, renew_drafts};
pub use ledger::Ledger;
pub use line::{Line, Reply, over_socket};
pub use scene::{ROUND_TRIPS_MAX, Synced, World};
pub use server::Server;
pub use settle::settle;
pub use unmet::unmet;
