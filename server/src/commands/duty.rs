//! Duties: one command a file.

pub mod list;
