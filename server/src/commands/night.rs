//! The night: one command a file.

pub mod run;
