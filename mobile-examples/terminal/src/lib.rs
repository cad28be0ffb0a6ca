//! Field client.
