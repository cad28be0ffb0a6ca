//! `daiban pack`: checks a pack and shows it, without a server.

use super::Failure;
use super::args::PackTask;
use super::show::{Out, say};
use crate::config::ConfigArgs;
use crate::db::Address;
use crate::db::sql::pack;
use crate::pack::{PlacedFault, read};
use daiban_core::people::{DistrictBody, Group, Organisation};
use daiban_core::plan::{Plan, Text};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Answers a question about a pack.
pub(super) fn pack(config: &ConfigArgs, out: Out, task: PackTask) -> Result<ExitCode, Failure> {
    match task {
        PackTask::Check { folder } => Ok(check(out, &folder)),
        PackTask::Show { folder: Some(folder) } => {
            let plan =
                read(&folder).map_err(|problem| Failure::refused("pack_refused", problem.message().zh, problem.to_string()))?;
            show(out, &plan);
            Ok(ExitCode::SUCCESS)
        }
        PackTask::Show { folder: None } => {
            show(out, &*in_force(&config.load()?.address()?)?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The pack of the store, else the built-in one.
fn in_force(store: &Address) -> Result<Arc<Plan>, Failure> {
    Ok(pack::at(store)?)
}

fn check(out: Out, folder: &Path) -> ExitCode {
    match read(folder) {
        Ok(plan) => {
            let zh = format!("方案包可用：{}（{}，{}）。", plan.district.zh, plan.document.number, plan.id);
            out.answer(
                &json!({ "ok": true, "id": plan.id, "hash": plan.hash(), "faults": [], "zh": zh, "en": "the pack can be used" }),
            );
            ExitCode::SUCCESS
        }
        Err(problem) if out.json => {
            out.document(&json!({ "ok": false, "faults": problem.faults }));
            ExitCode::FAILURE
        }
        Err(problem) => {
            say(format_args!("共{}处问题 · {} things are wrong", problem.faults.len(), problem.faults.len()));
            for fault in &problem.faults {
                say(PlacedFault::told_zh(fault));
                say(format_args!("    {}", fault.told_en()));
            }
            ExitCode::FAILURE
        }
    }
}

fn show(out: Out, plan: &Plan) {
    if out.json {
        out.document(&document(plan));
        return;
    }
    let (document, organisation) = (&plan.document, &plan.organisation);
    say(format_args!("{}　{}", plan.district.zh, document.title));
    say(format_args!("{}　{}　{}印发", document.number, document.issuer, day(document.issued)));
    if let Some(written) = &document.signed_as_written {
        say(format_args!("落款为“{written}”，历法上没有这一天，以印发日期为准"));
    }
    say(format_args!(
        "施行：{}　主送：{}　抄送：{}",
        day(document.effective),
        document.to.join("、"),
        document.copies.join("、")
    ));
    say(format_args!("项目编号：{}　方案包：{}（{}）", plan.case_number, plan.id, plan.hash()));
    organisation.bodies().iter().for_each(|body| say(format_args!("{}：{}", body.id.id(), told(body, organisation))));
    for leader in organisation.leaders() {
        let portfolio =
            if leader.portfolio.is_empty() { String::new() } else { format!("（{}）", leader.portfolio.join("、")) };
        say(format_args!("{}：{}{portfolio}", leader.seat.zh, leader.held_by));
    }
    say("工作组 · groups");
    for group in organisation.groups() {
        let owes = if group.flow_table { "，设代办专员、报送流程表和周报" } else { "" };
        let (lead, members) = (unit(organisation, group.lead.as_str()), group.members.len());
        say(format_args!("  {}（{}）：牵头{lead}，成员单位{members}个{owes}", group.name.zh, group.group.id()));
    }
    say("单位 · units");
    for unit in organisation.units() {
        let aliases = if unit.aliases.is_empty() { String::new() } else { format!("（又称{}）", unit.aliases.join("、")) };
        let agent = if unit.names_agent() { "，须指定代办员" } else { "" };
        say(format_args!("  {}{aliases}：{}{agent}（编号 {}）", unit.name, unit.kind.zh(), unit.id));
        for renamed in &unit.renamed {
            say(format_args!("    {}起更名为{}", renamed.from, renamed.name));
        }
        if let Some(ends) = unit.ends {
            let next: Vec<String> = unit.successors.iter().map(|next| self::unit(organisation, next.as_str())).collect();
            say(format_args!("    {ends}起撤销，职责并入{}", next.join("、")));
        }
    }
    say("应办事项 · duties");
    for line in plan.duties_in_words() {
        say(format_args!("  {}　{}", line.id, line.zh));
        say(format_args!("      依据：{}", line.clause));
    }
    say("数值 · numbers");
    for number in &plan.numbers.declared {
        let (zh, id, value, unit) = (&number.zh, number.id.id(), number.default, number.unit.zh());
        say(format_args!("  {zh}：{value}{unit}（{}；{}至{}；{id}）", number.clause_zh(), number.min, number.max));
    }
    say("文字 · texts");
    Text::all().iter().for_each(|text| say(format_args!("  {}：{}", text.id(), plan.text(*text).zh)));
}

/// A body with where it sits and who heads it.
fn told(body: &DistrictBody, organisation: &Organisation) -> String {
    let host = body.host.as_ref().map(|host| format!("，设在{}", unit(organisation, host.as_str()))).unwrap_or_default();
    let head = body.head.as_ref().map(|head| format!("，负责人{head}")).unwrap_or_default();
    let window = body.window.as_ref().map(|window| format!("，{}", window.zh)).unwrap_or_default();
    format!("{}{window}{host}{head}", body.name.zh)
}

fn day(day: Option<daiban_core::calendar::Date>) -> String {
    day.map_or_else(|| "—".to_owned(), daiban_core::calendar::zh_date)
}

fn unit(organisation: &Organisation, id: &str) -> String {
    organisation.unit(&id.into()).map_or_else(|| id.to_owned(), |unit| unit.name.clone())
}

fn document(plan: &Plan) -> Value {
    let organisation = &plan.organisation;
    let texts: serde_json::Map<String, Value> =
        Text::all().into_iter().map(|text| (text.id().to_owned(), json!(plan.text(text)))).collect();
    json!({
        "id": plan.id, "hash": plan.hash(), "district": plan.district, "document": plan.document, "case_number": plan.case_number,
        "bodies": organisation.bodies(), "leaders": organisation.leaders(), "groups": organisation.groups().collect::<Vec<_>>(),
        "units": organisation.units().collect::<Vec<_>>(), "duties": plan.duties_in_words(), "texts": texts,
        "numbers": plan.numbers.declared,
        "owing": organisation.owing_flow_table().map(Group::id).collect::<Vec<_>>(), "issues": organisation.issues(),
    })
}
