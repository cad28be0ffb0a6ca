//! Carrying a command out.

use super::{Command, assign, clock, directory, record, rulings, settings, staff, take_in, view};
use crate::app::{App, Lane};
use crate::db::sql::audit;
use crate::db::sql::directory::Person;
use crate::db::{OFFICE_WORK, Transaction};
use crate::error::Problem;
use crate::reports;
use daiban_core::fact::shown;
use daiban_core::fact::text;
use daiban_core::ids::PersonId;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

impl App {
    /// Carries out a command of a person; the answer is what the API sends and the command line prints.
    ///
    /// Every command that changes something leaves a row in the audit log, in the transaction of the change itself.
    pub async fn execute(self: &Arc<App>, by: &PersonId, command: Command) -> Result<Value, Problem> {
        let command = usable(command)?;
        let by = self.db.read(|conn| staff::who(conn, by))?;
        staff::must_be(&by, command.who())?;
        if let Some(problem) = self.clock_problem().filter(|_| !command.needs_no_clock()) {
            return Err(problem);
        }
        let deed = Deed { app: self.clone(), by, name: command.name() };
        match command {
            Command::UnitAdd { id, name, en, kind, aliases } => directory::unit_add(deed, id, name, en, kind, aliases).await,
            Command::PersonAdd { id, name, unit, role, group, phone } => {
                directory::person_add(deed, directory::NewPerson { id, name, unit, role, group, phone }).await
            }
            Command::PersonLeave { person, reason } => directory::person_leave(deed, person, reason).await,
            Command::DeviceInvite { person } => directory::device_invite(deed, person).await,
            Command::DeviceConfirm { number } => directory::device_confirm(deed, number).await,
            Command::DeviceRevoke { device, reason } => directory::device_revoke(deed, device, reason).await,
            Command::CaseAssign { case, person, role, group, from, until, end } => {
                assign::assign(deed, case, assign::Seat { person, role, group, from, until, end }).await
            }
            Command::CaseRecord { case, person, kind, fields, occurred_at, amends } => {
                record::record(deed, record::Record { case, person, kind, fields, occurred_at, amends }).await
            }
            Command::RulingLate { case, fact, accept, reason } => rulings::late(deed, case, fact, accept, reason).await,
            Command::RulingAdopt { quarantine, reason } => rulings::adopt(deed, quarantine, reason).await,
            Command::RulingTakeIn { quarantine, reason } => take_in::take_in(deed, quarantine, reason).await,
            Command::ReportDraft { week, group } => reports::draft(deed, week, group).await,
            Command::ReportNote { week, group, progress, problems, suggestions } => {
                reports::note(deed, week, group, reports::Notation { progress, problems, suggestions }).await
            }
            Command::ReportConfirm { week, group } => reports::confirm(deed, week, group).await,
            Command::ReportSend { week } => reports::send(deed, week).await,
            Command::CalendarImport { edition, preview } => settings::calendar_import(deed, edition, preview).await,
            Command::PolicySet { policy } => settings::policy_set(deed, policy).await,
            Command::NightRun { on } => settings::night_run(deed, on).await,
            Command::ClockConfirm { reason } => clock::confirm(deed, reason).await,
            Command::ClockDeclareWrong { from, until, reason } => clock::declare_wrong(deed, from, until, reason).await,
            Command::ClockShow => clock::show(self),
            reading => self.aside_in(Lane::Office, |app| view::answer(app, reading)).await?,
        }
    }
}

/// The command with texts as forms take them: lines end with LF, and nothing invisible is refused no matter where it would end.
fn usable(command: Command) -> Result<Command, Problem> {
    let given = json!(command);
    let mut document = given.clone();
    make_usable("", &mut document)?;
    if document == given {
        return Ok(command);
    }
    serde_json::from_value(document)
        .map_err(|e| Problem::bad_request("unreadable", "命令无法读取，请核对格式后重试。", e.to_string()))
}

fn make_usable(field: &str, part: &mut Value) -> Result<(), Problem> {
    match part {
        Value::String(given) => {
            if let Cow::Owned(lines) = text::lines(given) {
                *given = lines;
            }
            must_be_seen(field, given)
        }
        Value::Array(parts) => parts.iter_mut().try_for_each(|part| make_usable(field, part)),
        Value::Object(parts) => parts.iter_mut().try_for_each(|(name, part)| {
            must_be_seen(field, name)?;
            make_usable(name, part)
        }),
        _ => Ok(()),
    }
}

/// Refuses characters that nobody sees; see [`text::refused`].
fn must_be_seen(field: &str, given: &str) -> Result<(), Problem> {
    let Some((place, c)) = text::first_refused(given) else { return Ok(()) };
    let own = TEXTS.iter().find(|(name, _)| *name == field).map(|(_, zh)| *zh);
    let (named, code) = (own.or_else(|| shown::label(field).map(|label| label.zh)).unwrap_or(field), u32::from(c));
    let zh = format!("“{named}”的第{place}个字是不可见的控制字符（U+{code:04X}），请删去后重新提交。");
    let en = format!("character {place} of `{field}` is U+{code:04X}, which cannot be seen");
    Err(Problem::unprocessable("text_unusable", zh, en).with("field", field))
}

/// Texts of commands that are no field of a record.
const TEXTS: &[(&str, &str)] = &[
    ("aliases", "简称"),
    ("en", "英文名称"),
    ("name", "名称"),
    ("number", "确认号"),
    ("phone", "电话"),
    ("problems", "存在问题"),
    ("progress", "工作进展"),
    ("suggestions", "建议"),
];

/// A command under way: the server, who ordered it, its name in the audit log.
pub(crate) struct Deed {
    /// The server.
    pub(crate) app: Arc<App>,
    /// Who ordered it.
    pub(crate) by: Person,
    /// What.
    pub(crate) name: String,
}

impl Deed {
    /// Runs `work` and writes its audit row in one transaction. `object` names what is acted on; the row's result is the
    /// document's `result` or else `done`. As all writing, `work` may be run more than once ([`crate::db::Db::write`]).
    pub(crate) async fn perform(
        self,
        object: impl Into<String>,
        work: impl Fn(&Transaction<'_>, i64) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<Value, Problem> {
        let now = self.app.now();
        let (object, by, name) = (object.into(), self.by.id, self.name);
        let write = move |tx: &Transaction<'_>| {
            tx.alone(OFFICE_WORK)?;
            let document = work(tx, now)?;
            let result = document["result"].as_str().unwrap_or("done").to_owned();
            audit::append(tx, now, by.as_str(), &name, &object, &result)?;
            Ok::<_, Problem>(document)
        };
        let document = self.app.db.write(write).await?;
        // Whoever ordered it must not be told that it was not done.
        if let Err(error) = self.app.keep_time().await {
            tracing::warn!(%error, "the time of an order was not kept with the store yet");
        }
        Ok(document)
    }
}
