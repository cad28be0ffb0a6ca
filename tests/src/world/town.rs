//! The people of a usual town and the ways they usually work: what most tests begin with.

use super::World;
use crate::office;
use crate::phone::{Holder, Kind};
use daiban_core::agent::RecordState;
use daiban_core::case::CaseView;
use daiban_core::ids::{CaseId, FactId, PersonId, UnitId};
use daiban_core::people::{Group, Role};
use daiban_core::rules::Duty;
use serde_json::{Value, json};
use std::sync::Arc;

/// 首席代办员 王喆.
pub const CHIEF: usize = 0;
/// 代办专员 of the three groups: 李娜, 赵刚, 孙艳.
pub const SPECIALISTS: [usize; 3] = [1, 2, 3];
/// 代办员 周敏, the first of six.
pub const AGENT: usize = 4;
/// 代办员 吴磊, the second of six.
pub const OTHER_AGENT: usize = 5;
/// 项目调度组牵头单位 卫东.
pub const LEAD: usize = 10;
/// 代办员 蒋波, on no case yet.
pub const RESERVE: usize = 11;

/// Chief agent, three specialists, six unit agents, the lead of the dispatch group, and an agent in reserve.
pub fn people() -> Vec<Holder> {
    let holder = |id: &str, name: &str, unit: &str, role, group| Holder {
        person: PersonId::from(id),
        name: name.to_owned(),
        unit: UnitId::from(unit),
        role,
        group,
    };
    let specialist = |id, name, unit, group| holder(id, name, unit, Role::GroupSpecialist, Some(group));
    let agent = |id, name, unit| holder(id, name, unit, Role::UnitAgent, None);
    vec![
        holder("wang-zhe", "王喆", "business-environment", Role::ChiefAgent, None),
        specialist("li-na", "李娜", "natural-resources", Group::Planning),
        specialist("zhao-gang", "赵刚", "housing", Group::Construction),
        specialist("sun-yan", "孙艳", "drc", Group::Dispatch),
        agent("zhou-min", "周敏", "natural-resources"),
        agent("wu-lei", "吴磊", "housing"),
        agent("zheng-hui", "郑慧", "ecology"),
        agent("feng-tao", "冯涛", "emergency"),
        agent("chen-jing", "陈静", "transport"),
        agent("chu-yang", "褚阳", "fire-brigade"),
        holder("wei-dong", "卫东", "drc", Role::DispatchLead, None),
        agent("jiang-bo", "蒋波", "power-supply"),
    ]
}

impl World {
    /// Registers and enrols everybody of [`people`].
    pub fn settle_people(&mut self) {
        for holder in people() {
            self.enrol(holder);
        }
    }

    /// A unit agent opens a case offline and syncs; the office seats `members` on it, and everybody has it.
    pub fn open_case(&mut self, agent: usize, members: &[usize]) -> CaseId {
        let (opened, now) = (self.drafter.opening(), self.now());
        let case = self.phones[agent].open_case(opened, now).expect("a unit agent opens cases").case;
        self.cases.push(case);
        self.sync_well(agent);
        for member in members {
            self.seat(case, *member);
        }
        for member in members {
            self.sync_well(*member);
        }
        case
    }

    /// The usual team: chief, specialists, two agents, dispatch lead; with a letter signed so many days ago.
    pub fn usual_case(&mut self, letter_days_ago: u8) -> CaseId {
        let case = self.open_case(AGENT, &[CHIEF, 1, 2, 3, OTHER_AGENT, LEAD]);
        self.record(CHIEF, case, Kind::Letter(letter_days_ago.into()));
        self.sync_everybody();
        case
    }

    /// Seats a phone's holder on a case.
    pub fn seat(&mut self, case: CaseId, phone: usize) {
        let person = self.phones[phone].holder.person.clone();
        office::assign(&mut self.server, case, &person).expect("the office seats people");
    }

    /// Ends the seat of a phone's holder.
    pub fn unseat(&mut self, case: CaseId, phone: usize) {
        let person = self.phones[phone].holder.person.clone();
        office::unseat(&mut self.server, case, &person).expect("the office ends seats");
    }

    /// Records something of a kind that happened just now.
    pub fn record(&mut self, phone: usize, case: CaseId, kind: Kind) -> FactId {
        let (now, chief) = (self.now(), self.phones[CHIEF].holder.person.clone());
        let clock = self.phones[phone].clock(now);
        let body = self.drafter.body(kind, &chief, clock);
        self.phones[phone].record(case, clock, None, body, now).expect("what people may write is recorded").fact
    }

    /// A sync that must go well.
    pub fn sync_well(&mut self, phone: usize) -> super::Synced {
        let synced = self.sync(phone, &[]);
        assert!(!synced.cut && synced.failed.is_none(), "phone {phone} cannot sync: {:?}", synced.failed);
        assert_eq!(self.ledger.wrong, Vec::<String>::new());
        synced
    }

    /// Everybody brings, then everybody fetches.
    pub fn sync_everybody(&mut self) {
        for phone in (0..self.phones.len()).chain(0..self.phones.len()) {
            self.sync_well(phone);
        }
    }

    /// Where a record stands on its phone.
    pub fn state(&self, phone: usize, fact: FactId) -> RecordState {
        let records = self.phones[phone].agent().records(None, self.now());
        records.into_iter().find(|r| r.fact == fact).expect("every record has a state").state
    }

    /// A case as a phone sees it.
    pub fn view(&self, phone: usize, case: CaseId) -> Arc<CaseView> {
        self.phones[phone].agent().case(case, self.now()).expect("the phone holds the case")
    }

    /// A duty of a case as a phone computes it.
    pub fn duty(&self, phone: usize, case: CaseId, key: &str) -> Option<Duty> {
        let duties = self.phones[phone].agent().duties(Some(case), self.now()).expect("the phone holds the case");
        duties.into_iter().find(|duty| duty.key == key)
    }

    /// A duty of a case as the server tells it over HTTP.
    pub fn served_duty(&mut self, case: CaseId, key: &str) -> Option<Duty> {
        let read = self.read(&format!("/v1/cases/{case}/duties"));
        let duties: Vec<Duty> = serde_json::from_value(read["duties"].clone()).expect("duties");
        duties.into_iter().find(|duty| duty.key == key)
    }

    /// A command that must succeed.
    pub fn order(&mut self, by: &str, command: Value) -> Value {
        let what = command["command"].clone();
        office::order(&mut self.server, by, command).unwrap_or_else(|refused| panic!("{what} was refused: {refused:?}"))
    }

    /// A reading that must succeed.
    pub fn read(&mut self, path: &str) -> Value {
        office::read(&mut self.server, path).unwrap_or_else(|refused| panic!("{path} was refused: {refused:?}"))
    }

    /// The three specialists confirm their groups' reports of a week.
    pub fn confirm_groups(&mut self, week: &str) {
        for (by, group) in [("li-na", "planning"), ("zhao-gang", "construction"), ("sun-yan", "dispatch")] {
            self.confirm_report(by, week, json!(group));
        }
    }

    /// Somebody drafts a report, reads it and confirms what was read, whatever it lacks.
    pub fn confirm_report(&mut self, by: &str, week: &str, group: Value) {
        let hash = self.order(by, json!({ "command": "report_draft", "week": week, "group": group }))["hash"].clone();
        let confirm = json!({ "command": "report_confirm", "week": week, "group": group, "hash": hash, "without_missing": true });
        self.order(by, confirm);
    }

    /// The dispatch lead drafts, confirms and sends the district's report of a week.
    pub fn send_district(&mut self, week: &str) {
        self.confirm_report("wei-dong", week, Value::Null);
        self.order("wei-dong", json!({ "command": "report_send", "week": week }));
    }
}
