//! The codes a server answers a phone with, and the phone's sentence for each: what happened, and what to do next.
//!
//! A problem document carries the server's own sentence; the phone's stands in where that is empty. An outcome carries its code only.

use crate::admit::Refusal;
use daiban_messages::say::answer as say;
use daiban_messages::{Message, Say};

/// Codes with the sentence of each.
pub type Answers = &'static [(&'static str, fn() -> Message)];

macro_rules! answers {
    ($(#[$doc:meta])* $list:ident: $($code:literal $name:ident,)*) => {
        $(#[$doc])*
        pub const $list: Answers = &[$(($code, || say::$name.say()),)*];
    };
}

answers! {
    /// Why a record or a carried batch went to quarantine or was put off, besides the names of [`Refusal`].
    OUTCOMES:
    "signature" OutcomeSignature,
    "actors" OutcomeActors,
    "device_unknown" OutcomeDeviceUnknown,
    "device_unconfirmed" OutcomeDeviceUnconfirmed,
    "device_revoked" OutcomeDeviceRevoked,
    "never_member" OutcomeNeverMember,
    "quota" OutcomeQuota,
    "deferred" OutcomeDeferred,
}

answers! {
    /// What the server says instead of an answer.
    PROBLEMS:
    "bad_id" ProblemBadId,
    "busy" ProblemBusy,
    "code_expired" ProblemCodeExpired,
    "code_invalid" ProblemCodeInvalid,
    "code_used" ProblemCodeUsed,
    "code_worn" ProblemCodeWorn,
    "contended" ProblemContended,
    "counter_replayed" ProblemCounterReplayed,
    "counter_reused" ProblemCounterReused,
    "counter_too_far" ProblemCounterTooFar,
    "day_bytes" ProblemDayBytes,
    "database_unavailable" ProblemDatabaseUnavailable,
    "device_known" ProblemDeviceKnown,
    "device_revoked" ProblemDeviceRevoked,
    "device_unconfirmed" ProblemDeviceUnconfirmed,
    "device_unknown" ProblemDeviceUnknown,
    "digest_mismatch" ProblemDigestMismatch,
    "disk_full" ProblemDiskFull,
    "disk_reserve" ProblemDiskReserve,
    "enrolment_interrupted" ProblemEnrolmentInterrupted,
    "field_too_long" ProblemFieldTooLong,
    "internal" ProblemInternal,
    "length_required" ProblemLengthRequired,
    "line_too_slow" ProblemLineTooSlow,
    "method_not_allowed" ProblemMethodNotAllowed,
    "not_found" ProblemNotFound,
    "one_at_a_time" ProblemOneAtATime,
    "outcome_unknown" ProblemOutcomeUnknown,
    "overtaken" ProblemOvertaken,
    "person_left" ProblemPersonLeft,
    "server_clock" ProblemServerClock,
    "signature_invalid" ProblemSignatureInvalid,
    "signature_missing" ProblemSignatureMissing,
    "text_unusable" ProblemTextUnusable,
    "too_costly" ProblemTooCostly,
    "too_dense" ProblemTooDense,
    "too_large" ProblemTooLarge,
    "too_many_connections" ProblemTooManyConnections,
    "too_many_devices" ProblemTooManyDevices,
    "too_many_requests" ProblemTooManyRequests,
    "too_slow" ProblemTooSlow,
    "unreadable" ProblemUnreadable,
    "unsupported_version" ProblemUnsupportedVersion,
    "wrong_media_type" ProblemWrongMediaType,
}

/// Why a record was refused or put off, for the person who made it.
pub fn outcome(code: &str) -> Message {
    let known = Refusal::from_code(code).map(|refusal| refusal.message()).or_else(|| find(OUTCOMES, code));
    known.unwrap_or_else(|| say::OutcomeOther { code }.say())
}

/// The phone's sentence for a problem's code; what the server said itself, if anything, stands in the Chinese text.
pub fn problem(code: &str, detail: &str) -> Message {
    let own = find(PROBLEMS, code).unwrap_or_else(|| say::ProblemOther { code }.say());
    if detail.trim().is_empty() { own } else { Message { zh: detail.to_owned(), ..own } }
}

fn find(table: Answers, code: &str) -> Option<Message> {
    table.iter().find(|(known, _)| *known == code).map(|(_, message)| message())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_has_a_sentence_of_its_own_that_says_what_to_do() {
        for table in [OUTCOMES, PROBLEMS] {
            let codes: BTreeSet<_> = table.iter().map(|(code, _)| code).collect();
            let sentences: BTreeSet<_> = table.iter().map(|(_, said)| said().zh).collect();
            assert_eq!((codes.len(), sentences.len()), (table.len(), table.len()), "a code or a sentence stands twice");
            for (code, said) in table {
                let zh = said().zh;
                assert!(zh.contains('请') || zh.contains("自动"), "{code} tells nobody what to do");
            }
        }
        // An update of the app does not bring a device or a seat back.
        for code in ["device_revoked", "device_unknown", "device_unconfirmed", "actors", "never_member", "quota"] {
            assert!(!outcome(code).zh.contains("更新应用"), "{code}");
        }
        assert!(OUTCOMES.iter().all(|(code, _)| Refusal::from_code(code).is_none()));
        assert!(outcome("of_a_later_server").zh.contains("of_a_later_server"));
    }
}
