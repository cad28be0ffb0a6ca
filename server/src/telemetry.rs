//! What the server writes about itself: one line an event on standard error, level by `DAIBAN_LOG`.

use tracing_subscriber::EnvFilter;

/// Starts logging; a second call changes nothing. Personal data and keys never reach a log line.
pub fn start() {
    let filter = EnvFilter::try_from_env("DAIBAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // Somebody may have set a subscriber before (a test, an embedding program); theirs stays.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
