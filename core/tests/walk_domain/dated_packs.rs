//! A pack that follows another: what is counted by the days before its first day stays as the earlier one has it.

use super::world::*;
use daiban_core::calendar::Calendar;
use daiban_core::plan::Plan;
use daiban_core::rules::{Duty, Number, NumbersInForce, Policy};
use serde_json::{Value, json};
use std::sync::Arc;

/// The built-in plan as another document orders it from a day on: ten working days, another name for the office.
fn ordered(document: &str, effective: &str, days: i64) -> Plan {
    let mut pack: Value = serde_json::from_str(Plan::builtin().to_json()).unwrap();
    pack["pack"]["document"]["number"] = json!(document);
    pack["pack"]["document"]["effective"] = json!(effective);
    pack["numbers"]["number"][0]["default"] = json!(days);
    for line in pack["duties"]["duty"].as_array_mut().unwrap() {
        line["clause"] = json!(format!("{document}：{}", line["clause"].as_str().unwrap()));
    }
    pack["organisation"]["body"][1]["name"] = json!(document);
    Plan::read(&pack).unwrap()
}

fn following() -> Plan {
    ordered("政办发〔2026〕9号", "2026-12-01", 10).following(Plan::builtin()).unwrap()
}

fn duty(plan: &Plan, numbers: &NumbersInForce, signed: &str) -> Duty {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter(signed, signed), at(signed, 10)));
    let duties = plan.duties(&world.view(), &Calendar::builtin(), numbers, at(signed, 12));
    let tables: Vec<Duty> = duties.into_iter().filter(|duty| duty.key.starts_with("D2/planning/")).collect();
    assert_eq!(tables.len(), 1, "owed once");
    tables.into_iter().next().unwrap()
}

#[test]
fn a_case_signed_before_the_first_day_keeps_numbers_and_clause_of_the_earlier_pack() {
    let plan = following();
    let numbers = NumbersInForce::of_plan(&plan, []);
    let (before, after) = (duty(&plan, &numbers, "2026-11-30"), duty(&plan, &numbers, "2026-12-01"));
    assert_eq!((before.counted.len(), after.counted.len()), (15, 10));
    assert!(before.clause.starts_with("四(四)2") && after.clause.starts_with("政办发〔2026〕9号"), "{}", after.clause);
    assert_eq!(before.document, Plan::builtin().document.number);
    assert_eq!(after.document, "政办发〔2026〕9号");
    assert_eq!(before, duty(Plan::builtin(), &NumbersInForce::default(), "2026-11-30"), "nothing of it moved");
}

#[test]
fn each_day_has_the_plan_of_that_day() {
    let plan = following();
    let office = |day: &str| plan.on(date(day)).organisation.role_zh(daiban_core::people::Role::Office);
    assert_eq!((office("2026-11-30").as_str(), office("2026-12-01").as_str()), ("专班办公室", "政办发〔2026〕9号"));
    let street = daiban_core::people::Unit::new("some-street", "某街道办事处", daiban_core::people::UnitKind::Subdistrict);
    let more = plan.with_unit(street).unwrap();
    assert!(more.on(date("2026-11-30")).organisation.find_unit("某街道办事处").is_some(), "in the earlier one too");
}

#[test]
fn it_survives_json_as_one_and_is_known_again_by_its_own_hash() {
    let (plan, alone) = (following(), ordered("政办发〔2026〕9号", "2026-12-01", 10));
    let read = Plan::from_json(plan.to_json()).unwrap();
    assert_eq!(read.hash(), plan.hash());
    assert_eq!(read.own_hash(), alone.hash());
    assert_ne!(read.hash(), alone.hash());
    assert_eq!(read.before().unwrap().hash(), Plan::builtin().hash());
    // One that begins no later is withdrawn by the next one; the one before both stays.
    let next = ordered("政办发〔2026〕8号", "2026-11-30", 12).following(&plan).unwrap();
    assert_eq!(next.before().unwrap().hash(), Plan::builtin().hash());
    let third = ordered("政办发〔2027〕1号", "2027-01-01", 20).following(&plan).unwrap();
    let chain: Vec<String> = std::iter::successors(third.before(), |plan| plan.before())
        .map(|plan: &Arc<Plan>| plan.document.number.clone())
        .collect();
    assert_eq!(chain, ["政办发〔2026〕9号", "普政办发〔2021〕1号"]);
    let numbers = NumbersInForce::of_plan(&third, []);
    let days = |day: &str| numbers.on(date(day)).get(Number::LetterWorkingDays);
    assert_eq!([days("2026-11-30"), days("2026-12-01"), days("2027-01-01")], [15, 10, 20]);
}

#[test]
fn a_decision_holds_until_a_later_pack_begins_unless_it_begins_after_it() {
    let decided =
        |from: &str, days| (0, Policy::decided(2, "政办发〔2026〕7号", Some(date(from))).with(Number::LetterWorkingDays, days));
    let numbers = NumbersInForce::of_plan(&following(), [decided("2026-11-01", 12), decided("2026-12-10", 8)]);
    let days = |day: &str| numbers.on(date(day)).get(Number::LetterWorkingDays);
    assert_eq!([days("2026-10-31"), days("2026-11-30"), days("2026-12-09"), days("2026-12-10")], [15, 12, 10, 8]);
    assert_eq!(numbers.newest().get(Number::LetterWorkingDays), 8);
}
