//! Seats on a case: roster rows (R082, R099, 四(三) 1+3+N).

use crate::app::{CaseGiven, GroupGiven};
use crate::command_context::CommandContext;
use crate::commands::directory::called;
use crate::commands::staff::serving;
use crate::commands::term::term_is_plausible;
use crate::commands::typed;
use crate::commands::verb::Verb;
use crate::commands::words::{missing, role_here, with_words};
use crate::db::Transaction;
use crate::db::sql::{cases, cbor, directory, pack};
use crate::error::Problem;
use crate::ledger;
use axum::http::StatusCode;
use clap::Args;
use daiban_core::calendar::local_date;
use daiban_core::case::JudgingState;
use daiban_core::ids::PersonId;
use daiban_core::people::{Group, Role, Roster, RosterEntry};
use daiban_messages::say::command::Case;
use daiban_messages::say::command_case as say;
use daiban_messages::{Both, Say};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Give a person a seat on a case, or end it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema, Args)]
#[serde(deny_unknown_fields)]
pub struct CaseAssign {
    /// 项目编号（如〔2026〕17号） · the case by its number or id
    #[schema(value_type = String, pattern = "^([0-9a-f]{32}|[A-Za-z一-龥]{0,11}[〔（【(]?[0-9]{4}[〕）】)年_.-]第?[0-9]{1,6}号?)$")]
    #[arg(value_parser = typed::case)]
    pub case: CaseGiven,
    /// 谁 · person
    #[schema(value_type = String)]
    #[arg(value_parser = typed::person)]
    pub person: PersonId,
    /// 角色（默认其本职） · role, the person's own by default
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long, value_parser = typed::named::<Role>)]
    pub role: Option<Role>,
    /// 工作组 · group, the person's own by default
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    #[arg(long, value_parser = typed::group)]
    pub group: Option<GroupGiven>,
    /// 自何日起（默认现在） · from which date, now by default
    #[serde(default)]
    #[arg(long, value_parser = typed::day_begins)]
    pub from: Option<i64>,
    /// 至何日止（含当日） · until which date, that day included
    #[serde(default)]
    #[arg(long, value_parser = typed::day_ends)]
    pub until: Option<i64>,
    /// 立即退出本项目 · leaves the case now, keeping the seat's beginning
    #[serde(default)]
    #[arg(long, conflicts_with_all = ["from", "until"])]
    pub end: bool,
}

impl Verb for CaseAssign {
    const ZH: &'static str = "组建或调整代办团队";
    const EN: &'static str = "give a person a seat on a case, or end it";
    const ROLES: &'static [Role] = &[Role::Office];
    const OBJECT: &'static str = "项目编号 · case id";
    const EXAMPLE: &'static str = "daiban case assign CASE zhou --role group_specialist --group planning";
    type Line = Self;

    async fn run(self, context: CommandContext) -> Result<Value, Problem> {
        let (case, group) = (context.case(self.case).await?, context.group(self.group.as_ref())?);
        let seat = self;
        let (app, env) = (context.app.clone(), context.app.env());
        let done = context
            .perform(case.to_string(), move |tx, now| {
                let head = cases::find(tx, case)?.ok_or_else(|| missing(Case))?;
                let standing: JudgingState = cbor::read(&head.standing, "standing")?;
                let person = called(tx, &seat.person)?.map_or_else(|| seat.person.clone(), |known| known.id);
                let seat = CaseAssign { person, ..seat.clone() };
                let entry = if seat.end { ended(&standing.roster, &seat, group, now)? } else { given(tx, &seat, group, now)? };
                entry.check().map_err(|e| Problem::unprocessable("seat_refused", e.zh(), e.to_string()))?;
                let row = ledger::append_roster(tx, &env, case, entry.clone())?;
                let mut roster = standing.roster;
                roster.set(entry.clone());
                let plan = pack::with_units(tx)?.on(local_date(now));
                let gaps: Vec<String> =
                    roster.gaps(now, &plan.organisation).iter().map(|gap| gap.zh(&plan.organisation)).collect();
                let name = directory::person(tx, &entry.person)?.map_or_else(|| entry.person.to_string(), |known| known.name);
                let (role, open) = (role_here(&plan.organisation, entry.role), Both::new(gaps.concat(), ""));
                let said = match seat.end {
                    true => say::Parted { name, role, gaps: open }.say(),
                    false => say::Joined { name, role, gaps: open }.say(),
                };
                let document = json!({
                    "case": case, "sequence": row.sequence, "entry": entry, "gaps": gaps,
                    "result": format!("{} {}", entry.role, entry.person),
                });
                Ok(with_words(document, said))
            })
            .await?;
        app.dirty.notify_one();
        Ok(done)
    }
}

fn given(tx: &Transaction<'_>, seat: &CaseAssign, group: Option<Group>, now: i64) -> Result<RosterEntry, Problem> {
    let person = serving(tx, &seat.person)?;
    let role = seat.role.unwrap_or(person.role);
    let group = group.or(person.group.filter(|_| role == person.role));
    let from = seat.from.unwrap_or(now);
    term_is_plausible(local_date(from), seat.until.map(local_date), local_date(now))?;
    Ok(RosterEntry { person: person.id, role, unit: person.unit, group, from, until: seat.until })
}

/// The running seat of that person, with its end now. Several at once must be told apart by role and group.
fn ended(roster: &Roster, seat: &CaseAssign, group: Option<Group>, now: i64) -> Result<RosterEntry, Problem> {
    let wanted = |entry: &&RosterEntry| {
        seat.role.is_none_or(|role| role == entry.role) && group.is_none_or(|group| Some(group) == entry.group)
    };
    let held: Vec<&RosterEntry> = roster.roles_at(&seat.person, now).filter(wanted).collect();
    match held.as_slice() {
        [one] => Ok(RosterEntry { until: Some(now.max(one.from + 1)), ..RosterEntry::clone(one) }),
        [] => {
            let said = say::NotOnCase { person: &seat.person };
            Err(Problem::said(StatusCode::CONFLICT, "not_on_case", said))
        }
        _ => {
            let said = say::SeveralSeats { person: &seat.person };
            Err(Problem::said(StatusCode::CONFLICT, "several_seats", said))
        }
    }
}
