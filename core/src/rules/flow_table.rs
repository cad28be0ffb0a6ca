//! D2 (四(四)2, R098): each group's flow table to the office within 15 working days of the letter.

use super::State;
use super::clock::{Context, Owed};
use super::duty::{Basis, Duty, Rule, Subject};
use crate::calendar::{Date, local_date};
use crate::case::{CaseView, Code, FactView, LetterView};
use crate::fact::BodyDigest;
use crate::people::{Group, Role};

/// One duty per group that owes a table. Of contested letters the one that was signed first counts ([`CaseView::letter`]).
pub(super) fn duties(view: &CaseView, context: &Context<'_>) -> Vec<Duty> {
    let Some(letter) = view.letter else { return Vec::new() };
    Group::owing_flow_table().into_iter().filter_map(|group| duty(view, context, letter, group)).collect()
}

fn duty(view: &CaseView, context: &Context<'_>, letter: LetterView, group: Group) -> Option<Duty> {
    let days = context.policy.letter_working_days;
    let due = context.after(letter.signed_on, days)?;
    let state = state(view, context, group, due.due_on);
    let specialist = view
        .roster
        .active_at(context.now)
        .find(|entry| entry.role == Role::GroupSpecialist && view.roster.specialist(group, context.now) == Some(&entry.person));
    let owed = Owed {
        key: format!("D2/{group}/{}", letter.fact),
        rule: Rule::D2,
        case: Some(view.case),
        title_zh: format!("{}报送代办服务流程表（委托书签订后{days}个工作日内）", group.zh()),
        title_en: format!("flow table of the {} within {days} working days of the letter", group.en()),
        subject: Subject {
            role: Role::GroupSpecialist,
            group: Some(group),
            person: specialist.map(|entry| entry.person.clone()),
            unit: specialist.map(|entry| entry.unit.clone()),
        },
        basis: Basis::Fact(letter.fact),
    };
    Some(context.duty(owed, due, state))
}

/// Met by the first table that arrived; an amended table still proves that the group was in time. What counts is the day it reached
/// the office, not the phone's word: there is no night grace here.
fn state(view: &CaseView, context: &Context<'_>, group: Group, due_on: Date) -> State {
    let of_group = |fact: &&FactView| matches!(&fact.fact.body, BodyDigest::FlowTableSubmitted(table) if table.group == group);
    let tables = || view.facts.iter().filter(of_group);
    let in_time = |fact: &&FactView| fact.accepted_late() || local_date(context.arrival(fact)) <= due_on;
    let earliest = |a: &&FactView| context.arrival(a);
    let effective = || tables().filter(|fact| fact.is_effective());
    if let Some(table) = effective().filter(in_time).min_by_key(earliest) {
        return State::Met { at: context.arrival(table), by: Some(table.fact.id) };
    }
    if let Some(table) = effective().min_by_key(earliest) {
        return State::MetLate { at: context.arrival(table), by: Some(table.fact.id) };
    }
    if let Some(table) = tables().find(|fact| fact.verdict.code == Code::Late) {
        return State::AwaitingRuling { by: table.fact.id };
    }
    context.unmet(due_on, context.cutoff(due_on), context.policy.due_soon_working_days)
}
