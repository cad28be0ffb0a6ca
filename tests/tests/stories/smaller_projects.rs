//! The least investment is a number of the plan like any other: lowered by a document, it holds from that document's day on, and phone and
//! office say the same of a project on either side of it.

use super::town;
use daiban_core::agent::AgentError;
use daiban_core::case::Code;
use daiban_core::fact::kinds::CaseOpened;
use daiban_tests::office;
use daiban_tests::world::World;
use daiban_tests::world::town::AGENT;
use serde_json::{Value, json};

const TOO_SMALL: &str = "不属于代办范围（四(一)）";

fn project(ten_thousand_yuan: i64) -> CaseOpened {
    CaseOpened {
        title: "果品加工项目".into(),
        enterprise: "大连果品有限公司".into(),
        location: "fengrong".into(),
        investment_10k_yuan: Some(ten_thousand_yuan),
        decision: None,
        benefit: None,
        needs: None,
        contact: None,
    }
}

fn on_phone(world: &mut World, amount: i64) -> Result<Code, String> {
    let now = world.now();
    match world.phones[AGENT].open_case(project(amount), now) {
        Ok(recorded) => Ok(recorded.forecast.code),
        Err(AgentError::Fields(errors)) => Err(errors.zh()),
        Err(error) => panic!("{error}"),
    }
}

fn in_office(world: &mut World, amount: i64) -> Result<Value, Value> {
    let fields = json!({ "title": "果品加工项目", "enterprise": "大连果品有限公司", "location": "fengrong", "investment_10k_yuan": amount });
    let person = world.phones[AGENT].holder.person.clone();
    let order = json!({ "command": "case_record", "kind": "case_opened", "fields": fields, "person": person });
    office::order(&mut world.server, "office", order).map_err(|refused| refused.problem)
}

#[test]
fn a_lower_threshold_holds_from_its_day_on_for_phone_and_office() {
    let mut world = town("2026-11-23");
    let policy = json!({ "investment_min": 5000 });
    let order =
        json!({ "command": "policy_set", "policy": policy, "document": "普政办发〔2026〕9号", "effective": "2026-12-01" });
    world.order("office", order);
    world.sync_everybody();

    for refused in [on_phone(&mut world, 9_999).unwrap_err(), in_office(&mut world, 9_999).unwrap_err().to_string()] {
        assert!(refused.contains("投资额不足1亿元（10000万元）") && refused.contains(TOO_SMALL), "{refused}");
    }
    assert_eq!(on_phone(&mut world, 10_000), Ok(Code::Effective));

    world.move_to("2026-12-01", 9, 0);
    world.sync_everybody();
    for refused in [on_phone(&mut world, 4_999).unwrap_err(), in_office(&mut world, 4_999).unwrap_err().to_string()] {
        assert!(refused.contains("投资额不足5000万元") && refused.contains(TOO_SMALL), "{refused}");
    }
    assert_eq!(on_phone(&mut world, 5_000), Ok(Code::Effective));
    let opened = in_office(&mut world, 5_000).unwrap();
    assert_eq!(opened["verdict"]["code"], "effective", "{opened}");
    world.sync_everybody();
    let judged = world.read("/v1/cases").to_string();
    assert!(!judged.contains("ineligible"), "{judged}");
}
