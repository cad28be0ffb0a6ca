//! What a server says when it does not answer a round: a problem document (RFC 9457), or nothing that can be read.

use daiban_messages::say::answer as say;
use daiban_messages::{Message, Say};
use serde::Deserialize;

/// The parts of a problem document that a phone acts on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// Stable name.
    pub code: String,
    /// The sentence for officials.
    #[serde(default)]
    pub detail: String,
    /// The highest counter the server has seen from this device, where that is the problem.
    #[serde(default)]
    pub counter: Option<u64>,
}

impl Problem {
    /// The counter to go on above, if the request's counter was used before: this phone was restored from a backup, or another one
    /// has its key.
    pub fn passed_counter(&self) -> Option<u64> {
        self.counter.filter(|_| matches!(self.code.as_str(), "counter_replayed" | "counter_reused"))
    }

    /// The counter to go on above, if the request's counter ran ahead of every one the server would take.
    pub fn counter_before_jump(&self) -> Option<u64> {
        self.counter.filter(|_| self.code == "counter_too_far")
    }

    /// Reads a body; what is no problem document gets a sentence that fits the status.
    pub fn read(status: u16, body: &[u8]) -> Problem {
        serde_json::from_slice(body).unwrap_or_else(|_| Problem {
            code: format!("http_{status}"),
            detail: plain(status).zh,
            counter: None,
        })
    }
}

/// Whether the very same request may succeed later: the server was busy, full, or not there.
pub fn worth_repeating(status: u16) -> bool {
    status == 408 || status == 429 || status >= 500
}

fn plain(status: u16) -> Message {
    if worth_repeating(status) { say::ProblemPassing.say() } else { say::ProblemForeign.say() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_becomes_a_sentence() {
        let read = Problem::read(409, r#"{"code":"counter_replayed","detail":"请求重复","counter":7,"status":409}"#.as_bytes());
        assert_eq!((read.passed_counter(), read.counter_before_jump()), (Some(7), None));
        let far = Problem::read(409, br#"{"code":"counter_too_far","counter":7}"#);
        assert_eq!((far.passed_counter(), far.counter_before_jump()), (None, Some(7)));
        let portal = Problem::read(502, b"<html>");
        assert_eq!(portal.code, "http_502");
        assert!(worth_repeating(502) && !worth_repeating(403) && !portal.detail.is_empty());
    }
}
