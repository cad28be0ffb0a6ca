//! Daiban's harness: stories, simulation, hostile corpus, benches, house rules.

pub mod bench;
pub mod hostile;
pub mod house;
