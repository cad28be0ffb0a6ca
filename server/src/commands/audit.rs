//! The audit log: one command a file.

pub mod list;
