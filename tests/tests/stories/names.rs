//! People read names: what people, units and cases are called reaches the phones of those whose cases need it, and leaves with the case.

use super::{page, town};
use daiban_core::agent::{Called, KnownNames};
use daiban_core::fact::kinds::AgentHandover;
use daiban_core::fact::{Body, Names as _};
use daiban_core::ids::{CaseId, PersonId};
use daiban_tests::office;
use daiban_tests::phone::Kind;
use daiban_tests::world::World;
use daiban_tests::world::town::{AGENT, CHIEF, OTHER_AGENT, RESERVE};
use serde_json::{Value, json};

fn known(world: &World, phone: usize) -> &KnownNames {
    world.phones[phone].agent().names()
}

fn name(world: &World, phone: usize, person: &str) -> String {
    known(world, phone).person(&PersonId::from(person))
}

fn number(world: &World, phone: usize, case: CaseId) -> Option<String> {
    known(world, phone).number(case).map(str::to_owned)
}

fn add(id: &str, name: &str, unit: &str) -> Value {
    json!({ "command": "person_add", "id": id, "name": name, "unit": unit, "role": "unit_agent" })
}

#[test]
fn a_case_has_a_number_once_the_server_has_seen_it_and_everything_takes_it() {
    let mut world = town("2026-11-23");
    let (opened, now) = (world.drafter.opening(), world.now());
    let first = world.phones[RESERVE].open_case(opened, now).unwrap().case;
    assert_eq!(world.phones[RESERVE].agent().summary(first, now).unwrap().number, None, "nobody numbers a case but the server");
    let second = world.usual_case(3);
    assert_eq!(number(&world, CHIEF, second).as_deref(), Some("普代〔2026〕1号"));
    assert_eq!(number(&world, RESERVE, first).as_deref(), Some("普代〔2026〕2号"), "numbers follow the order of arrival");

    for given in ["普代〔2026〕1号", "普代2026-1", "２０２６－１"] {
        let shown = world.order("office", json!({ "command": "case_show", "case": given }));
        assert_eq!((&shown["case"], &shown["number"]), (&json!(second), &json!("普代〔2026〕1号")), "{given}");
        assert!(
            shown["zh"].as_str().unwrap().contains("普代〔2026〕1号") && !shown["zh"].to_string().contains(&second.to_string())
        );
    }
    let missing = office::order(&mut world.server, "office", json!({ "command": "case_show", "case": "普代〔2026〕9号" }));
    assert_eq!(missing.unwrap_err().status, 404);
    assert_eq!(world.read("/v1/cases/%E6%99%AE%E4%BB%A32026-1/duties")["case"], json!(second));
    let assigned = json!({ "command": "case_assign", "case": "普代2026-2", "person": "刘洋" });
    let refused = office::order(&mut world.server, "office", assigned.clone());
    assert!(refused.is_ok() || refused.unwrap_err().status != 400, "{assigned}");

    let found = page(&world, "/cases?q=2026-2");
    assert!(found.contains("普代〔2026〕2号") && !found.contains("普代〔2026〕1号"));
    assert!(page(&world, "/cases/2026-1").contains("普代〔2026〕1号"));
    world.move_to("2027-01-04", 9, 0);
    let third = world.usual_case(0);
    assert_eq!(number(&world, CHIEF, third).as_deref(), Some("普代〔2027〕1号"), "each year counts from one");
}

#[test]
fn a_phone_knows_whom_its_cases_need_and_no_more_and_forgets_them_with_the_case() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    for (id, called, unit) in [("zhang", "张伟", "ecology"), ("zhang-2", "张伟", "housing"), ("far", "远客", "water-far")] {
        if unit == "water-far" {
            let unit = json!({ "command": "unit_add", "id": unit, "name": "区远水局", "kind": "district-bureau" });
            world.order("office", unit);
        }
        world.order("office", add(id, called, unit));
    }
    world.sync_everybody();
    let stranger = name(&world, OTHER_AGENT, "far");
    assert_eq!(stranger, "未知人员（far）", "no case of theirs names this person");
    let members: Vec<PersonId> = world.view(CHIEF, case).roster.entries().iter().map(|seat| seat.person.clone()).collect();
    for person in &members {
        let told = name(&world, OTHER_AGENT, person.as_str());
        assert!(!told.contains(person.as_str()) && !told.contains("未知"), "{person}: {told}");
    }
    assert_eq!(known(&world, OTHER_AGENT).unit(&"water-far".into()), "区远水局", "a unit the office added");

    let handed = json!({ "command": "case_record", "case": case, "kind": "agent_handover",
        "fields": { "from": "吴磊", "to": "远客", "open_items": ["环评批复"], "reason": "休假" } });
    world.order("zhou-min", handed);
    world.sync_everybody();
    assert_eq!(name(&world, OTHER_AGENT, "far"), "远客", "a record names this person");

    let renamed =
        json!({ "command": "person_add", "id": "far", "name": "远山", "unit": "water-far", "role": "unit_agent", "sure": true });
    world.order("office", renamed);
    world.sync_everybody();
    assert_eq!(name(&world, OTHER_AGENT, "far"), "远山");

    world.seat(case, RESERVE);
    world.sync_everybody();
    world.unseat(case, OTHER_AGENT);
    world.advance(3600);
    world.sync_everybody();
    world.sync_everybody();
    assert_eq!(name(&world, OTHER_AGENT, "far"), "未知人员（far）", "it left with the case");
    assert_eq!(number(&world, OTHER_AGENT, case), None);
    assert_eq!(name(&world, CHIEF, "far"), "远山", "the others still need it");
    world.phones[CHIEF].crash();
    assert_eq!(name(&world, CHIEF, "far"), "远山", "and it is kept");
}

#[test]
fn two_of_one_name_are_told_apart_offline() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    for (id, unit) in [("zhang", "ecology"), ("zhang-2", "housing")] {
        world.order("office", add(id, "张伟", unit));
        world.order("office", json!({ "command": "case_assign", "case": case, "person": id }));
    }
    world.sync_everybody();
    let names = known(&world, CHIEF);
    let Called::Several(both) = names.called("张伟") else { panic!("one of two") };
    assert_eq!(both.len(), 2);
    assert_eq!(names.called("张伟@housing"), Called::One("zhang-2".into()));
    assert_eq!(names.called("张伟＠区住房和城乡建设局"), Called::One("zhang-2".into()));
    assert_eq!(names.called("zhang"), Called::One("zhang".into()));
    let offered = names.offered(Some(case));
    let choices: Vec<String> = offered.iter().map(|person| names.choice(person, &offered)).collect();
    assert_eq!(choices.iter().filter(|choice| choice.starts_with("张伟（")).count(), 2, "{choices:?}");
    assert_eq!(choices.iter().collect::<std::collections::BTreeSet<_>>().len(), choices.len(), "{choices:?}");

    let now = world.now();
    let handover = |to: &str| {
        let (from, open_items) = (PersonId::from("wu-lei"), vec!["环评批复".to_owned()]);
        Body::AgentHandover(AgentHandover { from, to: PersonId::from(to), open_items, reason: "休假".to_owned() })
    };
    let refused = world.phones[AGENT].record(case, now, None, handover("张伟"), now).unwrap_err().message().zh;
    assert!(refused.contains("有2人叫“张伟”") && refused.contains("张伟@区"), "{refused}");
    world.phones[AGENT].record(case, now, None, handover("zhang-2"), now).unwrap();
}

#[test]
fn a_directory_of_ten_thousand_does_not_swell_an_answer() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    world.sync_everybody();
    let before = world.phones[CHIEF].agent().names().offered(Some(case)).len();
    let many = (0..10_000).map(|n| format!("('p{n}', '某人{n}', 'ecology', 'unit_agent', 0, {})", n + 1_000)).collect::<Vec<_>>();
    let db = world.server.app().db.clone();
    for part in many.chunks(1_000) {
        let sql = format!("INSERT INTO person (id, name, unit, role, joined_at, changed) VALUES {}", part.join(", "));
        db.write_blocking::<_, daiban_server::db::DbError>(move |tx| tx.batch(&sql)).unwrap();
    }
    world.record(AGENT, case, Kind::Log);
    world.sync_everybody();
    let after = world.phones[CHIEF].agent().names().offered(Some(case)).len();
    assert!(after < before + 310, "{before} → {after}");
    assert_eq!(name(&world, OTHER_AGENT, "p7"), "未知人员（p7）");
}

#[test]
fn the_contact_is_opened_by_the_team_with_a_trace_and_stands_in_no_list() {
    let mut world = town("2026-11-23");
    let (secret, plain) = ("孙经理 13800138000", world.usual_case(3));
    let fields = json!({ "title": "智能仓储", "enterprise": "大连仓储有限公司", "location": "fengrong", "investment_10k_yuan": 12_000, "contact": secret });
    let opened = json!({ "command": "case_record", "kind": "case_opened", "fields": fields, "person": "wu-lei" });
    let opened = office::order(&mut world.server, "office", opened).unwrap();
    let case: CaseId = opened["case"].as_str().unwrap().parse().unwrap();
    world.order("office", json!({ "command": "case_assign", "case": case, "person": "wu-lei" }));
    world.sync_everybody();

    let ask = |by: &str, case: CaseId, reason: &str| {
        (by.to_owned(), json!({ "command": "case_contact", "case": case, "reason": reason }))
    };
    for (by, order) in [ask("wu-lei", case, "联系补正材料"), ask("office", case, "回访")] {
        let told = world.order(&by, order);
        assert_eq!(told["contact"], secret, "{by}");
    }
    for ((by, order), code) in [
        (ask("zhou-min", case, "看看"), "not_of_the_team"),
        (ask("wu-lei", case, " "), "reason_missing"),
        (ask("office", plain, "回访"), "not_found"),
    ] {
        let refused = office::order(&mut world.server, &by, order).unwrap_err();
        assert_eq!(refused.code(), code, "{by}");
    }
    let audit = world.order("office", json!({ "command": "audit_list" }));
    let rows: Vec<&Value> = audit.as_array().unwrap().iter().filter(|row| row["action"] == "case_contact").collect();
    assert_eq!(rows.len(), 2, "who was refused opened nothing");
    assert!(
        rows.iter().any(|row| row["who"] == "wu-lei"
            && row["object"] == json!(case)
            && row["result"].to_string().contains("联系补正材料"))
    );

    let mut shown = vec![audit.to_string(), page(&world, "/cases"), page(&world, &format!("/cases/{case}"))];
    for path in ["/v1/cases".to_owned(), format!("/v1/cases/{case}"), format!("/v1/cases/{case}/facts"), "/v1/notices".to_owned()]
    {
        shown.push(world.read(&path).to_string());
    }
    assert!(shown.iter().all(|text| !text.contains("13800138000")), "no list has it");
    let view = world.view(OTHER_AGENT, case);
    let agent = world.phones[OTHER_AGENT].agent();
    let opening = view.facts.iter().find_map(|fact| match &fact.whole()?.body {
        Body::CaseOpened(opened) => opened.contact.clone(),
        _ => None,
    });
    assert_eq!(agent.unseal(&opening.unwrap()).as_deref(), Some(secret), "a member's phone shows it");
}
