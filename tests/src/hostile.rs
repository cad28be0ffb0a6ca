//! Hostile changes: every attack we know by name, and two generators for those we do not.
//!
//! [`corpus`] holds the named attacks with the refusal each must end in; [`mutate`] damages bytes, [`structured`] writes
//! canonical but dishonest operations; [`replay`] says whether what was admitted could hurt a document after all.
//! [`craft`] makes bytes that Automerge itself would never write.

pub mod corpus;
mod corpus_bytes;
mod corpus_shape;
pub mod craft;
pub mod honest;
pub mod mutate;
pub mod quiet;
pub mod replay;
pub mod structured;
