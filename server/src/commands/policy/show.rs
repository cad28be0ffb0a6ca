//! `PolicyShow`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::{day, role_here, with_words, with_zh};
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::{Date, local_date};
use daiban_core::people::{Organisation, Role};
use daiban_core::rules::{Declared, Number, Policy};
use daiban_messages::say::command_rules as say;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The settings in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct PolicyShow {}

impl Verb for PolicyShow {
    const ZH: &'static str = "查看规则参数";
    const EN: &'static str = "the settings in force";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "规则参数 · the settings";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(|app, conn| {
                let (reference, today) = (app.reference(conn)?, local_date(app.now()));
                let (numbers, plan) = (&reference.numbers, &reference.plan.numbers);
                let policy = numbers.on(today);
                let mut answer = json!(policy);
                let first_day = numbers.decided().iter().rev().find(|(_, one)| one == policy).map(|(from, _)| *from);
                let first_day = first_day.or(plan.effective);
                answer["effective"] = json!(first_day);
                answer["numbers"] = Number::ALL
                    .iter()
                    .filter_map(|number| plan.get(*number))
                    .map(|one| told(one, policy, &reference.plan.organisation))
                    .collect();
                answer["decided"] = numbers.decided().iter().map(|(from, one)| decision(*from, one)).collect();
                let from = first_day.map_or_else(Both::default, day);
                let said = say::NumbersInForce { number: policy.number, document: &policy.document, from };
                Ok(with_words(answer, said.say()))
            })
            .await
    }
}

/// One number with all that is declared of it.
fn told(declared: &Declared, policy: &Policy, organisation: &Organisation) -> Value {
    let (value, unit) = (policy.get(declared.id), declared.unit);
    let who: Vec<Both> = declared.who.iter().map(|role| role_here(organisation, *role)).collect();
    let said = say::Number {
        name: Both::new(&declared.zh, &declared.en),
        value: unit.said(value),
        clause: Both::new(declared.clause_zh(), &declared.clause),
        min: unit.typed(declared.min),
        max: unit.typed(declared.max),
        roles: Both::listed(&who),
    };
    let mut row = json!(declared);
    row["value"] = json!(value);
    row["description"] = json!(declared.zh);
    with_zh(row, said.say())
}

fn decision(from: Date, policy: &Policy) -> Value {
    let said = say::NumbersDecided { number: policy.number, document: &policy.document, from: day(from) };
    with_words(json!({ "number": policy.number, "document": policy.document, "effective": from }), said.say())
}
