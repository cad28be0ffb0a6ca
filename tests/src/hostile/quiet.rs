//! Running code that is expected to panic, or that might never end.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};

thread_local!(static QUIET: Cell<bool> = const { Cell::new(false) });

/// Runs `work` without the report of a panic on the terminal; other threads' panics are still reported.
pub fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(before);
    result.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Ends the whole test process, with the last label, when no beat comes for a long time: a hang must fail, not wait.
pub struct Watchdog {
    last: &'static Mutex<(Instant, String)>,
}

impl Watchdog {
    /// Starts watching; `limit` is generous, because machines are slow, but a hang is for ever.
    pub fn start(limit: Duration) -> Self {
        let last: &'static Mutex<_> = Box::leak(Box::new(Mutex::new((Instant::now(), String::from("start")))));
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_millis(500));
                let (at, label) = last.lock().unwrap_or_else(PoisonError::into_inner).clone();
                if label.is_empty() {
                    return;
                }
                if at.elapsed() > limit {
                    eprintln!("hang: no progress for {limit:?} after {label}");
                    std::process::exit(101);
                }
            }
        });
        Self { last }
    }

    /// Says that work goes on, and with what.
    pub fn beat(&self, label: impl Into<String>) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), label.into());
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.beat("");
    }
}
