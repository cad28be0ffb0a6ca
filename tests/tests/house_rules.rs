//! The house rules, checked on the tree itself.

use daiban_tests::house::{root, sources, without_tests};
use daiban_tests::rooms::{Rooms, circles, wrong_arrows};
use daiban_tests::words::marked;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const LINES_MAX: usize = 400;

/// Rooms of the core, lower ones first; a room may use itself and what stands below it.
const CORE_ROOMS: Rooms = &[
    ("ids", &[]),
    ("limits", &[]),
    ("requirement", &[]),
    ("calendar", &["ids", "limits", "requirement"]),
    ("people", &["ids", "limits", "requirement", "calendar"]),
    ("fact", &["ids", "limits", "requirement", "calendar", "people"]),
    ("case", &["ids", "limits", "calendar", "people", "fact"]),
    ("doc", &["ids", "limits", "fact"]),
    ("admit", &["ids", "limits", "fact", "doc"]),
    ("permit", &["ids", "limits", "requirement", "calendar", "people", "fact", "case"]),
    ("rules", &["ids", "limits", "requirement", "calendar", "people", "fact", "case", "permit"]),
    ("report", &["ids", "limits", "requirement", "calendar", "people", "fact", "case", "rules"]),
    ("store", &["ids", "limits"]),
    ("sync", &["ids", "limits", "calendar", "people", "fact", "case", "doc", "admit"]),
    (
        "agent",
        &["ids", "limits", "calendar", "people", "fact", "case", "doc", "admit", "permit", "rules", "report", "store", "sync"],
    ),
];

/// Rooms of the server, lower ones first. Planted bugs stand apart in a room of their own, which uses nothing.
const SERVER_ROOMS: Rooms = &[
    ("random", &[]),
    ("clock", &[]),
    ("telemetry", &[]),
    ("files", &[]),
    ("planted", &[]),
    ("db", &["random", "files", "planted"]),
    ("error", &["db"]),
    ("body", &["db", "error"]),
    ("door", &["error"]),
    ("config", &["files", "db", "body"]),
    ("security_headers", &["config"]),
    ("ledger", &["random", "planted", "db", "error"]),
    ("pack", &[]),
    ("app", &["random", "clock", "files", "pack", "planted", "db", "error", "body", "door", "config", "ledger"]),
    ("command_context", &["db", "error", "app"]),
    ("auth", &["random", "db", "error", "door", "app"]),
    ("intake", &["planted", "db", "error", "config", "ledger", "app", "auth"]),
    ("sync", &["planted", "db", "error", "config", "app", "auth", "intake"]),
    ("watch", &["random", "clock", "pack", "db", "ledger", "app"]),
    ("reports", &["random", "planted", "db", "error", "ledger", "app", "command_context", "watch"]),
    ("backup", &["files", "db"]),
    ("jobs", &["db", "error", "ledger", "app", "watch", "reports", "backup"]),
    (
        "commands",
        &["random", "planted", "db", "error", "ledger", "app", "command_context", "auth", "intake", "watch", "reports", "jobs"],
    ),
    ("render", &["db", "error", "ledger", "app", "watch"]),
    ("console", &["db", "app", "auth", "intake", "watch", "render"]),
    ("enterprise", &["db", "app", "watch", "render"]),
    ("api", &["db", "error", "body", "door", "ledger", "app", "auth", "sync", "commands"]),
    ("router", &["db", "error", "body", "security_headers", "app", "render", "console", "enterprise", "api"]),
    ("serve", &["body", "door", "app", "router"]),
    ("demo", &["clock", "db", "error", "config", "app", "watch", "jobs", "commands", "serve"]),
    (
        "cli",
        &[
            "clock",
            "telemetry",
            "files",
            "db",
            "error",
            "config",
            "pack",
            "app",
            "sync",
            "watch",
            "backup",
            "jobs",
            "commands",
            "api",
            "serve",
            "demo",
        ],
    ),
];

/// Written by UniFFI's generator, compared with it by `bindings/scripts/generate.sh --check`.
fn is_generated(path: &str) -> bool {
    let places = [
        "bindings/kotlin/src/generated/",
        "bindings/swift/Sources/DaibanCore/DaibanCore.swift",
        "bindings/python/daiban/daiban_ffi.py",
    ];
    places.iter().any(|place| path.starts_with(place))
}

#[test]
fn files_stay_small() {
    let big: Vec<String> = sources(&[".rs", ".kt", ".swift", ".py", ".sh"])
        .into_iter()
        .filter(|s| !is_generated(&s.path))
        .filter_map(|s| {
            let lines = s.text.lines().count();
            (lines > LINES_MAX).then(|| format!("{} has {lines} lines", s.path))
        })
        .collect();
    assert!(big.is_empty(), "one noun a file, at most {LINES_MAX} lines:\n{}", big.join("\n"));
}

#[test]
fn rooms_use_only_what_stands_below_them() {
    let sources = sources(&[".rs"]);
    for (base, rooms) in [("core/src/", CORE_ROOMS), ("server/src/", SERVER_ROOMS)] {
        let wrong = wrong_arrows(base, rooms, &sources);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn files_of_a_room_of_the_server_form_no_circle() {
    let wrong = circles("server/src/", &sources(&[".rs"]));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_two_rooms_know_automerge() {
    for source in sources(&[".rs"]).iter().filter(|s| s.path.starts_with("core/src/") || s.path.starts_with("server/src/")) {
        let knows = without_tests(&source.text).lines().any(|l| l.contains("automerge::") && !l.trim_start().starts_with("//"));
        let may = ["core/src/doc", "core/src/admit"].iter().any(|room| source.path.starts_with(room));
        assert!(may || !knows, "{} must not know Automerge", source.path);
    }
}

#[test]
fn one_file_reads_the_clock_and_one_draws_randomness() {
    let readers = |needle: &str, room: &str| -> Vec<String> {
        let all = sources(&[".rs"]);
        let hits = all.iter().filter(|s| {
            s.path.starts_with(room) && s.text.lines().any(|l| l.contains(needle) && !l.trim_start().starts_with("//"))
        });
        hits.map(|s| s.path.clone()).collect()
    };
    assert_eq!(readers("SystemTime::now", "server/src/"), ["server/src/clock.rs"]);
    assert_eq!(readers("getrandom::", "server/src/"), ["server/src/random.rs"]);
    for needle in ["SystemTime::now", "Instant::now", "Utc::now", "getrandom::", "std::net::"] {
        assert_eq!(readers(needle, "core/src/"), Vec::<String>::new(), "the core must not use {needle}");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = ["TODO", "FIXME", "todo!(", "unimplemented!(", "#[ignore"];
    let all = sources(&[".rs", ".html", ".css", ".sql", ".toml", ".kt", ".swift", ".py", ".sh"]);
    for source in all.iter().filter(|s| s.path != "tests/tests/house_rules.rs" && !is_generated(&s.path)) {
        for mark in marks {
            assert!(!source.text.contains(mark), "{} has {mark}", source.path);
        }
    }
}

#[test]
fn migrations_and_editions_are_only_added() {
    let list = std::fs::read_to_string(root().join("tests/fixtures/frozen-files.txt")).expect("the list of frozen files");
    let mut named = BTreeSet::new();
    for line in list.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let (hash, path) = line.split_once("  ").expect("hash, two blanks, path");
        let bytes = std::fs::read(root().join(path)).unwrap_or_else(|_| panic!("{path} was removed; frozen files stay"));
        let now = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
        assert_eq!(now, hash, "{path} was changed; add a new file instead");
        named.insert(path.to_owned());
    }
    let endings = [".sql", ".json", ".hex"];
    let frozen = ["server/migrations/", "core/src/store/", "core/data/calendar/", "core/tests/golden/"];
    for source in sources(&endings).iter().filter(|s| frozen.iter().any(|f| s.path.starts_with(f))) {
        assert!(named.contains(&source.path), "{} is not in tests/fixtures/frozen-files.txt: add its hash", source.path);
    }
}

#[test]
fn no_word_is_read_that_an_official_would_mark() {
    let wrong = marked(&sources(&[".rs", ".ftl", ".html", ".toml", ".txt", ".md"]));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Plain `cargo test` takes every package but the generator of the bindings, which no test needs.
#[test]
fn every_package_is_tested_by_default() {
    let manifest: toml::Value =
        toml::from_str(&std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml")).expect("TOML");
    let list = |name: &str| -> BTreeSet<String> {
        let paths = manifest["workspace"][name].as_array().expect("a list of packages");
        paths.iter().filter_map(|path| path.as_str()).map(str::to_owned).collect()
    };
    let mut members = list("members");
    members.remove("bindings/uniffi-bindgen");
    assert_eq!(list("default-members"), members);
}
