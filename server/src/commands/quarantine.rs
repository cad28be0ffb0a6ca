//! The quarantine: one command a file.

pub mod list;
