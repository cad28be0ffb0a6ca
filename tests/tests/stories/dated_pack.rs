//! A pack that begins later: taken over today, it holds from its first day on, and what was counted before stays as it was.

use super::{page, town};
use daiban_core::people::Group;
use daiban_core::rules::Duty;
use daiban_server::watch;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};
use daiban_tests::world::{TempFolder, World};
use serde_json::{Value, json};
use std::path::Path;

/// The built-in pack as another document orders it from 1 December on: ten working days, a bureau merged, another name for the office.
fn coming(changes: &[(&str, &str, &str)]) -> TempFolder {
    let folder = TempFolder::in_memory("coming-pack");
    let builtin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/data/packs/pulandian-2021");
    for file in std::fs::read_dir(builtin).unwrap().map(|file| file.unwrap()) {
        let name = file.file_name().into_string().unwrap();
        let mut text = std::fs::read_to_string(file.path()).unwrap();
        for (_, from, to) in changes.iter().filter(|(of, ..)| *of == name) {
            assert!(text.contains(from), "{name}: {from}");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const FROM_DECEMBER: &[(&str, &str, &str)] = &[
    ("pack.toml", "number = \"普政办发〔2021〕1号\"", "number = \"普政办发〔2026〕9号\""),
    ("pack.toml", "effective = \"2021-02-10\"", "effective = \"2026-12-01\""),
    ("numbers.toml", "default = 15", "default = 10"),
    ("organisation.toml", "name = \"专班办公室\"", "name = \"专班秘书处\""),
];

fn take(world: &World, folder: &Path) -> Result<(), String> {
    watch::take_pack(world.server.app(), folder).map_err(|error| error.to_string())
}

fn table(world: &mut World, case: daiban_core::ids::CaseId) -> Duty {
    let duties = world.read(&format!("/v1/cases/{case}/duties"))["duties"].clone();
    let duties: Vec<Duty> = serde_json::from_value(duties).unwrap();
    duties.into_iter().find(|duty| duty.key.starts_with("D2/planning/")).unwrap()
}

fn taken(world: &mut World) -> Vec<Value> {
    let rows = world.order("office", json!({ "command": "audit_list" }));
    let rows = rows.as_array().cloned().unwrap_or_else(|| rows["rows"].as_array().unwrap().clone());
    rows.into_iter().filter(|row| row["action"] == "pack_take").collect()
}

#[test]
fn it_holds_from_its_first_day_on_and_moves_nothing_that_was_counted_before() {
    let mut world = town("2026-11-23");
    let before = world.usual_case(0);
    world.record(1, before, Kind::FlowTable(Group::Planning));
    world.sync_everybody();
    let running = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    world.record(CHIEF, running, Kind::Letter(0));
    world.sync_everybody();
    let (folder, old) = (coming(FROM_DECEMBER), table(&mut world, running));
    take(&world, folder.path()).unwrap();
    let rows = taken(&mut world);
    assert_eq!(rows.len(), 1, "the takeover stands in the audit log: {rows:?}");
    assert_eq!(rows[0]["result"], "普政办发〔2026〕9号 from 2026-12-01");
    assert!(rows[0]["zh"].as_str().unwrap().contains("启用方案包"), "{rows:?}");
    take(&world, folder.path()).unwrap();
    assert_eq!(taken(&mut world).len(), 1, "the same pack again is nothing");

    let same = table(&mut world, running);
    assert_eq!((same.due_on, same.counted.len(), &same.document), (old.due_on, 15, &old.document));
    let office = |world: &World| page(world, "/cases").contains("专班秘书处");
    assert!(!office(&world), "not before its day");
    world.move_to("2026-12-01", 9, 0);
    assert!(office(&world), "from its day on");
    world.server.restart();
    let after = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    world.record(CHIEF, after, Kind::Letter(0));
    world.sync_everybody();
    world.sync_everybody();
    let (old, new) = (table(&mut world, running), table(&mut world, after));
    assert_eq!((old.due_on, old.counted.len()), (same.due_on, 15));
    assert_eq!((new.counted.len(), new.document.as_str()), (10, "普政办发〔2026〕9号"));
    for duty in [old, new] {
        assert_eq!(world.duty(AGENT, duty.case.unwrap(), &duty.key), Some(duty), "the phone has both packs");
    }
}

#[test]
fn one_that_began_and_would_move_what_is_done_is_refused_and_the_old_one_stays() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    world.record(1, case, Kind::FlowTable(Group::Planning));
    world.sync_everybody();
    let mut changes = FROM_DECEMBER.to_vec();
    changes[1].2 = "effective = \"2026-11-01\"";
    let told = take(&world, coming(&changes).path()).unwrap_err();
    assert!(told.contains("2026-11-01") && told.contains("D2/planning/"), "{told}");
    assert!(page(&world, "/cases").contains("专班办公室"));
    assert_eq!(taken(&mut world), Vec::<Value>::new());
}

#[test]
fn a_bureau_that_is_merged_leaves_duties_and_later_papers_to_its_successor_and_old_papers_keep_its_name() {
    let mut changes = FROM_DECEMBER.to_vec();
    let bureau = "id = \"business-environment\"\nname = \"区营商环境建设局\"";
    let data = "\n[[unit]]\nid = \"data\"\nname = \"区数据局\"\nen = \"Data Bureau\"\nkind = \"district-bureau\"\n\n[[unit]]\n";
    let merged = format!("{bureau}\nends = \"2026-12-01\"\nsuccessors = [\"data\"]");
    let both = format!("{}{merged}", data.trim_start_matches("\n[[unit]]\n"));
    changes.push(("organisation.toml", bureau, &both));
    let mut world = town("2026-11-23");
    let case = world.usual_case(0);
    world.sync_everybody();
    take(&world, coming(&changes).path()).unwrap();
    world.move_to("2026-11-27", 16, 0);
    world.confirm_groups("2026-W48");
    world.move_to("2026-11-30", 9, 0);
    world.send_district("2026-W48");
    let frozen = world.read("/v1/reports/2026-W48");
    let listed = |world: &mut World| world.order("office", json!({ "command": "unit_list" })).to_string();
    assert!(listed(&mut world).contains("区营商环境建设局") && !listed(&mut world).contains("区数据局"), "its day is to come");
    world.move_to("2026-12-01", 9, 0);
    let units = listed(&mut world);
    assert!(units.contains("区数据局") && !units.contains("区营商环境建设局"), "nobody chooses it any more");
    assert!(page(&world, "/cases").contains("区数据局"), "the office sits with its successor");
    // What is typed goes to whoever does the work now; the chief agent's open work stays, under the name that the unit had.
    let add =
        json!({ "command": "person_add", "id": "new-one", "name": "新人", "unit": "区营商环境建设局", "role": "unit_agent" });
    let added = world.order("office", add);
    assert_eq!(added["person"]["unit"], "data", "{added}");
    let shown = world.read(&format!("/v1/cases/{case}"));
    assert!(shown.to_string().contains("王喆"));
    assert_eq!(world.read("/v1/reports/2026-W48"), frozen, "old papers keep what they say");
}
