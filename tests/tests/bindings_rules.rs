//! The house rules of `bindings/`: bindings without decisions, whose every call can fail without taking an app down.

use daiban_tests::house::{Source, root, sources, without_tests};

fn bindings() -> Vec<Source> {
    sources(&[".rs"]).into_iter().filter(|s| s.path.starts_with("bindings/src/")).collect()
}

#[test]
fn no_automerge_no_sql_and_no_unsafe_crosses_the_border() {
    for source in bindings() {
        for line in without_tests(&source.text).lines().filter(|l| !l.trim_start().starts_with("//")) {
            for word in ["automerge", "rusqlite", "unsafe ", "unsafe{", "SELECT ", "admit::", "doc::"] {
                assert!(!line.contains(word), "{} has {word:?}: {line}", source.path);
            }
        }
    }
    let manifest = std::fs::read_to_string(root().join("bindings/Cargo.toml")).expect("the manifest");
    assert!(!manifest.contains("automerge") && !manifest.contains("rusqlite"));
}

/// A panic in an exported method that returns no `Result` would end a Swift app.
#[test]
fn every_exported_function_returns_a_result() {
    let mut seen = 0;
    for source in bindings() {
        let mut exported = false;
        let mut head = String::new();
        for line in without_tests(&source.text).lines() {
            if line.starts_with("#[uniffi::export") {
                exported = true;
            } else if line.starts_with('}') {
                exported = false;
            }
            let begins = line.trim_start().starts_with("pub fn") || line.trim_start().starts_with("pub async fn");
            let foreign = line.trim_start().starts_with("fn ") || line.trim_start().starts_with("async fn ");
            if exported && head.is_empty() && (begins || foreign) {
                head = line.to_owned();
            } else if !head.is_empty() {
                head.push_str(line);
            }
            if !head.is_empty() && (head.contains('{') || head.trim_end().ends_with(';')) {
                assert!(head.contains("-> Result<"), "{}: {head}", source.path);
                (head, seen) = (String::new(), seen + 1);
            }
        }
    }
    assert!(seen >= 25, "only {seen} exported functions were found");
}

/// The guide lists every code the bindings itself gives.
#[test]
fn the_guide_knows_every_code() {
    let guide = std::fs::read_to_string(root().join("bindings/README.md")).expect("bindings/README.md");
    let mut missing = Vec::new();
    for source in bindings() {
        let text = without_tests(&source.text);
        for call in ["invalid(", "offline(", "connection(", "keys(", "internal(", "Notice::new("] {
            for rest in text.split(call).skip(1) {
                let code = rest.trim_start().strip_prefix('"').and_then(|r| r.split('"').next());
                missing.extend(code.filter(|c| !guide.contains(&format!("`{c}`"))).map(str::to_owned));
            }
        }
    }
    assert!(missing.is_empty(), "bindings/README.md does not tell of {missing:?}");
}

/// Every example of the guide stands, line by line, in a test that runs.
#[test]
fn the_examples_of_the_guide_are_tested() {
    let guide = std::fs::read_to_string(root().join("bindings/README.md")).expect("bindings/README.md");
    for (language, ending) in [("kotlin", ".kt"), ("swift", ".swift"), ("python", ".py")] {
        let tests: Vec<Source> = sources(&[ending])
            .into_iter()
            .filter(|s| s.path.starts_with("bindings/") && s.path.to_lowercase().contains("guide"))
            .collect();
        let trimmed = |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n");
        let tested: String = tests.iter().map(|s| trimmed(&s.text)).collect();
        let blocks: Vec<&str> = guide.split(&format!("```{language}\n")).skip(1).filter_map(|b| b.split("```").next()).collect();
        assert!(!blocks.is_empty(), "the guide has no example in {language}");
        for block in blocks {
            assert!(tested.contains(&trimmed(block)), "no {language} guide test has:\n{block}");
        }
    }
}
