//! Product code names no body of the built-in district: what it is called stands in its pack.

#![allow(clippy::unwrap_used)]

use daiban_core::people::UnitKind;
use daiban_core::plan::{Plan, Text};
use std::fs;
use std::path::{Path, PathBuf};

/// Where product code stands.
const ROOMS: [&str; 5] = ["core/src", "server/src", "server/templates", "bindings/src", "mobile-examples/terminal/src"];

/// Roots of names, for what the pack writes in full.
const ROOTS: [&str; 10] = ["普兰店", "Pulandian", "普代", "普政办", "营商局", "发改委", "发改局", "督查科", "区政府", "区委"];

/// What the built-in pack calls its own.
fn names() -> Vec<String> {
    let plan = Plan::builtin();
    let organisation = &plan.organisation;
    let units = organisation.units().filter(|unit| unit.kind != UnitKind::OfProject);
    let units = units.flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases).cloned());
    let groups = organisation.groups().map(|group| group.name.zh.clone());
    let bodies = organisation.bodies().iter().map(|body| body.name.zh.clone());
    let texts = Text::all().map(|text| plan.text(text).zh.clone());
    let document = [plan.document.number.clone(), plan.document.title.clone(), plan.district.zh.clone()];
    let roots = ROOTS.map(str::to_owned);
    units.chain(groups).chain(bodies).chain(texts).chain(document).chain(roots).collect()
}

/// The files under a folder that are product code: tests stand in files of their own, or behind `#[cfg(test)]`.
fn files(under: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let is_test = name.ends_with("_tests.rs") || name == "tests.rs" || name == "tests" || name == "conformance";
        if is_test {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else if name.ends_with(".rs") || name.ends_with(".html") {
            found.push(path);
        }
    }
}

/// The lines of a text that name one of them; comments explain the plan and may.
fn naming(text: &str, names: &[String]) -> Vec<(usize, String)> {
    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = product.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let names_one = |line: &str| names.iter().find(|name| line.contains(name.as_str())).cloned();
    lines.filter_map(|(at, line)| names_one(line).map(|name| (at + 1, name))).collect()
}

#[test]
fn product_code_names_no_body_of_the_built_in_district() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (names, mut found, mut wrong) = (names(), Vec::new(), Vec::new());
    ROOMS.iter().for_each(|room| files(&root.join(room), &mut found));
    assert!(found.len() > 400, "{} files", found.len());
    for path in found {
        for (line, name) in naming(&fs::read_to_string(&path).unwrap(), &names) {
            wrong.push(format!("{}:{line}: {name}", path.strip_prefix(root).unwrap().display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{} lines name a body: it belongs into the pack", wrong.len());
}

#[test]
fn a_line_that_names_a_body_is_found() {
    let text =
        "// 区发改局 explains\nlet to = \"区发改局\";\nlet office = \"请联系办公室\";\n#[cfg(test)]\nlet unit = \"区发改局\";\n";
    assert_eq!(naming(text, &names()), [(2, "区发改局".to_owned())]);
}
