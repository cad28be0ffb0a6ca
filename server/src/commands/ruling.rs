//! Rulings: one command a file.

pub mod adopt;
pub mod late;
pub mod return_record;
pub mod take_in;
