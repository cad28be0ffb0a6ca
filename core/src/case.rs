//! A case: its rows in one gapless sequence, and what they add up to.
//!
//! [`row`] is the unit of replication (change, ruling or roster row, with its verdict and chain link); it travels as a [`RawRow`]. [`JudgingState`] is the small
//! state against which the next fact is judged; [`fold`] turns rows into the [`CaseView`] that screens, rules and reports read.

mod closed;
mod contested;
mod derive;
mod event;
mod fold;
mod judging_state;
mod late_letter;
mod materials;
mod number;
pub mod raw;
mod recognised;
pub mod row;
mod ruled;
mod sent_back;
mod stage;
pub mod verdict;
mod view;

pub use closed::Closed;
pub use contested::{Contested, Single};
pub use event::{CaseEvent, EventFact, ReadFact};
pub use fold::fold;
pub use judging_state::{JudgingState, Letter, Opened};
pub use late_letter::LateLetter;
pub use materials::Material;
pub use number::{CaseNumber, UNNAMED, UNNUMBERED, called};
pub use raw::{RawChange, RawRow};
pub use recognised::Unrecognised;
pub use row::{Author, Cursor, Entry, Row};
pub use sent_back::SentBack;
pub use stage::Stage;
pub use verdict::{Code, RawVerdict, Reason, Verdict};
pub use view::{CaseView, Confirmation, Decided, FactView, LaterView, LetterView, Ruled, RulingView, UnreadableView};
