//! Where in a pack something stands.

use std::fmt;

/// A step from a table of a file to what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Under that key.
    Key(String),
    /// In that place of a list, counted from 0.
    At(usize),
}

/// A file of a pack, without folder and ending, and the steps to a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// `organisation`.
    pub file: String,
    /// From the file's own table on.
    pub path: Vec<Step>,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &str) -> Place {
        Place { file: file.to_owned(), path: Vec::new() }
    }

    /// One key further.
    pub fn key(&self, key: &str) -> Place {
        self.step(Step::Key(key.to_owned()))
    }

    /// The entry of a list.
    pub fn at(&self, at: usize) -> Place {
        self.step(Step::At(at))
    }

    fn step(&self, step: Step) -> Place {
        let mut place = self.clone();
        place.path.push(step);
        place
    }
}

impl fmt::Display for Place {
    /// `organisation.toml, unit 3, name`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.toml", self.file)?;
        for step in &self.path {
            match step {
                Step::Key(key) => write!(f, ", {key}")?,
                Step::At(at) => write!(f, " {}", at + 1)?,
            }
        }
        Ok(())
    }
}
