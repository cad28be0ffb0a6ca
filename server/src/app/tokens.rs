//! Time tokens: one is signed a second, however many phones ask; those that come back are verified once.

use super::App;
use crate::db::sql::devices::TokenFloor;
use crate::ledger::Vouched;
use daiban_core::limits::SERVER_CLOCK_BACK_SECONDS_MAX;
use daiban_core::sync::{Signer, TimeToken};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Verified tokens kept at most; past that the memory starts anew.
const KEPT_MAX: usize = 4096;

/// Tokens known to be this server's: their bytes, and when they were issued.
#[derive(Default)]
pub(super) struct Tokens {
    newest: Mutex<Option<(i64, Vec<u8>)>>,
    verified: Mutex<HashMap<Vec<u8>, i64>>,
}

impl App {
    /// What a token is worth from a device that has shown `floor`.
    pub(crate) fn vouched(&self, token: &[u8], floor: Option<TokenFloor>) -> Vouched {
        let (token_at, doubtful) = match self.token_at(token) {
            // Issued while this server's clock was wrong: no proof, but not the phone's fault.
            Some(at) if at > self.now() + SERVER_CLOCK_BACK_SECONDS_MAX => (None, false),
            Some(at) => (Some(at), false),
            // After a restore phones send again what they have no token for any more.
            None if token.is_empty() => (None, floor.is_some_and(|floor| floor.server_epoch == self.epoch)),
            None => (None, true),
        };
        Vouched { token_at, floor_at: floor.map(|floor| floor.at), doubtful }
    }

    /// A time token of this second, as bytes.
    pub fn time_token(&self) -> Vec<u8> {
        let now = self.now();
        self.said(now);
        let mut newest = self.tokens.newest.lock().unwrap_or_else(PoisonError::into_inner);
        match newest.as_ref() {
            Some((at, bytes)) if *at == now => bytes.clone(),
            _ => {
                let bytes = TimeToken::issue(self.epoch, now, &self.key).to_bytes();
                self.remember(bytes.clone(), now);
                *newest = Some((now, bytes.clone()));
                bytes
            }
        }
    }

    /// When a token was issued, if this server issued it (in any epoch: the key outlives a restore).
    pub fn token_at(&self, bytes: &[u8]) -> Option<i64> {
        if let Some(at) = self.tokens.verified.lock().unwrap_or_else(PoisonError::into_inner).get(bytes) {
            return Some(*at);
        }
        let token = TimeToken::from_bytes(bytes)?;
        token.verify(&self.key.public_key()).ok()?;
        self.remember(bytes.to_vec(), token.issued_at);
        Some(token.issued_at)
    }

    fn remember(&self, bytes: Vec<u8>, at: i64) {
        let mut verified = self.tokens.verified.lock().unwrap_or_else(PoisonError::into_inner);
        if verified.len() >= KEPT_MAX {
            verified.clear();
        }
        verified.insert(bytes, at);
    }
}
