//! The one switch. Plain `cargo test` needs Rust and a C compiler; what needs more is left out of it, and says so.

use std::io::Write;

/// Set to anything: every test runs, and fails where what it needs is not there. `tests/run` sets it, but for `--quick`.
pub const SWITCH: &str = "DAIBAN_TEST_EVERYTHING";

/// A test program that plain `cargo test` leaves out.
pub struct LeftOut {
    /// The program, as cargo names it.
    pub program: &'static str,
    /// What it needs beside Rust and a C compiler.
    pub needs: &'static str,
    /// The stage of `tests/run` that runs it.
    pub stage: &'static str,
}

/// All of them: those that ask [`left_out`], and those that cargo starts only by name (`test = false`).
pub const LEFT_OUT: &[LeftOut] = &[
    LeftOut { program: "browser_smoke", needs: "Chromium and a Chinese font", stage: "tests" },
    LeftOut { program: "kill", needs: "the server as it is shipped", stage: "tests" },
    LeftOut { program: "planted", needs: "a release build", stage: "tests" },
    LeftOut { program: "stubs", needs: "programs that were built before", stage: "stubs" },
    LeftOut { program: "front_door", needs: "a release build and the machine for itself", stage: "front-door" },
    LeftOut { program: "weak_line", needs: "a release build and minutes of waiting", stage: "--full weak-line" },
    LeftOut { program: "nodes", needs: "PostgreSQL and HAProxy", stage: "nodes" },
    LeftOut { program: "postgres", needs: "PostgreSQL and the right to mount", stage: "postgres" },
    LeftOut { program: "migrate", needs: "PostgreSQL", stage: "postgres" },
];

/// Whether everything was asked for.
pub fn everything() -> bool {
    std::env::var_os(SWITCH).is_some_and(|value| !value.is_empty())
}

/// Whether this program is to do nothing now; then it says so, past whatever catches a test's output.
///
/// # Panics
///
/// On a program that does not stand in [`LEFT_OUT`]: nothing is left out in silence.
pub fn left_out(program: &str) -> bool {
    let row = LEFT_OUT.iter().find(|row| row.program == program);
    let row = row.unwrap_or_else(|| panic!("{program} does not stand in the list of what may be left out"));
    if everything() {
        return false;
    }
    let _ = writeln!(std::io::stderr(), "left out: {}", sentence(row));
    true
}

/// How often a repeated trial is made: a debug build, whose trials take ten times as long and more, makes one in twenty-five.
pub const fn trials(thorough: u64) -> u64 {
    if cfg!(debug_assertions) { thorough.div_ceil(25) } else { thorough }
}

/// What was left out, why, and how to run it.
pub fn sentence(row: &LeftOut) -> String {
    format!("{} (needs {}): tests/run {}", row.program, row.needs, row.stage)
}
