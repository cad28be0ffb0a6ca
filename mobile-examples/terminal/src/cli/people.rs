//! `people`: whom to choose from when a record names somebody, and which units there are.

use super::args::People;
use super::output::Report;
use crate::fault::Fault;
use crate::field::Field;
use daiban_core::fact::Names as _;
use daiban_core::fact::text::visible_line;
use daiban_core::sync::names::PersonName;
use daiban_messages::Both;
use daiban_messages::say::terminal as say;
use serde_json::{Value, json};

/// The people of a case first, then those that forms offer everywhere; what is typed for each stands first.
pub fn run(field: &Field, asked: &People) -> Result<Report, Fault> {
    let case = asked.case.as_deref().map(|given| field.find_case(given)).transpose()?;
    let names = field.names();
    let offered = names.offered(case);
    let people = |person: &&PersonName| {
        let PersonName { id, name, unit } = *person;
        json!({ "person": id, "name": name, "unit": unit, "unit_name": names.unit(unit), "choice": names.choice(person, &offered) })
    };
    let units: Vec<Value> = names.organisation().units().map(|unit| json!({ "unit": unit.id, "name": unit.name })).collect();
    let report = Report::new(json!({ "people": offered.iter().map(people).collect::<Vec<_>>(), "units": units }));
    if offered.is_empty() {
        return Ok(report.line(say::PeopleNone));
    }
    let line = |report: Report, person: &&PersonName| {
        let choice = names.choice(person, &offered);
        let unit = names.unit(&person.unit);
        let typed = if choice == person.name { choice } else { format!("{}@{unit}", person.name) };
        report.line(say::PeopleLine { typed: visible_line(&typed), unit: Both::new(unit, names.unit_en(&person.unit)) })
    };
    Ok(offered.iter().fold(report, line))
}
