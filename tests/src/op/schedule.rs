//! A schedule with its seed, as it is kept in `tests/fixtures/failures/`.

use super::Op;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A list of operations over a world of a seed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Decides keys, ids and texts, and drew the operations.
    pub seed: u64,
    /// What was wrong when it was kept; empty for a fresh one.
    #[serde(default)]
    pub why: String,
    /// What happens.
    pub ops: Vec<Op>,
}

/// A fixture that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct ScheduleError {
    path: PathBuf,
    why: String,
}

impl Schedule {
    /// Reads a kept schedule.
    pub fn load(path: &Path) -> Result<Schedule, ScheduleError> {
        let wrong = |why: String| ScheduleError { path: path.to_owned(), why };
        let text = std::fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
        serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))
    }

    /// Writes it, one operation a line.
    pub fn save(&self, path: &Path) -> Result<(), ScheduleError> {
        let ops: Vec<String> = self.ops.iter().map(|op| format!("    {}", serde_json::json!(op))).collect();
        let why = serde_json::json!(self.why);
        let text = format!("{{\n  \"seed\": {},\n  \"why\": {why},\n  \"ops\": [\n{}\n  ]\n}}\n", self.seed, ops.join(",\n"));
        std::fs::write(path, text).map_err(|e| ScheduleError { path: path.to_owned(), why: e.to_string() })
    }

    /// Takes operations out as long as `fails` still holds, at most `tries` times: big pieces first, then single ones.
    pub fn shrink(mut self, mut tries: usize, fails: impl Fn(&Schedule) -> Option<String>) -> Schedule {
        let mut piece = (self.ops.len() / 2).max(1);
        loop {
            let mut at = 0;
            while at < self.ops.len() && tries > 0 {
                tries -= 1;
                let mut less = self.clone();
                less.ops.drain(at..(at + piece).min(self.ops.len()));
                match fails(&less) {
                    Some(why) => self = Schedule { why, ..less },
                    None => at += piece,
                }
            }
            if piece == 1 || tries == 0 {
                return self;
            }
            piece /= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::draw;

    #[test]
    fn a_schedule_is_read_as_it_was_written_and_shrinks_to_what_matters() {
        let drawn = Schedule { seed: 3, why: "so".into(), ops: draw(3, 60) };
        let path = std::env::temp_dir().join(format!("daiban-schedule-{}.json", std::process::id()));
        drawn.save(&path).unwrap();
        assert_eq!(Schedule::load(&path).unwrap(), drawn);
        std::fs::remove_file(path).unwrap();
        let guilty = Op::RestorePhoneBackup { phone: 77 };
        let mut longer = drawn;
        longer.ops.insert(20, guilty.clone());
        let shrunk = longer.shrink(500, |s| s.ops.contains(&guilty).then(|| "still".to_owned()));
        assert_eq!((shrunk.ops, shrunk.why.as_str()), (vec![guilty], "still"));
    }
}
