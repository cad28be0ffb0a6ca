//! The numbers of a pack: `numbers.toml`. Which numbers there are, what they count and how far they may go, the version says.

use super::access::roles;
use super::document::Document;
use super::entry::Entry;
use super::fault::Wrong;
use crate::rules::{Declared, Number, Numbers};
use std::collections::BTreeSet;

/// Every number as the pack has it; one that it leaves out has the version's default and no clause. What is no number of this version,
/// stands twice or lies out of its range is noted.
pub(super) fn numbers(file: Option<&Entry<'_>>, document: &Document) -> Numbers {
    let unsaid = |declared: &Declared| Declared { clause: NO_CLAUSE.to_owned(), ..declared.clone() };
    let declared = Numbers::declared().declared.iter().map(unsaid).collect();
    let mut numbers = Numbers { document: document.number.clone(), effective: document.effective, declared };
    let Some(file) = file else { return numbers };
    file.only(&["number"]);
    let mut seen = BTreeSet::new();
    for entry in file.tables("number") {
        let id = entry.text("id");
        let number = Number::named(&id);
        let Some(declared) = numbers.declared.iter_mut().find(|declared| Some(declared.id) == number) else {
            entry.note("id", Wrong::NoNumber(id));
            continue;
        };
        if !seen.insert(declared.id) {
            entry.note("id", Wrong::Twice(id));
            continue;
        }
        read(&entry, declared);
    }
    numbers
}

/// What stands for a clause where the plan says nothing.
const NO_CLAUSE: &str = "none";

fn read(entry: &Entry<'_>, declared: &mut Declared) {
    entry.only(&["id", "clause", "zh", "en", "unit", "default", "min", "max", "who", "governs"]);
    for (key, text) in [("clause", &mut declared.clause), ("zh", &mut declared.zh), ("en", &mut declared.en)] {
        if let Some(own) = entry.text_or_none(key) {
            *text = own;
        }
    }
    let (least, greatest) = (declared.min, declared.max);
    let within = |key: &str, least: i64, greatest: i64| {
        let value = entry.amount(key, declared.unit)?;
        if !(least..=greatest).contains(&value) {
            let name = if key == "default" { declared.id.id().to_owned() } else { key.to_owned() };
            entry.note(key, Wrong::Range { name, min: declared.unit.typed(least), max: declared.unit.typed(greatest) });
            return None;
        }
        Some(value)
    };
    let bound = |key: &str, usual: i64| if entry.has(key) { within(key, least, greatest).unwrap_or(usual) } else { usual };
    let (min, max) = (bound("min", least), bound("max", greatest));
    let default = within("default", min, max);
    (declared.min, declared.max) = (min, max);
    declared.default = default.unwrap_or(declared.default);
    for (key, counted) in [("unit", serde_json::json!([declared.unit])), ("governs", serde_json::json!(declared.governs))] {
        let given = if key == "unit" { entry.text_or_none(key).into_iter().collect() } else { entry.texts(key) };
        if entry.has(key) && serde_json::json!(given) != counted {
            entry.note(key, Wrong::Word { given: given.join("、"), expected: counted.to_string() });
        }
    }
    if entry.has("who") {
        declared.who = roles(entry, "who");
    }
}
