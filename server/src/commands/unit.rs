//! Units: one command a file.

pub mod add;
pub mod list;
