//! Cases: one command a file.

pub mod assign;
pub mod list;
pub mod record;
pub mod show;
