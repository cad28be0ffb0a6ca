//! Staff: one command a file.

pub mod add;
pub mod leave;
pub mod list;
mod seats;
