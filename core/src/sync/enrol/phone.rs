//! The phone's side of an enrolment under way.

use super::{Answer, Begin, Challenge, Invitation, Nonces, Request, code_hash, commitment, confirmation, hex};
use crate::ids::DeviceId;
use crate::sync::signature::Signer;

/// One enrolment; a phone that tries again begins a new one with a new nonce.
#[derive(Clone, Debug)]
pub struct Enrolling {
    invitation: Invitation,
    model: String,
    public_key: [u8; 32],
    nonce: [u8; 32],
    nonces: Option<Nonces>,
}

/// Why a phone breaks an enrolment off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// The key of whoever answered is not the one the invitation names. He was told neither the code nor the phone's key.
    #[error("the key of the server that answered is not the one the invitation names")]
    OtherServer,
    /// The answer cannot be read.
    #[error("{0}")]
    Unreadable(&'static str),
}

impl Enrolling {
    /// Begins for the holder of `signer`'s key. `nonce` is drawn for this enrolment alone; `model` is shown in the office's list.
    pub fn new(signer: &dyn Signer, invitation: Invitation, model: &str, nonce: [u8; 32]) -> Enrolling {
        Enrolling { invitation, model: model.to_owned(), public_key: signer.public_key(), nonce, nonces: None }
    }

    /// The first request's body.
    pub fn begin(&self) -> Begin {
        let code = &self.invitation.code;
        let commitment = commitment(code, &self.public_key, &self.nonce);
        Begin { code_hash: hex(&code_hash(code)), commitment: hex(&commitment) }
    }

    /// The second request's body, once the server that answered is the one that invites.
    pub fn open(&mut self, signer: &dyn Signer, challenge: &Challenge) -> Result<Request, EnrolError> {
        let (server, server_key) = challenge.read().ok_or(EnrolError::Unreadable("nonce or server key"))?;
        if !self.invitation.invites_to(&server_key) {
            return Err(EnrolError::OtherServer);
        }
        let nonces = *self.nonces.insert(Nonces { phone: self.nonce, server, server_key });
        Ok(Request::sign(signer, &self.invitation.code, &self.model, &nonces))
    }

    /// Whether the last answer is to this enrolment, by the same server; the server's key.
    pub fn check(&self, answer: &Answer) -> Result<[u8; 32], EnrolError> {
        let nonces = self.nonces.ok_or(EnrolError::Unreadable("the answer came before the request"))?;
        if answer.server_public_key != hex(&nonces.server_key) {
            return Err(EnrolError::OtherServer);
        }
        let number = confirmation(&self.invitation.code, &self.public_key, &nonces);
        match answer.device == DeviceId::of(&self.public_key) && answer.confirmation == number {
            true => Ok(nonces.server_key),
            false => Err(EnrolError::Unreadable("the answer is for another device")),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::people::Role;
    use crate::sync::SoftwareKey;
    use crate::sync::enrol::Person;

    const SERVER: [u8; 32] = [9; 32];

    fn challenge(nonce: u8, key: [u8; 32]) -> Challenge {
        Challenge { nonce: hex(&[nonce; 32]), server_public_key: hex(&key) }
    }

    fn answer(request: &Request, nonce: u8, key: [u8; 32]) -> Answer {
        let (phone, nonces) = request.verify([nonce; 32], key).unwrap();
        let person = Person { id: "zhang".into(), name: "张".into(), unit: "tiexi".into(), role: Role::UnitAgent };
        Answer {
            device: DeviceId::of(&phone),
            confirmation: confirmation(&request.code, &phone, &nonces),
            server_public_key: hex(&key),
            server_epoch: 1,
            person,
        }
    }

    #[test]
    fn a_server_with_another_key_is_told_nothing() {
        let key = SoftwareKey::from_secret(&[7; 32]);
        let mut phone = Enrolling::new(&key, Invitation::new("AB12", &SERVER, None), "机", [1; 32]);
        let begin = phone.begin();
        assert!(!format!("{begin:?}").contains("AB12") && !format!("{begin:?}").contains(&hex(&key.public_key())));
        assert_eq!(phone.open(&key, &challenge(2, [8; 32])), Err(EnrolError::OtherServer));
        let request = phone.open(&key, &challenge(2, SERVER)).unwrap();
        assert_eq!(phone.check(&answer(&request, 2, SERVER)), Ok(SERVER));
        let swapped = Answer { server_public_key: hex(&[8; 32]), ..answer(&request, 2, SERVER) };
        assert_eq!(phone.check(&swapped), Err(EnrolError::OtherServer));
    }

    /// S11: who stands in between commits to a key of his own before the server's nonce, and gives the phone a nonce before he sees
    /// the phone's: with everything fixed, the two screens agree once in a million.
    #[test]
    fn whoever_stands_in_between_has_nothing_left_to_choose() {
        let (honest, own) = (SoftwareKey::from_secret(&[7; 32]), SoftwareKey::from_secret(&[8; 32]));
        let invitation = || Invitation::parse("AB12-CD34").unwrap();
        let mut alike = 0;
        for n in 0..64 {
            let mut phone = Enrolling::new(&honest, invitation(), "机", [n; 32]);
            let mut between = Enrolling::new(&own, invitation(), "机", [n ^ 0x55; 32]);
            let (to_phone, to_server) = (phone.begin(), between.begin());
            assert_ne!(to_phone.commitment, to_server.commitment);
            let his = answer(&between.open(&own, &challenge(n ^ 0xaa, SERVER)).unwrap(), n ^ 0xaa, SERVER);
            let hers = answer(&phone.open(&honest, &challenge(n, [8; 32])).unwrap(), n, [8; 32]);
            alike += usize::from(his.confirmation == hers.confirmation);
            assert!(phone.check(&his).is_err());
        }
        assert_eq!(alike, 0);
    }
}
