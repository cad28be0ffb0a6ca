//! What the server writes about itself: one line an event on standard error, level by `DAIBAN_LOG`.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging; a second call changes nothing. Personal data and keys never reach a log line: the database's client, which would
/// write every statement with its values, is never asked for more than its information.
pub fn start() {
    let filter = EnvFilter::try_from_env("DAIBAN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let filter = ["tokio_postgres=info", "rustls=info"]
        .into_iter()
        .filter_map(|quiet| quiet.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    // Whoever read standard error may have gone: a line that cannot be written must end nothing, least of all the stop.
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours())
        .log_internal_errors(false);
    // Somebody may have set a subscriber before (a test, an embedding program); theirs stays.
    let _ = lines.try_init();
}

/// Colours are for terminals: a file or a journal keeps their codes as text.
fn colours() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|unwanted| unwanted.is_empty())
}
