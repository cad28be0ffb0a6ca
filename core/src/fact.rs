//! Facts: what people recorded. Immutable, signed, never edited; a correction is a new fact that `amends` the old.
//!
//! [`node`] is the tree every fact is written as, [`envelope`] what all facts share, [`kinds`] the typed bodies, [`table`] the
//! one table of kinds, [`ruling`] what the office decides, [`sealed`] personal data that stands in a fact only as ciphertext,
//! [`shown`] a fact's fields in words, [`form`] what is demanded before a fact is written, [`text`] which
//! characters no text may hold and how they are shown.

pub mod envelope;
pub mod form;
mod glimpse;
pub mod kinds;
pub mod node;
pub mod ruling;
pub mod sealed;
pub mod shown;
pub mod table;
pub mod text;

pub use envelope::{Fact, Unread};
pub use glimpse::Glimpse;
pub use kinds::{Body, FieldError};
pub use node::{Node, ShapeError};
pub use ruling::{Ruling, RulingBody};
pub use sealed::{SealKey, Sealed, sealed_keys};
pub use table::{KINDS, KindInfo, Mode, kind_info};
