//! Numbers that somebody wants to set, and what they would move.

use crate::command_context::CommandContext;
use crate::commands::moves::Moves;
use crate::commands::settings::held;
use crate::commands::words::{day, role_here};
use crate::db::sql::editions::Eras;
use crate::error::Problem;
use axum::http::StatusCode;
use daiban_core::calendar::local_date;
use daiban_core::rules::{Ordered, Policy, RulesInForce};
use daiban_messages::Both;
use daiban_messages::say::command_rules as say;
use serde_json::Value;

/// A decision not taken yet.
pub(super) struct Proposal {
    /// It, with its number.
    pub(super) policy: Policy,
    /// What it would move.
    pub(super) moves: Moves,
    /// The state of the store it was weighed against.
    pub(super) before: Eras,
    /// Whether its first day is over already.
    begins_in_past: bool,
}

impl Proposal {
    /// Reads the numbers, looks whether whoever orders them may change each, and weighs them against every case.
    pub(super) async fn weigh(context: &CommandContext, settings: &Value, with: Ordered<'_>) -> Result<Proposal, Problem> {
        let app = &context.app;
        let (before, rules) = held(app)?;
        let now = rules.since().max(app.now());
        let mut policy = Policy::ordered(settings, with, &rules.plan.numbers, now)
            .map_err(|error| Problem::unprocessable("policy_refused", error.zh(), error.to_string()))?;
        policy.number = rules.numbers.newest().number.saturating_add(1);
        may_change(context, &rules, &policy, now)?;
        let after = rules.clone().with_policy(policy.clone(), now);
        let moves = Moves::between(app, rules, after, now).await?;
        let begins_in_past = policy.effective.is_some_and(|from| from < local_date(now));
        Ok(Proposal { policy, moves, before, begins_in_past })
    }

    /// Why it may not be set, or not without a word more.
    pub(super) fn objection(&self, sure: bool) -> Option<Problem> {
        let asked = || {
            let said = say::EffectiveInPast { from: self.first_day(), count: self.moves.count() };
            Problem::said(StatusCode::CONFLICT, "effective_in_past", said)
        };
        self.moves.refusal().or_else(|| (self.begins_in_past && !sure).then(asked))
    }

    /// "2026年12月1日".
    pub(super) fn first_day(&self) -> Both {
        self.policy.effective.map_or_else(Both::default, day)
    }
}

/// Each number may be changed by the roles that the pack names.
fn may_change(context: &CommandContext, rules: &RulesInForce, policy: &Policy, now: i64) -> Result<(), Problem> {
    let role = context.person().role;
    let held = rules.numbers.on(policy.effective.unwrap_or_else(|| local_date(now)));
    let changed = policy.changed(held).filter_map(|number| rules.plan.numbers.get(number));
    let barred = changed.filter(|declared| !declared.who.contains(&role));
    let barred: Vec<Both> = barred.map(|declared| Both::new(&declared.zh, &declared.en)).collect();
    if barred.is_empty() {
        return Ok(());
    }
    let said = say::NumbersNotYours { role: role_here(&rules.plan.organisation, role), numbers: Both::listed(&barred) };
    Err(Problem::said(StatusCode::FORBIDDEN, "role_may_not", said))
}
