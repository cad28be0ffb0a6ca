//! A record of every kind there is goes from a phone to the server, the office's page and, if it is public, the enterprise's; nothing on
//! the way knows which kinds there are.

use super::{page, town};
use daiban_core::case::Code;
use daiban_core::fact::{Body, fact_kind};
use daiban_tests::world::night;
use daiban_tests::world::town::AGENT;

#[test]
fn arrives_and_is_shown_by_its_own_words() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let now = world.now();
    for body in Body::examples() {
        world.phones[AGENT].record(case, now, None, body, now).expect("an example is a record");
    }
    world.sync_everybody();
    let facts = world.read(&format!("/v1/cases/{case}/facts"));
    let office = page(&world, &format!("/cases/{case}"));
    let link = world.read(&format!("/v1/cases/{case}"))["enterprise_page"].as_str().unwrap().to_owned();
    let enterprise = page(&world, &link);
    let seen = |kind: &str| {
        facts.as_array().unwrap().iter().any(|fact| fact["kind"] == kind && fact["verdict"]["code"] != "unrecognised")
    };
    for body in Body::examples() {
        let kind = fact_kind(body.kind()).unwrap();
        assert!(seen(kind.name) && office.contains(kind.label.zh), "{}", kind.name);
    }
    assert!(
        enterprise.contains("收到材料") && !enterprise.contains("工作日志"),
        "only public kinds stand on the enterprise's page"
    );
}

#[test]
fn a_site_visit_is_told_with_the_names_of_units_and_keeps_its_findings_inside() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let now = world.now();
    let visited = Body::examples().into_iter().find(|body| body.kind() == "site_visited").unwrap();
    let recorded = world.phones[AGENT].record(case, now, None, visited, now).unwrap();
    assert_eq!(recorded.forecast.code, Code::Effective);
    world.sync_everybody();
    let office = page(&world, &format!("/cases/{case}"));
    assert!(office.contains("现场踏勘") && office.contains("区发展和改革委员会") && office.contains("90分钟"), "{office}");
    let link = world.read(&format!("/v1/cases/{case}"))["enterprise_page"].as_str().unwrap().to_owned();
    let enterprise = page(&world, &link);
    assert!(enterprise.contains("现场踏勘") && enterprise.contains("区发展和改革委员会"), "{enterprise}");
    assert!(!enterprise.contains("电杆"), "what was found stays inside");
    world.move_to("2026-11-28", 2, 30);
    night(&mut world.server, "2026-11-28".parse().unwrap()).unwrap();
    world.move_to("2026-11-28", 9, 0);
    world.confirm_groups("2026-W48");
    let report = world.read("/v1/reports/2026-W48/planning")["text"].as_str().unwrap().to_owned();
    assert!(report.contains("现场踏勘（") && report.contains("参加）：场地已平整"), "{report}");
}
