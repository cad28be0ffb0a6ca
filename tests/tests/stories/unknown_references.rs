//! Records that name somebody or a unit nobody knows: they wait for a person's word and meet no duty until then.

use super::town;
use daiban_core::agent::RecordState;
use daiban_core::case::{Code, Reason};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{AgentHandover, FlowRow, FlowTableSubmitted, ProblemRaised};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Group;
use daiban_core::rules::State;
use daiban_tests::world::World;
use daiban_tests::world::town::{AGENT, CHIEF};
use serde_json::json;

#[test]
fn what_names_nobody_waits_and_meets_no_duty_until_it_is_ruled() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let letter = world.record(CHIEF, case, daiban_tests::phone::Kind::Letter(0));
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

fn record(world: &mut World, phone: usize, case: CaseId, body: Body) -> FactId {
    let now = world.now();
    let clock = world.phones[phone].clock(now);
    world.phones[phone].record(case, clock, None, body, now).expect("whatever a person means is recorded").fact
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
