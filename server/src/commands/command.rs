//! The one list of commands.

use super::listing::Part;
use daiban_core::calendar::{Date, Week};
use daiban_core::ids::{CaseId, DeviceId, FactId, PersonId};
use daiban_core::people::{Group, Role, UnitKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A command and the person who gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    /// Who orders it; the office itself when absent.
    #[serde(rename = "as", default = "office")]
    #[schema(value_type = String, example = "office")]
    pub by: PersonId,
    /// What is ordered.
    #[serde(flatten)]
    pub command: Command,
}

fn office() -> PersonId {
    PersonId::from(super::staff::OFFICE)
}

/// What can be ordered. Times are Unix seconds, ids lower-case hex, weeks `2026-W47`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Adds a subdistrict, park, town or bureau beyond the plan's 25 units (R031).
    UnitAdd {
        /// 2 to 40 of a–z, 0–9, `-`.
        id: String,
        /// 名称.
        name: String,
        /// In English.
        #[serde(default)]
        en: String,
        /// What sort.
        #[schema(value_type = String, example = "subdistrict")]
        kind: UnitKind,
        /// 简称.
        #[serde(default)]
        aliases: Vec<String>,
    },
    /// All units.
    UnitList,
    /// Adds a person to the staff, or changes one (R082, R133).
    PersonAdd {
        /// 2 to 40 of a–z, 0–9, `-`; never changes.
        id: String,
        /// 姓名.
        name: String,
        /// Id, name or alias of the unit.
        unit: String,
        /// The person's role.
        #[schema(value_type = String, example = "unit_agent")]
        role: Role,
        /// The group of a specialist.
        #[serde(default)]
        #[schema(value_type = Option<String>, example = "planning")]
        group: Option<Group>,
        /// Office line.
        #[serde(default)]
        phone: Option<String>,
    },
    /// Ends a person's service and revokes the person's devices (R133).
    PersonLeave {
        /// Who.
        #[schema(value_type = String)]
        person: PersonId,
        /// 退出原因.
        reason: String,
    },
    /// All staff.
    PersonList,
    /// Draws a one-time enrolment code for a person's phone.
    DeviceInvite {
        /// For whom.
        #[schema(value_type = String)]
        person: PersonId,
    },
    /// Confirms the pending device that shows this number.
    DeviceConfirm {
        /// Six digits.
        number: String,
    },
    /// Shuts a device out for good.
    DeviceRevoke {
        /// Which.
        #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
        device: DeviceId,
        /// Why.
        reason: String,
    },
    /// All devices.
    DeviceList,
    /// Cases, short, oldest first.
    CaseList(Part),
    /// One case with its facts.
    CaseShow {
        /// Which.
        #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
        case: CaseId,
    },
    /// Gives a person a seat on a case, or ends it: a roster row (R082, R099).
    CaseAssign {
        /// Which case.
        #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
        case: CaseId,
        /// Who.
        #[schema(value_type = String)]
        person: PersonId,
        /// As what; the person's own role when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        role: Option<Role>,
        /// For which group; the person's own when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        group: Option<Group>,
        /// From when; now when absent.
        #[serde(default)]
        from: Option<i64>,
        /// Until just before when.
        #[serde(default)]
        until: Option<i64>,
        /// Ends the seat now, keeping its beginning.
        #[serde(default)]
        end: bool,
    },
    /// Records a fact at the console, under the server's key, for the person who orders it.
    CaseRecord {
        /// Which case; a new one is opened when absent, and only by `case_opened`.
        #[serde(default)]
        #[schema(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
        case: Option<CaseId>,
        /// Who recorded it, if not whoever orders it; only the office records for somebody else.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        person: Option<PersonId>,
        /// A kind of the table, such as `work_log`.
        kind: String,
        /// Its fields. Personal data is given as plain text and sealed before it is written.
        #[schema(value_type = Object)]
        fields: Value,
        /// When it happened; now when absent.
        #[serde(default)]
        occurred_at: Option<i64>,
        /// The fact it corrects.
        #[serde(default)]
        #[schema(value_type = Option<String>, pattern = "^[0-9a-f]{32}$")]
        amends: Option<FactId>,
    },
    /// Decides about a record that waits (待认定).
    RulingLate {
        /// Which case.
        #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
        case: CaseId,
        /// Which fact.
        #[schema(value_type = String, pattern = "^[0-9a-f]{32}$")]
        fact: FactId,
        /// Taken, or rejected for good.
        accept: bool,
        /// Why.
        reason: String,
    },
    /// Takes a refused record out of quarantine into its case, written anew under the server's key.
    RulingAdopt {
        /// Its number in the list.
        quarantine: i64,
        /// Why.
        reason: String,
    },
    /// Takes a record that was set aside for want of a seat (`never_member`) into its case as it is, with all that were set aside with it.
    RulingTakeIn {
        /// Its number in the list.
        quarantine: i64,
        /// Why.
        reason: String,
    },
    /// What lies in quarantine, newest first.
    QuarantineList(Part),
    /// Draws up a report; may be repeated until it is confirmed.
    ReportDraft {
        /// Which week.
        #[schema(value_type = String, example = "2026-W47", pattern = "^[0-9]{4}-W[0-9]{2}$")]
        week: Week,
        /// Whose; the district's when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        group: Option<Group>,
    },
    /// Writes notes over a draft; a section left out keeps its note.
    ReportNote {
        /// Which week.
        #[schema(value_type = String, pattern = "^[0-9]{4}-W[0-9]{2}$")]
        week: Week,
        /// Whose; the district's when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        group: Option<Group>,
        /// On 进展情况.
        #[serde(default)]
        progress: Option<String>,
        /// On 存在问题.
        #[serde(default)]
        problems: Option<String>,
        /// On 解决问题的建议.
        #[serde(default)]
        suggestions: Option<String>,
    },
    /// Confirms a draft and freezes it (R105, R106).
    ReportConfirm {
        /// Which week.
        #[schema(value_type = String, pattern = "^[0-9]{4}-W[0-9]{2}$")]
        week: Week,
        /// Whose; the district's when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        group: Option<Group>,
    },
    /// Sends the frozen district report to the district government, with its copy to the office (R107).
    ReportSend {
        /// Which week.
        #[schema(value_type = String, pattern = "^[0-9]{4}-W[0-9]{2}$")]
        week: Week,
    },
    /// Reports, newest week first.
    ReportList(Part),
    /// One report.
    ReportShow {
        /// Which week.
        #[schema(value_type = String, pattern = "^[0-9]{4}-W[0-9]{2}$")]
        week: Week,
        /// Whose; the district's when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        group: Option<Group>,
    },
    /// Takes in a State Council notice as a calendar edition, or only shows which due dates would move.
    CalendarImport {
        /// The edition, as in `core/data/calendar/2026.json`.
        #[schema(value_type = Object)]
        edition: Value,
        /// Only show.
        #[serde(default)]
        preview: bool,
    },
    /// The editions held.
    CalendarList,
    /// The settings in force.
    PolicyShow,
    /// Sets the settings; what is left out keeps the plan's default.
    PolicySet {
        /// The settings.
        #[schema(value_type = Object)]
        policy: Value,
    },
    /// Runs the night's work of a day; a day's runs once however often it is ordered.
    NightRun {
        /// The day; today when absent.
        #[serde(default)]
        #[schema(value_type = Option<String>, example = "2026-11-23", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
        on: Option<Date>,
    },
    /// The standing duties of all cases, earliest due date first.
    DutyList(Part),
    /// What can be said of the server's clock, and when it was declared wrong.
    ClockShow,
    /// Says that the server's clock is right although it stands far ahead of its last sign of life.
    ClockConfirm {
        /// Why.
        reason: String,
    },
    /// Declares a stretch in which the server's clock was wrong: what was received in it stays, marked.
    ClockDeclareWrong {
        /// The first instant, by the wrong clock.
        from: i64,
        /// The last; the newest known instant when absent.
        #[serde(default)]
        until: Option<i64>,
        /// Why.
        reason: String,
    },
    /// The newest rows of the audit log.
    AuditList {
        /// How many.
        #[serde(default = "fifty")]
        #[schema(value_type = u64, maximum = 4_294_967_295_u64)]
        limit: u32,
    },
}

const EVERYBODY: &[Role] = &Role::all();

fn fifty() -> u32 {
    50
}

impl Command {
    /// The roles that may order it. The administrator keeps accounts, devices and settings and decides nothing about cases.
    pub fn who(&self) -> &'static [Role] {
        use Role::{Administrator, ChiefAgent, DispatchLead, GroupSpecialist, Office, UnitAgent};
        match self {
            Command::UnitAdd { .. }
            | Command::PersonAdd { .. }
            | Command::PersonLeave { .. }
            | Command::DeviceInvite { .. }
            | Command::DeviceConfirm { .. }
            | Command::DeviceRevoke { .. }
            | Command::CalendarImport { .. }
            | Command::PolicySet { .. }
            | Command::NightRun { .. }
            | Command::ClockConfirm { .. }
            | Command::ClockDeclareWrong { .. } => &[Office, Administrator],
            Command::CaseAssign { .. } | Command::RulingAdopt { .. } | Command::RulingTakeIn { .. } => &[Office],
            Command::RulingLate { .. } => &[Office, ChiefAgent],
            Command::CaseRecord { .. } => &[Office, ChiefAgent, GroupSpecialist, UnitAgent, DispatchLead],
            Command::ReportDraft { .. } | Command::ReportNote { .. } => &[Office, GroupSpecialist, DispatchLead],
            Command::ReportConfirm { group: Some(_), .. } => &[GroupSpecialist],
            Command::ReportConfirm { group: None, .. } | Command::ReportSend { .. } => &[DispatchLead],
            Command::UnitList
            | Command::PersonList
            | Command::DeviceList
            | Command::CaseList(_)
            | Command::CaseShow { .. }
            | Command::QuarantineList(_)
            | Command::ReportList(_)
            | Command::ReportShow { .. }
            | Command::CalendarList
            | Command::PolicyShow
            | Command::DutyList(_)
            | Command::ClockShow
            | Command::AuditList { .. } => EVERYBODY,
        }
    }

    /// Whether it may be given while the server's clock is not right: it changes nothing, or it is about the clock.
    pub fn needs_no_clock(&self) -> bool {
        use Command::{
            AuditList, CalendarList, CaseList, CaseShow, ClockConfirm, ClockDeclareWrong, ClockShow, DeviceList, DutyList,
            PersonList, PolicyShow, QuarantineList, ReportList, ReportShow, UnitList,
        };
        matches!(
            self,
            ClockShow
                | ClockConfirm { .. }
                | ClockDeclareWrong { .. }
                | UnitList
                | PersonList
                | DeviceList
                | CaseList(_)
                | CaseShow { .. }
                | QuarantineList(_)
                | ReportList(_)
                | ReportShow { .. }
                | CalendarList
                | PolicyShow
                | DutyList(_)
                | AuditList { .. }
        )
    }

    /// Its name, as in JSON and in the audit log.
    pub fn name(&self) -> String {
        let document = serde_json::to_value(self).unwrap_or_default();
        document["command"].as_str().unwrap_or_default().to_owned()
    }
}
