//! `UnitList`: an answer of what is kept.

use crate::command_context::CommandContext;
use crate::commands::told::Told;
use crate::commands::verb::{EVERYBODY, Verb};
use crate::commands::words::with_zh;
use crate::db::Connection;
use crate::db::sql::directory;
use crate::error::Problem;
use clap::Args;
use daiban_core::ids::UnitId;
use daiban_core::people::{Group, Organisation, Role, Unit};
use daiban_core::requirement::Requirement;
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
                let row = |unit: &Unit| {
                    let (no_agent, groups) = (named.lacks_agent(unit), named.lacks_specialist_of(unit, organisation));
                    let mut row = with_zh(json!(unit), told.body(unit, no_agent, &groups));
                    (row["agent_missing"], row["specialist_missing"]) = (json!(no_agent), json!(groups));
                    row
                };
                Ok(organisation.units().map(row).collect())
            })
            .await
    }
}
