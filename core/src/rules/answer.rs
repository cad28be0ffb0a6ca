//! D12 (四(四)4 必须及时给予答复, R115): every inquiry of the enterprise is answered within one working day.

use super::State;
use super::clock::{Context, Owed};
use super::duty::{Basis, Duty, Rule, Subject};
use crate::calendar::Date;
use crate::case::{CaseView, Code, FactView};
use crate::fact::BodyDigest;
use crate::ids::FactId;
use crate::people::Role;
use std::collections::HashMap;

/// One duty per inquiry that counts; owed by whoever took the question.
pub(super) fn duties(view: &CaseView, context: &Context<'_>) -> Vec<Duty> {
    let mut answers: HashMap<FactId, Vec<&FactView>> = HashMap::new();
    for fact in &view.facts {
        if let BodyDigest::InquiryAnswered(answer) = &fact.fact.body {
            answers.entry(answer.inquiry).or_default().push(fact);
        }
    }
    let asked = view.current().filter(|fact| matches!(fact.fact.body, BodyDigest::Inquiry(_)));
    asked.filter_map(|inquiry| duty(view, context, inquiry, &answers)).collect()
}

fn duty(view: &CaseView, context: &Context<'_>, inquiry: &FactView, answers: &HashMap<FactId, Vec<&FactView>>) -> Option<Duty> {
    let due = context.after(inquiry.speaks_of(), context.policy.answer_working_days)?;
    let versions = versions(view, inquiry);
    let given: Vec<&FactView> = versions.iter().filter_map(|id| answers.get(id)).flatten().copied().collect();
    let state = state(context, &given, due.due_on);
    let role = view.roster.member_at(&inquiry.fact.by, inquiry.verdict.effective_at).map_or(Role::UnitAgent, |e| e.role);
    let owed = Owed {
        key: format!("D12/{}", inquiry.fact.id),
        rule: Rule::D12,
        case: Some(view.case),
        title_zh: format!("答复建设单位问询（{}个工作日内）", context.policy.answer_working_days),
        title_en: format!("answer the enterprise within {} working day(s)", context.policy.answer_working_days),
        subject: Subject { role, group: None, person: Some(inquiry.fact.by.clone()), unit: Some(inquiry.fact.unit.clone()) },
        basis: Basis::Fact(inquiry.fact.id),
    };
    Some(context.duty(owed, due, state))
}

/// The inquiry's own id and those it corrects: an answer to an earlier wording is an answer.
fn versions(view: &CaseView, inquiry: &FactView) -> Vec<FactId> {
    let mut ids = vec![inquiry.fact.id];
    let mut at = inquiry;
    while let Some(before) = at.fact.amends.and_then(|id| view.fact(id)).filter(|before| !ids.contains(&before.fact.id)) {
        ids.push(before.fact.id);
        at = before;
    }
    ids
}

fn state(context: &Context<'_>, answers: &[&FactView], due_on: Date) -> State {
    let effective = || answers.iter().filter(|fact| fact.is_effective());
    let earliest = |fact: &&&FactView| fact.verdict.effective_at;
    if let Some(answer) = effective().filter(|fact| context.in_time(fact, due_on)).min_by_key(earliest) {
        return State::Met { at: answer.verdict.effective_at, by: Some(answer.fact.id) };
    }
    let ruled = |fact: &&&FactView| fact.ruled.is_some();
    let after_cutoff = |fact: &&&FactView| fact.verdict.effective_at >= context.cutoff(due_on);
    if let Some(answer) = effective().filter(|fact| ruled(fact) || after_cutoff(fact)).min_by_key(earliest) {
        return State::MetLate { at: answer.verdict.effective_at, by: Some(answer.fact.id) };
    }
    let waiting = answers.iter().find(|fact| fact.is_effective() || fact.verdict.code == Code::Late);
    match waiting {
        Some(answer) => State::AwaitingRuling { by: answer.fact.id },
        None => context.unmet(due_on, context.grace(due_on), context.policy.due_soon_working_days),
    }
}
