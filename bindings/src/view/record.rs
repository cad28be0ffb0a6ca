//! Records on a screen.

use super::Notice;
use crate::ids::{RecordId, UtcTime};
use crate::term::{Term, VerdictCode};
use daiban_core::agent::{KnownNames, RecordState};
use daiban_core::calendar::local_stamp;
use daiban_core::case::{FactView, Verdict};
use daiban_core::fact::Names as _;
use daiban_core::fact::shown::{self, Opener};
use daiban_core::ids::{CaseId, DeviceId, PersonId};
use daiban_core::people::Roster;
use daiban_messages::Say;
use daiban_messages::say::bindings::TimeDoubtful;

/// What the server said of a record, or would say.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct VerdictView {
    /// Which of the five.
    pub code: VerdictCode,
    /// The sentence, with the reason and what to do.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The reason's stable code, when not effective.
    pub reason: Option<String>,
    /// The moment it counts from: 记录 time as far as it can be believed.
    pub effective_at: UtcTime,
    /// 时间存疑.
    pub clock_doubtful: bool,
}

impl VerdictView {
    pub(crate) fn of(verdict: &Verdict) -> VerdictView {
        let reason = verdict.reason.as_ref();
        VerdictView {
            code: verdict.code,
            zh: doubtful(verdict.zh(), verdict),
            en: reason.map_or_else(|| verdict.code.name().replace('_', " "), |r| r.en().to_owned()),
            reason: reason.map(|r| r.code().to_owned()),
            effective_at: UtcTime(verdict.effective_at),
            clock_doubtful: verdict.clock_doubtful,
        }
    }
}

/// The sentence with 时间存疑 behind it, where the record's time is in doubt.
fn doubtful(zh: String, verdict: &Verdict) -> String {
    if verdict.clock_doubtful { TimeDoubtful { verdict: zh }.say().zh } else { zh }
}

/// Where an own record is: every one is in exactly one of these.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum RecordPlace {
    /// 本机: durable here, waits to be sent. The verdict is a forecast.
    Local {
        /// What the server would say now.
        forecast: VerdictView,
    },
    /// 已上传: durable on the server; its row has not come back yet.
    Uploaded {
        /// Its number in the case.
        number: i64,
        /// The verdict at its number.
        verdict: VerdictView,
    },
    /// Judged for good, later rulings included.
    Judged {
        /// Its number in the case.
        number: i64,
        /// The verdict now.
        verdict: VerdictView,
    },
    /// 已隔离: refused by the server, kept on both sides.
    Quarantined {
        /// Why, as a stable code.
        code: String,
        /// Number in the office's list.
        quarantine: i64,
        /// The record that took its place.
        again: Option<RecordId>,
        /// The record that the office wrote for it.
        adopted: Option<RecordId>,
    },
}

/// An own record in the list 我的记录.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct OwnRecord {
    /// The record.
    pub record_id: RecordId,
    /// Its case.
    pub case_id: CaseId,
    /// 项目名称, while the case is on this phone.
    pub case_title: Option<String>,
    /// What people call the case, while it is on this phone.
    pub case_number: Option<String>,
    /// What kind it is.
    pub kind: Term,
    /// 发生.
    pub occurred_at: UtcTime,
    /// The same for reading, Asia/Shanghai: `2026-11-23 14:05`.
    pub occurred_at_text: String,
    /// 记录.
    pub recorded_at: UtcTime,
    /// Where it is.
    pub place: RecordPlace,
    /// Where it is, as a sentence with what to do.
    pub place_zh: String,
    /// It can be recorded again ([`crate::Engine::record_again`]).
    pub can_record_again: bool,
}

impl OwnRecord {
    pub(crate) fn of(record: daiban_core::agent::RecordView, names: &KnownNames) -> OwnRecord {
        OwnRecord {
            record_id: record.fact,
            case_id: record.case,
            case_title: record.title,
            case_number: names.number(record.case).map(str::to_owned),
            kind: Term::kind(&record.kind),
            occurred_at: UtcTime(record.occurred_at),
            occurred_at_text: local_stamp(record.occurred_at),
            recorded_at: UtcTime(record.recorded_at),
            can_record_again: matches!(record.state, RecordState::Quarantined { again: None, .. }),
            place_zh: record.state.message().zh,
            place: place(record.state),
        }
    }
}

fn place(state: RecordState) -> RecordPlace {
    match state {
        RecordState::Local { forecast } => RecordPlace::Local { forecast: VerdictView::of(&forecast) },
        RecordState::Uploaded { sequence, verdict } => {
            RecordPlace::Uploaded { number: sequence.cast_signed(), verdict: VerdictView::of(&verdict) }
        }
        RecordState::Judged { sequence, verdict, .. } => {
            RecordPlace::Judged { number: sequence.cast_signed(), verdict: VerdictView::of(&verdict) }
        }
        RecordState::Quarantined { code, quarantine, again, adopted, .. } => {
            RecordPlace::Quarantined { code, quarantine, again, adopted }
        }
    }
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct FieldView {
    /// Its name in forms.
    pub name: String,
    /// What officials call it.
    pub label_zh: String,
    /// In English.
    pub label_en: String,
    /// Its value in words; personal data this phone holds no key for says so.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
}

/// One line of a case's timeline.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct RecordView {
    /// The record.
    pub record_id: RecordId,
    /// What kind it is.
    pub kind: Term,
    /// Its number in the case; absent while it is on this phone only.
    pub number: Option<i64>,
    /// 发生.
    pub occurred_at: UtcTime,
    /// The same for reading, Asia/Shanghai.
    pub occurred_at_text: String,
    /// 记录.
    pub recorded_at: UtcTime,
    /// 到达.
    pub received_at: Option<UtcTime>,
    /// Who recorded it, by id.
    pub by: String,
    /// The same by name; 未知人员 with the id where this phone was not told it.
    pub by_name: String,
    /// For which unit it stands: that of its author's seat.
    pub unit: Term,
    /// It was recorded by this phone's person.
    pub mine: bool,
    /// The verdict now; for a record that is on this phone only a forecast.
    pub verdict: VerdictView,
    /// The record it corrects.
    pub amends: Option<RecordId>,
    /// The record that corrects it; it then no longer counts.
    pub amended_by: Option<RecordId>,
    /// What it says.
    pub fields: Vec<FieldView>,
    /// Offer 更正: its author is this phone's person, and it still counts or was sent back to be corrected.
    pub can_amend: bool,
}

/// What is needed to read a record aloud.
pub(crate) struct Reading<'a> {
    /// What people and units are called.
    pub names: &'a KnownNames,
    /// Opens sealed values.
    pub open: Opener<'a>,
}

impl RecordView {
    pub(crate) fn of(fact: &FactView, roster: &Roster, person: &PersonId, device: DeviceId, reading: &Reading<'_>) -> RecordView {
        let Reading { names, open } = *reading;
        let mine = fact.fact.by == *person || fact.author.device == device;
        let mut verdict = VerdictView::of(&fact.verdict);
        verdict.zh = doubtful(fact.verdict_zh(), &fact.verdict);
        let field = |f: shown::ShownField| FieldView {
            name: f.name,
            label_zh: f.label_zh,
            label_en: f.label_en,
            text_zh: f.text_zh,
            text_en: f.text_en,
        };
        RecordView {
            record_id: fact.fact.id,
            kind: Term::kind(fact.fact.body.kind()),
            number: fact.sequence.map(u64::cast_signed),
            occurred_at: UtcTime(fact.fact.occurred_at),
            occurred_at_text: local_stamp(fact.fact.occurred_at),
            recorded_at: UtcTime(fact.fact.recorded_at),
            received_at: fact.received_at.map(UtcTime),
            by: fact.fact.by.to_string(),
            by_name: names.person(&fact.fact.by),
            unit: Term::unit(names, fact.unit(roster)),
            mine,
            verdict,
            amends: fact.fact.amends,
            amended_by: fact.amended_by,
            fields: fact
                .whole()
                .map(|fact| shown::fields(fact, open, names))
                .unwrap_or_default()
                .into_iter()
                .map(field)
                .collect(),
            can_amend: mine && fact.can_be_corrected(),
        }
    }
}

/// A record that is durable on this phone (本机): it may die right after.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Saved {
    /// The case.
    pub case_id: CaseId,
    /// The record.
    pub record_id: RecordId,
    /// It was saved by an earlier call with the same id; nothing was written now.
    pub already: bool,
    /// What the server would say if it arrived now. The server's verdict alone counts.
    pub forecast: VerdictView,
    /// To be shown beside 已存本机: a forecast that is not 已生效, a clock that is off.
    pub notices: Vec<Notice>,
}
