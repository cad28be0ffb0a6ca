//! Reading the project's own tree, for the house rules.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the tests live in the repository")
}

/// One tracked text file.
pub struct Source {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Every tracked file whose name ends in one of `endings`, with its text.
pub fn sources(endings: &[&str]) -> Vec<Source> {
    let listed =
        Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root()).output();
    let listed = listed.expect("git lists the tree");
    let paths = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut out = Vec::new();
    for path in paths.split('\0').filter(|p| endings.iter().any(|e| p.ends_with(e))) {
        if let Ok(text) = std::fs::read_to_string(root().join(path)) {
            out.push(Source { path: path.to_owned(), text });
        }
    }
    assert!(!out.is_empty(), "git ls-files found nothing that ends in {endings:?}");
    out
}

/// The lines of a source without its inline unit tests (`#[cfg(test)] mod … {` to the end of the file).
pub fn without_tests(text: &str) -> &str {
    const MARK: &str = "#[cfg(test)]\n";
    let opens = |rest: &str| {
        let line = rest.lines().find(|line| !line.starts_with("#["));
        line.is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
    };
    let at = text.match_indices(MARK).map(|(at, _)| at).find(|at| opens(&text[at + MARK.len()..]));
    at.map_or(text, |at| &text[..at])
}
