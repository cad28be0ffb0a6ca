//! Rulings: one command a file.

pub mod adopt;
pub mod late;
pub mod take_in;
