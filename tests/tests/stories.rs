//! Stories: what officials and enterprises live through, told with the real server on a bound socket and real phones, under a moved
//! clock. The two walks of the README are told with the same step names.

#[path = "stories/bundle.rs"]
mod bundle;
#[path = "stories/client_of_before.rs"]
mod client_of_before;
#[path = "stories/contested_letters.rs"]
mod contested_letters;
#[path = "stories/dated_pack.rs"]
mod dated_pack;
#[path = "stories/early_week.rs"]
mod early_week;
#[path = "stories/edition_moves_duties.rs"]
mod edition_moves_duties;
#[path = "stories/every_kind.rs"]
mod every_kind;
#[path = "stories/late_after_freeze.rs"]
mod late_after_freeze;
#[path = "stories/leaver.rs"]
mod leaver;
#[path = "stories/long_away.rs"]
mod long_away;
#[path = "stories/missed_flow_table.rs"]
mod missed_flow_table;
#[path = "stories/mistaken_case.rs"]
mod mistaken_case;
#[path = "stories/names.rs"]
mod names;
#[path = "stories/namesakes.rs"]
mod namesakes;
#[path = "stories/numbers_by_day.rs"]
mod numbers_by_day;
#[path = "stories/official_reading.rs"]
mod official_reading;
#[path = "stories/one_answer_everywhere.rs"]
mod one_answer_everywhere;
#[path = "stories/one_link_many_readers.rs"]
mod one_link_many_readers;
#[path = "stories/other_district.rs"]
mod other_district;
#[path = "stories/phones.rs"]
mod phones;
#[path = "stories/reassigned.rs"]
mod reassigned;
#[path = "stories/recorded_for_somebody.rs"]
mod recorded_for_somebody;
#[path = "stories/seats.rs"]
mod seats;
#[path = "stories/sent_back.rs"]
mod sent_back;
#[path = "stories/server_clock.rs"]
mod server_clock;
#[path = "stories/smaller_projects.rs"]
mod smaller_projects;
#[path = "stories/unknown_references.rs"]
mod unknown_references;
#[path = "stories/walk_a_work_log.rs"]
mod walk_a_work_log;
#[path = "stories/walk_b_deadline.rs"]
mod walk_b_deadline;
#[path = "stories/week_without_working_days.rs"]
mod week_without_working_days;
#[path = "stories/wrong_clock.rs"]
mod wrong_clock;
#[path = "stories/wrong_year.rs"]
mod wrong_year;

use daiban_tests::world::{Line, World};

/// A page as the office reads it, HTML.
fn page(world: &World, path: &str) -> String {
    let token = format!("Bearer {}", world.server.app().office_token);
    let request = ureq::get(format!("{}{path}", world.server.url())).header("authorization", token);
    request.call().unwrap().body_mut().read_to_string().unwrap()
}

/// The usual people, on the morning of a date, with a server on the loopback.
fn town(date: &str) -> World {
    let mut world = World::new(Line::Loopback, 7, date, &[]);
    world.settle_people();
    world
}

/// Tells a step of a walk.
fn step(number: u32, room: &str, what: &str) {
    println!("{number:2}. {room}: {what}");
}
