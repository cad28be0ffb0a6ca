//! What the documents say, checked on the tree: paths, sections, commands and stages are there, and comments cite only what is there.

use clap::Parser;
use clap::error::ErrorKind;
use daiban_tests::house::{Source, root, sources};
use daiban_tests::switch::{LEFT_OUT, SWITCH};
use std::collections::BTreeSet;
use std::path::Path;

/// Every document but the one that a program writes.
fn documents() -> Vec<Source> {
    sources(&[".md"]).into_iter().filter(|s| s.path != "tests/RESULTS.md").collect()
}

/// What stands between back quotes.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A line of its own without what stands behind ` #`, or a span between back quotes: where commands stand.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.lines().flat_map(spans).filter(|span| !span.contains(['…', '<']));
    let whole = text.lines().map(|line| line.trim().trim_start_matches("$ ")).filter_map(|line| line.split(" #").next());
    whole.filter(|line| !line.contains('`')).chain(inside)
}

#[test]
fn paths_and_sections_of_the_documents_are_there() {
    for Source { path: document, text } in documents() {
        let base = root().join(&document).parent().expect("a folder").to_owned();
        for target in text.split("](").skip(1).filter_map(|t| t.split(')').next()).filter(|t| !t.contains("://")) {
            let (path, section) = target.split_once('#').unwrap_or((target, ""));
            let file = if path.is_empty() { root().join(&document) } else { base.join(path) };
            assert!(file.exists(), "{document} points at {target}, which is not there");
            let there = section.is_empty() || headings(&file).contains(section);
            assert!(there, "{document} points at {target}, which has no such section");
        }
        for span in spans(&text).filter(|s| is_path(s)) {
            let (path, test) = span.split_once("::").unwrap_or((span, ""));
            let file = [base.join(path), root().join(path)].into_iter().find(|file| file.exists());
            let file = file.unwrap_or_else(|| panic!("{document} names {span}, which is not there"));
            let text = || std::fs::read_to_string(&file).unwrap_or_default();
            assert!(test.is_empty() || text().contains(&format!("fn {test}(")), "{document} names {span}, no function of {path}");
        }
    }
}

/// The names by which the headings of a document are linked to.
fn headings(file: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let name = |heading: &str| -> String {
        let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || [' ', '-', '_'].contains(sign));
        kept.flat_map(char::to_lowercase).map(|sign| if sign == ' ' { '-' } else { sign }).collect()
    };
    text.lines().filter(|line| line.starts_with('#')).map(|line| name(line.trim_start_matches('#').trim())).collect()
}

fn is_path(span: &str) -> bool {
    let top = ["core/", "server/", "bindings/", "tests/", "mobile-examples/", ".ci/"];
    top.iter().any(|t| span.starts_with(t)) && !span.contains([' ', '*', '{', '<', '…'])
}

#[test]
fn commands_of_the_documents_are_understood() {
    let mut checked = 0;
    for Source { path: document, text } in documents() {
        for line in commands(&text) {
            // With `--help` behind it a line is parsed, unknown words and flags are refused, and nothing is done.
            let words = words_of(line).chain(["--help".to_owned()]);
            let read = match line.split_once(' ') {
                Some(("daiban", _)) => daiban_server::cli::Cli::try_parse_from(words).map(|_| ()),
                Some(("daiban-field", _)) => daiban_field::cli::args::Args::try_parse_from(words).map(|_| ()),
                _ => continue,
            };
            let why = read.expect_err("asked for help");
            let done = matches!(why.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            assert!(done, "{document}: `{line}`: {why}");
            checked += 1;
        }
    }
    assert!(checked >= 20, "only {checked} commands were found in the documents");
}

/// The words of a command line, as a shell without variables takes them.
fn words_of(line: &str) -> impl Iterator<Item = String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for sign in line.chars() {
        match sign {
            '"' | '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("at least one").push(sign),
        }
    }
    words.into_iter().filter(|word| !word.is_empty())
}

/// The names of a list of stages in tests/run.
fn stages(list: &str) -> BTreeSet<String> {
    let script = std::fs::read_to_string(root().join("tests/run")).expect("tests/run");
    let (_, rest) = script.split_once(&format!("\n{list}() {{\n  cat <<'TEXT'\n")).expect("the list");
    rest.split("\nTEXT\n").next().unwrap_or_default().lines().filter_map(|l| l.split('|').next()).map(str::to_owned).collect()
}

/// Whether a command of `tests/run` names stages that are there.
fn is_run(line: &str) -> bool {
    let mut words = line.split_whitespace().skip(1).peekable();
    let list = match words.peek() {
        Some(&"--full") => "long_stages",
        _ => "short_stages",
    };
    let there = stages(list);
    words.filter(|word| !word.starts_with('-') && !word.starts_with('[') && *word != "STAGE").all(|word| there.contains(word))
}

#[test]
fn stages_and_test_programs_that_documents_name_are_there() {
    let programs: BTreeSet<String> = sources(&[".rs"]).iter().filter_map(|s| program(&s.path)).collect();
    let mut checked = 0;
    for Source { path: document, text } in documents() {
        for line in commands(&text) {
            if line.starts_with("tests/run ") {
                assert!(is_run(line), "{document}: `{line}` names a stage that tests/run does not know");
                checked += 1;
            } else if line.contains("cargo test ") {
                let words: Vec<&str> = line.split_whitespace().collect();
                for pair in words.windows(2).filter(|pair| pair[0] == "--test") {
                    assert!(programs.contains(pair[1]), "{document}: `{line}`: no test program is called {}", pair[1]);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked >= 15, "only {checked} commands of tests were found in the documents");
}

/// The name of the test program that a file is the root of.
fn program(path: &str) -> Option<String> {
    let (_, file) = path.rsplit_once("/tests/").or_else(|| path.strip_prefix("tests/tests/").map(|file| ("", file)))?;
    let name = file.strip_suffix("/main.rs").or_else(|| file.strip_suffix(".rs"))?;
    (!name.contains('/')).then(|| name.to_owned())
}

/// What plain `cargo test` leaves out is told in one table: nothing else asks, and nothing else is started only by name.
#[test]
fn what_is_left_out_is_told_and_has_a_stage() {
    for row in LEFT_OUT {
        assert!(is_run(&format!("tests/run {}", row.stage)), "{}: no stage is called {}", row.program, row.stage);
    }
    let mut found = BTreeSet::new();
    for manifest in sources(&["Cargo.toml"]) {
        for block in
            manifest.text.split("[[test]]").skip(1).filter(|b| b.split("\n[").next().is_some_and(|b| b.contains("test = false")))
        {
            found.extend(block.split('"').nth(1).map(str::to_owned));
        }
    }
    for source in sources(&[".rs"]).iter().filter(|s| s.path.starts_with("tests/tests/")) {
        found.extend(source.text.split("left_out(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    let told: BTreeSet<String> = LEFT_OUT.iter().map(|row| row.program.to_owned()).collect();
    assert_eq!(found, told, "left: who asks or is started by name; right: tests/src/switch.rs");
    let script = std::fs::read_to_string(root().join("tests/run")).expect("tests/run");
    assert!(script.contains(&format!("export {SWITCH}=1")));
}

/// A comment cites no document that is not in the tree, nor a section of one by its number, which would go stale.
#[test]
fn comments_cite_only_what_is_there() {
    let there: Vec<String> = documents().into_iter().map(|s| s.path).collect();
    let endings = [".rs", ".toml", ".sql", ".sh", ".py", ".kt", ".swift", ".html", ".css", "tests/run", "tests/postgres"];
    let part = |sign: char| sign.is_ascii_alphanumeric() || ['_', '-', '.', '/'].contains(&sign);
    for source in sources(&endings).iter().filter(|s| s.path != "tests/tests/documents.rs" && !s.path.contains("/generated/")) {
        for (number, line) in source.text.lines().enumerate() {
            let place = format!("{}:{}", source.path, number + 1);
            assert!(!line.contains('§'), "{place} cites a section by its number: say what it says");
            if line.contains("://") {
                continue;
            }
            for word in line.split(|sign| !part(sign)).filter(|word| word.len() > 3 && word.ends_with(".md")) {
                let word = word.trim_start_matches("../").trim_start_matches('/');
                let known = there.iter().any(|path| path == word || path.ends_with(&format!("/{word}")));
                assert!(known || word == "RESULTS.md" || word == "tests/RESULTS.md", "{place} cites {word}, which is not there");
            }
        }
    }
}

#[test]
fn the_walks_of_the_readme_are_the_stories() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let (before, walk_b) = readme.split_once("## Walk B").expect("two walks");
    let (_, walk_a) = before.split_once("## Walk A").expect("two walks");
    for (story, walk) in [("walk_a_work_log", walk_a), ("walk_b_deadline", walk_b)] {
        let text = std::fs::read_to_string(root().join(format!("tests/tests/stories/{story}.rs"))).expect(story);
        let steps: Vec<_> = text.split("step(").skip(1).filter_map(|s| s.split_once(", \"")).collect();
        assert!(steps.len() > 10, "{story} has only {} steps", steps.len());
        for (number, rest) in steps {
            let room = rest.split('"').next().unwrap_or_default();
            assert!(walk.contains(&format!("\n{number}. **{room}**")), "README.md lacks step {number} ({room}) of {story}");
        }
    }
}
