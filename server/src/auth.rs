//! Who asks: a device by its signature ([`device`]), the office by its token ([`office`]), a phone that wants in ([`enrol`]).

mod address;
pub mod device;
pub mod enrol;
pub mod office;

pub use address::client_address;
pub use office::Office;
