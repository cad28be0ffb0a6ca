//! Records that name somebody or a unit nobody knows: they wait for a person's word and meet no duty until then.

use super::{page, town};
use daiban_core::agent::{RecordState, Recorded};
use daiban_core::calendar::{Date, local_date};
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{
    AgentHandover, AuthorizationLetterSigned, CaseOpened, FlowRow, FlowTableSubmitted, MaterialItem, MaterialReturned, NoChange,
    ProblemRaised,
};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Group;
use daiban_core::rules::State;
use daiban_tests::phone::{ENTERPRISE, Kind};
use daiban_tests::world::World;
use daiban_tests::world::town::{AGENT, CHIEF, OTHER_AGENT};
use serde_json::json;

#[test]
fn what_names_nobody_waits_and_meets_no_duty_until_it_is_ruled() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let letter = world.record(CHIEF, case, Kind::Letter(0));
    world.sync_everybody();
    let duty = format!("D2/planning/{letter}");

    let table = record(&mut world, 1, case, table("㛃䶮𠅤"));
    let handed = record(&mut world, AGENT, case, hand_over("查无此人"));
    let asked = record(&mut world, AGENT, case, problem("外星局"));
    let good = record(&mut world, AGENT, case, hand_over("jiang-bo"));
    world.sync_everybody();
    for (phone, fact) in [(1, table), (AGENT, handed), (AGENT, asked)] {
        assert_eq!(judged(&world, phone, fact), (Code::Late, Some(Reason::ReferenceUnknown)));
    }
    assert_eq!(judged(&world, AGENT, good), (Code::Effective, None));
    let waits = world.served_duty(case, &duty).unwrap().state;
    assert!(!matches!(waits, State::Met { .. } | State::MetLate { .. }), "nobody's table meets no duty: {waits:?}");

    let ruling = json!({ "command": "ruling_late", "case": case, "fact": table, "accept": true, "reason": "已与本人核对" });
    world.order("office", ruling);
    let met = world.served_duty(case, &duty).unwrap().state;
    assert!(matches!(met, State::Met { .. }), "{met:?}");
}

/// A7, F44: another enterprise, somebody who never was the chief agent, a code with a letter O in it.
#[test]
fn a_letter_that_is_not_this_cases_starts_no_clock_until_the_chief_agent_corrects_it() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let today = local_date(world.now());
    let wrong = write(&mut world, CHIEF, case, None, letter(today, "大连冒名建设有限公司", "wang-zhe", None));
    assert_eq!(wrong.forecast.reason, Some(Reason::LetterEnterprise), "the phone says so at once");
    assert!(wrong.warning().map(|said| said.zh).unwrap().contains("建设单位不一致"), "{:?}", wrong.warning().map(|said| said.zh));
    let unseated = write(&mut world, CHIEF, case, None, letter(today, ENTERPRISE, "zhou-min", None));
    world.sync_everybody();
    assert_eq!(judged(&world, CHIEF, wrong.fact), (Code::Late, Some(Reason::LetterEnterprise)));
    assert_eq!(judged(&world, CHIEF, unseated.fact), (Code::Late, Some(Reason::LetterChief)));
    let clocks = |world: &mut World| world.read(&format!("/v1/cases/{case}/duties"))["duties"].as_array().unwrap().len();
    assert_eq!(clocks(&mut world), 0, "no clock starts");

    let typed = letter(today, &format!("{ENTERPRISE}　"), "wang-zhe", Some("2611-210214-04-01-12345O"));
    let mended = write(&mut world, CHIEF, case, Some(wrong.fact), typed);
    assert_eq!(mended.forecast.code, Code::Effective);
    assert_eq!(mended.notes.iter().map(|note| note.field.as_str()).collect::<Vec<_>>(), ["project_code"]);
    world.sync_everybody();
    assert_eq!(judged(&world, CHIEF, mended.fact), (Code::Effective, None), "a code that does not fit is told, not refused");
    assert!(clocks(&mut world) > 0, "the corrected letter starts them");
    let shown = page(&world, &format!("/cases/{case}"));
    assert!(shown.contains("2611-210214-04-01-12345O（注意：") && shown.contains("请核对批复原件"), "{shown}");
}

#[test]
fn a_tables_agent_works_for_the_unit_of_its_row() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    let foreign = write(&mut world, 1, case, None, table("wu-lei"));
    assert_eq!(foreign.forecast.reason, Some(Reason::AgentForeign), "吴磊 has a seat, for 区住房和城乡建设局");
    let unseated = write(&mut world, 1, case, None, table("wei-dong"));
    world.sync_everybody();
    for wrong in [foreign.fact, unseated.fact] {
        assert_eq!(judged(&world, 1, wrong), (Code::Late, Some(Reason::AgentForeign)));
    }
    let letter = world.view(CHIEF, case).letter.unwrap().fact;
    let duty = format!("D2/planning/{letter}");
    let state = world.served_duty(case, &duty).unwrap().state;
    assert!(!matches!(state, State::Met { .. } | State::MetLate { .. }), "{state:?}");
    let right = write(&mut world, 1, case, Some(foreign.fact), table("zhou-min")).fact;
    world.sync_everybody();
    assert_eq!(judged(&world, 1, right), (Code::Effective, None));
    let met = world.served_duty(case, &duty).unwrap().state;
    assert!(matches!(met, State::Met { .. }), "{met:?}");
}

/// F38, A7: weeks that nobody can speak of yet, or any more, and what goes back by no receipt.
#[test]
fn weeks_to_come_and_receipts_of_nobody_wait() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    for week in ["1900-W01", "2025-W10", "2026-W53", "2027-W10"] {
        let said = write(&mut world, AGENT, case, None, nothing(week));
        assert_eq!(said.forecast.reason, Some(Reason::WeekClosed), "{week}");
        world.sync_well(AGENT);
        assert_eq!(judged(&world, AGENT, said.fact), (Code::Late, Some(Reason::WeekClosed)), "{week}");
    }
    let this_week = write(&mut world, AGENT, case, None, nothing("2026-W48")).fact;
    let opening = world.view(AGENT, case).opening.unwrap();
    let no_receipt = write(&mut world, OTHER_AGENT, case, None, back(Some(opening)));
    let surplus = write(&mut world, OTHER_AGENT, case, None, back(None));
    assert!(surplus.notes.iter().any(|note| note.zh.contains("移交多于收到")), "{:?}", surplus.notes);
    world.sync_everybody();
    assert_eq!(judged(&world, AGENT, this_week), (Code::Effective, None));
    assert_eq!(judged(&world, OTHER_AGENT, no_receipt.fact), (Code::Late, Some(Reason::ReceiptUnknown)));
    assert_eq!(judged(&world, OTHER_AGENT, surplus.fact), (Code::Effective, None), "the receipt may still be under way");
    assert_eq!(world.view(CHIEF, case).surplus().count(), 1);

    let fields = json!({ "items": [{ "title": "不存在的材料", "copies": 1, "original": true }] });
    let more = json!({ "command": "case_record", "case": case, "kind": "material_returned", "fields": fields });
    let noted = world.order("wu-lei", more);
    assert!(noted["zh"].as_str().unwrap().contains("移交多于收到") && noted["notes"][0]["field"] == "items", "{noted}");
    let fields = json!({ "items": [{ "title": "另一份材料", "copies": 1, "original": true }] });
    let other = json!({ "command": "case_record", "case": case, "kind": "material_returned", "fields": fields });
    let noted = world.order("wu-lei", other)["notes"].clone();
    assert!(
        noted.as_array().is_some_and(|notes| notes.len() == 1) && noted[0]["zh"].as_str().unwrap().contains("另一份材料"),
        "{noted}"
    );
    assert!(page(&world, &format!("/cases/{case}")).contains("移交多于收到，请核对"), "flagged until the receipt comes");
    let late = json!({ "command": "case_record", "case": case, "kind": "no_change", "fields": { "week": "2026-W53" } });
    assert_eq!(world.order("zhou-min", late)["verdict"]["reason"], "week_closed", "at the desk too");
}

#[test]
fn whom_and_what_a_phone_does_not_know_it_asks_to_look_at_again() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    let named = |recorded: Recorded| recorded.notes.into_iter().map(|note| note.zh).collect::<Vec<_>>();
    let nobody = named(write(&mut world, AGENT, case, None, hand_over("查无此人")));
    assert!(nobody.len() == 1 && nobody[0].contains("“查无此人”") && nobody[0].contains("请核对"), "{nobody:?}");
    let nowhere = named(write(&mut world, AGENT, case, None, problem("外星局")));
    assert!(nowhere.len() == 1 && nowhere[0].contains("“外星局”"), "{nowhere:?}");
    let mistyped = named(write(&mut world, AGENT, case, None, problem("区供电所")));
    assert!(mistyped[0].contains("相近的有") && mistyped[0].contains("供电公司"), "the plan's units are offered: {mistyped:?}");
    assert_eq!(named(write(&mut world, AGENT, case, None, hand_over("wu-lei"))), Vec::<String>::new());
    assert_eq!(named(write(&mut world, AGENT, case, None, problem("power-supply"))), Vec::<String>::new());
}

fn write(world: &mut World, phone: usize, case: CaseId, amends: Option<FactId>, body: Body) -> Recorded {
    let now = world.now();
    let clock = world.phones[phone].clock(now);
    world.phones[phone].record(case, clock, amends, body, now).expect("whatever a person means is recorded")
}

fn letter(today: Date, enterprise: &str, chief: &str, code: Option<&str>) -> Body {
    Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
        project_name: "松木岛化工园区项目".to_owned(),
        project_code: code.map(str::to_owned),
        enterprise: enterprise.to_owned(),
        chief: chief.into(),
        scope: vec!["施工许可".to_owned()],
        chief_signed_on: today,
        enterprise_signed_on: today,
        accompanied_by: None,
        signatory: None,
    })
}

fn nothing(week: &str) -> Body {
    Body::NoChange(NoChange { week: week.parse().unwrap(), note: None })
}

fn back(received: Option<FactId>) -> Body {
    let items = vec![MaterialItem { title: "不存在的材料".to_owned(), copies: 1, original: true }];
    Body::MaterialReturned(MaterialReturned { items, received, taken_by: None })
}

fn record(world: &mut World, phone: usize, case: CaseId, body: Body) -> FactId {
    write(world, phone, case, None, body).fact
}

fn judged(world: &World, phone: usize, fact: FactId) -> (Code, Option<Reason>) {
    match world.state(phone, fact) {
        RecordState::Judged { verdict, .. } | RecordState::Uploaded { verdict, .. } => (verdict.code, verdict.reason),
        other => panic!("{other:?}"),
    }
}

fn table(agent: &str) -> Body {
    let row = FlowRow {
        unit: "natural-resources".into(),
        item: "建设用地规划许可".to_owned(),
        agent: Some(agent.into()),
        materials: Vec::new(),
        fee_yuan: None,
        fee_basis: None,
        planned_working_days: 3,
    };
    Body::FlowTableSubmitted(FlowTableSubmitted { group: Group::Planning, rows: vec![row], nil_reason: None })
}

fn hand_over(to: &str) -> Body {
    let open_items = vec!["环评批复".to_owned()];
    Body::AgentHandover(AgentHandover { from: "zhou-min".into(), to: to.into(), open_items, reason: "休假".to_owned() })
}

fn problem(unit: &str) -> Body {
    let text = "跨部门协调".to_owned();
    let units_needed = vec![unit.into()];
    Body::ProblemRaised(ProblemRaised { text, group: Group::Planning, units_needed, suggestion: None })
}

/// A project that lies nowhere is opened all the same, and told of until the office knows the place; then its agent is missed.
#[test]
fn a_place_that_nobody_knows_is_asked_about_and_told_until_the_office_adds_it() {
    let mut world = town("2026-11-23");
    let park = json!({ "command": "unit_add", "id": "pier-park", "name": "皮杨园区管委会", "kind": "park" });
    world.order("office", park);
    world.sync_everybody();
    let open = |world: &mut World, location: &str| {
        let now = world.now();
        let opened = CaseOpened {
            title: "冷库项目".into(),
            enterprise: ENTERPRISE.into(),
            location: location.into(),
            investment_10k_yuan: Some(20_000),
            decision: None,
            benefit: None,
            needs: None,
            contact: None,
        };
        world.phones[AGENT].open_case(opened, now).unwrap()
    };
    let said = |recorded: &Recorded| recorded.notes.iter().map(|note| format!("{}: {}", note.field, note.zh)).collect::<String>();
    assert_eq!(said(&open(&mut world, "pier-park")), "");
    let bureau = said(&open(&mut world, "housing"));
    assert!(bureau.starts_with("location: “区住房和城乡建设局”不是名录中的街道、乡镇或园区"), "{bureau}");
    let lost = open(&mut world, "皮杨工业园区");
    assert!(said(&lost).contains("“皮杨工业园区”不是名录中的街道、乡镇或园区，相近的有：皮杨园区管委会"), "{}", said(&lost));
    world.sync_everybody();
    assert_eq!(judged(&world, AGENT, lost.fact), (Code::Effective, None), "no case waits for the directory");
    let of_case = format!("/cases/{}", lost.case);
    assert!(page(&world, &of_case).contains("所在地待核实") && page(&world, "/cases").contains("所在地待核实"));

    let added = json!({ "command": "unit_add", "id": "pier-works", "name": "皮杨工业园区管委会", "kind": "park", "aliases": ["皮杨工业园区"] });
    world.order("office", added);
    let shown = page(&world, &of_case);
    assert!(!shown.contains("所在地待核实"));
    assert!(shown.contains("代办员 · 皮杨工业园区管委会"), "the place's own agent is missing on the team");
}
