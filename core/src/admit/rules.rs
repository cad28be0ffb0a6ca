//! Which rules are in force. Always all of them, except where a test proves that it would notice a missing one.

use super::refusal::Refusal;

/// The rules of admission. [`Rules::ALL`] is what the product runs; anything less exists only for the ablation tests.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    waived: u64,
    reencoded: bool,
}

impl Rules {
    /// Every rule in force.
    pub const ALL: Rules = Rules { waived: 0, reencoded: false };

    /// `Ok` if the rule `why` is kept (or waived).
    #[inline]
    pub(super) fn need(&self, kept: bool, why: Refusal) -> Result<(), Refusal> {
        if kept || self.waived & (1 << why as u64) != 0 { Ok(()) } else { Err(why) }
    }

    /// Whether the equality `compose(read(change)) == bytes` is weakened to `encode(decode(change)) == bytes`.
    pub(super) fn only_reencoded(&self) -> bool {
        self.reencoded
    }
}

#[cfg(feature = "test-support")]
impl Rules {
    /// All rules but these. Rules that keep Automerge from hanging (sizes, counts, framing) cannot be waived.
    pub fn without(waived: &[Refusal]) -> Rules {
        Rules { waived: waived.iter().fold(0, |bits, rule| bits | 1 << *rule as u64), reencoded: false }
    }

    /// Weakens the one equality, which stands for a dozen shape rules, to Automerge's own re-encoding, so that the rule
    /// under test stands alone.
    pub fn reencoding_only(self) -> Rules {
        Rules { reencoded: true, ..self }
    }
}
