//! The group's week, the district's week, and what arrives after the freeze.

use super::world::*;
use daiban_core::calendar::{Calendar, Week, WeekPlan};
use daiban_core::fact::kinds::{NoChange, ProblemRaised};
use daiban_core::fact::ruling::LateWork;
use daiban_core::fact::{Body, RulingBody};
use daiban_core::people::{Group, Organisation, Role};
use daiban_core::report::{DistrictReport, FrozenGroup, GroupReport, ReportCase, district_report, group_report, hash_of};
use daiban_core::rules::Duty;
use std::collections::BTreeSet;

fn plan(week: &str) -> WeekPlan {
    Calendar::builtin().week(week.parse().unwrap())
}

fn draft(
    world: &World,
    group: Group,
    week: &str,
    reported: Option<&BTreeSet<daiban_core::ids::FactId>>,
    now: i64,
) -> GroupReport {
    let (view, duties) = (world.view(), world.duties(now));
    group_report(
        group,
        &plan(week),
        &[ReportCase { view: &view, duties: &duties }],
        reported,
        &Organisation::builtin(),
        &daiban_core::fact::NoNames,
    )
}

fn frozen(report: GroupReport, at: i64) -> FrozenGroup {
    FrozenGroup { hash: hash_of(&report.to_json()), confirmed_by: person(PLANNER), frozen_at: at, report }
}

fn district(world: &World, week: &str, frozen: &[FrozenGroup], reported: &BTreeSet<daiban_core::ids::FactId>) -> DistrictReport {
    let view = world.view();
    let duties: Vec<Duty> = Vec::new();
    district_report(
        &plan(week),
        frozen,
        &[ReportCase { view: &view, duties: &duties }],
        reported,
        &Organisation::builtin(),
        &daiban_core::fact::NoNames,
    )
}

fn problem(text: &str) -> Body {
    Body::ProblemRaised(ProblemRaised {
        text: text.into(),
        group: Group::Planning,
        units_needed: Vec::new(),
        suggestion: Some("由发改召开协调会".into()),
    })
}

/// The letter of 2026-11-16 and a week of work.
fn week_47() -> World {
    let mut world = World::staffed(at("2026-11-02", 0));
    world.send(sent(1, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    world.send(sent(10, AGENT, log("规划许可窗口要求补正总平面图"), at("2026-11-18", 9)));
    world.send(sent(11, AGENT, problem("地块边界与红线不符"), at("2026-11-19", 9)));
    world
}

#[test]
fn a_groups_week_has_its_three_sections_and_every_line_leads_to_its_fact() {
    let world = week_47();
    let report = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let case = &report.cases[0];
    assert_eq!(case.progress.iter().map(|l| l.fact).collect::<Vec<_>>(), [id(10)]);
    assert_eq!(case.problems[0].text, "地块边界与红线不符");
    assert_eq!(case.suggestions[0].text, "由发改召开协调会");
    let line = &case.progress[0];
    assert_eq!((line.person.as_str(), line.unit.as_str()), (AGENT, "natural-resources"));
    assert_eq!((line.occurred_on, line.received_on()), (date("2026-11-18"), Some(date("2026-11-18"))));
    assert_eq!(
        case.overdue.iter().map(|d| d.key.as_str()).collect::<Vec<_>>(),
        ["D3/agent/other/2026-W47", "D3/specialist/planning/2026-W47"]
    );
    let of_chief = draft(&world, Group::Dispatch, "2026-W47", None, at("2026-11-21", 7));
    assert_eq!(of_chief.facts(), BTreeSet::from([id(1)]), "the chief agent's letter stands in the dispatch group's");
    let text = report.text_zh();
    for part in ["一、进展情况", "二、存在问题", "三、解决问题的建议", "四、补报\n　无。", "逾期不足1个工作日（四(四)3）"]
    {
        assert!(text.contains(part), "{part} not in\n{text}");
    }
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let world = week_47();
    let (a, b) = (0..2)
        .map(|_| draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7)).to_json())
        .fold((String::new(), String::new()), |(_, last), json| (last, json));
    assert_eq!(hash_of(&a), hash_of(&b));
    assert_eq!(serde_json::from_str::<GroupReport>(&a).unwrap().to_json(), a);
}

#[test]
fn what_arrives_after_the_freeze_stands_in_the_next_report_with_both_dates() {
    let mut world = week_47();
    let first = frozen(draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7)), at("2026-11-21", 7));
    let bytes = first.report.to_json();
    world.send(sent(12, AGENT, log("地下室离线补传"), at("2026-11-20", 16)).received(at("2026-11-23", 8)));
    world.send(sent(13, AGENT, log("补正已提交"), at("2026-11-24", 9)));

    let nothing = BTreeSet::new();
    let sent_47 = district(&world, "2026-W47", std::slice::from_ref(&first), &nothing);
    assert_eq!(sent_47.supplements[0].progress.iter().map(|l| l.fact).collect::<Vec<_>>(), [id(12)], "received since the freeze");
    assert_eq!(sent_47.missing, [Group::Construction, Group::Dispatch]);
    assert!(!sent_47.facts().contains(&id(13)), "that is the next week's");

    let second = draft(&world, Group::Planning, "2026-W48", Some(&first.report.facts()), at("2026-11-28", 7));
    assert_eq!(second.cases[0].progress.iter().map(|l| l.fact).collect::<Vec<_>>(), [id(13)]);
    let late = &second.supplements[0].progress[0];
    assert_eq!((late.fact, late.occurred_on, late.received_on()), (id(12), date("2026-11-20"), Some(date("2026-11-23"))));
    assert!(second.text_zh().contains("2026年11月20日发生；2026年11月23日到达"), "{}", second.text_zh());
    assert_eq!(first.report.to_json(), bytes);

    let sent_48 = district(&world, "2026-W48", &[frozen(second, at("2026-11-28", 7))], &sent_47.facts());
    assert_eq!(sent_48.facts(), BTreeSet::from([id(13)]), "each series tells each fact once");
    assert_eq!(sent_48.copy_to, ["专班办公室"]);
    assert!(sent_48.text_zh().contains("主送：区政府　抄送：专班办公室"));
}

#[test]
fn a_report_over_a_silent_week_says_so() {
    let mut world = World::staffed(at("2026-01-01", 0));
    world.send(sent(1, CHIEF, letter("2026-02-13", "2026-02-13"), at("2026-02-13", 10)));
    world.send(sent(10, AGENT, log("节日值守"), at("2026-02-19", 9)));
    let earlier = BTreeSet::new();
    let report = draft(&world, Group::Planning, "2026-W09", Some(&earlier), at("2026-03-01", 7));
    let covers: Vec<String> = report.covers.iter().map(Week::to_string).collect();
    assert_eq!(covers, ["2026-W08", "2026-W09"]);
    assert_eq!(report.cases[0].progress[0].fact, id(10));
    assert!(report.text_zh().contains("2026年第8至9周（2月16日至3月1日）"));
}

#[test]
fn what_waits_is_shown_but_not_counted_until_it_is_accepted() {
    let mut world = week_47();
    world.roster(OTHER, Role::UnitAgent, None, at("2026-11-02", 0), Some(at("2026-11-20", 0)));
    world.send(sent(20, OTHER, log("调离前的走访"), at("2026-11-19", 9)).received(at("2026-11-20", 20)));
    let first = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    assert_eq!(first.cases[0].awaiting.iter().map(|l| l.fact).collect::<Vec<_>>(), [id(20)]);
    assert!(!first.facts().contains(&id(20)));
    assert!(first.text_zh().contains("〔待认定〕"));
    world.rule(60, RulingBody::LateWork(LateWork { fact: id(20), accepted: true }), at("2026-11-23", 9));
    let second = draft(&world, Group::Planning, "2026-W48", Some(&first.facts()), at("2026-11-28", 7));
    assert_eq!(second.supplements[0].progress[0].fact, id(20));
}

#[test]
fn no_change_and_corrections_are_told() {
    let mut world = week_47();
    let first = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let quiet = Body::NoChange(NoChange { week: "2026-W48".parse().unwrap(), note: None });
    world.send(sent(30, OTHER, quiet, at("2026-11-25", 9)));
    world.send(sent(31, AGENT, log("要求补正的是竖向图"), at("2026-11-25", 9)).occurred(at("2026-11-18", 9)).amends(10));
    let second = draft(&world, Group::Planning, "2026-W48", Some(&first.facts()), at("2026-11-28", 7));
    assert_eq!(second.cases[0].progress[0].text, "2026年第48周无变化");
    assert_eq!(second.supplements[0].progress[0].text, "更正：要求补正的是竖向图");
}
