//! Who may hold a connection: caps in all, per address for those that nobody knows, per device for those that are known.

mod address;
mod attempts;
mod files;
mod places;

pub use address::named;
pub use attempts::Attempts;
pub use files::room_for_connections;
pub use places::{Caps, ConnectionPlace, ConnectionSeat, Places};
