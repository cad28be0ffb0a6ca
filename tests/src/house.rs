//! Reading the project's own tree, for the house rules.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the tests live in the repository")
}

/// One text file of the project.
pub struct Source {
    /// Path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Every file of the project whose name ends in one of `endings`, with its text.
pub fn sources(endings: &[&str]) -> Vec<Source> {
    let mut out = Vec::new();
    for path in tracked().into_iter().filter(|p| endings.iter().any(|e| p.ends_with(e))) {
        if let Ok(text) = std::fs::read_to_string(root().join(&path)) {
            out.push(Source { path, text });
        }
    }
    assert!(!out.is_empty(), "nothing was found that ends in {endings:?}");
    out
}

/// What git tracks, or would; without git, or outside a clone, what lies there and is not built.
fn tracked() -> Vec<String> {
    let listed =
        Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root()).output();
    match listed {
        Ok(listed) if listed.status.success() => {
            let paths = String::from_utf8_lossy(&listed.stdout).into_owned();
            paths.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
        }
        _ => lying(&root(), ""),
    }
}

/// The files under a folder, by their paths from the root; folders of builds and hidden ones apart.
fn lying(folder: &Path, prefix: &str) -> Vec<String> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || ["target", "__pycache__", "dist"].contains(&name.as_str()) {
            continue;
        }
        if entry.path().is_dir() {
            out.extend(lying(&entry.path(), &format!("{prefix}{name}/")));
        } else {
            out.push(format!("{prefix}{name}"));
        }
    }
    out.sort();
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
