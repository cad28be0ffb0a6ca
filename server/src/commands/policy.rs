//! Settings: one command a file.

pub mod preview;
mod proposal;
pub mod set;
pub mod show;
