//! An enterprise passes its address on: the page is right at once whatever was written, and who reads too often is told when to come
//! again. And the office's lists come in parts that leave nothing out.

use super::town;
use daiban_tests::office::{self, Refused};
use daiban_tests::phone::Kind;
use daiban_tests::world::World;
use daiban_tests::world::night;
use daiban_tests::world::town::{AGENT, CHIEF};
use serde_json::{Value, json};

struct Answer {
    status: u16,
    link: Option<String>,
    retry_after: Option<u32>,
    text: String,
}

fn get(world: &World, path: &str) -> Answer {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let agent: ureq::Agent = config.into();
    let token = format!("Bearer {}", world.server.app().office_token);
    let request = agent.get(format!("{}{path}", world.server.url())).header("authorization", token);
    let mut response = request.call().unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (link, retry_after) = (header("link"), header("retry-after").map(|seconds| seconds.parse().unwrap()));
    Answer { status: response.status().as_u16(), link, retry_after, text: response.body_mut().read_to_string().unwrap() }
}

fn page(world: &World, path: &str) -> String {
    let answer = get(world, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.text
}

fn address(world: &mut World, case: daiban_core::ids::CaseId) -> String {
    world.read(&format!("/v1/cases/{case}"))["enterprise_page"].as_str().unwrap().to_owned()
}

#[test]
fn the_page_is_never_older_than_what_it_tells() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let link = address(&mut world, case);
    let first = page(&world, &link);
    assert!(first.contains("还没有问询") && !first.contains("收到材料") && first.contains("2026-11-23 08:00"), "{first}");
    assert_eq!(page(&world, &link), first);
    world.advance(180);
    assert_eq!(page(&world, &link), first.replace("2026-11-23 08:00", "2026-11-23 08:03"), "what is kept tells the time of now");
    assert!(page(&world, &format!("{link}?lang=en")).contains("No questions so far"), "each language has its own");

    world.record(CHIEF, case, Kind::Inquiry);
    world.sync_well(CHIEF);
    let asked = page(&world, &link);
    assert!(asked.contains("待答复") && !asked.contains("还没有问询"), "a row counts at once");
    world.record(AGENT, case, Kind::Received);
    world.sync_well(AGENT);
    assert!(page(&world, &link).contains("收到材料"));
    assert!(!page(&world, &format!("{link}?lang=en")).contains("No questions so far"));

    let line = json!({
        "command": "person_add", "id": "wang-zhe", "name": "王喆", "unit": "business-environment", "role": "chief_agent",
        "phone": "0411-83110000",
    });
    world.order("office", line);
    assert!(page(&world, &link).contains("0411-83110000"), "the directory counts at once");
    world.unseat(case, CHIEF);
    assert!(!page(&world, &link).contains("0411-83110000"), "a seat counts at once");

    let due = page(&world, &link);
    assert!(due.contains("最迟 2026-12-11") && !due.contains("原定最迟"), "{due}");
    world.move_to("2026-12-12", 9, 0);
    assert!(page(&world, &link).contains("原定最迟"), "so does time that has run out");
}

#[test]
fn a_passed_on_address_is_told_when_to_come_again() {
    let mut world = town("2026-11-23");
    let (case, other) = (world.open_case(AGENT, &[CHIEF]), world.open_case(AGENT, &[CHIEF]));
    let (link, other) = (address(&mut world, case), address(&mut world, other));
    for _ in 0..world.server.app().config.limits.page_reads_per_minute {
        assert_eq!(get(&world, &link).status, 200);
    }
    let refused = get(&world, &link);
    assert_eq!(refused.status, 429, "{}", refused.text);
    let wait = refused.retry_after.unwrap();
    assert!(
        refused.text.contains(&format!("请在{wait}秒后（2026-11-23 08:00:")) && refused.text.contains("请勿转发链接"),
        "{}",
        refused.text
    );
    assert_eq!(get(&world, &other).status, 200, "another enterprise does not wait for it");
    assert_eq!(get(&world, "/v1/health").status, 200);
    world.record(AGENT, case, Kind::Log);
    world.sync_well(AGENT);
    world.advance(i64::from(wait));
    assert_eq!(get(&world, &link).status, 200);
    for _ in 0..70 {
        assert_eq!(get(&world, "/e/00000000000000000000000000000000").status, 404, "nobody's address tells nothing");
    }
}

/// A list in parts of `limit` rows, as the `Link` headers lead.
fn parts(world: &World, path: &str, limit: u32) -> Vec<Value> {
    let (mut rows, mut next) = (Vec::new(), Some(format!("{path}?limit={limit}")));
    while let Some(here) = next.take() {
        let answer = get(world, &here);
        assert_eq!(answer.status, 200, "{here}: {}", answer.text);
        let part: Vec<Value> = serde_json::from_str(&answer.text).unwrap();
        assert!(part.len() <= limit as usize && (answer.link.is_none() || part.len() == limit as usize), "{here}");
        rows.extend(part);
        next = answer.link.map(|link| link.strip_prefix('<').unwrap().split_once(">; rel=\"next\"").unwrap().0.to_owned());
    }
    rows
}

#[test]
fn lists_come_in_parts_that_leave_nothing_out() {
    let mut world = town("2026-11-23");
    for _ in 0..3 {
        world.usual_case(3);
    }
    for _ in 0..2 {
        world.open_case(AGENT, &[]);
    }
    night(&mut world.server, "2026-11-27".parse().unwrap()).ok();
    for day in ["2026-11-27", "2026-12-11", "2026-12-12"] {
        world.move_to(day, 9, 0);
        night(&mut world.server, day.parse().unwrap()).unwrap();
    }
    for path in ["/v1/cases", "/v1/duties", "/v1/notices", "/v1/reports", "/v1/quarantine"] {
        let whole = world.read(path);
        let whole = whole.as_array().unwrap();
        assert!(path == "/v1/quarantine" || whole.len() > 4, "{path} has {} rows", whole.len());
        for limit in [1, 2, 1_000] {
            assert_eq!(parts(&world, path, limit), *whole, "{path} in parts of {limit}");
        }
        let wrong = [("limit=many", 400), ("limit=-1", 400), ("limit=0", 400), ("limit=1001", 400), ("before=x", 400)];
        for (wrong, status) in wrong.into_iter().chain([("after=", 422), ("after=%00~x", 422)]) {
            let answer = get(&world, &format!("{path}?{wrong}"));
            assert_eq!(answer.status, status, "{path}?{wrong}: {}", answer.text);
        }
    }
    for list in ["case_list", "duty_list", "report_list", "quarantine_list"] {
        let whole = world.order("office", json!({ "command": list }));
        let mut command =
            serde_json::from_value::<daiban_server::commands::Command>(json!({ "command": list, "limit": 2 })).unwrap();
        let mut rows = Vec::new();
        loop {
            let part = world.order("office", json!(command));
            let part = part.as_array().unwrap();
            rows.extend(part.clone());
            let Some(next) = command.following(part) else { break };
            command = next;
        }
        assert_eq!(rows, *whole.as_array().unwrap(), "{list}");
    }
    let refused: Refused =
        office::order(&mut world.server, "office", json!({ "command": "case_list", "after": "no such case" })).unwrap_err();
    assert_eq!(refused.status, 422, "{refused:?}");
    let duties = page(&world, "/duties?page=7");
    assert!(duties.contains("应办事项"), "a page that is not there is the last one");
    assert!(page(&world, "/reports?page=2").contains("周报"));
}
