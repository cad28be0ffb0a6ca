//! Facts: what people recorded. Immutable, signed, never edited; a correction is a new fact that `amends` the old.
//!
//! [`node`] is the tree every fact is written as, [`envelope`] what all facts share. A kind is told once, in one file under
//! [`kinds`]: [`field`] says what a field can be, [`kind`] what a kind says besides its fields, [`table`] is the one table of
//! kinds. [`ruling`] is what the office decides, [`sealed`] personal data that stands in a fact only as ciphertext, [`shown`] a
//! fact's fields in words, [`form`] a record as somebody fills it in, `written` what is demanded before a fact is written,
//! `notes` what to look at again, [`text`] which characters no text may hold and how they are shown.

mod body;
mod channel;
mod digest;
pub mod envelope;
pub mod field;
pub mod form;
mod glimpse;
pub mod kind;
pub mod kinds;
mod leaf;
mod named;
pub mod node;
mod notes;
pub mod ruling;
mod rulings;
pub mod sealed;
pub mod shown;
pub mod table;
pub mod text;
mod written;

pub use channel::Channel;
pub use digest::{Content, FactDigest, KnownFact, content_digest};
pub use envelope::{Fact, Unread};
pub use field::{FieldError, FieldErrors, FieldInfo};
pub use glimpse::Glimpse;
pub use kind::{KindInfo, Names, NoNames};
pub use kinds::{Body, BodyDigest};
pub use leaf::Leaves;
pub use named::Named;
pub use node::{Node, ShapeError};
pub use ruling::{Ruling, RulingBody};
pub use sealed::{SealKey, Sealed, sealed_keys};
pub use table::{all_kinds, fact_kind, fact_kinds, kind_info};
pub use written::plain_text;
