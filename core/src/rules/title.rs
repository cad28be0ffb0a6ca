//! What a duty is called: the line's sentence with its places filled.

use super::groups::Groups;
use super::line::{Line, Shape};
use super::owner::OwedBy;
use super::reading::{self, Sort, Vocabulary};
use crate::calendar::{Week, WeekPlan};
use crate::case::FactView;
use crate::people::Group;
use std::fmt::Write;

/// What may stand in the places.
#[derive(Clone, Copy, Default)]
pub(super) struct Filling<'a> {
    pub(super) group: Option<Group>,
    pub(super) days: Option<i64>,
    pub(super) plan: Option<&'a WeekPlan>,
    pub(super) start: Option<&'a FactView>,
}

/// In which language groups and weeks are named.
#[derive(Clone, Copy)]
pub(super) enum Naming<'a> {
    /// As officials name them.
    Zh(&'a Groups),
    /// In English.
    En(&'a Groups),
}

impl<'a> Naming<'a> {
    fn group(self, group: Group) -> &'a str {
        match self {
            Self::Zh(groups) => groups.zh(group),
            Self::En(groups) => groups.en(group),
        }
    }

    fn weeks(self, first: Week, last: Week) -> String {
        match self {
            Self::Zh(_) => Week::names_zh(first, last),
            Self::En(_) => Week::names_en(first, last),
        }
    }
}

/// A sentence with its places filled.
pub(super) fn filled(sentence: &str, filling: Filling<'_>, naming: Naming<'_>) -> String {
    let mut text = String::with_capacity(2 * sentence.len());
    for (words, place) in parts(sentence) {
        text.push_str(words);
        if let Some(place) = place {
            fill(&mut text, place, filling, naming);
        }
    }
    text
}

/// Appends what stands in a place. Writing to a text cannot fail.
fn fill(text: &mut String, place: &str, filling: Filling<'_>, naming: Naming<'_>) {
    let _ = match (place, filling) {
        ("group", Filling { group: Some(of), .. }) => text.write_str(naming.group(of)),
        ("days", Filling { days: Some(days), .. }) => write!(text, "{days}"),
        ("week", Filling { plan: Some(plan), .. }) => text.write_str(&naming.weeks(plan.week, plan.week)),
        ("period", Filling { plan: Some(plan), .. }) => {
            let first = plan.covers.first().copied().unwrap_or(plan.week);
            text.write_str(&naming.weeks(first, plan.week))
        }
        (field, Filling { start: Some(start), .. }) => text.write_str(&reading::text(start, field).unwrap_or_default()),
        _ => Ok(()),
    };
}

/// The first place in the sentences of a line that nothing would fill.
pub(super) fn unfilled(line: &Line, words: &Vocabulary) -> Option<String> {
    let weekly = matches!(line.shape, Shape::EachPeriod(_));
    let fills = |place: &str| match place {
        "group" => line.owed_by == OwedBy::SpecialistOfEachGroup,
        "days" => !weekly,
        "week" | "period" => weekly,
        field => words.sort(line.start.kind(), field) == Some(Sort::Text),
    };
    let places = parts(&line.zh).chain(parts(&line.en)).filter_map(|(_, place)| place);
    places.into_iter().find(|place| !fills(place)).map(str::to_owned)
}

/// The words of a sentence, each with the place that follows.
fn parts(sentence: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    sentence.split('}').map(|part| match part.split_once('{') {
        Some((words, place)) => (words, Some(place)),
        None => (part, None),
    })
}
