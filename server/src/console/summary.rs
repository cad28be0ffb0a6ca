//! What the list of cases says of each, remembered as long as the case has no new row.

use crate::app::Reference;
use crate::db::sql::cases::CaseHead;
use crate::db::sql::duties::{self, DISTRICT};
use crate::db::sql::{cases, quarantine};
use crate::db::{Connection, DbError};
use crate::render::CaseReading;
use crate::watch::rules_in_force;
use daiban_core::calendar::Calendar;
use daiban_core::case::{Closed, Stage};
use daiban_core::ids::{CaseId, Chain, UnitId};
use daiban_core::plan::Plan;
use daiban_core::rules::{Duty, Lamp, lamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many quarantined changes are looked through.
const QUARANTINE_MAX: u32 = 10_000;

/// A case in short.
#[derive(Clone, Debug)]
pub struct Summary {
    /// 项目名称.
    pub title: Option<String>,
    /// 建设单位.
    pub enterprise: String,
    /// Street or park.
    pub location: Option<UnitId>,
    /// Its stage.
    pub stage: Stage,
    /// Things on which records disagree.
    pub contested: usize,
    /// 待认定.
    pub waiting: usize,
    /// Records that were sent back and are not corrected yet.
    pub returned: usize,
    /// 登记有误, and why.
    pub closed: Option<Closed>,
}

/// What is owed, all cases and the district.
pub struct Owed {
    /// Every case.
    pub cases: Vec<Overview>,
    /// The district's own open duties, earliest first.
    pub district: Vec<Duty>,
}

/// A case in short with what is open.
pub struct Overview {
    /// Its head.
    pub head: CaseHead,
    /// In short.
    pub summary: Arc<Summary>,
    /// The worst lamp of its duties.
    pub lamp: Lamp,
    /// Its open duties, earliest first.
    pub open: Vec<Duty>,
    /// Refused changes not adopted.
    pub quarantined: usize,
}

/// Summaries by case, each good for one link of the case's chain.
#[derive(Default)]
pub struct Summaries(Mutex<HashMap<CaseId, (Chain, Arc<Summary>)>>);

impl Summaries {
    /// Every case and the district. Duties come from the store, brought to this moment, where they are up to date, else they are
    /// computed.
    pub fn all(&self, conn: &Connection, reference: &Reference, now: i64) -> Result<Owed, DbError> {
        let mut stored = stored(conn, &reference.calendar, now)?;
        let district = open(stored.remove(&DISTRICT).unwrap_or_default());
        let mut refused: HashMap<CaseId, usize> = HashMap::new();
        for entry in quarantine::list(conn, QUARANTINE_MAX)?.into_iter().filter(|q| q.adopted.is_none()) {
            *refused.entry(entry.case).or_default() += 1;
        }
        let mut all = Vec::new();
        let rules = rules_in_force(conn)?;
        for head in cases::list(conn)? {
            let (summary, duties) = match (self.known(&head), head.computed == head.sequence) {
                (Some(summary), true) => (summary, stored.remove(&head.no).unwrap_or_default()),
                (_, computed) => {
                    let reading = CaseReading::of(conn, head.clone(), &rules, now)?;
                    let kept = computed.then(|| stored.remove(&head.no).unwrap_or_default());
                    (self.remember(&reading, &reference.plan), kept.unwrap_or(reading.duties))
                }
            };
            let quarantined = refused.get(&head.id).copied().unwrap_or(0);
            all.push(Overview { head, summary, lamp: lamp(&duties), open: open(duties), quarantined });
        }
        Ok(Owed { cases: all, district })
    }

    fn known(&self, head: &CaseHead) -> Option<Arc<Summary>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&head.id).filter(|(chain, _)| *chain == head.chain).map(|(_, summary)| summary.clone())
    }

    fn remember(&self, reading: &CaseReading, plan: &Plan) -> Arc<Summary> {
        let view = &reading.view;
        let summary = Arc::new(Summary {
            title: view.title.clone(),
            enterprise: view.enterprise.clone().unwrap_or_default(),
            location: view.location.clone(),
            stage: plan.stage(view),
            contested: view.contested.len(),
            waiting: view.waiting().count(),
            returned: view.sent_back().count(),
            closed: view.closed.clone(),
        });
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(reading.head.id, (reading.head.chain, summary.clone()));
        summary
    }
}

fn open(duties: Vec<Duty>) -> Vec<Duty> {
    let mut open: Vec<Duty> = duties.into_iter().filter(|duty| duty.state.is_open()).collect();
    open.sort_by_key(|duty| duty.due_on);
    open
}

/// The stored duties by the number of their case, as they stand now.
fn stored(conn: &Connection, calendar: &Calendar, now: i64) -> Result<HashMap<i64, Vec<Duty>>, DbError> {
    let mut by_case: HashMap<i64, Vec<Duty>> = HashMap::new();
    for row in duties::all_standing(conn)? {
        let mut duty: Duty = serde_json::from_value(row.body).map_err(|_| DbError::Corrupt("duty"))?;
        duty.bring_to(calendar, now);
        by_case.entry(row.case_no).or_default().push(duty);
    }
    Ok(by_case)
}
