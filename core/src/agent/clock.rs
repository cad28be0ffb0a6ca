//! What this phone knows of the right time.

use super::Agent;
use crate::limits::CLOCK_SKEW_SECONDS_MAX;

impl Agent {
    /// The server's time when this phone last heard from it, Unix seconds; `None` before the first sync.
    pub fn heard_at(&self) -> Option<i64> {
        self.state.server.token_at()
    }

    /// Whether the phone's clock says a time that has certainly passed: more than [`CLOCK_SKEW_SECONDS_MAX`] before the server was last
    /// heard. Records would be marked 时间存疑, and due dates look further off than they are.
    pub fn clock_behind(&self, now: i64) -> bool {
        self.heard_at().is_some_and(|heard| heard.saturating_sub(now) > CLOCK_SKEW_SECONDS_MAX)
    }
}
