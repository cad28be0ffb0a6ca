//! 本机 → 已上传 → the verdict, or 校验未通过（暂存）: every own record is in exactly one state.

use super::Agent;
use super::case::Case;
use super::history::UnreadableRow;
use super::record::unreadable;
use super::saved::IntentState;
use crate::case::{CaseView, SentBack, Verdict};
use crate::fact::{Glimpse, RulingBody, kind_info};
use crate::ids::{CaseId, FactId};
use crate::sync::answer_code::outcome_zh;
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
    pub fn zh(&self) -> String {
        match self {
            RecordState::Local { forecast } if forecast.code == crate::case::Code::Effective => "本机（待上传）".to_owned(),
            RecordState::Local { forecast } => format!("待上传（预计核验结果：{}）", forecast.zh()),
            RecordState::Uploaded { sequence, verdict } => format!("已上传（第{sequence}号）：{}", judged_zh(verdict)),
            RecordState::Judged { sequence, sent_back: Some(sent_back), .. } => format!("{}（第{sequence}号）", sent_back.zh()),
            RecordState::Judged { sequence, verdict, .. } => format!("{}（第{sequence}号）", judged_zh(verdict)),
            RecordState::Quarantined { again: Some(_), .. } => "校验未通过（暂存）（已重新记录）".to_owned(),
            RecordState::Quarantined { adopted: Some(_), .. } => "校验未通过（暂存）（专班办公室已采纳）".to_owned(),
            RecordState::Quarantined { zh, quarantine, .. } => {
                format!("校验未通过（暂存）：{zh}（暂存编号{quarantine}，可联系专班办公室）")
            }
        }
    }
}

/// The verdict, and that its time is doubted: also after the phone's clock was corrected.
fn judged_zh(verdict: &Verdict) -> String {
    if verdict.clock_doubtful { format!("{}，时间存疑", verdict.zh()) } else { verdict.zh() }
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
            let (code, zh, quarantine, again) = (code.clone(), outcome_zh(code), *quarantine, *again);
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
    (kind.to_owned(), kind_info(kind).map_or("待识别", |k| k.label.zh).to_owned())
}
