//! No crate in Cargo.lock is one that a known advisory speaks of. The facts stand in tests/data/advisories.toml; their age is printed.
#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::{DateTime, NaiveDate};
use daiban_tests::house::root;
use semver::{Version, VersionReq};
use serde::Deserialize;
use std::time::SystemTime;

#[derive(Deserialize)]
struct Facts {
    database: Source,
    by_hand: Source,
}

#[derive(Deserialize)]
struct Source {
    date: NaiveDate,
    advisories: Vec<Advisory>,
}

#[derive(Clone, Deserialize)]
struct Advisory {
    id: String,
    #[serde(rename = "crate")]
    name: String,
    #[serde(default)]
    patched: Vec<String>,
    #[serde(default)]
    unaffected: Vec<String>,
    #[serde(default)]
    informational: Option<String>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

impl Advisory {
    /// Whether it speaks of this version: neither mended in it nor never wrong in it.
    fn applies(&self, package: &Package) -> bool {
        let version = Version::parse(&package.version).unwrap();
        let holds =
            |range: &String| VersionReq::parse(range).unwrap_or_else(|_| panic!("{}: {range}", self.id)).matches(&version);
        self.name == package.name && !self.patched.iter().any(holds) && !self.unaffected.iter().any(holds)
    }
}

fn read<T: for<'a> Deserialize<'a>>(path: &str) -> T {
    toml::from_str(&std::fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

#[test]
fn no_locked_crate_is_one_that_an_advisory_speaks_of() {
    let (facts, lock): (Facts, Lock) = (read("tests/data/advisories.toml"), read("Cargo.lock"));
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let today = DateTime::from_timestamp(seconds.cast_signed(), 0).unwrap().date_naive();
    let days = |date: NaiveDate| (today - date).num_days();
    let all = || facts.database.advisories.iter().chain(&facts.by_hand.advisories);
    let hits = || all().flat_map(|advisory| lock.package.iter().filter(|p| advisory.applies(p)).map(move |p| (advisory, p)));
    let told: Vec<String> = hits().map(|(advisory, p)| format!("{} {} {}", advisory.id, p.name, p.version)).collect();
    let (snapshot, hand) = (facts.database.date, facts.by_hand.date);
    println!(
        "advisories: snapshot of {snapshot}, {} days old, and {} looked up by hand until {hand}, {} days old; {} advisories for our \
         crates, {} apply",
        days(snapshot),
        facts.by_hand.advisories.len(),
        days(hand),
        all().count(),
        told.len()
    );
    assert!(all().count() > 70, "the list of advisories has shrunk");
    // That nobody looks after a crate any more is worth a word; what is wrong in it must be mended.
    let wrong = hits().filter(|(advisory, _)| !matches!(advisory.informational.as_deref(), Some("unmaintained" | "notice")));
    assert_eq!(wrong.count(), 0, "{}", told.join("\n"));
}

#[test]
fn an_older_version_would_be_found() {
    let facts: Facts = read("tests/data/advisories.toml");
    let old = |name: &str, version: &str| Package { name: name.to_owned(), version: version.to_owned() };
    let all = || facts.database.advisories.iter().chain(&facts.by_hand.advisories);
    for (package, id) in [
        (old("rustls", "0.23.17"), "RUSTSEC-2024-0399"),
        (old("rustls", "0.23.44"), "RUSTSEC-2026-0285"),
        (old("tokio-postgres", "0.7.17"), "RUSTSEC-2026-0178"),
    ] {
        assert!(all().any(|advisory| advisory.id == id && advisory.applies(&package)), "{id} is not found");
    }
    let rustls = old("rustls", "0.23.10");
    assert!(!all().any(|advisory| advisory.id == "RUSTSEC-2024-0399" && advisory.applies(&rustls)));
}
