//! The migrations as they lie in their folders.

use std::path::PathBuf;

/// SQLite's.
pub const FILE: &str = "migrations";
/// PostgreSQL's.
pub const SERVER: &str = "migrations/postgres";

fn folder(of: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(of)
}

/// Their names, without the ending, in order.
pub fn names(of: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder(of)).unwrap().map(|entry| entry.unwrap().path());
    let steps = files.filter(|path| path.extension().is_some_and(|ending| ending == "sql"));
    let mut names: Vec<String> = steps.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// The statements of one.
pub fn sql(of: &str, name: &str) -> String {
    std::fs::read_to_string(folder(of).join(format!("{name}.sql"))).unwrap()
}
