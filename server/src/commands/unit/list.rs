//! `UnitList`: an answer of what is kept.

use crate::app::seating::Seating;
use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::with_zh;
use crate::db::Connection;
use crate::db::sql::directory;
use crate::error::Problem;
use clap::Args;
use daiban_core::calendar::local_date;
use daiban_core::ids::UnitId;
use daiban_core::people::{Group, Organisation, Role, SeatOf, Unit};
use daiban_core::requirement::Requirement;
use daiban_messages::Both;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// All units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Args)]
pub struct UnitList {}

/// Whom the units have named of those who serve.
struct Named {
    /// Units with an agent (R082).
    agents: BTreeSet<UnitId>,
    /// Groups with a specialist (R078).
    specialists: Vec<Group>,
}

impl Named {
    fn read(conn: &Connection) -> Result<Named, Problem> {
        let serving: Vec<_> = directory::people(conn)?.into_iter().filter(|person| person.left_at.is_none()).collect();
        let specialists = serving.iter().filter(|person| person.role == Role::GroupSpecialist).filter_map(|person| person.group);
        let specialists = specialists.collect();
        let agents = serving.into_iter().filter(|person| person.role == Role::UnitAgent).map(|person| person.unit);
        Ok(Named { agents: agents.collect(), specialists })
    }

    /// Whether the unit must name an agent and has none.
    fn lacks_agent(&self, unit: &Unit) -> bool {
        Requirement::R082.holds() && unit.names_agent() && !self.agents.contains(&unit.id)
    }

    /// The groups that the unit leads and for which it has to name a specialist.
    fn lacks_specialist_of(&self, unit: &Unit, organisation: &Organisation) -> Vec<Group> {
        let led = organisation.owing_flow_table().filter(|group| organisation.lead(*group) == Some(&unit.id));
        led.filter(|group| Requirement::R078.holds() && !self.specialists.contains(group)).collect()
    }
}

/// The seats of a unit that the pack names and nobody holds (R023, R130): their ids, and what they are called.
fn vacant<'s>(seating: &'s Seating, unit: &UnitId) -> (Vec<&'s str>, Vec<Both>) {
    let empty = seating.seated.iter().filter(|one| one.terms.is_empty()).map(|one| &one.seat);
    let of_unit = empty.filter(|seat| seat.role.is_none() && matches!(&seat.of, SeatOf::Unit(of) if of == unit));
    of_unit.map(|seat| (seat.id.as_str(), Both::new(&seat.name.zh, &seat.name.en))).unzip()
}

impl Verb for UnitList {
    const ZH: &'static str = "所有单位";
    const EN: &'static str = "all units";
    const ROLES: &'static [Role] = EVERYBODY;
    const OBJECT: &'static str = "所有单位 · all units";
    const READS: bool = true;
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        context
            .answer(|app, conn| {
                let (reference, told) = (app.reference(conn)?, Told::read(conn, app.now())?);
                let (named, organisation) = (Named::read(conn)?, &reference.plan.organisation);
                let seating = Seating::on(conn, local_date(app.now()))?;
                let row = |unit: &Unit| {
                    let (no_agent, groups) = (named.lacks_agent(unit), named.lacks_specialist_of(unit, organisation));
                    let (ids, seats) = vacant(&seating, &unit.id);
                    let mut row = with_zh(json!(unit), told.body(unit, no_agent, &groups, &seats));
                    row["seats_missing"] = json!(ids);
                    (row["agent_missing"], row["specialist_missing"]) = (json!(no_agent), json!(groups));
                    row
                };
                Ok(organisation.units().map(row).collect())
            })
            .await
    }
}
