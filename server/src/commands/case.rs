//! Cases: one command a file.

pub mod assign;
pub mod close;
mod filling;
pub mod list;
pub mod record;
pub mod reopen;
pub mod show;
