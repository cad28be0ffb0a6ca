//! The shapes of duties: when each is due, and what meets it.

mod each_period;
mod found;
mod once_after;

use super::Duty;
use super::clock::Context;
use super::line::{Line, Scope, Shape};
use super::reading::starts;
use crate::calendar::{Date, Week};
use crate::case::CaseView;
use std::collections::BTreeMap;

/// The duties of a case by one line.
pub(super) fn of_case(line: &Line, view: &CaseView, context: &Context<'_>) -> Vec<Duty> {
    if line.scope != Scope::Case {
        return Vec::new();
    }
    let starts = starts(line, view);
    match &line.shape {
        _ if starts.is_empty() => Vec::new(),
        Shape::OnceAfter(_) | Shape::ItemLimit(_) => once_after::duties(line, view, &starts, context),
        Shape::EachPeriod(end) => each_period::of_case(line, *end, view, &starts, context),
    }
}

/// The district's duties by one line, from the day on that starts them; `sent` is when the server noted what meets them, by week.
pub(super) fn of_district(line: &Line, first: Date, sent: &BTreeMap<Week, i64>, context: &Context<'_>) -> Vec<Duty> {
    match &line.shape {
        Shape::EachPeriod(end) if line.scope == Scope::District => each_period::of_district(line, *end, first, sent, context),
        _ => Vec::new(),
    }
}
