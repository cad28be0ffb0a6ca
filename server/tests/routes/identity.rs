//! Who asks, and what he shows.

use super::house::House;
use axum::http::request::Builder;
use daiban_core::sync::RequestSignature;

/// An identity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Shows nothing.
    Nobody,
    /// Shows an office token that is none.
    Wrong,
    /// Knows an enterprise's address, and shows its secret as a token.
    Enterprise,
    /// A phone whose code nobody gave out.
    Stranger,
    /// A phone that the office has not confirmed.
    Pending,
    /// A phone that the office shut out.
    Revoked,
    /// An agent's phone. What its holder's role may do is judged record by record, never by address.
    Phone,
    /// The chief agent's phone.
    Chief,
    /// The office, by its page's cookie.
    Cookie,
    /// The office, by its token.
    Office,
}

use Identity::{Chief, Cookie, Enterprise, Nobody, Office, Pending, Phone, Revoked, Stranger, Wrong};

/// All of them.
pub const IDENTITIES: [Identity; 10] = [Nobody, Wrong, Enterprise, Stranger, Pending, Revoked, Phone, Chief, Cookie, Office];

/// Those that no closed address lets in.
pub const OUTSIDERS: [Identity; 6] = [Nobody, Wrong, Enterprise, Stranger, Pending, Revoked];

impl Identity {
    /// What it is called in the list.
    pub fn name(self) -> &'static str {
        match self {
            Nobody => "nobody",
            Wrong => "wrong",
            Enterprise => "enterprise",
            Stranger => "stranger",
            Pending => "pending",
            Revoked => "revoked",
            Phone => "phone",
            Chief => "chief",
            Cookie => "cookie",
            Office => "office",
        }
    }

    /// The request with what this identity shows.
    pub fn shows(self, request: Builder, house: &House, method: &str, path: &str, body: &[u8]) -> Builder {
        let bearer = |token: &str| format!("Bearer {token}");
        match self {
            Nobody => request,
            Wrong => request.header("authorization", bearer(&"0".repeat(64))),
            Enterprise => request.header("authorization", bearer(&house.link)),
            Office => request.header("authorization", bearer(&house.app.office_token)),
            Cookie => request.header("cookie", format!("daiban_office={}", house.app.office_token)),
            Stranger | Pending | Revoked | Phone | Chief => {
                let signed = RequestSignature::sign(house.key(self), house.counter(), method, path, body);
                signed.headers().into_iter().fold(request, |request, (name, value)| request.header(name, value))
            }
        }
    }
}
