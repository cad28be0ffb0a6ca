//! Daiban's harness: stories, simulation, hostile corpus, benches, house rules.

pub mod bench;
pub mod hostile;
pub mod house;
pub mod network;
pub mod nodes;
pub mod office;
pub mod op;
pub mod phone;
pub mod plan_lines;
pub mod proxy;
pub mod random;
pub mod rooms;
pub mod words;
pub mod world;
