//! What happens in the office.

use super::play::Play;
use super::{CaseNo, Op};
use crate::office::{self, Refused};
use crate::world::World;
use daiban_core::calendar::{Week, local_date};
use daiban_core::fact::fact_kind;
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::{Group, Role};
use daiban_server::ledger;
use serde_json::{Value, json};

/// Does what the operation says.
pub fn act(play: &mut Play, op: &Op) {
    match op {
        Op::Reassign { case, from, to } => reassign(&mut play.world, *case, *from, *to),
        Op::RuleLate { case, accept } => rule_late(&mut play.world, *case, *accept),
        Op::SendBack { case, which } => send_back(play, *case, *which),
        Op::ReturnReport { group } => {
            return_report(play, [Group::Planning, Group::Construction, Group::Dispatch][usize::from(*group) % 3])
        }
        Op::Adopt => adopt(&mut play.world),
        Op::ConfirmReport { group } => {
            let group = [Group::Planning, Group::Construction, Group::Dispatch][usize::from(*group) % 3];
            confirm(play, Some(group));
        }
        Op::ConfirmUnread { group } => {
            confirm_unread(&mut play.world, [Group::Planning, Group::Construction, Group::Dispatch][usize::from(*group) % 3])
        }
        Op::SendReport => send(play),
        Op::ImportEdition { form } => import(&mut play.world, *form),
        Op::Night => night(&mut play.world),
        other => panic!("{other:?} is not the office's"),
    }
}

/// A refusal is the office's own business; a failure of the server is not.
fn note(world: &mut World, answer: Result<Value, Refused>) -> Option<Value> {
    match answer {
        Ok(document) => Some(document),
        Err(refused) => {
            if refused.status >= 500 {
                world.ledger.wrong.push(format!("a command failed: {} {}", refused.status, refused.problem));
            }
            None
        }
    }
}

fn order(world: &mut World, by: &str, command: Value) -> Option<Value> {
    let answer = office::order(&mut world.server, by, command);
    note(world, answer)
}

fn case_of(world: &World, case: CaseNo) -> CaseId {
    world.cases[usize::from(case) % world.cases.len()]
}

fn reassign(world: &mut World, case: CaseNo, from: u8, to: u8) {
    let case = case_of(world, case);
    let (from, to) = (world.phone_mut(from).holder.person.clone(), world.phone_mut(to).holder.person.clone());
    let seated = office::assign(&mut world.server, case, &to);
    note(world, seated);
    if from != to {
        let ended = office::unseat(&mut world.server, case, &from);
        note(world, ended);
    }
}

fn rule_late(world: &mut World, case: CaseNo, accept: bool) {
    let case = case_of(world, case);
    let view = world.server.app().db.read(|conn| ledger::view(conn, case));
    let waiting = view.ok().and_then(|view| view.waiting().next().map(|f| f.fact.id));
    if let Some(fact) = waiting {
        let command = json!({ "command": "ruling_late", "case": case, "fact": fact, "accept": accept, "reason": "已核实" });
        order(world, "office", command);
    }
}

fn send_back(play: &mut Play, case: CaseNo, which: u8) {
    let case = case_of(&play.world, case);
    let Ok(view) = play.world.server.app().db.read(|conn| ledger::view(conn, case)) else { return };
    let received = |kind: &str| fact_kind(kind).is_some_and(|kind| kind.returned_by.contains(&Role::Office));
    let facts: Vec<FactId> = view.current().filter(|f| received(f.fact.body.kind())).map(|f| f.fact.id).collect();
    if facts.is_empty() {
        return;
    }
    let fact = facts[usize::from(which) % facts.len()];
    let command = json!({ "command": "ruling_return", "case": case, "fact": fact, "reason": "内容不全" });
    if order(&mut play.world, "office", command).is_some() {
        play.sent_back.push((case, fact));
    }
}

fn return_report(play: &mut Play, group: Group) {
    let week = ended_week(&play.world);
    let command = json!({ "command": "report_return", "week": week, "group": group, "reason": "内容不全" });
    if order(&mut play.world, "office", command).is_none() {
        return;
    }
    for place in [group.to_string(), String::new()].map(|group| (week.to_string(), group)) {
        // The district's report goes back with it, if one was confirmed.
        let draft = show(&mut play.world, &place).is_some_and(|shown| shown["hash"].is_null());
        if draft && let Some(before) = play.frozen.remove(&place) {
            play.editions.push((place, before));
        }
    }
}

fn adopt(world: &mut World) {
    let Some(list) = order(world, "office", json!({ "command": "quarantine_list" })) else { return };
    let rows = list.as_array().cloned().unwrap_or_default();
    let open: Vec<i64> = rows.iter().filter(|r| r["adopted"].is_null()).filter_map(|r| r["no"].as_i64()).collect();
    if !open.is_empty() {
        let no = open[world.random.below(open.len())];
        order(world, "office", json!({ "command": "ruling_adopt", "quarantine": no, "reason": "与本人核对无误" }));
    }
}

/// The last week that has ended.
fn ended_week(world: &World) -> Week {
    Week::of(local_date(world.now())).prev()
}

fn confirm(play: &mut Play, group: Option<Group>) -> Option<Value> {
    let (week, by) = (ended_week(&play.world), confirmer(group));
    let drafted = order(&mut play.world, by, json!({ "command": "report_draft", "week": week, "group": group }));
    let hash = drafted.map_or(json!("0".repeat(64)), |document| document["hash"].clone());
    let confirm = json!({ "command": "report_confirm", "week": week, "group": group, "hash": hash, "without_missing": true });
    let confirmed = order(&mut play.world, by, confirm);
    if confirmed.is_some() {
        let place = (week.to_string(), group.map_or(String::new(), |g| g.to_string()));
        if let Some(shown) = show(&mut play.world, &place) {
            play.frozen.entry(place).or_insert(shown);
        }
    }
    confirmed
}

fn confirmer(group: Option<Group>) -> &'static str {
    match group {
        Some(Group::Planning) => "li-na",
        Some(Group::Construction) => "zhao-gang",
        Some(_) => "sun-yan",
        None => "wei-dong",
    }
}

/// Nobody confirms a text that nobody wrote.
fn confirm_unread(world: &mut World, group: Group) {
    let (week, by) = (ended_week(world), confirmer(Some(group)));
    order(world, by, json!({ "command": "report_draft", "week": week, "group": group }));
    let hash = "0".repeat(64);
    let confirm = json!({ "command": "report_confirm", "week": week, "group": group, "hash": hash, "without_missing": true });
    if order(world, by, confirm).is_some() {
        world.ledger.wrong.push(format!("{group} confirmed a text of {week} that nobody read"));
    }
}

fn whole(world: &mut World, (week, group): &(String, String)) -> Option<Value> {
    let group = if group.is_empty() { Value::Null } else { json!(group) };
    order(world, "office", json!({ "command": "report_show", "week": week, "group": group }))
}

fn show(world: &mut World, place: &(String, String)) -> Option<Value> {
    let shown = whole(world, place)?;
    Some(json!({ "body": shown["body"], "hash": if shown["state"] == "draft" { Value::Null } else { shown["hash"].clone() } }))
}

fn send(play: &mut Play) {
    confirm(play, None);
    let week = ended_week(&play.world);
    order(&mut play.world, "wei-dong", json!({ "command": "report_send", "week": week }));
}

/// Every report that was frozen is what it was when it was frozen.
pub fn still_frozen(play: &mut Play) -> Result<(), String> {
    for (place, before) in play.editions.clone() {
        let editions = whole(&mut play.world, &place).map(|shown| shown["editions"].clone()).unwrap_or_default();
        let kept = |edition: &Value| edition["body"] == before["body"] && edition["hash"] == before["hash"];
        if !editions.as_array().is_some_and(|editions| editions.iter().any(kept)) {
            return Err(format!("the report {place:?} that was sent back is lost"));
        }
    }
    for (place, before) in play.frozen.clone() {
        let now = show(&mut play.world, &place).unwrap_or_default();
        if before["body"].is_null() || now != before {
            return Err(format!("the frozen report {place:?} is not what it was"));
        }
    }
    Ok(())
}

/// The notice for 2027 in one of three forms: the days around New Year differ.
fn import(world: &mut World, form: u8) {
    let makeup: &[&str] = match form % 3 {
        0 => &[],
        1 => &["2027-01-03"],
        _ => &["2026-12-26"],
    };
    let mut edition: Value =
        serde_json::from_str(include_str!("../../../core/data/calendar/2027.statutory.json")).unwrap_or_default();
    edition["status"] = json!("published");
    edition["note"] = Value::Null;
    let number = format!("国办发明电〔2026〕{}号", 7 + form % 3);
    edition["notices"] =
        json!([{ "title": "国务院办公厅关于2027年部分节假日安排的通知", "number": number, "date": "2026-11-24", "url": "" }]);
    edition["holidays"][0]["off"] = json!(["2027-01-01", "2027-01-02"]);
    edition["holidays"][0]["makeup"] = json!(makeup);
    order(world, "office", json!({ "command": "calendar_import", "edition": edition }));
}

fn night(world: &mut World) {
    let day = local_date(world.now());
    if let Err(why) = crate::world::night(&mut world.server, day) {
        world.ledger.wrong.push(format!("the night of {day} failed: {why}"));
    }
}
