//! A table of a pack while it is read: what is missing or of another sort is noted, and reading goes on.

use super::fault::{PackFault, Sort, Wrong};
use super::place::Place;
use crate::calendar::{Date, parse_date};
use crate::people::Name;
use crate::rules::NumberUnit;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// What times may be.
const TIMES: &str = "00:00 – 24:00";

/// What was found wrong so far.
#[derive(Debug, Default)]
pub(super) struct Faults(RefCell<Vec<PackFault>>);

impl Faults {
    pub(super) fn note(&self, place: Place, wrong: Wrong) {
        self.0.borrow_mut().push(PackFault { place, wrong });
    }

    pub(super) fn into_all(self) -> Vec<PackFault> {
        self.0.into_inner()
    }
}

/// One table.
#[derive(Clone)]
pub(super) struct Entry<'v> {
    pub(super) place: Place,
    table: Option<&'v Map<String, Value>>,
    faults: &'v Faults,
}

impl<'v> Entry<'v> {
    /// A file's own table.
    pub(super) fn file(pack: &'v Value, file: &str, faults: &'v Faults) -> Entry<'v> {
        let place = Place::file(file);
        if pack.get(file).is_none() {
            faults.note(place.clone(), Wrong::NoFile);
        }
        let table = pack.get(file).and_then(Value::as_object);
        Entry { place, table, faults }
    }

    pub(super) fn note(&self, key: &str, wrong: Wrong) {
        self.faults.note(if self.get(key).is_some() { self.place.key(key) } else { self.place.clone() }, wrong);
    }

    fn get(&self, key: &str) -> Option<&'v Value> {
        self.table?.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Notes every key that is none of these.
    pub(super) fn only(&self, keys: &[&str]) {
        let own = self.table.into_iter().flat_map(Map::keys);
        own.filter(|key| !keys.contains(&key.as_str())).for_each(|key| self.note(key, Wrong::Unknown(key.clone())));
    }

    /// What must be there.
    fn must(&self, key: &str) -> Option<&'v Value> {
        let found = self.get(key);
        if found.is_none() && self.table.is_some() {
            self.note(key, Wrong::Missing(key.to_owned()));
        }
        found
    }

    fn sort(&self, key: &str, sort: Sort) {
        self.note(key, Wrong::Sort { key: key.to_owned(), sort });
    }

    fn as_text(&self, key: &str, value: &'v Value) -> String {
        let Some(text) = value.as_str() else {
            self.sort(key, Sort::Text);
            return String::new();
        };
        if text.trim().is_empty() || text.trim() != text {
            self.note(key, Wrong::Empty(key.to_owned()));
        }
        text.to_owned()
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &str) -> String {
        self.must(key).map_or_else(String::new, |value| self.as_text(key, value))
    }

    /// A text that may be there.
    pub(super) fn text_or_none(&self, key: &str) -> Option<String> {
        self.get(key).map(|value| self.as_text(key, value))
    }

    /// A name in both languages under two keys.
    pub(super) fn name(&self, zh: &str, en: &str) -> Name {
        Name { zh: self.text(zh), en: self.text(en) }
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.sort(key, Sort::Flag);
            false
        })
    }

    pub(super) fn number(&self, key: &str) -> Option<i64> {
        let value = self.must(key)?;
        if value.as_i64().is_none() {
            self.sort(key, Sort::Number);
        }
        value.as_i64()
    }

    /// A number of what a number of the plan counts.
    pub(super) fn amount(&self, key: &str, unit: NumberUnit) -> Option<i64> {
        let value = self.must(key)?;
        let read = unit.read(value);
        if read.is_none() {
            match unit {
                NumberUnit::Time => self.note(key, Wrong::Word { given: value.to_string(), expected: TIMES.to_owned() }),
                _ => self.sort(key, Sort::Number),
            }
        }
        read
    }

    /// A date that must be one of the calendar.
    pub(super) fn date(&self, key: &str) -> Option<Date> {
        let raw = self.text_or_none(key)?;
        parse_date(&raw).map_err(|error| self.note(key, Wrong::Date(error))).ok()
    }

    /// A list of texts; none where the key is left out.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let all: Option<Vec<String>> =
            value.as_array().and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        let Some(all) = all else {
            self.sort(key, Sort::List);
            return Vec::new();
        };
        if all.iter().any(|text| text.trim().is_empty() || text.trim() != text) {
            self.note(key, Wrong::Empty(key.to_owned()));
        }
        all
    }

    /// The tables of a list; none where the key is left out.
    pub(super) fn tables(&self, key: &str) -> Vec<Entry<'v>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(list) = value.as_array() else {
            self.sort(key, Sort::List);
            return Vec::new();
        };
        let entry = |(at, value): (usize, &'v Value)| {
            let place = self.place.key(key).at(at);
            if !value.is_object() {
                self.faults.note(place.clone(), Wrong::Sort { key: key.to_owned(), sort: Sort::Table });
            }
            Entry { place, table: value.as_object(), faults: self.faults }
        };
        list.iter().enumerate().map(entry).collect()
    }

    /// A table that must be there.
    pub(super) fn table(&self, key: &str) -> Entry<'v> {
        let value = self.must(key);
        if value.is_some_and(|value| !value.is_object()) {
            self.sort(key, Sort::Table);
        }
        let place = if value.is_some() { self.place.key(key) } else { self.place.clone() };
        Entry { place, table: value.and_then(Value::as_object), faults: self.faults }
    }

    /// A word of a fixed set, each with the text that stands for it.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let given = self.text(key);
        let found = words.iter().find(|(word, _)| *word == given).map(|(_, meant)| *meant);
        if found.is_none() && self.has(key) && !given.is_empty() {
            let expected = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、");
            self.note(key, Wrong::Word { given, expected });
        }
        found
    }
}
