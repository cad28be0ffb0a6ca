//! The two secrets in the platform's key store.

use crate::error::EngineError;
use crate::host::{AT_REST_KEY, DEVICE_KEY, KeyStore};
use daiban_messages::say::bindings as say;
use std::path::Path;

/// Both secrets.
pub(super) struct Secrets {
    /// Seals everything at rest.
    pub at_rest: [u8; 32],
    /// The device's signing key.
    pub device: [u8; 32],
}

/// Loads both secrets; draws them if there is neither a secret nor a store yet. A store whose secret is gone is never given a new
/// one: its records would be unreadable for ever.
pub(super) fn secrets(keys: &dyn KeyStore, store: &Path) -> Result<Secrets, EngineError> {
    let begun = store.exists();
    Ok(Secrets { at_rest: secret(keys, AT_REST_KEY, begun)?, device: secret(keys, DEVICE_KEY, begun)? })
}

fn secret(keys: &dyn KeyStore, name: &str, begun: bool) -> Result<[u8; 32], EngineError> {
    if let Some(kept) = keys.load(name.to_owned())? {
        return kept.try_into().map_err(|_| lost(format!("the key {name} has the wrong length")));
    }
    if begun {
        return Err(lost(format!("the key {name} is gone although there is a store")));
    }
    let mut fresh = [0; 32];
    getrandom::fill(&mut fresh).map_err(|e| EngineError::internal("no_randomness", e.to_string()))?;
    keys.save(name.to_owned(), fresh.to_vec())?;
    match keys.load(name.to_owned())? {
        Some(kept) if kept == fresh => Ok(fresh),
        _ => Err(EngineError::keys("key_store_forgets", say::KeysForgotten, format!("the key store did not keep {name}"))),
    }
}

fn lost(en: String) -> EngineError {
    EngineError::keys("key_lost", say::KeysLost, en)
}
