//! The phone's engine with a folder, a clock and a network around it.

mod find;
mod summary;

pub use summary::SyncSummary;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::home::{Connection, Home};
use crate::random;
use crate::transport::{NetworkFault, Patience, Transport};
use daiban_core::agent::{
    Agent, AgentError, CaseSummary, Draft, Identity, Imported, KnownNames, RecordState, RecordView, Recorded,
};
use daiban_core::calendar::local_date;
use daiban_core::case::{CaseView, Code};
use daiban_core::fact::Sealed;
use daiban_core::fact::kinds::CaseOpened;
use daiban_core::ids::{CaseId, FactId};
use daiban_core::permit::plausible::Doubt;
use daiban_core::plan::Plan;
use daiban_core::rules::ShownDuty;
use daiban_core::store::{Salvage, SqliteStore};
use daiban_core::sync::session::{Progress, Step};
use daiban_core::sync::{Address, SoftwareKey};
use daiban_messages::say::terminal as say;
use std::path::Path;
use std::sync::Arc;
use std::thread::sleep;

/// One device.
#[derive(Debug)]
pub struct Field {
    home: Home,
    clock: Clock,
    agent: Agent,
    salvage: Option<Salvage>,
}

impl Field {
    /// Opens a device's folder, or makes a new device in it. The folder is locked until this is dropped.
    pub fn open(folder: &Path, clock: Clock) -> Result<Field, Fault> {
        let home = Home::open(folder)?;
        let at_rest = home.at_rest_key()?;
        let secret = home.device_secret(&at_rest)?;
        let opened = SqliteStore::open(&home.store_path(), &at_rest, &mut random::fill);
        let (store, salvage) = opened.map_err(AgentError::from)?;
        let signer = Box::new(SoftwareKey::from_secret(&secret));
        let agent = Agent::open(Box::new(store), signer, Box::new(random::fill))?;
        Ok(Field { home, clock, agent, salvage })
    }

    /// What the clock says, Unix seconds.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.home.folder()
    }

    /// What was saved out of a corrupt store, if it was corrupt when it was opened.
    pub fn salvage(&self) -> Option<&Salvage> {
        self.salvage.as_ref()
    }

    /// The plan of the district.
    pub fn plan(&self) -> &Plan {
        self.agent.plan()
    }

    /// What people, units and cases are called today.
    pub fn names(&self) -> KnownNames {
        self.agent.names().on(local_date(self.now()))
    }

    /// The engine, for what this type does not wrap.
    pub fn agent(&mut self) -> &mut Agent {
        &mut self.agent
    }

    /// Becomes a person's device with a one-time code; see [`Field::enrol_at`].
    pub fn enrol(&mut self, server: &str, code: &str) -> Result<Identity, Fault> {
        self.enrol_at(server, code, "terminal", None)
    }

    /// The same with the name the office sees, `code` being an invitation as it was typed or scanned, and, for a server with its own authority, the certificates (PEM) to trust.
    pub fn enrol_at(&mut self, server: &str, code: &str, model: &str, authority: Option<String>) -> Result<Identity, Fault> {
        let transport = Transport::new(Address::parse(server)?, authority.as_deref())?;
        let (mut enrolling, request) = self.agent.enrol_request(code, model)?;
        let answer = transport.send(&request)?;
        let proof = self.agent.enrol_proof(&mut enrolling, answer.status, &answer.body)?;
        let answer = transport.send(&proof)?;
        // The address first: an identity without a server to go to could not be cured by enrolling again.
        self.home.set_connection(&Connection { server: transport.address().to_string(), authority })?;
        Ok(self.agent.enrolled(&enrolling, answer.status, &answer.body)?)
    }

    /// Goes to the same server under another address from now on, and asks there at once: `true` if the server this device is enrolled
    /// with answered. Where anybody else did the old address stays; where nobody did the new one is kept unproved.
    pub fn connect(&mut self, server: &str, authority: Option<String>) -> Result<bool, Fault> {
        let before = self.home.connection()?;
        let transport = Transport::new(Address::parse(server)?, authority.as_deref())?;
        self.home.set_connection(&Connection { server: transport.address().to_string(), authority })?;
        let fault = match self.sync(|_| ()) {
            Ok(_) => return Ok(true),
            Err(fault) => fault,
        };
        if fault.is_unanswered() {
            return Ok(false);
        }
        if let Some(before) = before {
            self.home.set_connection(&before)?;
        }
        Err(fault)
    }

    /// Whose device this is.
    pub fn identity(&self) -> Result<&Identity, Fault> {
        self.agent.identity().ok_or(Fault::Agent(AgentError::NotEnrolled))
    }

    /// Opens a case from a lead; durable when this returns.
    pub fn open_case(&mut self, opened: CaseOpened, occurred_at: i64) -> Result<Recorded, Fault> {
        Ok(self.agent.open_case(opened, occurred_at, self.clock.now())?)
    }

    /// What of a draft's dates should be asked about before it is recorded.
    pub fn date_questions(&self, draft: &Draft) -> Vec<Doubt> {
        self.agent.date_questions(draft, self.clock.now())
    }

    /// Records a fact; durable when this returns.
    pub fn record(&mut self, case: CaseId, draft: Draft) -> Result<Recorded, Fault> {
        Ok(self.agent.record(case, draft, self.clock.now())?)
    }

    /// Records a quarantined or void record once more under a new id; the old one stays listed.
    pub fn record_again(&mut self, record: FactId) -> Result<Recorded, Fault> {
        let now = self.clock.now();
        let own = self.agent.records(None, now).into_iter().find(|r| r.fact == record);
        let own = own.ok_or_else(|| Fault::NotFound { what: "record", given: record.to_string() })?;
        match own.state {
            RecordState::Quarantined { again: None, .. } => Ok(self.agent.record_again(record, now)?),
            RecordState::Judged { sent_back: Some(_), .. } => Err(Fault::not_now(say::AgainSentBack)),
            RecordState::Uploaded { verdict, .. } | RecordState::Judged { verdict, .. } if verdict.code == Code::Void => {
                if self.case(own.case).is_err() {
                    return Err(Fault::not_now(say::RecordGone));
                }
                let (case, fact) = self.fact(record).map_err(|_| Fault::not_now(say::AgainUnreadable))?;
                let draft = Draft { occurred_at: fact.occurred_at, amends: fact.amends, body: fact.body.clone() };
                self.record(case, draft)
            }
            state => Err(Fault::not_now(say::AgainNeedless { state: state.message() })),
        }
    }

    /// Seals a name or number; the record that holds it carries its key along.
    pub fn seal(&mut self, text: &str) -> Result<Sealed, Fault> {
        Ok(self.agent.seal(text)?)
    }

    /// The text of a sealed value, if this device holds its key.
    pub fn unseal(&self, sealed: &Sealed) -> Option<String> {
        self.agent.unseal(sealed)
    }

    /// A case with this device's unsent records in it.
    pub fn case(&self, case: CaseId) -> Result<Arc<CaseView>, Fault> {
        Ok(self.agent.case(case, self.clock.now())?)
    }

    /// Duties of one case or of all.
    pub fn duties(&self, case: Option<CaseId>) -> Result<Vec<ShownDuty>, Fault> {
        Ok(self.agent.shown_duties(case, self.clock.now())?)
    }

    /// The cases on this device.
    pub fn cases(&self) -> Vec<CaseSummary> {
        self.agent.cases(self.clock.now())
    }

    /// Every own record with its state, of one case or of all.
    pub fn records(&self, case: Option<CaseId>) -> Vec<RecordView> {
        self.agent.records(case, self.clock.now())
    }

    /// Work that was not sent yet, as a file.
    pub fn bundle_export(&mut self) -> Result<Vec<u8>, Fault> {
        Ok(self.agent.bundle_export(self.clock.now())?)
    }

    /// Takes in a file that somebody brought; it goes out with the next sync.
    pub fn bundle_import(&mut self, file: &[u8]) -> Result<Imported, Fault> {
        Ok(self.agent.bundle_import(file, self.clock.now())?)
    }

    /// Exchanges with the server until nothing is left to send or to fetch; `progress` hears after every round. A line that breaks gets
    /// smaller requests for as long as anything gets through.
    pub fn sync(&mut self, mut progress: impl FnMut(Progress)) -> Result<SyncSummary, Fault> {
        self.identity()?;
        let connection = self.home.connection()?.ok_or(Fault::Agent(AgentError::NotEnrolled))?;
        let transport = Transport::new(Address::parse(&connection.server)?, connection.authority.as_deref())?;
        let mut summary = SyncSummary::default();
        let mut patience = Patience::default();
        let mut step = self.agent.begin_sync(self.clock.now())?;
        loop {
            summary.take(step.show, step.progress);
            progress(step.progress);
            let Some(request) = step.send else { return Ok(summary) };
            step = match transport.once(&request) {
                Ok(answer) => {
                    patience = Patience::default();
                    summary.count(request.body.len(), answer.body.len());
                    self.agent.receive(answer.status, &answer.body, self.clock.now())?
                }
                Err(fault) => match self.unanswered(&mut patience, &fault)? {
                    Some(smaller) => smaller,
                    None => {
                        sleep(patience.pause(&fault).filter(|_| !fault.is_break()).ok_or(fault)?);
                        Step { send: Some(request), show: Vec::new(), progress: summary.progress }
                    }
                },
            };
        }
    }

    /// What goes next when the line broke under a request; `None` if it never left, or nothing gets through.
    fn unanswered(&mut self, patience: &mut Patience, fault: &NetworkFault) -> Result<Option<Step>, Fault> {
        if !fault.is_break() {
            return Ok(None);
        }
        let smaller = self.agent.line_broke(self.clock.now())?;
        let pause = patience.pause_of_break(fault);
        Ok(smaller.zip(pause).map(|(step, pause)| {
            sleep(pause);
            step
        }))
    }
}
