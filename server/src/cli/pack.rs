//! `daiban pack`: checks a pack and shows it, without a server.

use super::args::PackTask;
use super::show::{Out, in_both, say};
use super::{Failure, access};
use crate::config::ConfigArgs;
use crate::db::Address;
use crate::db::sql::pack;
use crate::pack::{PlacedFault, read_with};
use daiban_core::people::{DistrictBody, Group, Organisation, Role};
use daiban_core::plan::{Plan, Text};
use daiban_messages::say::command_line as words;
use daiban_messages::say::pack as more;
use daiban_messages::{Both, Message, Say};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Answers a question about a pack.
pub(super) fn pack(config: &ConfigArgs, out: Out, task: PackTask) -> Result<ExitCode, Failure> {
    match task {
        PackTask::Check { folder } => Ok(check(out, &folder)),
        PackTask::Show { folder: Some(folder) } => {
            let plan = read_with(&folder, access::faults)
                .map_err(|problem| Failure::refused("pack_refused", problem.message().zh, problem.to_string()))?;
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
    match read_with(folder, access::faults) {
        Ok(plan) => {
            let district = Both::new(&plan.district.zh, &plan.district.en);
            let usable = words::PackUsable { district, document: &plan.document.number, id: &plan.id };
            let Message { zh, en, .. } = usable.say();
            out.answer(&json!({ "ok": true, "id": plan.id, "hash": plan.hash(), "faults": [], "zh": zh, "en": en }));
            ExitCode::SUCCESS
        }
        Err(problem) if out.json => {
            out.document(&json!({ "ok": false, "faults": problem.faults }));
            ExitCode::FAILURE
        }
        Err(problem) => {
            say(in_both(&words::PackFaults { count: problem.faults.len() }.say()));
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
    zh(words::PackIssued { document: &document.number, issuer: &document.issuer, day: day(document.issued) });
    if let Some(written) = &document.signed_as_written {
        zh(words::PackSigned { written });
    }
    let (to, copies) = (document.to.join("、"), document.copies.join("、"));
    zh(words::PackInForce { from: day(document.effective), to, copies });
    zh(words::PackCalled { number: &plan.case_number, id: &plan.id, hash: plan.hash() });
    organisation.bodies().iter().for_each(|body| say(format_args!("{}：{}", body.id.id(), told(body, organisation))));
    for leader in organisation.leaders() {
        let portfolio =
            if leader.portfolio.is_empty() { String::new() } else { format!("（{}）", leader.portfolio.join("、")) };
        say(format_args!("{}（{}）：{}{portfolio}", leader.seat.zh, leader.id, leader.held_by));
    }
    groups(organisation);
    units(organisation);
    say(in_both(&words::PackDuties.say()));
    for line in plan.duties_in_words() {
        say(format_args!("  {}　{}", line.id, line.zh));
        below(6, words::PackClause { clause: line.clause });
    }
    numbers(plan);
    access_and_before(plan);
    say(in_both(&words::PackTexts.say()));
    Text::all().iter().for_each(|text| say(format_args!("  {}：{}", text.id(), plan.text(*text).zh)));
}

fn groups(organisation: &Organisation) {
    say(in_both(&words::PackGroups.say()));
    for group in organisation.groups() {
        let (name, id, owes) = (Both::new(&group.name.zh, &group.name.en), group.group.id(), group.flow_table);
        let (lead, members) = (unit(organisation, group.lead.as_str()), group.members.len());
        below(2, words::PackGroup { name, id, lead, members, owes });
    }
}

fn units(organisation: &Organisation) {
    say(in_both(&words::PackUnits.say()));
    for unit in organisation.units() {
        let aliases = (!unit.aliases.is_empty()).then(|| words::PackAliases { names: unit.aliases.join("、") }.say());
        let (aliases, agent) = (Both::from(aliases), unit.names_agent());
        below(2, words::PackUnit { name: &unit.name, aliases, kind: unit.kind.zh(), agent, id: &unit.id });
        for renamed in &unit.renamed {
            below(4, words::PackRenamed { from: renamed.from, name: &renamed.name });
        }
        if let Some(from) = unit.ends {
            let next: Vec<String> = unit.successors.iter().map(|next| self::unit(organisation, next.as_str())).collect();
            below(4, words::PackUnitEnds { from, units: next.join("、") });
        }
    }
}

fn numbers(plan: &Plan) {
    say(in_both(&words::PackNumbers.say()));
    for number in &plan.numbers.declared {
        let unit = number.unit;
        let said = words::PackNumber {
            name: Both::new(&number.zh, &number.en),
            value: unit.said(number.default),
            clause: number.clause_zh(),
            min: unit.typed(number.min),
            max: unit.typed(number.max),
            id: number.id.id(),
        };
        below(2, said);
    }
}

/// Who may give which command and record what, where not everybody may; and the pack before.
fn access_and_before(plan: &Plan) {
    let (document, organisation) = (&plan.document, &plan.organisation);
    say(in_both(&more::AccessHeading.say()));
    let roles = |who: &[Role]| who.iter().map(|role| organisation.role_zh(*role)).collect::<Vec<_>>().join("、");
    for (name, zh, who) in access::of_plan(plan).filter(|(_, _, who)| who.len() < Role::all().len()) {
        below(2, more::MayGive { zh, name, who: roles(who) });
    }
    for (kind, who) in access::recorders(organisation) {
        below(2, more::MayGive { zh: kind.label.zh, name: kind.name, who: roles(who) });
    }
    if let Some(before) = plan.before() {
        say(more::Before { document: &before.document.number, id: &before.id, until: day(document.effective) }.say().zh);
    }
}

/// A line that only officials read: the pack's own words are Chinese.
fn zh(said: impl Say) {
    below(0, said);
}

/// The same, set in under a heading.
fn below(spaces: usize, said: impl Say) {
    say(format_args!("{:spaces$}{}", "", said.say().zh));
}

/// A body with where it sits and who heads it.
fn told(body: &DistrictBody, organisation: &Organisation) -> String {
    let host = body.host.as_ref().map(|host| words::PackBodyHost { unit: unit(organisation, host.as_str()) }.say());
    let head = body.head.as_ref().map(|person| words::PackBodyHead { person }.say());
    let window = body.window.as_ref().map(|one| words::PackBodyWindow { window: Both::new(&one.zh, &one.en) }.say());
    let (window, host, head) = (Both::from(window), Both::from(host), Both::from(head));
    words::PackBody { name: Both::new(&body.name.zh, &body.name.en), window, host, head }.say().zh
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
        "access": access::of_plan(plan).map(|(name, _, who)| (name.to_owned(), json!(who))).collect::<serde_json::Map<_, _>>(),
        "recorders": access::recorders(organisation).map(|(kind, who)| (kind.name.to_owned(), json!(who))).collect::<serde_json::Map<_, _>>(),
        "before": plan.before().map(|before| json!({ "id": before.id, "document": before.document })),
        "owing": organisation.owing_flow_table().map(Group::id).collect::<Vec<_>>(), "issues": organisation.issues(),
    })
}
