//! What the office hands over: the code, the hash of the server's key, and where the server is, in one text or QR code.
//!
//! ```text
//! 3F0C…91AA                                    a code alone, as it is typed
//! 3F0C…91AA@0123456789abcdef                   with the first hex digits of SHA-256 of the server's key
//! daiban:3F0C…91AA@0123…cdef@https://a.example  as a QR code holds it: the whole hash, and the address
//! ```

use super::normal_code;
use daiban_messages::say::sync as say;
use daiban_messages::{Message, Say};
use sha2::{Digest, Sha256};

/// Hex digits of the hash of the server's key in a text that is typed: 64 bits.
pub const KEY_HASH_DIGITS: usize = 16;
const WHOLE_HASH_DIGITS: usize = 64;
const SCHEME: &str = "daiban:";

/// An invitation as it was typed or scanned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The one-time code, normal ([`normal_code`]).
    pub code: String,
    /// Lower-case hex of SHA-256 of the server's public key, or its first digits; without it only the six digits protect.
    pub key_hash: Option<String>,
    /// The server's address.
    pub server: Option<String>,
}

/// A text that is no invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no invitation: CODE, CODE@KEYHASH or daiban:CODE@KEYHASH@ADDRESS is expected")]
pub struct InvitationError;

impl InvitationError {
    /// What is wrong, with what to do next.
    pub fn message(self) -> Message {
        say::Invitation.say()
    }
}

impl Invitation {
    /// Reads what was typed or scanned.
    pub fn parse(text: &str) -> Result<Invitation, InvitationError> {
        let text = text.trim();
        let bare = match text.get(..SCHEME.len()) {
            Some(scheme) if scheme.eq_ignore_ascii_case(SCHEME) => &text[SCHEME.len()..],
            _ => text,
        };
        let mut parts = bare.splitn(3, '@');
        let code = normal_code(parts.next().unwrap_or_default());
        let key_hash = parts.next().map(|hash| normal_code(hash).to_ascii_lowercase());
        let server = parts.next().map(|server| server.trim().to_owned());
        let whole = key_hash.as_ref().is_none_or(|hash| {
            (KEY_HASH_DIGITS..=WHOLE_HASH_DIGITS).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit())
        });
        // A code alone may be anything: whether it is good only the server knows.
        let lacking = code.is_empty() && key_hash.is_some();
        if lacking || !whole || server.as_ref().is_some_and(String::is_empty) {
            return Err(InvitationError);
        }
        Ok(Invitation { code, key_hash, server })
    }

    /// An invitation to the server with this key at this address.
    pub fn new(code: &str, server_key: &[u8; 32], server: Option<&str>) -> Invitation {
        Invitation { code: normal_code(code), key_hash: Some(key_hash(server_key)), server: server.map(str::to_owned) }
    }

    /// To be read out or typed: the code in groups, the first digits of the hash, no address.
    pub fn typed(&self) -> String {
        let digits: Vec<char> = self.code.chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        let hash = self.key_hash.as_deref().map(|hash| hash.get(..KEY_HASH_DIGITS).unwrap_or(hash));
        hash.map_or_else(|| groups.join("-"), |hash| format!("{}@{hash}", groups.join("-")))
    }

    /// What a QR code holds.
    pub fn uri(&self) -> String {
        let parts = [Some(&self.code), self.key_hash.as_ref(), self.server.as_ref()];
        let parts: Vec<&str> = parts.into_iter().map_while(|part| part.map(String::as_str)).collect();
        format!("{SCHEME}{}", parts.join("@"))
    }

    /// Whether a server with this key may be the one that invites.
    pub fn invites_to(&self, server_key: &[u8; 32]) -> bool {
        self.key_hash.as_ref().is_none_or(|hash| key_hash(server_key).starts_with(hash.as_str()))
    }
}

fn key_hash(key: &[u8; 32]) -> String {
    super::hex(&Sha256::digest(key))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn typed_and_scanned_say_the_same() {
        let made = Invitation::new("ab12-cd34", &[7; 32], Some("https://a.example"));
        let scanned = Invitation::parse(&made.uri()).unwrap();
        assert_eq!(scanned, made);
        let typed = Invitation::parse(&format!("  {} ", made.typed().to_lowercase())).unwrap();
        assert_eq!((typed.code.as_str(), typed.server), ("AB12CD34", None));
        let short = typed.key_hash.unwrap();
        assert_eq!(short.len(), KEY_HASH_DIGITS);
        assert!(made.key_hash.unwrap().starts_with(&short));
    }

    #[test]
    fn a_hash_binds_and_its_lack_does_not() {
        let bound = Invitation::parse(&Invitation::new("AB", &[7; 32], None).typed()).unwrap();
        assert!(bound.invites_to(&[7; 32]) && !bound.invites_to(&[8; 32]));
        assert!(Invitation::parse("AB12-CD34").unwrap().invites_to(&[8; 32]));
    }

    #[test]
    fn half_an_invitation_is_none() {
        for text in ["@", "AB12@", "AB12@0123", "AB12@0123456789abcdeg", "@0123456789abcdef", "daiban:@", "A@0123456789abcdef@"] {
            assert_eq!(Invitation::parse(text), Err(InvitationError), "{text}");
        }
        assert!(Invitation::parse(&format!("A@{}", "0".repeat(65))).is_err());
        assert!(["", "设备登记码"].iter().all(|code| Invitation::parse(code).is_ok()));
    }
}
