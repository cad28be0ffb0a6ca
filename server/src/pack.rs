//! A pack from a folder: read, checked, and taken over by a server that is started with it.
//!
//! [`read`] tells everything that is wrong, each with file and line. A server that is started with a pack keeps it in its store, so that
//! it needs no folder afterwards and all nodes have the same; one that was refused leaves the server with the pack it had.

mod folder;
mod line;

pub use folder::{read, read_with};

use daiban_core::plan::PackFault;
use daiban_messages::say::server as say;
use daiban_messages::{Both, Message, Say};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// A pack that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct PackProblem {
    /// The folder.
    pub folder: PathBuf,
    /// What is wrong, file by file.
    pub faults: Vec<PlacedFault>,
}

/// What is wrong, and in which line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlacedFault {
    /// The file.
    pub file: String,
    /// The line, from 1; `None` for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Where in the file, by keys.
    pub place: String,
    /// What is wrong, with what to do next.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl PlacedFault {
    /// What is wrong, told with its line.
    pub(crate) fn of(fault: &PackFault, folder: &Path, line: Option<usize>) -> PlacedFault {
        let file = folder.join(format!("{}.toml", fault.place.file)).display().to_string();
        PlacedFault { file, line, place: fault.place.to_string(), zh: fault.wrong.zh(), en: fault.wrong.to_string() }
    }

    /// "organisation.toml 第12行：…".
    pub fn told_zh(&self) -> String {
        self.said().zh
    }

    /// `organisation.toml:12: …`.
    pub fn told_en(&self) -> String {
        self.said().en
    }

    /// Lines begin with 1: 0 stands for none.
    fn said(&self) -> Message {
        let what = Both::new(&self.zh, &self.en);
        say::PackFault { file: &self.file, line: self.line.unwrap_or(0), what }.say()
    }
}

impl PackProblem {
    /// Everything that is wrong, a line each, for the operator.
    pub fn message(&self) -> Message {
        let lines =
            |told: fn(&PlacedFault) -> String| self.faults.iter().map(|fault| format!("\n{}", told(fault))).collect::<String>();
        let faults = Both::new(lines(PlacedFault::told_zh), lines(PlacedFault::told_en));
        say::PackFaulty { folder: self.folder.display(), count: self.faults.len(), faults }.say()
    }
}

impl fmt::Display for PackProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}
