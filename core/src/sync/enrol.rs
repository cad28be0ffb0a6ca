//! Enrolment: a one-time code binds a device's key to a person; a confirmation number shown on both screens proves that nobody
//! who merely saw the code was faster (security.md §1, Signal's lesson).

use super::signature::{ALG_ED25519, SignError, Signer, verify};
use crate::ids::{DeviceId, PersonId, UnitId};
use crate::people::Role;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Where a phone posts its [`Request`], as JSON.
pub const PATH: &str = "/v1/enrol";

/// What a phone sends.
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
    /// Lower-case hex of the signature by the device's key, which proves that it holds the key.
    pub signature: String,
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

impl Request {
    /// Builds and signs a request.
    pub fn sign(signer: &dyn Signer, code: &str, model: &str) -> Request {
        let (code, key) = (normal_code(code), signer.public_key());
        let signature = data_encoding::HEXLOWER.encode(&signer.sign(&message(&code, &key, model)));
        Request { public_key: data_encoding::HEXLOWER.encode(&key), alg: ALG_ED25519, model: model.to_owned(), code, signature }
    }

    /// Verifies that the sender holds the key; returns the key.
    pub fn verify(&self) -> Result<[u8; 32], SignError> {
        if self.alg != ALG_ED25519 {
            return Err(SignError::Algorithm(self.alg));
        }
        let key = key_from_hex(&self.public_key).ok_or(SignError::Invalid)?;
        let signature = data_encoding::HEXLOWER.decode(self.signature.as_bytes()).map_err(|_| SignError::Invalid)?;
        verify(&key, &message(&normal_code(&self.code), &key, &self.model), &signature)?;
        Ok(key)
    }
}

/// Six digits that depend on the code and the key: another key that used the same code shows other digits.
pub fn confirmation(code: &str, public_key: &[u8; 32]) -> String {
    let sum = Sha256::new()
        .chain_update(b"daiban-confirm-1")
        .chain_update(normal_code(code).as_bytes())
        .chain_update(public_key)
        .finalize();
    let head: [u8; 8] = std::array::from_fn(|i| sum[i]);
    format!("{:06}", u64::from_be_bytes(head) % 1_000_000)
}

/// A code as it is hashed and signed: upper case, without the blanks and hyphens people type.
pub fn normal_code(code: &str) -> String {
    code.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect()
}

/// 32 bytes of a key from their hex form.
pub fn key_from_hex(hex: &str) -> Option<[u8; 32]> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?.try_into().ok()
}

fn message(code: &str, key: &[u8; 32], model: &str) -> Vec<u8> {
    format!("daiban-enrol-1\n{code}\n{}\n{model}\n", data_encoding::HEXLOWER.encode(key)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::SoftwareKey;

    #[test]
    fn the_request_proves_the_key_and_binds_the_code() {
        let key = SoftwareKey::from_secret(&[7; 32]);
        let request = Request::sign(&key, "ab12-cd34", "纸上的手机");
        assert_eq!(request.verify(), Ok(key.public_key()));
        assert_eq!(request.code, "AB12CD34");
        assert!(Request { code: "XX".into(), ..request.clone() }.verify().is_err());
        let other = SoftwareKey::from_secret(&[8; 32]).public_key();
        assert!(Request { public_key: data_encoding::HEXLOWER.encode(&other), ..request }.verify().is_err());
    }

    #[test]
    fn the_confirmation_tells_keys_apart() {
        let (a, b) = (confirmation("AB12-CD34", &[1; 32]), confirmation("ab12cd34", &[1; 32]));
        assert_eq!(a, b);
        assert_eq!(a.len(), 6);
        assert_ne!(a, confirmation("ab12cd34", &[2; 32]));
    }
}
