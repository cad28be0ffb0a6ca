//! Enrolment: a one-time code binds a device's key to a person; a confirmation number shown on both screens proves that nobody
//! who merely saw the code was faster, and nobody stands in between.
//!
//! The phone first commits to its key and a nonce ([`Begin`]), then the server shows its key and a nonce of its own ([`Challenge`]),
//! then the phone opens its commitment ([`Request`]). The number is made of all five, so neither side, nor anybody between them, can
//! look for values that give a number he wants: when he sees the other's, his own are fixed.

mod invitation;
mod phone;

pub use invitation::{Invitation, InvitationError, KEY_HASH_DIGITS};
pub use phone::{EnrolError, Enrolling};

use super::signature::{ALG_ED25519, SignError, Signer, verify};
use crate::ids::{DeviceId, PersonId, UnitId};
use crate::people::Role;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where a phone posts its [`Begin`], as JSON.
pub const BEGIN_PATH: &str = "/v1/enrol/begin";
/// Where it posts its [`Request`] afterwards, as JSON.
pub const PATH: &str = "/v1/enrol";

/// What a phone sends first: nothing of it tells its key or lets somebody else use the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// Lower-case hex of the [`code_hash`].
    pub code_hash: String,
    /// Lower-case hex of the [`commitment`].
    pub commitment: String,
}

/// What the server answers to a [`Begin`]. The same commitment again gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The server's nonce, 32 bytes in lower-case hex.
    pub nonce: String,
    /// The server's public key, lower-case hex; compared with the invitation before the phone says more.
    pub server_public_key: String,
}

/// What a phone sends then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The one-time code the administrator gave; see [`normal_code`].
    pub code: String,
    /// The device's public key, lower-case hex.
    pub public_key: String,
    /// Algorithm of the key; 1 = Ed25519.
    pub alg: u8,
    /// What the device calls itself, for the list of devices.
    pub model: String,
    /// The phone's nonce that it committed to, 32 bytes in lower-case hex.
    pub nonce: String,
    /// Lower-case hex of the signature by the device's key, which proves that it holds the key. It covers the server's nonce and key.
    pub signature: String,
}

/// What the two sides put into one enrolment besides the code and the phone's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nonces {
    /// The phone's, committed to before it saw the server's.
    pub phone: [u8; 32],
    /// The server's, drawn after the phone committed.
    pub server: [u8; 32],
    /// The server's public key.
    pub server_key: [u8; 32],
}

/// What the server answers. The device works once the office has compared the number and confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The device's id.
    pub device: DeviceId,
    /// Six digits, the same on both screens ([`confirmation`]).
    pub confirmation: String,
    /// The server's public key, lower-case hex: time tokens and server epochs are believed only under it.
    pub server_public_key: String,
    /// The server's epoch.
    pub server_epoch: u32,
    /// Whose device it is.
    pub person: Person,
}

/// The person a device belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The id facts are signed with.
    pub id: PersonId,
    /// Shown on the phone's own screen only.
    pub name: String,
    /// For which unit the person records.
    pub unit: UnitId,
    /// Role in a case unless its roster says otherwise.
    pub role: Role,
}

impl Challenge {
    /// The nonce and the server's key; `None` if they are not what they should be.
    pub fn read(&self) -> Option<([u8; 32], [u8; 32])> {
        Some((key_from_hex(&self.nonce)?, key_from_hex(&self.server_public_key)?))
    }
}

impl Request {
    /// Builds and signs a request.
    pub fn sign(signer: &dyn Signer, code: &str, model: &str, nonces: &Nonces) -> Request {
        let (code, key) = (normal_code(code), signer.public_key());
        let signature = hex(&signer.sign(&message(&code, &key, model, nonces)));
        let (public_key, nonce) = (hex(&key), hex(&nonces.phone));
        Request { code, public_key, alg: ALG_ED25519, model: model.to_owned(), nonce, signature }
    }

    /// Verifies that the sender holds the key, for the `server` nonce and key he was given; returns the key and what the number is
    /// made of.
    pub fn verify(&self, server: [u8; 32], server_key: [u8; 32]) -> Result<([u8; 32], Nonces), SignError> {
        if self.alg != ALG_ED25519 {
            return Err(SignError::Algorithm(self.alg));
        }
        let key = key_from_hex(&self.public_key).ok_or(SignError::Invalid)?;
        let phone = key_from_hex(&self.nonce).ok_or(SignError::Invalid)?;
        let nonces = Nonces { phone, server, server_key };
        let signature = data_encoding::HEXLOWER.decode(self.signature.as_bytes()).map_err(|_| SignError::Invalid)?;
        verify(&key, &message(&normal_code(&self.code), &key, &self.model, &nonces), &signature)?;
        Ok((key, nonces))
    }
}

/// By which a server finds a code without being told it.
pub fn code_hash(code: &str) -> [u8; 32] {
    Sha256::digest(normal_code(code)).into()
}

/// What a phone fixes before it sees the server's nonce.
pub fn commitment(code: &str, public_key: &[u8; 32], nonce: &[u8; 32]) -> [u8; 32] {
    let sum = Sha256::new().chain_update(b"daiban-commit-1").chain_update(public_key).chain_update(nonce);
    sum.chain_update(normal_code(code).as_bytes()).finalize().into()
}

/// Six digits that depend on the code, the key and what both sides put in: another key that used the same code, or another server
/// that stood in between, shows other digits but for one in a million.
pub fn confirmation(code: &str, public_key: &[u8; 32], nonces: &Nonces) -> String {
    let sum = Sha256::new()
        .chain_update(b"daiban-confirm-2")
        .chain_update(public_key)
        .chain_update(nonces.server_key)
        .chain_update(nonces.phone)
        .chain_update(nonces.server)
        .chain_update(normal_code(code).as_bytes())
        .finalize();
    let head: [u8; 8] = std::array::from_fn(|i| sum[i]);
    format!("{:06}", u64::from_be_bytes(head) % 1_000_000)
}

/// A code as it is hashed and signed: upper case, without the blanks and hyphens people type.
pub fn normal_code(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect()
}

/// 32 bytes of a key or nonce from their hex form.
pub fn key_from_hex(hex: &str) -> Option<[u8; 32]> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?.try_into().ok()
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn message(code: &str, key: &[u8; 32], model: &str, nonces: &Nonces) -> Vec<u8> {
    let Nonces { phone, server, server_key } = nonces;
    let (key, phone, server, server_key) = (hex(key), hex(phone), hex(server), hex(server_key));
    format!("daiban-enrol-2\n{code}\n{key}\n{model}\n{phone}\n{server}\n{server_key}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::SoftwareKey;

    const NONCES: Nonces = Nonces { phone: [1; 32], server: [2; 32], server_key: [3; 32] };

    #[test]
    fn the_request_proves_the_key_and_binds_the_code_and_the_server() {
        let key = SoftwareKey::from_secret(&[7; 32]);
        let request = Request::sign(&key, "ab12-cd34", "纸上的手机", &NONCES);
        assert_eq!(request.verify([2; 32], [3; 32]), Ok((key.public_key(), NONCES)));
        assert_eq!(request.code, "AB12CD34");
        assert!(request.verify([2; 32], [4; 32]).is_err(), "signed for another server");
        assert!(request.verify([4; 32], [3; 32]).is_err(), "signed for another nonce");
        assert!(Request { code: "XX".into(), ..request.clone() }.verify([2; 32], [3; 32]).is_err());
        let other = SoftwareKey::from_secret(&[8; 32]).public_key();
        assert!(Request { public_key: hex(&other), ..request }.verify([2; 32], [3; 32]).is_err());
    }

    #[test]
    fn everything_either_side_put_in_changes_the_number() {
        let number = |code, key, nonces: &Nonces| confirmation(code, &[key; 32], nonces);
        let a = number("AB12-CD34", 1, &NONCES);
        assert_eq!((a.len(), &a), (6, &number("ab12cd34", 1, &NONCES)));
        assert_ne!(a, number("ab12cd35", 1, &NONCES));
        assert_ne!(a, number("ab12cd34", 2, &NONCES));
        for other in
            [Nonces { phone: [9; 32], ..NONCES }, Nonces { server: [9; 32], ..NONCES }, Nonces { server_key: [9; 32], ..NONCES }]
        {
            assert_ne!(a, number("ab12cd34", 1, &other));
        }
    }

    #[test]
    fn a_commitment_has_one_opening() {
        let made = commitment("ab12-cd34", &[1; 32], &[2; 32]);
        assert_eq!(made, commitment("AB12CD34", &[1; 32], &[2; 32]));
        let others = [commitment("x", &[1; 32], &[2; 32]), commitment("AB12CD34", &[3; 32], &[2; 32])];
        assert!(others.into_iter().chain([commitment("AB12CD34", &[1; 32], &[3; 32])]).all(|other| other != made));
    }
}
