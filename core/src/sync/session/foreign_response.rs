//! Who answered instead of Daiban's server: everything Daiban sends is CBOR or JSON of its own types.

use super::CONTENT_TYPE;

/// An answer that is not Daiban's. Whoever is in the field must know whether to sign in to the hotel's network, correct the
/// address or try again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignResponse {
    /// A sign-in page of a network (hotel, café, airport).
    CaptivePortal,
    /// A proxy in front of a server that is overloaded or being restarted; the HTTP status.
    Busy(u16),
    /// Something that is no Daiban server; the HTTP status.
    WrongServer(u16),
}

impl ForeignResponse {
    /// Recognises an answer to a request for `path` by its status, media type (without parameters) and body; `None` if it may be
    /// Daiban's.
    pub fn of(path: &str, status: u16, media_type: &str, body: &[u8]) -> Option<ForeignResponse> {
        let html = media_type == "text/html" || body.trim_ascii_start().first() == Some(&b'<');
        let answer = if path == super::PATH { CONTENT_TYPE } else { "application/json" };
        let ours = media_type == if (200..300).contains(&status) { answer } else { "application/problem+json" };
        match status {
            300..=399 | 511 => Some(ForeignResponse::CaptivePortal),
            502..=504 if !ours => Some(ForeignResponse::Busy(status)),
            200..=299 if html => Some(ForeignResponse::CaptivePortal),
            _ if !ours => Some(ForeignResponse::WrongServer(status)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_page_is_not_taken_for_the_server() {
        let of = |status, media_type, body: &[u8]| ForeignResponse::of(crate::sync::session::PATH, status, media_type, body);
        assert_eq!(of(200, "text/html", b"<html>"), Some(ForeignResponse::CaptivePortal));
        assert_eq!(of(302, "", b""), Some(ForeignResponse::CaptivePortal));
        assert_eq!(of(200, CONTENT_TYPE, b"  <!DOCTYPE html>"), Some(ForeignResponse::CaptivePortal));
        assert_eq!(of(404, "text/html", b"<h1>nginx"), Some(ForeignResponse::WrongServer(404)));
        assert_eq!(
            of(404, "application/json", b"{}"),
            Some(ForeignResponse::WrongServer(404)),
            "our problems have a type of their own"
        );
        assert_eq!(of(200, "application/json", b"{}"), Some(ForeignResponse::WrongServer(200)));
        assert_eq!(ForeignResponse::of(crate::sync::enrol::PATH, 200, "application/json", b"{}"), None);
        assert_eq!(of(503, "text/html", b"<h1>nginx"), Some(ForeignResponse::Busy(503)));
        assert_eq!(of(200, CONTENT_TYPE, b"\x01"), None);
        assert_eq!(of(409, "application/problem+json", b"{}"), None);
    }
}
