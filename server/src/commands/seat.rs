//! Seats and who holds them: one command a file.

pub mod end;
pub mod list;
mod named;
pub mod set;
