//! The group's week, the district's week, and what arrives after the freeze.

use super::world::*;
use daiban_core::calendar::{Calendar, Week, WeekPlan};
use daiban_core::fact::kinds::{Delivery, Fee, FlowRow, NoChange, ProblemRaised, ResultDelivered, WorkLog};
use daiban_core::fact::ruling::LateWork;
use daiban_core::fact::{Body, RulingBody};
use daiban_core::people::{Group, Role};
use daiban_core::plan::Plan;
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
        &[ReportCase { view: &view, number: None, duties: &duties }],
        reported,
        Plan::builtin(),
        &daiban_core::fact::NoNames,
    )
}

fn frozen(report: GroupReport, at: i64) -> FrozenGroup {
    FrozenGroup { hash: hash_of(&report.to_json()), confirmed_by: person(PLANNER), recorded_by: None, frozen_at: at, report }
}

fn district(world: &World, week: &str, frozen: &[FrozenGroup], reported: &BTreeSet<daiban_core::ids::FactId>) -> DistrictReport {
    let view = world.view();
    let duties: Vec<Duty> = Vec::new();
    district_report(
        &plan(week),
        frozen,
        &[ReportCase { view: &view, number: None, duties: &duties }],
        reported,
        Plan::builtin(),
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
    for part in
        ["一、进展情况", "二、存在问题", "三、解决问题的建议", "四、补报\n　无。", "（含）前完成，现已逾期不足1个工作日。"]
    {
        assert!(text.contains(part), "{part} not in\n{text}");
    }
}

#[test]
fn a_line_stands_under_the_unit_of_its_authors_seat_whatever_unit_the_record_names() {
    let mut world = week_47();
    let unit = |unit: &str| daiban_core::ids::UnitId::from(unit);
    let mut claims = sent(12, AGENT, log("到现场"), at("2026-11-20", 9));
    claims.fact.unit = unit("区委办公室");
    assert_eq!(world.send(claims).code, daiban_core::case::Code::Effective, "a phone may name the unit it was enrolled with");
    let moved = at("2026-11-20", 10);
    world.roster(AGENT, Role::UnitAgent, None, at("2026-11-02", 0), Some(moved));
    let housing = daiban_core::people::RosterEntry {
        person: person(AGENT),
        role: Role::UnitAgent,
        unit: unit("housing"),
        group: Some(Group::Planning),
        from: moved,
        until: None,
    };
    world.seat(housing);
    world.send(sent(13, AGENT, log("核对图纸"), at("2026-11-20", 11)));
    let report = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let units: Vec<_> = report.cases[0].progress.iter().map(|line| (line.fact, line.unit.as_str())).collect();
    assert_eq!(units, [(id(10), "natural-resources"), (id(12), "natural-resources"), (id(13), "housing")]);
    assert!(!report.text_zh().contains("区委办公室"), "{}", report.text_zh());
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
    assert!(second.text_zh().contains("补报2026年第47周（11月16日至11月22日）："), "{}", second.text_zh());
    assert!(second.text_zh().contains("2026年11月20日发生，2026年11月20日记录，2026年11月23日到达"), "{}", second.text_zh());
    assert_eq!(first.report.to_json(), bytes);

    let sent_48 = district(&world, "2026-W48", &[frozen(second, at("2026-11-28", 7))], &sent_47.facts());
    assert_eq!(sent_48.facts(), BTreeSet::from([id(13)]), "each series tells each fact once");
    assert_eq!(sent_48.copy_to, ["区重大项目工作专班办公室"]);
    assert!(sent_48.text_zh().contains("主送：区人民政府　抄送：区重大项目工作专班办公室"));
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
    assert_eq!(second.cases[0].progress[0].text, "本周无变化");
    assert_eq!(second.supplements[0].progress[0].text, "更正：要求补正的是竖向图");
}

/// The flow table has two items; one is delivered, of the other a log and a problem tell.
fn items() -> World {
    let mut world = week_47();
    let mut table = table(Group::Planning);
    if let Body::FlowTableSubmitted(table) = &mut table {
        let second =
            FlowRow { item: "建设工程规划许可证核发".into(), agent: Some(person(OTHER)), ..table.rows[0].clone() };
        table.rows.push(second);
    }
    world.send(sent(40, PLANNER, table, at("2026-11-17", 9)));
    let delivery = Delivery::ByHand { recipient: None };
    let results = vec!["建设用地规划许可证".to_owned()];
    world.send(sent(41, AGENT, Body::ResultDelivered(ResultDelivered { results, delivery }), at("2026-11-20", 9)));
    let Body::WorkLog(work) = log("窗口已受理。\n等待出图") else { unreachable!() };
    let work = WorkLog { item: Some("建设工程规划许可证".into()), ..work };
    world.send(sent(42, AGENT, Body::WorkLog(work), at("2026-11-19", 15)));
    let needed = ProblemRaised {
        text: "竖向标高与市政道路不一致。".into(),
        group: Group::Planning,
        units_needed: vec!["transport".into()],
        suggestion: None,
    };
    world.send(sent(43, AGENT, Body::ProblemRaised(needed), at("2026-11-20", 10)));
    world
}

#[test]
fn a_project_is_one_paragraph_of_its_items_and_records_and_the_lines_are_an_annex() {
    let report = draft(&items(), Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let layout = report.layout().unwrap();
    let paragraph = &layout.sections[0].blocks[0].paras[0];
    let told = [
        "现处于编制流程表阶段。已办结：立项用地规划和工程建设许可组报送《代办服务流程表》（代办事项2项）；建设用地规划许可证（11月20日当面递交）。",
        "正在办理：建设工程规划许可证核发（natural-resources，代办员other，计划5个工作日）：11月19日窗口已受理；等待出图；11月18日规划许可窗口要求补正总平面图。",
        "存在问题：地块边界与红线不符；竖向标高与市政道路不一致。",
        "需协调事项：请natural-resources牵头，研究“地块边界与红线不符”问题；请natural-resources牵头，transport参会，研究“竖向标高与市政道路不一致”问题。",
    ];
    for part in told {
        assert!(paragraph.contains(part), "{part} not in {paragraph}");
    }
    assert_eq!(layout.sections[0].blocks[0].paras.len(), 1);
    let annex: Vec<&str> = layout.annex[0].paras.iter().map(|para| para.split('，').next().unwrap()).collect();
    let days = ["2026年11月17日", "2026年11月18日", "2026年11月19日", "2026年11月19日", "2026年11月20日", "2026年11月20日"];
    assert_eq!(annex, days, "by the day, whoever wrote it");
    let text = report.text_zh();
    assert!(
        text.contains("附件：工作日志摘录")
            && text.contains("除第一部分各项目所列问题外，无其他问题。") == report.cases[0].overdue.is_empty(),
        "{text}"
    );
}

#[test]
fn what_people_write_on_a_project_stands_under_its_paragraph_and_goes_to_the_district() {
    let world = items();
    let mut report = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let before = report.to_json();
    report.notes.cases.insert(world.case, "企业已承诺周五补正。\n请关注".into());
    let block = &report.layout().unwrap().sections[0].blocks[0];
    assert_eq!(block.paras[1..], ["企业已承诺周五补正。", "请关注"]);
    let bytes = report.to_json();
    assert_eq!(serde_json::from_str::<GroupReport>(&bytes).unwrap().to_json(), bytes);
    assert!(!before.contains("\"cases\":{}"), "a report without such words keeps the bytes it had");

    let frozen = [frozen(report, at("2026-11-21", 7))];
    let district = district(&world, "2026-W47", &frozen, &BTreeSet::new());
    let paras = district.layout().unwrap().sections[0].blocks[0].paras.clone();
    assert_eq!(paras[1], "立项用地规划和工程建设许可组说明：企业已承诺周五补正；请关注。");
    assert!(district.text_zh().contains("主送：区人民政府"));
}

#[test]
fn what_a_specialist_writes_on_a_section_goes_to_the_district_under_the_groups_name() {
    let world = items();
    let mut report = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    report.notes.suggestions = "请窗口一次告知。\n请延长受理时间".into();
    report.notes.recorded.insert("李娜（代录：专班办公室）".into());
    let frozen = [frozen(report, at("2026-11-21", 7))];
    let mut district = district(&world, "2026-W47", &frozen, &BTreeSet::new());
    let words = "立项用地规划和工程建设许可组：请窗口一次告知；请延长受理时间。";
    assert_eq!(district.layout().unwrap().sections[2].blocks[0].paras, [words]);
    assert!(!district.gaps().sections.contains(&"解决问题的建议"));
    assert!(district.text_zh().contains("文字说明：李娜（代录：专班办公室）"), "{}", district.text_zh());
    district.notes.suggestions = "请区政府研究".into();
    assert_eq!(district.layout().unwrap().sections[2].blocks[0].paras, ["请区政府研究", words]);
    district.format = 1;
    assert_eq!(district.all_notes(), district.notes, "what an earlier version drew up keeps its text");
}

#[test]
fn a_project_that_people_wrote_on_stays_in_the_draft() {
    let world = items();
    let mut before = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let mut renewed = GroupReport { cases: Vec::new(), ..before.clone() };
    renewed.keep_notes_of(&before);
    assert!(renewed.cases.is_empty(), "nobody wrote on it");
    before.notes.cases.insert(world.case, "企业已承诺周五补正".into());
    renewed.keep_notes_of(&before);
    let block = &renewed.layout().unwrap().sections[0].blocks[0];
    assert_eq!((block.heading.as_deref(), block.paras[1].as_str()), (Some("（一）海湾新材料基地"), "企业已承诺周五补正"));
    assert!(renewed.facts().is_empty());
    let frozen = [frozen(renewed, at("2026-11-21", 7))];
    let district = district(&world, "2026-W47", &frozen, &BTreeSet::new());
    assert!(district.text_zh().contains("立项用地规划和工程建设许可组说明：企业已承诺周五补正。"), "{}", district.text_zh());
}

#[test]
fn of_many_records_the_paragraph_tells_the_last_and_counts_the_rest() {
    let mut world = week_47();
    for n in 0..5 {
        world.send(sent(50 + n, AGENT, log(&format!("第{n}次走访")), at("2026-11-20", 9 + n as i64)));
    }
    let report = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    let layout = report.layout().unwrap();
    let paragraph = &layout.sections[0].blocks[0].paras[0];
    let told = "正在办理：11月20日第2次走访；11月20日第3次走访；11月20日第4次走访；其余3项工作见附件。";
    assert!(paragraph.contains(told), "{paragraph}");
    assert_eq!(layout.annex[0].paras.len(), 7, "the annex has them all");
}

#[test]
fn groups_tell_of_one_project_in_one_paragraph() {
    let world = items();
    let reports = [Group::Planning, Group::Dispatch].map(|group| draft(&world, group, "2026-W47", None, at("2026-11-21", 7)));
    let dispatch = reports[1].layout().unwrap().sections[0].blocks[0].paras[0].clone();
    assert!(dispatch.contains("已办结：2026年11月16日签订《代办服务委托书》。正在办理：无。存在问题：无。"), "{dispatch}");
    let frozen = reports.map(|report| frozen(report, at("2026-11-21", 7)));
    let district = district(&world, "2026-W47", &frozen, &BTreeSet::new());
    let blocks = &district.layout().unwrap().sections[0].blocks;
    assert_eq!((blocks.len(), blocks[0].paras.len()), (1, 1));
    assert!(blocks[0].paras[0].contains("已办结：2026年11月16日签订《代办服务委托书》；立项"), "{:?}", blocks[0].paras);
    for part in ["签订《代办服务委托书》", "建设用地规划许可证（11月20日当面递交）", "竖向标高与市政道路不一致"]
    {
        assert_eq!(blocks[0].paras[0].matches(part).count(), if part.starts_with("竖向") { 2 } else { 1 }, "{part}");
    }
}

/// A change of another program may hold what no form takes: it stands in a report as signs, and nothing runs into the next line.
#[test]
fn what_cannot_be_seen_is_shown_in_a_report() {
    let mut world = week_47();
    let mut body = table(Group::Planning);
    if let Body::FlowTableSubmitted(table) = &mut body {
        table.rows[0].item = "许可\u{202E}证\n二、存在问题".into();
        table.rows[0].fee_yuan = Some(Fee::cents(123_450));
        table.rows[0].fee_basis = Some("某办法".into());
    }
    world.send(sent(40, PLANNER, body, at("2026-11-17", 9)));
    let mut report = draft(&world, Group::Planning, "2026-W47", None, at("2026-11-21", 7));
    report.notes.progress = "一\u{1B}[31m".into();
    report.cases[0].progress[0].text = "到现场。\n二、存在问题".into();
    let text = report.text_zh();
    assert!(!text.chars().any(|c| c != '\n' && daiban_core::fact::text::refused(c)), "{text:?}");
    assert_eq!(text.lines().filter(|line| line.starts_with("二、存在问题")).count(), 1);
    assert!(text.contains("到现场；二、存在问题。（"), "{text}");
    assert!(text.contains("（代办事项1项，建设单位应缴费用合计1234.50元）"), "{text}");
}

/// Two reports that the version before drew up and froze: their bytes are what their hashes cover, their text is what was confirmed.
#[test]
fn a_report_that_was_frozen_before_reads_as_it_did() {
    let frozen_before = include_str!("../data/report_group_1.json").trim_end();
    let group: GroupReport = serde_json::from_str(frozen_before).unwrap();
    assert_eq!((group.to_json().as_str(), group.layout()), (frozen_before, None));
    assert_eq!(group.text_zh(), include_str!("../data/report_group_1.txt"));
    let frozen_before = include_str!("../data/report_district_1.json").trim_end();
    let district: DistrictReport = serde_json::from_str(frozen_before).unwrap();
    assert_eq!((district.to_json().as_str(), district.layout()), (frozen_before, None));
    assert_eq!(district.text_zh(), include_str!("../data/report_district_1.txt"));
}
