//! What the program enforces, let go one line at a time: the test that `core/REQUIREMENTS.md` names for it must turn red.
//!
//! The tests are run as they lie built beside this one, so they are built first:
//! `cargo test --release --no-run …` and then `cargo test --release … --test stubs`, with the same packages chosen.

use daiban_core::requirement::Requirement;
use daiban_tests::house::root;
use daiban_tests::plan_lines::PlanLine;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

#[test]
fn every_line_that_is_let_go_is_missed() {
    let began = Instant::now();
    let lines = PlanLine::all();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let (next, told) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(switch) = Requirement::ALL.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let line = lines.iter().find(|line| line.id == switch.id());
                    for test in line.map(|line| line.tests.clone()).expect("whatever is switched is a line") {
                        let missed = missed(*switch, &test);
                        told.lock().expect("nobody panics").push((switch.id(), test, missed));
                    }
                }
            });
        }
    });
    let mut told = told.into_inner().expect("nobody panics");
    told.sort();
    println!("| let go | test | |\n|---|---|---|");
    for (id, (path, name), missed) in &told {
        println!("| {id} | {path}::{name} | {} |", missed.as_ref().map_or_else(String::clone, |()| "red".to_owned()));
    }
    let is_killed = |switch: &&Requirement| {
        let mut named = told.iter().filter(|(id, ..)| *id == switch.id()).peekable();
        named.peek().is_some() && named.all(|(_, _, missed)| missed.is_ok())
    };
    let killed = Requirement::ALL.iter().filter(is_killed).count();
    let (total, seconds) = (Requirement::ALL.len(), began.elapsed().as_secs_f64());
    println!("FIGURE stubs killed {killed} of {total}, by {} tests, {seconds:.1} s", told.len());
    assert_eq!(killed, total, "a line that nobody misses, or a test that does not miss it");
}

/// What is shipped knows no switch.
#[test]
fn what_is_shipped_lets_nothing_go() {
    let Ok(shipped) = std::env::var("DAIBAN_BIN") else {
        println!("left out: DAIBAN_BIN names no shipped program");
        return;
    };
    let asked = Command::new(shipped).args(["workday", "check", "2021-02-30"]).env("DAIBAN_STUB", "R004").output();
    let asked = asked.expect("the shipped program runs");
    assert!(!asked.status.success(), "{}", String::from_utf8_lossy(&asked.stdout));
}

/// The test passes as things are, and fails without the line.
fn missed(switch: Requirement, (path, name): &(String, String)) -> Result<(), String> {
    let program = program(path)?;
    if !passes(&program, path, name, None)? {
        return Err("red without it, too".to_owned());
    }
    if passes(&program, path, name, Some(switch))? { Err("still green".to_owned()) } else { Ok(()) }
}

/// Runs one test; whether it passed.
fn passes(program: &Path, path: &str, name: &str, switch: Option<Requirement>) -> Result<bool, String> {
    let (package, _) = package(path);
    let mut run = Command::new(program);
    run.arg(name).current_dir(root().join(package)).env_remove("DAIBAN_STUB");
    if let Some(switch) = switch {
        run.env("DAIBAN_STUB", switch.id());
    }
    let output = run.output().map_err(|e| format!("{}: {e}", program.display()))?;
    let said = String::from_utf8_lossy(&output.stdout);
    if said.contains("running 0 tests") {
        return Err(format!("{} has no test {name}: build the tests first", program.display()));
    }
    Ok(output.status.success())
}

/// The package's folder and the name of its library.
fn package(path: &str) -> (&'static str, &'static str) {
    [
        ("core", "daiban_core"),
        ("server", "daiban_server"),
        ("mobile-examples/terminal", "daiban_field"),
        ("tests", "daiban_tests"),
    ]
    .into_iter()
    .find(|(folder, _)| path.starts_with(&format!("{folder}/")))
    .expect("tests stand in one of the packages")
}

/// The newest build of the program that holds the tests of a file.
fn program(path: &str) -> Result<PathBuf, String> {
    let (folder, library) = package(path);
    let inside = path[folder.len() + 1..].strip_prefix("tests/");
    let name = inside.map_or(library, |inside| inside.split(['/', '.']).next().unwrap_or_default());
    let beside = std::env::current_exe().map_err(|e| e.to_string())?;
    let folder = beside.parent().ok_or("this program lies nowhere")?;
    let is_it = |file: &Path| {
        let hash = file.file_name().and_then(|file| file.to_str()).and_then(|file| file.strip_prefix(&format!("{name}-")));
        hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let files =
        std::fs::read_dir(folder).map_err(|e| e.to_string())?.flatten().map(|entry| entry.path()).filter(|file| is_it(file));
    let built = |file: &PathBuf| file.metadata().and_then(|data| data.modified()).ok();
    files.max_by_key(built).ok_or_else(|| format!("{name} is not built: build the tests first"))
}
