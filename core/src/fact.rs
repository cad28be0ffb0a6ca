//! Facts: what people recorded. Immutable, signed, never edited; a correction is a new fact.
//!
//! [`node`] is the tree every fact is written as.

pub mod node;

pub use node::{Node, ShapeError};
