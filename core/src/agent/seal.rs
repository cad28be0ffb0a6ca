//! Personal data: sealed on the phone before it stands in a record, opened where the key is held.

use super::{Agent, AgentError};
use crate::fact::{FieldError, Node, SealKey, Sealed, plain_text, sealed_keys, text};
use crate::ids::KeyId;
use daiban_messages::Say;
use daiban_messages::say::agent as say;

impl Agent {
    /// Seals a name, number or signature under a fresh key. The key is saved with the record that holds the value.
    pub fn seal(&mut self, text: &str) -> Result<Sealed, AgentError> {
        let text = &*text::lines(text);
        plain_text("sealed", say::Personal::FIXED, text)?;
        let key = SealKey { id: KeyId(self.draw()), key: self.draw::<32>().to_vec() };
        let nonce = self.draw();
        let sealed = Sealed::seal(text, &key, nonce);
        let sealed = sealed.map_err(|_| FieldError::of("sealed", say::NotSealed.say()))?;
        self.loose_keys.push(key);
        Ok(sealed)
    }

    /// Works with keys that are forgotten when it is done: a form is checked while somebody types, and nothing of it is kept.
    pub fn forgetting_keys<T>(&mut self, work: impl FnOnce(&mut Agent) -> T) -> T {
        let kept = self.loose_keys.len();
        let done = work(self);
        self.loose_keys.truncate(kept);
        done
    }

    /// The text of a sealed value; `None` if this phone does not hold the key (not the person's to see, or erased).
    pub fn unseal(&self, sealed: &Sealed) -> Option<String> {
        let stored = self.state.keys.get(&sealed.key).map(|k| &k.key);
        let pending = || self.state.outbox.values().flat_map(|i| &i.keys).find(|k| k.id == sealed.key);
        let loose = || self.loose_keys.iter().find(|k| k.id == sealed.key);
        sealed.open(stored.or_else(pending).or_else(loose)?).ok()
    }

    /// Takes the keys of the values sealed in `node` out of the loose ones.
    pub(super) fn keys_for(&self, node: &Node) -> Vec<SealKey> {
        let ids = sealed_keys(node);
        self.loose_keys.iter().filter(|k| ids.contains(&k.id)).cloned().collect()
    }
}
