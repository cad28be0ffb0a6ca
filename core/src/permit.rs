//! Who may record what, when: the verdict on each fact, and what is refused, warned about and escalated.
//!
//! [`judge`] gives the verdict on a fact at its number in the case; [`may`] tells a person beforehand, on the
//! phone; [`plausible`] how far its dates are believed; [`ineligible`] which projects are not helped, [`unplaced`] which lie nowhere; [`enforcement`] has the words in which
//! a duty says who hears when it is not done.

mod arrival;
mod eligible;
pub mod enforcement;
mod judge;
mod location;
mod may;
pub mod plausible;
mod recognise;
mod refer;
mod seat;
mod timing;

pub use arrival::{Arrival, Prior, References, Referred, references};
pub use eligible::ineligible;
pub use judge::judge;
pub use location::unplaced;
pub use may::{founder, may};
pub use recognise::recognise;
pub use timing::{Timing, timing};
