//! The case document: how a fact becomes a change, and how changes become a standard Automerge file.
//!
//! Writing and reading a fact needs no document: [`compose`] makes the very bytes an Automerge transaction would write, and
//! [`crate::admit::check`] reads them back. A document is built only to hand a case out ([`export`]) or to read such a file
//! ([`read_document`]). Everything here is a format that can never change: golden tests hold the bytes.
//!
//! Only this room and [`crate::admit`] know Automerge. What a change of ours looks like, and why: `admission.md` in `admit`.

mod chunk;
mod compose;
mod document;
mod genesis;
mod tip;

pub use chunk::deflate;
pub(crate) use chunk::{KIND_CHANGE, KIND_DEFLATED, MAGIC, chunk_header, chunk_sum};
pub use compose::{Composed, compose, fact_key};
pub use document::{ExportError, export, read_document};
pub use genesis::{FACTS_OBJECT_OP, GENESIS_ACTOR, Genesis, genesis};
pub use tip::ChainTip;
