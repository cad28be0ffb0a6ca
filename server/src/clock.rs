//! The only reader of the time in the whole server.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells what time it is, Unix seconds. Clones share the same time.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Moved(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Clock {
        Clock(Source::System)
    }

    /// A clock that stands still until it is moved: the demo's and the tests'.
    pub fn moved(start: i64) -> Clock {
        Clock(Source::Moved(Arc::new(AtomicI64::new(start))))
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> i64 {
        match &self.0 {
            Source::System => SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs().cast_signed()),
            Source::Moved(at) => at.load(Ordering::SeqCst),
        }
    }

    /// Moves a moved clock; a system clock does not obey and the answer is `false`.
    pub fn set(&self, now: i64) -> bool {
        match &self.0 {
            Source::System => false,
            Source::Moved(at) => {
                at.store(now, Ordering::SeqCst);
                true
            }
        }
    }
}
