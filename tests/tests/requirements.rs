//! `core/REQUIREMENTS.md` holds: every line of the plan once, with a state, and nothing in it that is not there.

use clap::CommandFactory;
use daiban_core::requirement::Requirement;
use daiban_tests::house::{root, sources, without_tests};
use daiban_tests::plan_lines::PlanLine;
use daiban_tests::world::{Line, World};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const STATES: [&str; 4] = ["done", "later", "setting", "not for software"];

/// The parts of the plan of work.
const PARTS: std::ops::RangeInclusive<u32> = 7..=19;

#[test]
fn every_line_of_the_plan_stands_once_with_its_letter() {
    let list = std::fs::read_to_string(root().join("tests/data/requirements-ids.txt")).expect("the list of ids");
    let mut wanted: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let mut held: Vec<String> = PlanLine::all().iter().map(|line| format!("{} {}", line.id, line.letter)).collect();
    wanted.sort_unstable();
    held.sort_unstable();
    assert_eq!(held, wanted);
    assert_eq!(held.iter().map(|line| line.split(' ').next()).collect::<BTreeSet<_>>().len(), held.len(), "an id stands twice");
}

#[test]
fn every_line_has_a_state_and_what_belongs_to_it() {
    let mut counts: BTreeMap<(char, &str), usize> = BTreeMap::new();
    let lines = PlanLine::all();
    for line in &lines {
        let (id, state) = (&line.id, line.state_word());
        assert!(STATES.contains(&state), "{id}: {}", line.state);
        assert!(['E', 'S', 'C'].contains(&line.letter), "{id}: {}", line.letter);
        if let Some((_, part)) = line.state.split_once(" (part ") {
            let part = part.trim_end_matches(')').parse();
            assert!(state == "later" && part.is_ok_and(|part: u32| PARTS.contains(&part)), "{id}: {}", line.state);
        }
        match state {
            "done" | "setting" => {
                assert!(
                    line.room.is_some() && !line.tests.is_empty() && !line.seen.is_empty(),
                    "{id}: a room, a test, a place to see"
                );
            }
            "not for software" => assert!(line.note != "–", "{id}: why not"),
            _ => {
                assert!(line.tests.is_empty() || line.room.is_some(), "{id}: a test of which room");
                assert!(line.state.contains("(part") || line.note != "–", "{id}: what it waits for");
            }
        }
        *counts.entry((line.letter, state)).or_default() += 1;
    }
    println!("| letter | {} |\n|---|---|---|---|---|", STATES.join(" | "));
    for letter in ['E', 'S', 'C'] {
        let row = STATES.map(|state| counts.get(&(letter, state)).copied().unwrap_or_default().to_string());
        println!("| {letter} | {} |", row.join(" | "));
    }
}

#[test]
fn rooms_and_tests_are_there() {
    let mut wrong = Vec::new();
    for line in PlanLine::all() {
        if line.room.as_ref().is_some_and(|room| !root().join(room).exists()) {
            wrong.push(format!("{}: there is no {:?}", line.id, line.room));
        }
        for (path, name) in &line.tests {
            let text = std::fs::read_to_string(root().join(path)).unwrap_or_default();
            if !text.contains(&format!("fn {name}(")) {
                wrong.push(format!("{}: {path} has no test {name}", line.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a command line knows these words, one below the other.
fn knows(mut command: clap::Command, words: &str) -> bool {
    for word in words.split(' ') {
        match command.find_subcommand(word) {
            Some(found) => command = found.clone(),
            None => return false,
        }
    }
    true
}

#[test]
fn commands_are_known() {
    let (office, phone) = (daiban_server::cli::args::Cli::command(), daiban_field::cli::args::Args::command());
    assert!(!knows(office.clone(), "report burn") && !knows(phone.clone(), "burn"), "the looking itself");
    for line in PlanLine::all() {
        for seen in &line.seen {
            let known = match (seen.strip_prefix("daiban "), seen.strip_prefix("daiban-field ")) {
                (Some(words), _) => knows(office.clone(), words),
                (_, Some(words)) => knows(phone.clone(), words),
                _ => seen.starts_with('/'),
            };
            assert!(known, "{}: `{seen}` is neither a page nor a command", line.id);
        }
    }
}

#[test]
fn pages_answer() {
    let mut world = World::new(Line::Loopback, 7, "2026-11-23", &[]);
    world.settle_people();
    let case = world.usual_case(3);
    world.move_to("2026-11-30", 9, 0);
    world.order("li-na", json!({ "command": "report_draft", "week": "2026-W48", "group": "planning" }));
    world.order("wei-dong", json!({ "command": "report_draft", "week": "2026-W48" }));
    let link = world.read(&format!("/v1/cases/{case}"))["enterprise_page"].as_str().expect("its page").to_owned();
    let addresses: BTreeSet<String> =
        PlanLine::all().into_iter().flat_map(|line| line.seen).filter(|seen| seen.starts_with('/')).collect();
    assert!(addresses.len() >= 6, "{addresses:?}");
    for address in addresses {
        let filled = address.replace("{id}", &case.to_string()).replace("{week}", "2026-W48").replace("{group}", "planning");
        let filled = filled.replace("/e/{link}", &link);
        let token = format!("Bearer {}", world.server.app().office_token);
        let answer = ureq::get(format!("{}{filled}", world.server.url())).header("authorization", token).call();
        assert_eq!(answer.map(|answer| answer.status().as_u16()).ok(), Some(200), "{address}");
    }
}

#[test]
fn ids_in_the_tree_are_lines_of_the_plan() {
    let known: BTreeSet<String> = PlanLine::all().into_iter().map(|line| line.id).collect();
    let mut cited = BTreeSet::new();
    let all = sources(&[".rs", ".sql", ".md", ".toml", ".html"]);
    for source in all.iter().filter(|source| source.path != "core/REQUIREMENTS.md") {
        // Tests make up duties of later versions.
        let made_up = source.path.contains("/tests/") || source.path.ends_with("_tests.rs");
        for id in ids(without_tests(&source.text)).filter(|id| !made_up || id.starts_with('R')) {
            assert!(known.contains(id), "{} cites {id}, which core/REQUIREMENTS.md does not have", source.path);
            cited.insert(id.to_owned());
        }
    }
    assert!(cited.len() > 50, "only {cited:?} were found");
}

/// Words of the forms `R014`, `R118b` and `D12`.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        match (word.strip_prefix('R'), word.strip_prefix('D')) {
            (Some(rest), _) => {
                let number = rest.trim_end_matches(|c: char| ('b'..='f').contains(&c));
                number.len() == 3 && rest.len() <= 4 && digits(number)
            }
            (_, Some(rest)) => (1..=2).contains(&rest.len()) && digits(rest),
            _ => false,
        }
    })
}

#[test]
fn every_enforced_line_has_a_switch_or_says_why_not() {
    let lines = PlanLine::all();
    for line in lines.iter().filter(|line| line.letter == 'E' && line.state == "done") {
        let switched = Requirement::ALL.iter().any(|switch| switch.id() == line.id);
        assert!(switched != line.note.contains("no switch: "), "{}: a switch, or why there is none", line.id);
    }
    for switch in Requirement::ALL {
        let line = lines.iter().find(|line| line.id == switch.id()).unwrap_or_else(|| panic!("{} is no line", switch.id()));
        assert!(!line.tests.is_empty(), "{}: whatever is switched has a test", line.id);
    }
}
