//! What a report lacks, who was silent, and the words in which both are told.

use super::world::*;
use daiban_core::calendar::{Calendar, WeekPlan};
use daiban_core::fact::kinds::{NoChange, ProblemRaised};
use daiban_core::fact::{Body, NoNames};
use daiban_core::ids::FactId;
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
use daiban_core::report::{DistrictReport, FrozenGroup, Gaps, GroupReport, Notes, ReportCase, Silent};
use daiban_core::report::{district_report, group_report, hash_of};
use std::collections::BTreeSet;

fn plan(week: &str) -> WeekPlan {
    Calendar::builtin().week(week.parse().unwrap())
}

fn reported(world: &World, group: Group, week: &str, now: i64) -> GroupReport {
    let (view, duties) = (world.view(), world.duties(now));
    let case = ReportCase { view: &view, number: None, duties: &duties };
    group_report(group, &plan(week), &[case], None, Plan::builtin(), &NoNames)
}

fn district(world: &World, week: &str, frozen: &[FrozenGroup], now: i64) -> DistrictReport {
    let (view, duties) = (world.view(), world.duties(now));
    let case = ReportCase { view: &view, number: None, duties: &duties };
    district_report(&plan(week), frozen, &[case], &BTreeSet::new(), Plan::builtin(), &NoNames)
}

fn frozen(report: GroupReport) -> FrozenGroup {
    FrozenGroup {
        hash: hash_of(&report.to_json()),
        confirmed_by: person(PLANNER),
        recorded_by: None,
        frozen_at: at("2026-11-20", 17),
        report,
    }
}

fn problem(suggestion: Option<&str>) -> Body {
    Body::ProblemRaised(ProblemRaised {
        text: "地块边界与红线不符".into(),
        group: Group::Planning,
        units_needed: Vec::new(),
        suggestion: suggestion.map(str::to_owned),
    })
}

/// Letter of Monday 16 November; nobody has said anything yet.
fn begun() -> World {
    let mut world = World::staffed(at("2026-11-02", 0));
    world.send(sent(1, CHIEF, letter("2026-11-16", "2026-11-16"), at("2026-11-16", 10)));
    world
}

const FRIDAY: (&str, i64) = ("2026-11-20", 16);

fn friday() -> i64 {
    at(FRIDAY.0, FRIDAY.1)
}

const SECTIONS: [&str; 3] = ["进展情况", "存在问题", "解决问题的建议"];

#[test]
fn a_section_is_empty_until_a_line_or_a_note_stands_in_it() {
    let missing = |records: Vec<Body>, notes: Notes| {
        let mut world = begun();
        (10..).zip(records).for_each(|(n, body)| drop(world.send(sent(n, AGENT, body, at("2026-11-18", 9)))));
        GroupReport { notes, ..reported(&world, Group::Planning, "2026-W47", friday()) }.gaps().sections
    };
    assert_eq!(missing(vec![], Notes::default()), SECTIONS);
    assert_eq!(missing(vec![log("到现场")], Notes::default()), SECTIONS[1..]);
    assert_eq!(missing(vec![problem(None)], Notes::default()), [SECTIONS[0], SECTIONS[2]]);
    assert_eq!(missing(vec![log("到现场"), problem(Some("开协调会"))], Notes::default()), [""; 0]);
    let note = |text: &str| text.to_owned();
    assert_eq!(missing(vec![], Notes { progress: note("平稳"), ..Notes::default() }), SECTIONS[1..]);
    assert_eq!(missing(vec![], Notes { problems: note("无"), ..Notes::default() }), [SECTIONS[0], SECTIONS[2]]);
    assert_eq!(missing(vec![], Notes { suggestions: note("无"), ..Notes::default() }), SECTIONS[..2]);
    assert_eq!(missing(vec![], Notes { progress: note(" \n"), ..Notes::default() }), SECTIONS, "blanks say nothing");
}

#[test]
fn what_waits_is_progress_and_what_is_overdue_is_a_problem() {
    let mut world = begun();
    world.roster(OTHER, Role::UnitAgent, None, at("2026-11-02", 0), Some(at("2026-11-19", 0)));
    world.send(sent(10, OTHER, log("调离前"), at("2026-11-18", 9)).received(at("2026-11-19", 9)));
    assert_eq!(reported(&world, Group::Planning, "2026-W47", friday()).gaps().sections, SECTIONS[1..], "it waits");
    let monday = at("2026-11-23", 9);
    assert_eq!(reported(&world, Group::Planning, "2026-W47", monday).gaps().sections, [SECTIONS[2]], "the week is overdue");
}

#[test]
fn an_agent_is_silent_until_something_is_said_about_that_week() {
    let silent = |world: &World, group, week, now| {
        let found = reported(world, group, week, now).silent;
        found.into_iter().map(|agent: Silent| (agent.person.to_string(), agent.title)).collect::<Vec<_>>()
    };
    let both = [AGENT, OTHER].map(|name| (name.to_owned(), "海湾新材料基地".to_owned()));
    let mut world = begun();
    for (now, what) in
        [(at("2026-11-17", 9), "open"), (at("2026-11-19", 9), "due soon"), (friday(), "due"), (at("2026-11-23", 9), "late")]
    {
        assert_eq!(silent(&world, Group::Planning, "2026-W47", now), both, "{what}");
    }
    assert_eq!(silent(&world, Group::Construction, "2026-W47", friday()), [], "of another group");
    assert_eq!(silent(&world, Group::Planning, "2026-W48", friday()), [], "of another week");
    world.send(sent(10, AGENT, log("到现场"), at("2026-11-18", 9)));
    let nothing = Body::NoChange(NoChange { week: "2026-W47".parse().unwrap(), note: None });
    assert_eq!(silent(&world, Group::Planning, "2026-W47", friday()), both[1..]);
    world.send(sent(11, OTHER, nothing, at("2026-11-18", 9)));
    assert_eq!(silent(&world, Group::Planning, "2026-W47", friday()), []);
}

#[test]
fn whoever_confirms_reads_who_and_what_is_missing() {
    let world = begun();
    let report = district(&world, "2026-W47", &[], friday());
    let gaps = report.gaps();
    assert_eq!((gaps.groups.len(), gaps.silent.len(), gaps.sections.len()), (3, 2, 3));
    let groups = [Group::Planning, Group::Construction, Group::Dispatch]
        .map(|group| Plan::builtin().organisation.group_zh(group))
        .join("、");
    let silent = "natural-resources agent（海湾新材料基地）、natural-resources other（海湾新材料基地）";
    let told = format!("尚未确认周报：{groups}；尚未报送本周进展情况：{silent}；没有内容：进展情况、存在问题、解决问题的建议");
    assert_eq!(gaps.zh(), told);
    assert!(
        report.text_zh().contains(&format!("截至本报告起草时，尚未报送本周进展情况的代办员：{silent}\n")),
        "{}",
        report.text_zh()
    );
    assert!(report.text_zh().contains(&format!("尚未确认周报的组：{groups}\n")), "{}", report.text_zh());
    assert_eq!(Gaps::default().zh(), "");
}

#[test]
fn nothing_is_lacking_only_if_all_three_are_there() {
    let world = begun();
    let Gaps { groups, silent, sections, .. } = district(&world, "2026-W47", &[], friday()).gaps();
    assert!(Gaps::default().is_empty());
    assert!(!Gaps { groups, ..Gaps::default() }.is_empty());
    assert!(!Gaps { silent, ..Gaps::default() }.is_empty());
    assert!(!Gaps { sections, ..Gaps::default() }.is_empty());
}

#[test]
fn a_group_that_confirmed_is_not_missing_and_is_cited_by_name() {
    let world = begun();
    let report = district(&world, "2026-W47", &[frozen(reported(&world, Group::Planning, "2026-W47", friday()))], friday());
    assert_eq!(report.gaps().groups, [Group::Construction, Group::Dispatch]);
    let mut part = report.groups[0].clone();
    assert_eq!(part.confirmed_by_zh(), PLANNER);
    part.confirmed_by_name = "赵工".into();
    assert_eq!(part.confirmed_by_zh(), "赵工");
    part.confirmed_by_name.clear();
    assert_eq!(part.confirmed_by_zh(), PLANNER, "an earlier version kept no name");
    assert!(report.text_zh().contains(&format!(
        "依据：{}周报 {}（planner确认）",
        Plan::builtin().organisation.group_zh(Group::Planning),
        part.hash
    )));
}

#[test]
fn a_report_tells_only_what_it_has_and_says_none_where_it_has_nothing() {
    let mut world = begun();
    let empty = reported(&world, Group::Planning, "2026-W47", friday());
    let text = empty.text_zh();
    for section in ["一、进展情况", "二、存在问题", "三、解决问题的建议", "四、补报"] {
        assert!(text.contains(&format!("{section}\n　无。\n")), "{section}: {text}");
    }
    assert!(
        text.contains(&format!("报送：{}　截止：2026年11月20日\n", Plan::builtin().organisation.group_zh(Group::Dispatch))),
        "{text}"
    );
    assert!(!text.contains("待认定") && !text.contains("时间存疑"), "{text}");
    let noted = GroupReport { notes: Notes { progress: "平稳推进".into(), ..Notes::default() }, ..empty };
    assert!(noted.text_zh().contains("一、进展情况\n　平稳推进\n二、"), "{}", noted.text_zh());
    assert_eq!(reported(&world, Group::Dispatch, "2026-W47", friday()).to_zh(), "专班办公室", "not to itself");

    world.send(sent(10, AGENT, log("到现场"), at("2026-11-18", 9)).skew(DAY));
    let told = reported(&world, Group::Planning, "2026-W47", friday());
    let text = told.text_zh();
    assert!(text.contains("（一）海湾新材料基地\n　项目由海湾公司建设，现处于编制流程表阶段。"), "{text}");
    assert!(text.contains("　2026年11月18日，到现场。（区自然资源分局 agent，时间存疑）\n"), "{text}");
    let mut line = told.cases[0].progress[0].clone();
    line.person_name = String::new();
    assert_eq!(line.person_zh(), AGENT, "an earlier version kept no name");
}

#[test]
fn lines_stand_by_the_day_they_tell_of_whoever_wrote_them() {
    let mut world = begun();
    for (n, by, day) in [(10, AGENT, "2026-11-19"), (11, OTHER, "2026-11-17"), (12, AGENT, "2026-11-18")] {
        world.send(sent(n, by, log("到现场"), at(day, 9)));
    }
    let order = |facts: &[daiban_core::report::Line]| facts.iter().map(|line| line.fact).collect::<Vec<FactId>>();
    let report = reported(&world, Group::Planning, "2026-W47", friday());
    assert_eq!(order(&report.cases[0].progress), [id(11), id(12), id(10)]);
    let district = district(&world, "2026-W47", &[frozen(report)], friday());
    assert_eq!(order(&district.cases[0].progress), [id(11), id(12), id(10)]);
    assert!(district.supplements.is_empty(), "nothing is told twice");
}

#[test]
fn a_report_holds_the_days_of_its_weeks_and_what_has_a_row() {
    let mut world = begun();
    for (n, day) in [(10, "2026-11-17"), (11, "2026-11-22"), (12, "2026-11-23")] {
        world.send(sent(n, AGENT, log("到现场"), at(day, 9)));
    }
    let (view, duties) = (world.view(), Vec::new());
    let told = |reported: &[u64]| {
        let case = ReportCase { view: &view, number: None, duties: &duties };
        let earlier: BTreeSet<FactId> = reported.iter().copied().map(id).collect();
        let report = group_report(Group::Planning, &plan("2026-W47"), &[case], Some(&earlier), Plan::builtin(), &NoNames);
        report.facts()
    };
    assert_eq!(told(&[]), BTreeSet::from([id(10), id(11)]), "Monday to Sunday");
    assert_eq!(told(&[10]), BTreeSet::from([id(11)]), "told before");
}

#[test]
fn a_report_is_named_by_the_sum_of_its_very_bytes() {
    assert_eq!(hash_of("周报"), "949ded34c9456a6c62fe20c73b05078b4a9b9ed788efc764b502a0153f5ee49b");
    let report = reported(&begun(), Group::Planning, "2026-W47", friday());
    let noted = GroupReport { notes: Notes { progress: "平稳".into(), ..Notes::default() }, ..report.clone() };
    assert_ne!(hash_of(&report.to_json()), hash_of(&noted.to_json()));
}

#[test]
fn each_word_stands_in_one_groups_report_and_the_districts_has_them_all_by_day() {
    let mut world = begun();
    let began = at("2026-11-02", 0);
    world.roster("builder", Role::GroupSpecialist, Some(Group::Construction), began, None);
    for (n, by, day) in
        [(10, AGENT, "2026-11-18"), (11, "builder", "2026-11-17"), (12, PLANNER, "2026-11-19"), (13, CHIEF, "2026-11-20")]
    {
        world.send(sent(n, by, log("到现场"), at(day, 9)));
    }
    world.send(sent(14, "builder", problem(None), at("2026-11-18", 9)));
    let groups = [Group::Planning, Group::Construction, Group::Dispatch];
    let reports = groups.map(|group| reported(&world, group, "2026-W47", friday()));
    let told = reports.each_ref().map(GroupReport::facts);
    assert_eq!(told[0], BTreeSet::from([id(10), id(12), id(14)]), "a problem goes to the group it names");
    assert_eq!((&told[1], &told[2]), (&BTreeSet::from([id(11)]), &BTreeSet::from([id(1), id(13)])));
    let district = district(&world, "2026-W47", &reports.map(frozen), friday());
    let progress = district.cases[0].progress.iter().map(|line| line.fact).collect::<Vec<_>>();
    assert_eq!((district.cases.len(), progress), (1, vec![id(1), id(11), id(10), id(12), id(13)]));
    assert_eq!((district.cases[0].problems.len(), district.supplements.len()), (1, 0));
}

#[test]
fn a_word_given_late_for_a_week_stands_under_that_week() {
    let mut world = begun();
    let nothing = Body::NoChange(NoChange { week: "2026-W47".parse().unwrap(), note: None });
    world.send(sent(10, AGENT, nothing, at("2026-11-24", 9)));
    let week = |name| reported(&world, Group::Planning, name, at("2026-11-27", 16));
    let line = &week("2026-W47").cases[0].progress[0];
    assert_eq!((line.fact, line.text.as_str(), line.received_on()), (id(10), "本周无变化", Some(date("2026-11-24"))));
    let next = week("2026-W48").text_zh();
    assert!(next.contains("正在办理：2026年第47周无变化。"), "{next}");
}
