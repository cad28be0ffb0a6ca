//! Cases: one command a file.

pub mod assign;
pub mod close;
pub mod contact;
mod filling;
pub mod list;
pub mod record;
pub mod reopen;
pub mod show;
