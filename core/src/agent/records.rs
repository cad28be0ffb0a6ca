//! 本机 → 已上传 → the verdict, or 校验未通过（暂存）: every own record is in exactly one state.

use super::Agent;
use super::case::Case;
use super::history::UnreadableRow;
use super::record::unreadable;
use super::saved::IntentState;
use crate::case::{CaseView, Code, SentBack, Verdict};
use crate::fact::{Glimpse, RulingBody, kind_info};
use crate::ids::{CaseId, FactId};
use crate::sync::answer_code::outcome;
use daiban_messages::say::agent as say;
use daiban_messages::{Both, Message, Say};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where an own record stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RecordState {
    /// 本机: durable here, not uploaded.
    Local {
        /// What the server would say if it arrived now.
        forecast: Verdict,
    },
    /// 已上传: durable on the server; its row has not come back yet, so later rulings are not known here.
    Uploaded {
        /// Its row.
        sequence: u64,
        /// The verdict at its number.
        verdict: Verdict,
    },
    /// The verdict, later rulings included.
    Judged {
        /// Its row.
        sequence: u64,
        /// The verdict now.
        verdict: Verdict,
        /// Who sent it back and why, and whether that is answered.
        #[serde(skip_serializing_if = "Option::is_none")]
        sent_back: Option<SentBack>,
    },
    /// 校验未通过（暂存）: refused by the server, kept on both sides.
    Quarantined {
        /// Why, as a stable code.
        code: String,
        /// Why and what to do.
        zh: String,
        /// Number in the server's list; to be told to the office.
        quarantine: i64,
        /// The record that took its place.
        again: Option<FactId>,
        /// The fact that the office wrote for it by a ruling.
        adopted: Option<FactId>,
    },
}

impl RecordState {
    /// The state as people read it, with what to do where something is to be done.
    pub fn message(&self) -> Message {
        match self {
            RecordState::Local { forecast } if forecast.code == Code::Effective => say::Local.say(),
            RecordState::Local { forecast } => say::LocalForecast { forecast: forecast.message() }.say(),
            RecordState::Uploaded { sequence, verdict } => say::Uploaded { sequence, verdict: judged(verdict) }.say(),
            RecordState::Judged { sequence, sent_back: Some(sent_back), .. } => {
                say::Judged { verdict: sent_back.message(), sequence }.say()
            }
            RecordState::Judged { sequence, verdict, .. } => say::Judged { verdict: judged(verdict), sequence }.say(),
            RecordState::Quarantined { again: Some(_), .. } => say::QuarantinedAgain.say(),
            RecordState::Quarantined { adopted: Some(_), .. } => say::QuarantinedAdopted.say(),
            RecordState::Quarantined { code, zh, quarantine, .. } => {
                say::Quarantined { why: Both::new(zh, outcome(code).en), number: quarantine }.say()
            }
        }
    }
}

/// The verdict, and that its time is doubted: also after the phone's clock was corrected.
fn judged(verdict: &Verdict) -> Both {
    let said = verdict.message();
    if verdict.clock_doubtful { say::TimeDoubtful { verdict: said }.say().into() } else { said.into() }
}

/// An own record with its state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordView {
    /// The record.
    pub fact: FactId,
    /// Its case.
    pub case: CaseId,
    /// 项目名称, as far as this phone knew it.
    pub title: Option<String>,
    /// The kind's name.
    pub kind: String,
    /// What officials call the kind.
    pub kind_zh: String,
    /// 发生.
    pub occurred_at: i64,
    /// 记录.
    pub recorded_at: i64,
    /// Where it stands.
    pub state: RecordState,
}

impl Agent {
    /// Every record made on this phone, by time of recording, of one case or of all.
    pub fn records(&self, case: Option<CaseId>, now: i64) -> Vec<RecordView> {
        let wanted = |id: CaseId| case.is_none_or(|c| c == id);
        let mut found: BTreeMap<FactId, RecordView> = BTreeMap::new();
        for held in self.state.cases.values().filter(|c| wanted(c.id)) {
            self.of_case(held, &self.outlook(held, now).view, &mut found);
        }
        for (fact, trace) in self.state.traces.iter().filter(|(_, t)| wanted(t.case)) {
            let (sequence, verdict) = (trace.sequence, trace.verdict.clone());
            let state = RecordState::Judged { sequence, verdict, sent_back: None };
            let (occurred_at, recorded_at) = (trace.occurred_at, trace.recorded_at);
            let (kind, kind_zh) = kind_names(&trace.kind);
            let (case, title) = (trace.case, trace.title.clone());
            let view = RecordView { fact: *fact, case, title, kind, kind_zh, occurred_at, recorded_at, state };
            found.entry(*fact).or_insert(view);
        }
        let mut all: Vec<RecordView> = found.into_values().collect();
        all.sort_by_key(|r| (r.recorded_at, self.listed_at(r), r.fact));
        all
    }

    /// Among records of one second: those with a row by its number, then the others as they were recorded.
    fn listed_at(&self, record: &RecordView) -> (bool, i64) {
        match &record.state {
            RecordState::Uploaded { sequence, .. } | RecordState::Judged { sequence, .. } => (false, sequence.cast_signed()),
            _ => (true, self.state.outbox.get(record.fact).map_or(0, |intent| intent.order)),
        }
    }

    /// Own records of a case that looks like `view`.
    pub(super) fn of_case(&self, case: &Case, view: &CaseView, found: &mut BTreeMap<FactId, RecordView>) {
        self.in_view(case, view, found);
        self.quarantined(view, found);
        self.unreadable(case, view, found);
    }

    fn in_view(&self, case: &Case, view: &CaseView, found: &mut BTreeMap<FactId, RecordView>) {
        let Some(identity) = &self.state.identity else { return };
        let intended =
            |id: FactId| self.state.outbox.get(id).is_some_and(|i| !matches!(i.state, IntentState::Quarantined { .. }));
        let own = view.facts.iter().filter(|f| case.is_own(identity.device, f) || intended(f.fact.id));
        for fact in own {
            let state = match (fact.sequence, self.state.outbox.get(fact.fact.id).is_some()) {
                (None, _) => RecordState::Local { forecast: fact.verdict.clone() },
                (Some(sequence), true) => RecordState::Uploaded { sequence, verdict: fact.verdict.clone() },
                (Some(sequence), false) => {
                    RecordState::Judged { sequence, verdict: fact.verdict.clone(), sent_back: fact.sent_back() }
                }
            };
            // Of two with one id the first is the record, as everywhere; the other is void.
            let one = || record_view(view, fact.fact.id, &Glimpse::from(&*fact.fact), state);
            found.entry(fact.fact.id).or_insert_with(one);
        }
    }

    fn quarantined(&self, view: &CaseView, found: &mut BTreeMap<FactId, RecordView>) {
        for (id, intent) in self.state.outbox.of(view.case) {
            let IntentState::Quarantined { code, quarantine, again } = &intent.state else { continue };
            let adopted = view.rulings.iter().find_map(|r| match r.ruling.body() {
                RulingBody::QuarantineAdopted(a) if a.quarantine == *quarantine => Some(a.fact),
                _ => None,
            });
            let (code, zh, quarantine, again) = (code.clone(), outcome(code).zh, *quarantine, *again);
            let state = RecordState::Quarantined { code, zh, quarantine, again, adopted };
            found.insert(id, record_view(view, id, &Glimpse::of(&intent.node), state));
        }
    }

    /// Own records whose envelope cannot be read, in the outbox and in rows: they have a state, too.
    fn unreadable(&self, case: &Case, view: &CaseView, found: &mut BTreeMap<FactId, RecordView>) {
        for (id, intent) in self.state.outbox.of(case.id).filter(|(id, _)| self.state.outbox.fact(*id).is_none()) {
            let state = match &intent.state {
                IntentState::Local => RecordState::Local { forecast: unreadable(intent.recorded_at()) },
                IntentState::Sent { sequence, verdict, .. } => {
                    RecordState::Uploaded { sequence: *sequence, verdict: verdict.clone() }
                }
                IntentState::Quarantined { .. } => continue,
            };
            found.entry(id).or_insert_with(|| record_view(view, id, &Glimpse::of(&intent.node), state));
        }
        for UnreadableRow { id, sequence, verdict, glimpse } in self.unreadable_rows(case) {
            let state = RecordState::Judged { sequence, verdict, sent_back: None };
            found.entry(id).or_insert_with(|| record_view(view, id, &glimpse, state));
        }
    }

    /// Rows of a case that this device sent and that hold no readable fact.
    pub(super) fn unreadable_rows(&self, case: &Case) -> Vec<UnreadableRow> {
        let Some(identity) = self.state.identity.as_ref().filter(|_| case.case_digest.has_unreadable()) else {
            return Vec::new();
        };
        let Ok(history) = self.history(case) else { return Vec::new() };
        history.unreadable(identity.device)
    }
}

fn record_view(view: &CaseView, fact: FactId, glimpse: &Glimpse, state: RecordState) -> RecordView {
    let (kind, kind_zh) = kind_names(glimpse.kind.as_deref().unwrap_or("unreadable"));
    let (case, title) = (view.case, view.title.clone());
    let (occurred_at, recorded_at) = (glimpse.occurred_at.unwrap_or(0), glimpse.recorded_at.unwrap_or(0));
    RecordView { fact, case, title, kind, kind_zh, occurred_at, recorded_at, state }
}

fn kind_names(kind: &str) -> (String, String) {
    (kind.to_owned(), kind_info(kind).map_or_else(|| say::KindUnknown.say().zh, |k| k.label.zh.to_owned()))
}
