//! Daiban's harness: stories, simulation, hostile corpus, benches, house rules.
//!
//! It needs what only tests may have of the core and the server, so without the feature `harness`, which its own tests switch on, it is
//! empty.
#![cfg(feature = "harness")]

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
pub mod sentences;
pub mod switch;
pub mod words;
pub mod world;
