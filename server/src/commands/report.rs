//! Weekly reports: one command a file.

pub mod confirm;
pub mod draft;
pub mod list;
pub mod note;
pub mod return_report;
pub mod send;
pub mod show;
