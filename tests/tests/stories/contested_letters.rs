//! Two devices record two letters of one case: both are shown, the earlier date counts, until a correction makes them agree.

use super::town;
use daiban_tests::phone::Kind;
use daiban_tests::world::town::{AGENT, CHIEF};

#[test]
fn the_stricter_reading_counts_until_the_chief_agent_settles_it() {
    let mut world = town("2026-11-23");
    let case = world.open_case(AGENT, &[CHIEF, 1, 2, 3]);
    let tablet = world.enrol_again(world.phones[CHIEF].holder.clone());
    world.sync_well(tablet);
    let earlier = world.record(CHIEF, case, Kind::Letter(5));
    let later = world.record(tablet, case, Kind::Letter(0));
    world.sync_everybody();

    let view = world.view(AGENT, case);
    let contested = view.contested.first().expect("both are shown");
    assert_eq!((contested.facts.len(), contested.counts), (2, earlier));
    assert!(contested.facts.contains(&later) && contested.zh().contains("委托书"));
    assert!(world.served_duty(case, &format!("D2/planning/{earlier}")).is_some());
    assert!(world.served_duty(case, &format!("D2/planning/{later}")).is_none(), "one clock runs, the stricter one");

    let (now, body) = (world.now(), view.fact(later).unwrap().whole().unwrap().body.clone());
    let settled = world.phones[CHIEF].record(case, now, Some(earlier), body, now).unwrap().fact;
    world.sync_everybody();
    let view = world.view(AGENT, case);
    assert_eq!(view.fact(earlier).unwrap().amended_by, Some(settled));
    assert!(view.contested.is_empty(), "two letters with the same date do not disagree: {:?}", view.contested);
}
