//! Settings: one command a file.

pub mod set;
pub mod show;
