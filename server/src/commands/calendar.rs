//! Calendar editions: one command a file.

pub mod import;
pub mod list;
pub mod show;
