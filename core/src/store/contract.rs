//! The contract every store keeps; [`super::conformance`] tests it.

use daiban_messages::say::store as say;
use daiban_messages::{Message, Say};

/// A source of random bytes: the host's. The core draws nothing itself.
pub type Entropy<'a> = &'a mut dyn FnMut(&mut [u8]);

/// A key and its value.
pub type Item = (Vec<u8>, Vec<u8>);

/// Where a value lies. The numbers are part of the file format and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Namespace {
    /// Single values by name: identity, counter, token, request on its way.
    Meta = 1,
    /// What is known of a case besides its rows; key = case.
    Case = 2,
    /// Rows received from the server; key = case ‖ sequence (big endian).
    Row = 3,
    /// Records not yet part of the case's rows; key = fact id.
    Intent = 4,
    /// Keys of sealed values; key = key id.
    Key = 5,
    /// Calendar editions; key = arrival number.
    Edition = 6,
    /// Own records of cases this phone no longer holds; key = fact id.
    Trace = 7,
    /// Other people's work carried by hand; key = device ‖ case ‖ epoch ‖ tip sequence.
    Carried = 8,
    /// Rows of a server's former history, kept as evidence after a restore; key = case ‖ server epoch ‖ sequence.
    Former = 9,
    /// What lists and lamps need of a case's rows, without their texts; key = case. A cache: a pure function of the rows, saved with
    /// them, and made again from them whenever it is missing or does not fit.
    CaseDigest = 10,
}

impl Namespace {
    /// Every namespace.
    pub const ALL: [Namespace; 10] = [
        Namespace::Meta,
        Namespace::Case,
        Namespace::Row,
        Namespace::Intent,
        Namespace::Key,
        Namespace::Edition,
        Namespace::Trace,
        Namespace::Carried,
        Namespace::Former,
        Namespace::CaseDigest,
    ];

    /// Shelves that are read whole whenever a phone starts. A file opens only if all of this can be read.
    pub const AT_OPEN: [Namespace; 7] = [
        Namespace::Meta,
        Namespace::Case,
        Namespace::Intent,
        Namespace::Key,
        Namespace::Edition,
        Namespace::Trace,
        Namespace::Carried,
    ];

    /// The namespace of a stored number.
    pub fn from_number(number: u8) -> Option<Namespace> {
        Namespace::ALL.into_iter().find(|s| *s as u8 == number)
    }
}

/// One change of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Writes or replaces a value.
    Put {
        /// Where.
        namespace: Namespace,
        /// Under which key.
        key: Vec<u8>,
        /// The plain value; the store seals it.
        value: Vec<u8>,
    },
    /// Removes a value; it need not be there.
    Delete {
        /// Where.
        namespace: Namespace,
        /// Its key.
        key: Vec<u8>,
    },
}

/// What is saved together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// In this order; a later change of the same key wins.
    pub ops: Vec<Op>,
}

impl Batch {
    /// Adds a value.
    pub fn put(&mut self, namespace: Namespace, key: impl Into<Vec<u8>>, value: Vec<u8>) {
        self.ops.push(Op::Put { namespace, key: key.into(), value });
    }

    /// Removes a value.
    pub fn delete(&mut self, namespace: Namespace, key: impl Into<Vec<u8>>) {
        self.ops.push(Op::Delete { namespace, key: key.into() });
    }

    /// Whether there is nothing to save.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }
}

/// Why bytes could not be read or saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The key of the phone's key store does not open this file.
    #[error("the at-rest key does not open this store")]
    WrongKey,
    /// Written by a newer version of the app.
    #[error("the store has schema version {found}, this app knows up to {known}")]
    Newer {
        /// Version in the file.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// Another process holds the file.
    #[error("another process uses the store")]
    Locked,
    /// No space left; nothing of the batch was saved.
    #[error("no space left on the device")]
    Full,
    /// The file cannot be read or written, in the system's words; nothing of the batch was saved.
    #[error("the store failed: {0}")]
    Broken(String),
}

impl StoreError {
    /// The stable name.
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::WrongKey => "store_wrong_key",
            StoreError::Newer { .. } => "store_newer",
            StoreError::Locked => "store_locked",
            StoreError::Full => "store_full",
            StoreError::Broken(_) => "store_broken",
        }
    }

    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            StoreError::WrongKey => say::WrongKey.say(),
            StoreError::Newer { .. } => say::Newer.say(),
            StoreError::Locked => say::Locked.say(),
            StoreError::Full => say::Full.say(),
            StoreError::Broken(_) => say::Broken.say(),
        }
    }
}

/// A store. One process, one owner.
pub trait Store: Send {
    /// All values of a namespace, ascending by key.
    fn load(&self, namespace: Namespace) -> Result<Vec<Item>, StoreError>;

    /// The values whose key begins with `prefix`, ascending by key.
    fn load_under(&self, namespace: Namespace, prefix: &[u8]) -> Result<Vec<Item>, StoreError> {
        let mut items = self.load(namespace)?;
        items.retain(|(key, _)| key.starts_with(prefix));
        Ok(items)
    }

    /// Reads everything and says whether it is sound. Takes as long as the store is large: for idle moments.
    fn examine(&self) -> Result<(), StoreError> {
        Namespace::ALL.into_iter().try_for_each(|namespace| self.load(namespace).map(drop))
    }

    /// Saves a batch: durable when this returns, or not there at all. `entropy` gives the nonces.
    fn commit(&mut self, batch: &Batch, entropy: Entropy<'_>) -> Result<(), StoreError>;
}
