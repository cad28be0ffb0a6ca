//! `core/REQUIREMENTS.md`, read: the plan line by line, and where each stands.

use crate::house::root;

/// One row of the file.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// Its id, such as `R014`.
    pub id: String,
    /// `E`, `S` or `C`.
    pub letter: char,
    /// How far it is, as written.
    pub state: String,
    /// Where the code is, from the root.
    pub room: Option<String>,
    /// Tests that hold it, `path::name` each.
    pub tests: Vec<(String, String)>,
    /// Page addresses and commands by which a person sees it.
    pub seen: Vec<String>,
    /// What stands and what is missing.
    pub note: String,
}

impl PlanLine {
    /// Every row, in the order of the file.
    pub fn all() -> Vec<PlanLine> {
        let text = std::fs::read_to_string(root().join("core/REQUIREMENTS.md")).expect("core/REQUIREMENTS.md");
        let is_row = |line: &&str| line.starts_with("| R") || line.starts_with("| D");
        text.lines().filter(is_row).map(PlanLine::of).collect()
    }

    fn of(line: &str) -> PlanLine {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        assert_eq!(cells.len(), 8, "eight columns: {line}");
        let spans = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let parted = |test: String| {
            let (path, name) = test.split_once("::").unwrap_or_else(|| panic!("path::name, not {test}"));
            (path.to_owned(), name.to_owned())
        };
        PlanLine {
            id: cells[0].to_owned(),
            letter: cells[1].chars().next().unwrap_or_else(|| panic!("a letter: {line}")),
            state: cells[3].to_owned(),
            room: spans(cells[4]).pop(),
            tests: spans(cells[5]).into_iter().map(parted).collect(),
            seen: spans(cells[6]),
            note: cells[7].to_owned(),
        }
    }

    /// Its state without the part that brings the rest.
    pub fn state_word(&self) -> &str {
        self.state.split(" (").next().unwrap_or_default()
    }
}
