//! What is owed is told alike by the phone, the office's pages and the API, the district's own report included.

use super::{page, town};
use daiban_core::people::Group;
use daiban_tests::phone::Kind;
use daiban_tests::world::World;
use daiban_tests::world::compute_duties;
use daiban_tests::world::town::CHIEF;

/// The lamps that the list of cases, the API and the chief agent's phone show for the only case.
fn lamps(world: &mut World) -> [String; 3] {
    let lists = page(world, "/cases").split("<tbody").last().unwrap().to_owned();
    let shown = ["red", "yellow", "green", "grey"].into_iter().find(|lamp| lists.contains(&format!("lamp {lamp}"))).unwrap();
    let listed = world.read("/v1/cases")[0]["lamp"].as_str().unwrap().to_owned();
    let held = world.phones[CHIEF].agent().cases(world.now()).remove(0).lamp;
    [shown.to_owned(), listed, format!("{held:?}").to_lowercase()]
}

#[test]
fn lamps_and_the_districts_report() {
    let mut world = town("2026-11-23");
    let case = world.open_case(4, &[CHIEF, 1, 2, 3]);
    world.sync_everybody();
    let alike = |world: &mut World, lamp: &str| assert_eq!(lamps(world), [lamp, lamp, lamp].map(str::to_owned));
    alike(&mut world, "grey");
    world.record(CHIEF, case, Kind::Letter(0));
    for (phone, group) in [(1, Group::Planning), (2, Group::Construction)] {
        world.record(phone, case, Kind::FlowTable(group));
    }
    world.sync_everybody();
    compute_duties(&mut world.server);
    alike(&mut world, "green");

    let district = "将2026年第48周项目进展情况书面报区政府，同时抄送专班办公室";
    assert!(page(&world, "/cases").contains(district) && page(&world, "/duties").contains(district));
    let listed = world.read("/v1/duties");
    assert_eq!(listed.as_array().unwrap().iter().filter(|duty| duty["key"] == "D4/2026-W48").count(), 1);

    // Nothing is written: what was stored is shown as time has moved it.
    world.move_to("2026-12-15", 0, 1);
    alike(&mut world, "red");
    assert!(page(&world, "/duties").contains("已逾期1个工作日"));
}
