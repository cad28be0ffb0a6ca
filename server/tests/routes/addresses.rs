//! The addresses of the router: read from the sources, because a router does not tell what it holds.

use daiban_server::api::openapi::document;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Pages that show nothing of a case, or only to whoever knows an address that nobody can guess.
const PUBLIC: [&str; 4] = ["/", "/enter", "/assets/{name}", "/e/{link}"];

/// One address.
pub struct Address {
    /// With its parameters in braces.
    pub path: String,
    /// Whether it answers whoever asks.
    pub public: bool,
}

/// Every address: those of the sources; which of `/v1` are public is what the API's document says.
pub fn addresses() -> Vec<Address> {
    let document: Value = serde_json::to_value(document()).unwrap();
    let described = document["paths"].as_object().unwrap();
    let all = of_sources(&sources());
    let routed: Vec<&String> = all.iter().filter(|path| path.starts_with("/v1/")).collect();
    assert_eq!(routed, described.keys().collect::<Vec<_>>(), "the router and the API's document name the same addresses");
    all.into_iter().map(|path| Address { public: is_public(&path, described.get(&path)), path }).collect()
}

fn is_public(path: &str, described: Option<&Value>) -> bool {
    match described {
        Some(methods) => methods.as_object().unwrap().values().all(|operation| operation["security"].is_null()),
        None => PUBLIC.contains(&path),
    }
}

/// What stands in `.route("…"`, in order. Other ways to put something into a router are not used.
pub fn of_sources(sources: &[String]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for source in sources {
        for other in [".nest(", ".nest_service(", ".route_service(", ".fallback_service("] {
            assert!(!source.contains(other), "{other} hides addresses from this test");
        }
        let paths = source.split(".route(").skip(1).map(|rest| rest.trim_start());
        found.extend(paths.map(|rest| match rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
            Some(path) => path.to_owned(),
            None => panic!("an address that is no literal: {}", rest.lines().next().unwrap_or_default()),
        }));
    }
    found.into_iter().collect()
}

/// The server's sources.
pub fn sources() -> Vec<String> {
    let mut texts = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match entry.is_dir() {
                true => folders.push(entry),
                false if entry.extension().is_some_and(|end| end == "rs") => texts.push(std::fs::read_to_string(entry).unwrap()),
                false => {}
            }
        }
    }
    texts
}
