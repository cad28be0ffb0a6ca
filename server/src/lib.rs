//! Daiban server.
