//! A record of every kind there is goes from a phone to the server, the office's page and, if it is public, the enterprise's; nothing on
//! the way knows which kinds there are.

use super::town;
use daiban_core::fact::{Body, fact_kind};
use daiban_tests::world::World;
use daiban_tests::world::town::AGENT;

fn page(world: &World, path: &str) -> String {
    let token = format!("Bearer {}", world.server.app().office_token);
    let request = ureq::get(format!("{}{path}", world.server.url())).header("authorization", token);
    request.call().unwrap().body_mut().read_to_string().unwrap()
}

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
