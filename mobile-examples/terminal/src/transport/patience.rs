//! How often a request is tried, and with what pauses: whoever has no network should hear so soon, whoever has a weak one should not
//! have to try by hand.

use super::NetworkFault;
use std::time::Duration;

/// Pauses before the second and third try of what never reached the server.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// Before a line that broke is tried again: at once after the first break, which may be a change of address.
const BREAK_PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(200), Duration::from_secs(1)];
/// So many silences in a row are enough.
const SILENCES_MAX: u32 = 2;

/// What was borne since the last answer.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    tries: usize,
    breaks: usize,
    silences: u32,
}

impl Patience {
    /// The pause before the same request goes again; `None` = no more.
    pub fn pause(&mut self, fault: &NetworkFault) -> Option<Duration> {
        let pause = PAUSES.get(self.tries).copied().filter(|_| fault.may_pass());
        self.tries = self.tries.saturating_add(1);
        pause
    }

    /// The pause before a smaller one goes; `None` = nothing was heard for too long. Of a line that breaks the engine knows when nothing
    /// gets through.
    pub fn pause_of_break(&mut self, fault: &NetworkFault) -> Option<Duration> {
        if matches!(fault, NetworkFault::Timeout) {
            self.silences = self.silences.saturating_add(1);
        }
        let pause = BREAK_PAUSES.get(self.breaks).or(BREAK_PAUSES.last()).copied();
        self.breaks = self.breaks.saturating_add(1);
        pause.filter(|_| self.silences < SILENCES_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_network_is_told_soon_and_a_weak_line_is_borne() {
        let mut patience = Patience::default();
        let nowhere = NetworkFault::Unreachable("refused".into());
        assert_eq!([(); 3].map(|()| patience.pause(&nowhere).is_some()), [true, true, false]);
        assert_eq!(Patience::default().pause(&NetworkFault::CaptivePortal), None, "a person must act first");
        let weak = NetworkFault::LineBroke("reset".into());
        assert!((0..50).all(|_| patience.pause_of_break(&weak).is_some()), "the engine knows when nothing gets through");
        let mut silent = Patience::default();
        let pauses = [(); 2].map(|()| silent.pause_of_break(&NetworkFault::Timeout).is_some());
        assert_eq!(pauses, [true, false]);
    }
}
