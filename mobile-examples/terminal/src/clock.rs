//! The only reader of the time in the field client.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Names the variable that replaces the machine's clock by a fixed one (Unix seconds): for demonstrations and tests.
pub const CLOCK_VARIABLE: &str = "DAIBAN_FIELD_CLOCK";

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

    /// A clock that stands still until it is moved; it may be as wrong as a phone's clock can be.
    pub fn moved(start: i64) -> Clock {
        Clock(Source::Moved(Arc::new(AtomicI64::new(start))))
    }

    /// The clock that [`CLOCK_VARIABLE`] asks for, else the machine's. `Err` holds a value that is not a time.
    pub fn from_environment() -> Result<Clock, String> {
        match std::env::var(CLOCK_VARIABLE) {
            Err(_) => Ok(Clock::system()),
            Ok(text) => match text.trim().parse() {
                Ok(at) if (0..=daiban_core::limits::TIME_SECONDS_MAX).contains(&at) => Ok(Clock::moved(at)),
                _ => Err(text),
            },
        }
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
