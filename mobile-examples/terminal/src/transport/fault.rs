//! What stands between the client and its server, each with its own sentence: whoever is in the field must know whether to
//! walk to a window, sign in to the hotel's network, correct the clock or call the office.

use daiban_core::sync::session::ForeignResponse;
use daiban_messages::say::terminal as say;
use daiban_messages::{Message, Say};

/// No usable answer from Daiban's server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkFault {
    /// No network, name not found, connection refused or lost.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// Connected, but the line broke before the whole answer was here.
    #[error("the line broke: {0}")]
    LineBroke(String),
    /// Connected, but no answer in time.
    #[error("the server did not answer in time")]
    Timeout,
    /// A sign-in page of a network answered instead (hotel, café, airport).
    #[error("a sign-in page of this network answered instead of the server")]
    CaptivePortal,
    /// The certificate is not yet or no longer valid by this machine's clock.
    #[error("the certificate is not valid at this machine's time: {0}")]
    CertificateTime(String),
    /// The certificate belongs to somebody else, or its authority is unknown.
    #[error("the secure connection failed: {0}")]
    Tls(String),
    /// The port answers without encryption.
    #[error("the port does not speak TLS: {0}")]
    PlainText(String),
    /// The authority file holds no certificate.
    #[error("the certificate file cannot be used: {0}")]
    Authority(String),
    /// Something answered that is no Daiban server.
    #[error("what answered is no Daiban server (HTTP {0})")]
    WrongServer(u16),
    /// The server is overloaded or being restarted.
    #[error("the server is busy (HTTP {0})")]
    Busy(u16),
    /// An answer or request that breaks HTTP.
    #[error("the exchange broke: {0}")]
    Broken(String),
}

impl NetworkFault {
    /// The stable name in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "offline",
            Self::LineBroke(_) => "line_broke",
            Self::Timeout => "timeout",
            Self::CaptivePortal => "captive_portal",
            Self::CertificateTime(_) => "certificate_time",
            Self::Tls(_) => "tls",
            Self::PlainText(_) => "plain_text",
            Self::Authority(_) => "authority",
            Self::WrongServer(_) => "wrong_server",
            Self::Busy(_) => "busy",
            Self::Broken(_) => "broken",
        }
    }

    /// The sentence with what to do next. Nothing recorded is ever lost by these.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreachable(_) => say::NetworkUnreachable.say(),
            Self::LineBroke(_) => say::NetworkLineBroke.say(),
            Self::Timeout => say::NetworkTimeout.say(),
            Self::CaptivePortal => say::NetworkCaptivePortal.say(),
            Self::CertificateTime(_) => say::NetworkCertificateTime.say(),
            Self::Tls(_) => say::NetworkTls.say(),
            Self::PlainText(_) => say::NetworkPlainText.say(),
            Self::Authority(_) => say::NetworkAuthority.say(),
            Self::WrongServer(_) => say::NetworkWrongServer.say(),
            Self::Busy(_) => say::NetworkBusy.say(),
            Self::Broken(_) => say::NetworkBroken.say(),
        }
    }

    /// The same while a device is being enrolled: it holds no records yet, and the command to repeat is another.
    pub fn enrolling_message(&self) -> Message {
        match self {
            Self::Unreachable(_) => say::EnrollingUnreachable.say(),
            Self::CaptivePortal => say::EnrollingCaptivePortal.say(),
            Self::LineBroke(_) | Self::Timeout | Self::Busy(_) | Self::Broken(_) => say::EnrollingNoAnswer.say(),
            Self::WrongServer(_) => say::EnrollingWrongServer.say(),
            Self::CertificateTime(_) | Self::Tls(_) | Self::PlainText(_) | Self::Authority(_) => self.message(),
        }
    }

    /// Whether the same request may succeed a moment later.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::LineBroke(_) | Self::Timeout | Self::Busy(_) | Self::Broken(_))
    }

    /// Whether the request may have left: then less may get through.
    pub(crate) fn is_break(&self) -> bool {
        matches!(self, Self::LineBroke(_) | Self::Timeout)
    }

    pub(super) fn of(error: &ureq::Error) -> NetworkFault {
        use std::io::ErrorKind;
        let words = error.to_string();
        match error {
            ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => Self::Unreachable(words),
            ureq::Error::Timeout(_) => Self::Timeout,
            ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::InvalidProxyUrl => Self::Unreachable(words),
            ureq::Error::Io(e) if matches!(e.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => Self::Timeout,
            ureq::Error::Io(e) if e.kind() == ErrorKind::InvalidData => Self::secure(words),
            ureq::Error::Io(e) if never_left(e.kind()) => Self::Unreachable(words),
            ureq::Error::Io(_) => Self::LineBroke(words),
            ureq::Error::Tls(_) | ureq::Error::Pem(_) | ureq::Error::Rustls(_) => Self::secure(words),
            _ => Self::Broken(words),
        }
    }

    /// rustls says which part of the certificate it rejects only in words.
    fn secure(words: String) -> NetworkFault {
        if words.contains("NotValidYet") || words.contains("not valid yet") || words.to_lowercase().contains("expired") {
            return Self::CertificateTime(words);
        }
        // What answers a handshake with plain text speaks HTTP.
        if words.contains("InvalidContentType") || words.contains("corrupt message") {
            return Self::PlainText(words);
        }
        Self::Tls(words)
    }
}

/// Whether nothing was connected.
fn never_left(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable};
    matches!(kind, AddrNotAvailable | ConnectionRefused | HostUnreachable | NetworkDown | NetworkUnreachable)
}

impl From<ForeignResponse> for NetworkFault {
    fn from(stranger: ForeignResponse) -> NetworkFault {
        match stranger {
            ForeignResponse::CaptivePortal => Self::CaptivePortal,
            ForeignResponse::Busy(status) => Self::Busy(status),
            ForeignResponse::WrongServer(status) => Self::WrongServer(status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_broke_is_not_taken_for_no_network() {
        use std::io::{Error, ErrorKind};
        let of = |kind: ErrorKind| NetworkFault::of(&ureq::Error::Io(Error::from(kind))).code();
        assert_eq!(of(ErrorKind::ConnectionRefused), "offline");
        assert_eq!(of(ErrorKind::NetworkUnreachable), "offline");
        for kind in [ErrorKind::ConnectionReset, ErrorKind::UnexpectedEof, ErrorKind::BrokenPipe] {
            assert_eq!(of(kind), "line_broke");
        }
        assert_eq!(of(ErrorKind::TimedOut), "timeout");
    }

    #[test]
    fn a_certificate_out_of_its_time_points_at_the_clock() {
        assert_eq!(NetworkFault::secure("invalid peer certificate: NotValidYet".into()).code(), "certificate_time");
        assert_eq!(NetworkFault::secure("invalid peer certificate: UnknownIssuer".into()).code(), "tls");
        assert_eq!(NetworkFault::secure("received corrupt message of type InvalidContentType".into()).code(), "plain_text");
    }

    #[test]
    fn whoever_enrols_is_told_to_enrol_again() {
        let faults = [
            NetworkFault::Unreachable(String::new()),
            NetworkFault::LineBroke(String::new()),
            NetworkFault::Timeout,
            NetworkFault::CaptivePortal,
            NetworkFault::WrongServer(404),
            NetworkFault::Busy(503),
            NetworkFault::Broken(String::new()),
        ];
        for fault in faults {
            let zh = fault.enrolling_message().zh;
            assert!(zh.contains("enrol") && !zh.contains("sync") && !zh.contains("记录都在本机"), "{zh}");
        }
    }
}
