//! Devices: one command a file.

pub mod confirm;
pub mod invite;
pub mod list;
pub mod revoke;
