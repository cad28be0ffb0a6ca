//! The server's address as a person types it.

use daiban_messages::say::sync as say;
use daiban_messages::{Message, Say};
use std::fmt;

/// Scheme, host and port; no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

/// An address a client does not use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum AddressError {
    /// Not `https://host[:port]`.
    Unreadable(String),
    /// Plain HTTP to another machine: the facts would be readable on the way.
    Plain(String),
}

impl AddressError {
    /// What is wrong, with what to do next.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreadable(text) => say::AddressUnreadable { text }.say(),
            Self::Plain(text) => say::AddressPlain { text }.say(),
        }
    }
}

impl Address {
    /// Reads an address; a slash at the end is forgiven.
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        let text = text.trim();
        let unreadable = || AddressError::Unreadable(text.to_owned());
        let bare = text.trim_end_matches('/');
        let uri: http::Uri = bare.parse().map_err(|_| unreadable())?;
        let host = uri.host().filter(|h| !h.is_empty()).ok_or_else(unreadable)?;
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() || uri.authority().is_some_and(|a| a.as_str().contains('@')) {
            return Err(unreadable());
        }
        match uri.scheme_str() {
            Some("https") => Ok(Address(bare.to_owned())),
            Some("http") if is_loopback(host) => Ok(Address(bare.to_owned())),
            Some("http") => Err(AddressError::Plain(text.to_owned())),
            _ => Err(unreadable()),
        }
    }

    /// The address of a path on this server.
    pub fn with(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<core::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_reached_without_encryption() {
        for good in
            ["https://a.gov.cn", "https://a.gov.cn:8443/", "http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:9"]
        {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        assert!(matches!(Address::parse("http://10.0.0.1"), Err(AddressError::Plain(_))));
        for bad in ["", "a.gov.cn", "ftp://a", "https://", "https://a/b", "https://u@a", "https://a?x", "明天"] {
            assert!(matches!(Address::parse(bad), Err(AddressError::Unreadable(_))), "{bad}");
        }
    }
}
