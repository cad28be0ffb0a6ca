//! The phone's store: sealed bytes in namespaces; a batch is saved whole or not at all.
//!
//! The store knows nothing of cases or facts: [`crate::agent`] decides what lies on which namespace. A batch is durable before
//! [`Store::commit`] returns, or nothing of it is there. [`memory`] keeps bytes in memory (tests, the browser), [`sqlite`] in a file
//! where every value is sealed; [`salvage`] tells what was saved out of a corrupt file, which is never deleted.
//!
//! A file opens fast: what a phone reads at its start is checked by reading it, the rest when it is read, or by
//! [`Store::examine`] in an idle moment. Whoever meets a corrupt place puts the file under suspicion, and the next open examines it
//! whole and salvages.

#[cfg(feature = "test-support")]
pub mod conformance;
pub mod contract;
pub mod memory;
#[cfg(feature = "sqlite")]
pub mod salvage;
#[cfg(feature = "sqlite")]
mod seal;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "sqlite")]
mod suspect;

pub use contract::{Batch, Entropy, Item, Namespace, Op, Store, StoreError};
pub use memory::MemoryStore;
#[cfg(feature = "sqlite")]
pub use salvage::Salvage;
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteStore, VERSION};
