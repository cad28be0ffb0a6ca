//! Whose connection it is when a proxy stands in front.

use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

const X_FORWARDED_FOR: &str = "x-forwarded-for";
/// RFC 7239.
const FORWARDED: &str = "forwarded";

/// The address that trusted proxies name: the last one in the chain that is none of them. `None` = they name nobody.
///
/// Proxies that write only `X-Forwarded-For` pass a sender's own `Forwarded` on, so this one counts only without the other.
pub fn named(headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let standard = list(headers, FORWARDED).into_iter().flat_map(|element| element.split(';').filter_map(for_of));
    let usual = list(headers, X_FORWARDED_FOR).into_iter().map(str::trim);
    let chain: Vec<&str> = if headers.contains_key(X_FORWARDED_FOR) { usual.collect() } else { standard.collect() };
    // Read from the right: what stands further left was written by whoever came.
    chain.into_iter().rev().map_while(read).find(|address| !trusted.contains(address))
}

fn list<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect()
}

fn for_of(pair: &str) -> Option<&str> {
    let (name, value) = pair.trim().split_once('=')?;
    name.eq_ignore_ascii_case("for").then(|| value.trim_matches('"'))
}

/// With or without a port, IPv6 with or without brackets.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_last_address_before_the_proxies_counts() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let find = |name: &'static str, value: &str| {
            let headers = HeaderMap::from_iter([(name.parse().unwrap(), value.parse().unwrap())]);
            named(&headers, &[proxy]).map(|address| address.to_string())
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            find(X_FORWARDED_FOR, "1.1.1.1, 203.0.113.7, 10.0.0.1"),
            some("203.0.113.7"),
            "what he wrote himself is not believed"
        );
        assert_eq!(find(X_FORWARDED_FOR, "203.0.113.7:4711"), some("203.0.113.7"));
        assert_eq!(find(X_FORWARDED_FOR, "203.0.113.7, nonsense"), None);
        assert_eq!(find(FORWARDED, "for=1.1.1.1, for=\"[2001:db8::7]:80\";proto=https"), some("2001:db8::7"));
        assert_eq!(find("host", "x"), None);
    }

    #[test]
    fn what_the_usual_header_says_counts_beside_the_standard_one() {
        let usual = (X_FORWARDED_FOR.parse().unwrap(), "203.0.113.7".parse().unwrap());
        let standard = (FORWARDED.parse().unwrap(), "for=198.51.100.1".parse().unwrap());
        for both in [[usual.clone(), standard.clone()], [standard, usual]] {
            let found = named(&HeaderMap::from_iter(both), &[]);
            assert_eq!(found, Some("203.0.113.7".parse().unwrap()), "a sender's own Forwarded is not believed");
        }
    }
}
