//! The server's clock: one command a file.

pub mod confirm;
pub mod declare_wrong;
pub mod show;
