//! D3 (四(四)3, R105): unit agents and specialists report progress every week to the dispatch group.

use super::State;
use super::clock::{Context, Due, Owed};
use super::duty::{Basis, Duty, Rule, Subject};
use crate::calendar::{Date, Week, WeekPlan, local_midnight};
use crate::case::{CaseView, Code, FactView};
use crate::fact::BodyDigest;
use crate::ids::PersonId;
use crate::people::{Group, Role, RosterEntry};
use std::collections::HashMap;

/// From the week of the letter to this week, both included (W6). A week without a report is covered by the next one (W4). If the
/// letter was signed after the week's report was due, the first duty is the next week's.
pub(super) fn duties(view: &CaseView, context: &Context<'_>) -> Vec<Duty> {
    let Some(letter) = view.letter else { return Vec::new() };
    let reports = Reports::of(view);
    let mut duties = Vec::new();
    let mut week = Week::of(letter.signed_on);
    let last = Week::of(context.today);
    while week <= last {
        let plan = context.week(week);
        if let Some(due_on) = plan.group_report_due.filter(|due_on| *due_on >= letter.signed_on) {
            // Who is on the case in the last second of the due day owes.
            let at = context.cutoff(due_on).saturating_sub(1);
            let mut agents: Vec<&RosterEntry> = view.roster.agents(at).collect();
            agents.sort_by(|a, b| a.person.cmp(&b.person));
            agents.dedup_by(|a, b| a.person == b.person);
            duties.extend(agents.into_iter().map(|agent| of_agent(view, context, &plan, due_on, agent, &reports)));
            for group in Group::owing_flow_table() {
                duties.extend(of_specialist(view, context, &plan, due_on, group));
            }
        }
        let next = week.next();
        if next <= week {
            break;
        }
        week = next;
    }
    duties
}

/// Logs and 无变化 by author, effective or waiting.
struct Reports<'a>(HashMap<&'a PersonId, Vec<&'a FactView>>);

impl<'a> Reports<'a> {
    fn of(view: &'a CaseView) -> Self {
        let mut by_author: HashMap<&PersonId, Vec<&FactView>> = HashMap::new();
        for fact in &view.facts {
            let counts = fact.is_effective() || fact.verdict.code == Code::Late;
            if counts && matches!(fact.fact.body, BodyDigest::WorkLog(_) | BodyDigest::NoChange(_)) {
                by_author.entry(&fact.fact.by).or_default().push(fact);
            }
        }
        Self(by_author)
    }
}

fn of_agent(
    view: &CaseView,
    context: &Context<'_>,
    plan: &WeekPlan,
    due_on: Date,
    agent: &RosterEntry,
    reports: &Reports<'_>,
) -> Duty {
    let own = reports.0.get(&agent.person).map_or(&[][..], Vec::as_slice);
    let state = agent_state(context, plan, due_on, own);
    let week = plan.week;
    let owed = Owed {
        key: format!("D3/agent/{}/{week}", agent.person),
        rule: Rule::D3,
        case: Some(view.case),
        title_zh: format!("代办员报送{}进展（日志或无变化）", covered(plan)),
        title_en: format!("unit agent's progress for {} (a log or no change)", covered(plan)),
        subject: Subject {
            role: Role::UnitAgent,
            group: agent.group,
            person: Some(agent.person.clone()),
            unit: Some(agent.unit.clone()),
        },
        basis: Basis::Week(week),
    };
    context.duty(owed, due(plan, due_on), state)
}

/// In time by K9, or so ruled; what came otherwise waits for a ruling, and once rejected is late for good.
fn agent_state(context: &Context<'_>, plan: &WeekPlan, due_on: Date, own: &[&FactView]) -> State {
    let speaking = || own.iter().filter(|fact| speaks_for(fact, plan));
    let earliest = |fact: &&&FactView| (fact.verdict.effective_at, fact.sequence.unwrap_or(u64::MAX));
    let effective = || speaking().filter(|fact| fact.is_effective());
    if let Some(fact) = effective().filter(|fact| context.in_time(fact, due_on)).min_by_key(earliest) {
        return State::Met { at: fact.verdict.effective_at, by: Some(fact.fact.id) };
    }
    let undecided = |fact: &&&FactView| fact.ruled.as_ref().is_none_or(|r| r.decided == crate::case::Decided::Adopted);
    if let Some(fact) = speaking().filter(undecided).min_by_key(earliest) {
        return State::AwaitingRuling { by: fact.fact.id };
    }
    if let Some(fact) = effective().min_by_key(earliest) {
        return State::MetLate { at: fact.verdict.effective_at, by: Some(fact.fact.id) };
    }
    context.unmet(due_on, context.grace(due_on), context.policy.weekly_due_soon_working_days)
}

/// A log speaks for the week it tells of, 无变化 for the week it names; neither before that week has begun.
fn speaks_for(fact: &FactView, plan: &WeekPlan) -> bool {
    match &fact.fact.body {
        BodyDigest::NoChange(body) => {
            plan.covers.contains(&body.week) && fact.verdict.effective_at >= local_midnight(body.week.monday())
        }
        _ => plan.covers.contains(&Week::of(fact.speaks_of())),
    }
}

/// Met by the ruling that confirms the group's report, by the server's clock.
fn of_specialist(view: &CaseView, context: &Context<'_>, plan: &WeekPlan, due_on: Date, group: Group) -> Option<Duty> {
    let cutoff = context.cutoff(due_on);
    let at = cutoff.saturating_sub(1);
    let person = view.roster.specialist(group, at)?;
    let unit = view.roster.roles_at(person, at).find(|entry| entry.group == Some(group)).map(|entry| entry.unit.clone());
    let state = match view.confirmations.get(&(group, plan.week)) {
        Some(confirmed) if confirmed.at < cutoff => State::Met { at: confirmed.at, by: Some(confirmed.ruling) },
        Some(confirmed) => State::MetLate { at: confirmed.at, by: Some(confirmed.ruling) },
        None => context.unmet(due_on, cutoff, context.policy.weekly_due_soon_working_days),
    };
    let owed = Owed {
        key: format!("D3/specialist/{group}/{}", plan.week),
        rule: Rule::D3,
        case: Some(view.case),
        title_zh: format!("{}确认{}周报", group.zh(), covered(plan)),
        title_en: format!("confirmed report of the {} for {}", group.en(), covered(plan)),
        subject: Subject { role: Role::GroupSpecialist, group: Some(group), person: Some(person.clone()), unit },
        basis: Basis::Week(plan.week),
    };
    Some(context.duty(owed, due(plan, due_on), state))
}

fn due(plan: &WeekPlan, due_on: Date) -> Due {
    let starts_on = plan.covers.first().map_or(plan.week.monday(), Week::monday);
    Due { starts_on, due_on, counted: plan.working_days.clone(), certainty: plan.certainty.clone() }
}

/// `2026-W47`, or `2026-W08至2026-W09`.
fn covered(plan: &WeekPlan) -> String {
    match plan.covers.first() {
        Some(first) if *first != plan.week => format!("{first}至{}", plan.week),
        _ => plan.week.to_string(),
    }
}
