//! What stands between the client and its server, each with its own sentence: whoever is in the field must know whether to
//! walk to a window, sign in to the hotel's network, correct the clock or call the office.

use daiban_core::sync::session::ForeignResponse;

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

    /// A sentence for an official, with what to do next. Nothing recorded is ever lost by these.
    pub fn zh(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "连不上服务器，记录都在本机，不会丢失；请检查网络后再运行 sync。",
            Self::LineBroke(_) => {
                "连上了服务器，但网络太弱，传输总是中断；已上传的不会重传，其余记录都在本机，不会丢失；请换更好的网络再运行 sync。"
            }
            Self::Timeout => "服务器没有及时应答，记录都在本机，不会丢失；请稍后再运行 sync。",
            Self::CaptivePortal => "当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再运行 sync。",
            Self::CertificateTime(_) => "按本机时间，服务器证书不在有效期内；请核对本机的日期和时间，仍不行请联系专班办公室。",
            Self::Tls(_) => "无法建立安全连接：服务器证书不受信任；请勿继续，请核对服务器地址或联系专班办公室。",
            Self::PlainText(_) => {
                "这个端口不提供安全连接（https）；请核对服务器地址和端口，不要改用 http，仍不行请联系专班办公室。"
            }
            Self::Authority(_) => "证书文件无法使用；请向专班办公室重新索取 PEM 格式的证书文件。",
            Self::WrongServer(_) => "这个地址不是代办服务器；请核对地址，已登记的设备用 connect --server 更正。",
            Self::Busy(_) => "服务器繁忙或正在维护，记录都在本机，不会丢失；请稍后再运行 sync。",
            Self::Broken(_) => "通信内容损坏，记录都在本机，不会丢失；请再运行一次 sync，仍不行请联系专班办公室。",
        }
    }

    /// The same while a device is being enrolled: it holds no records yet, and the command to repeat is another.
    pub fn enrolling_zh(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "连不上服务器，本机尚未登记；请检查网络后再次运行 enrol，设备登记码没有用掉。",
            Self::CaptivePortal => "当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再次运行 enrol。",
            Self::LineBroke(_) | Self::Timeout | Self::Busy(_) | Self::Broken(_) => {
                "服务器没有完整应答，登记没有完成；请在网络稳定时再次运行 enrol，设备登记码如已被使用，请向专班办公室索取新的。"
            }
            Self::WrongServer(_) => "这个地址不是代办服务器，本机尚未登记；请核对地址后再次运行 enrol。",
            Self::CertificateTime(_) | Self::Tls(_) | Self::PlainText(_) | Self::Authority(_) => self.zh(),
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
            let zh = fault.enrolling_zh();
            assert!(zh.contains("enrol") && !zh.contains("sync") && !zh.contains("记录都在本机"), "{zh}");
        }
    }
}
