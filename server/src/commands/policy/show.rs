//! `PolicyShow`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::{Date, local_date, zh_date};
use daiban_core::people::{Organisation, Role};
use daiban_core::rules::{Declared, Number, Policy};
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
                answer["zh"] = json!(format!(
                    "第{}号规则参数，依据{}，自{}起施行。",
                    policy.number,
                    policy.document,
                    first_day.map_or_else(String::new, zh_date)
                ));
                Ok(answer)
            })
            .await
    }
}

/// One number with all that is declared of it.
fn told(declared: &Declared, policy: &Policy, organisation: &Organisation) -> Value {
    let (value, unit) = (policy.get(declared.id), declared.unit.zh());
    let who: Vec<String> = declared.who.iter().map(|role| organisation.role_zh(*role)).collect();
    let mut row = json!(declared);
    row["value"] = json!(value);
    row["description"] = json!(declared.zh);
    row["zh"] = json!(format!(
        "{}：{value}{unit}（{}；{}至{}；由{}调整）",
        declared.zh,
        declared.clause_zh(),
        declared.min,
        declared.max,
        who.join("、")
    ));
    row
}

fn decision(from: Date, policy: &Policy) -> Value {
    json!({
        "number": policy.number, "document": policy.document, "effective": from,
        "zh": format!("第{}号，{}，自{}起施行", policy.number, policy.document, zh_date(from)),
    })
}
