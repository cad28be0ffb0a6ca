//! The parts on stage: the server, its moved clock, six field clients, and ways to look.

use super::cast::{CHEN, Player, WU, ZHENG, ZHOU};
use super::failure::DemoFailure;
use super::told::Told;
use crate::app::App;
use crate::clock::Clock;
use crate::commands::{CaseShow, Command, DeviceConfirm, DeviceInvite, ReportConfirm, ReportDraft, ReportSend};
use crate::serve::Running;
use daiban_core::agent::{Draft, RecordState};
use daiban_core::calendar::{Date, Week, local_midnight};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, WorkLog};
use daiban_core::ids::{CaseId, FactId};
use daiban_core::people::Group;
use daiban_core::plan::Plan;
use daiban_core::rules::{Duty, State};
use daiban_field::Field;
use daiban_messages::say::story as say;
use daiban_messages::{Both, Say};
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Everything the acts need.
pub(super) struct Scene {
    pub(super) app: Arc<App>,
    pub(super) url: String,
    pub(super) told: Told,
    clock: Clock,
    runtime: Handle,
    folder: PathBuf,
    fields: HashMap<&'static str, (Field, daiban_field::Clock)>,
}

/// Seconds of a day's time of day.
pub(super) const fn hour(hours: i64, minutes: i64) -> i64 {
    hours * 3600 + minutes * 60
}

impl Scene {
    pub(super) fn new(app: Arc<App>, running: &Running, clock: Clock, runtime: Handle, folder: PathBuf) -> Scene {
        Scene { app, url: running.url(), told: Told::default(), clock, runtime, folder, fields: HashMap::new() }
    }

    /// Moves the server's clock and every phone's to a local time; phones that go wrong are set afterwards.
    pub(super) fn at(&mut self, year: i32, month: u32, day: u32, time: i64) -> i64 {
        let date = Date::from_ymd_opt(year, month, day).unwrap_or_default();
        let now = local_midnight(date) + time;
        self.clock.set(now);
        for (_, clock) in self.fields.values() {
            clock.set(now);
        }
        now
    }

    /// Sets one phone's clock wrong.
    pub(super) fn clock_off_by(&mut self, who: Player, seconds: i64) {
        if let Some((_, clock)) = self.fields.get(who.id) {
            clock.set(self.clock.now() + seconds);
        }
    }

    /// Now, on the server.
    /// The plan of the district.
    pub(super) fn plan(&self) -> Arc<Plan> {
        self.app.plan()
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The office, or somebody, orders something.
    pub(super) fn order(&self, by: &str, command: impl Into<Command>) -> Result<Value, DemoFailure> {
        Ok(self.runtime.block_on(self.app.execute(&by.into(), command))?)
    }

    /// A new device of a person: code, enrolment over HTTP, confirmation by the six digits.
    pub(super) fn enrol(&mut self, who: Player) -> Result<String, DemoFailure> {
        let code = self.order("office", DeviceInvite { person: who.person() })?;
        let code = code["code"].as_str().ok_or_else(|| DemoFailure::Http("no enrolment code".into()))?.to_owned();
        let clock = daiban_field::Clock::moved(self.now());
        let mut field = Field::open(&self.folder.join("field").join(who.id), clock.clone())?;
        let identity = field.enrol(&self.url, &code)?;
        let number = identity.confirmation.clone();
        self.order("office", DeviceConfirm { number: number.clone() })?;
        self.fields.insert(who.id, (field, clock));
        Ok(number)
    }

    /// A person's field client.
    pub(super) fn field(&mut self, who: Player) -> Result<&mut Field, DemoFailure> {
        let found = self.fields.get_mut(who.id).map(|(field, _)| field);
        found.ok_or_else(|| DemoFailure::Http(format!("{} has no field client", who.id)))
    }

    /// Writes a work log, signal or not.
    pub(super) fn log(&mut self, who: Player, case: CaseId, text: &str) -> Result<FactId, DemoFailure> {
        let body = WorkLog {
            text: text.into(),
            channel: Channel::OnSite,
            item: None,
            place: None,
            next_step: None,
            minutes: None,
            met: None,
        };
        self.record(who, case, Body::WorkLog(body))
    }

    /// Records anything, signal or not.
    pub(super) fn record(&mut self, who: Player, case: CaseId, body: Body) -> Result<FactId, DemoFailure> {
        let field = self.field(who)?;
        let occurred_at = field.now();
        Ok(field.record(case, Draft { occurred_at, amends: None, body })?.fact)
    }

    /// One person's phone meets signal.
    pub(super) fn sync(&mut self, who: Player) -> Result<(), DemoFailure> {
        self.field(who)?.sync(|_| {})?;
        self.settle()
    }

    /// All phones meet signal.
    pub(super) fn sync_all(&mut self) -> Result<(), DemoFailure> {
        for (field, _) in self.fields.values_mut() {
            field.sync(|_| {})?;
        }
        self.settle()
    }

    /// The duties that a running server computes within seconds.
    pub(super) fn settle(&self) -> Result<(), DemoFailure> {
        let computed = self.runtime.block_on(crate::watch::compute_all(&self.app, |_, _| {}));
        computed.map(|_| ()).map_err(|e| DemoFailure::Http(e.to_string()))
    }

    /// The state of an own record, as its phone shows it.
    pub(super) fn state(&mut self, who: Player, fact: FactId) -> Result<Option<RecordState>, DemoFailure> {
        Ok(self.field(who)?.records(None).into_iter().find(|r| r.fact == fact).map(|r| r.state))
    }

    /// What the server says over HTTP to the office.
    pub(super) fn get(&self, path: &str) -> Result<Value, DemoFailure> {
        super::look::get(&self.url, path, &self.app.office_token)
    }

    /// The duty rows of a case, read over HTTP.
    pub(super) fn duties(&self, case: CaseId) -> Result<Vec<Duty>, DemoFailure> {
        self.settle()?;
        let body = self.get(&format!("/v1/cases/{case}/duties"))?;
        serde_json::from_value(body["duties"].clone()).map_err(|e| DemoFailure::Http(format!("duties: {e}")))
    }

    /// Whether a duty that was met at a moment stands as its cut-off says: in time before it, late from it on.
    pub(super) fn stands_as_due(&self, case: CaseId, key: &str, at: i64) -> Result<bool, DemoFailure> {
        let as_due = |duty: Duty| match duty.state {
            State::Met { .. } => at < duty.cutoff_at,
            State::MetLate { .. } => at >= duty.cutoff_at,
            _ => false,
        };
        Ok(self.duty(case, key)?.is_some_and(as_due))
    }

    /// One duty, by the beginning of its key.
    pub(super) fn duty(&self, case: CaseId, key: &str) -> Result<Option<Duty>, DemoFailure> {
        Ok(self.duties(case)?.into_iter().find(|d| d.key.starts_with(key)))
    }

    /// The three specialists draft and confirm their group's week.
    pub(super) fn confirm_groups(&self, week: Week) -> Result<(), DemoFailure> {
        let plan = self.plan();
        let owes = |player: &Player| player.group.is_some_and(|group| plan.organisation.owes_flow_table(group));
        for player in [ZHOU, WU, ZHENG].into_iter().filter(owes) {
            self.confirm(player.id, week, player.group)?;
        }
        Ok(())
    }

    /// Somebody drafts a report, reads it and confirms what was read.
    fn confirm(&self, by: &str, week: Week, group: Option<Group>) -> Result<(), DemoFailure> {
        let drafted = self.order(by, ReportDraft { week, group: group.map(Into::into) })?;
        let hash = drafted["hash"].as_str().unwrap_or_default().to_owned();
        self.order(by, ReportConfirm { week, group: group.map(Into::into), person: None, hash, without_missing: true })?;
        Ok(())
    }

    /// The dispatch group drafts, confirms and sends the district's week.
    pub(super) fn send_district(&self, week: Week) -> Result<(), DemoFailure> {
        self.confirm(CHEN.id, week, None)?;
        self.order(CHEN.id, ReportSend { week, person: None })?;
        Ok(())
    }

    /// The night job of a day.
    pub(super) fn nightly(&self, on: Date) -> Result<(), DemoFailure> {
        self.runtime.block_on(crate::jobs::nightly(&self.app, on, |_| {}))?;
        Ok(())
    }

    /// What a group is called.
    pub(super) fn group(&self, group: Group) -> Both {
        let plan = self.plan();
        Both::new(plan.organisation.group_zh(group), plan.organisation.group_en(group))
    }

    /// How many notices the case has drawn, read over HTTP.
    pub(super) fn notices(&self, case: CaseId) -> Result<usize, DemoFailure> {
        let body = self.get(&format!("/v1/cases/{case}/duties"))?;
        Ok(body["notices"].as_array().map_or(0, Vec::len))
    }

    /// `daiban verify --full`; the first bad row is the error.
    pub(super) fn verify(&self) -> Result<Result<Both, Both>, DemoFailure> {
        let verified = self.app.db.read(|conn| crate::jobs::verify(conn, true, |_| {}));
        let verified = verified.map_err(|e: crate::db::DbError| DemoFailure::Http(e.to_string()))?;
        let counted = |rows, signatures| say::Verified { rows, signatures }.say().into();
        let counted = verified.map(|found| counted(found.ledger.rows, found.ledger.statements));
        Ok(counted.map_err(|found| Both::new(found.zh, found.en)))
    }

    /// The unguessable part of the enterprise's address.
    pub(super) fn link(&self, case: CaseId) -> Result<String, DemoFailure> {
        let shown = self.order("office", CaseShow { case: case.into() })?;
        let page = shown["enterprise_page"].as_str().unwrap_or_default();
        Ok(page.trim_start_matches("/e/").to_owned())
    }
}
