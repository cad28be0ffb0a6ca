//! Cases: one command a file.

pub mod assign;
pub mod close;
pub mod list;
pub mod record;
pub mod reopen;
pub mod show;
