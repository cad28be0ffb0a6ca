//! A duty as it is shown: every word of it is open, so that a duty of a later version is shown like any other.

use super::duty::due_said;
use super::{Basis, Duty, Lamp, State};
use crate::calendar::{Certainty, Date};
use crate::ids::{CaseId, PersonId, UnitId};
use crate::plan::Plan;
use daiban_messages::say::duty as say;
use daiban_messages::{Both, Fixed, Message, Say};
use serde::de::{IntoDeserializer, value};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A name that programs compare, with the words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// The stable name.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The words' name in the catalogue of messages, `duty-grounds-days`; absent where they are no sentence of it, and in what an
    /// earlier version sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Cow<'static, str>>,
    /// What was put into the sentence, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<Cow<'static, str>, String>,
}

impl Word {
    /// A name and its words.
    pub fn new(id: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Word {
        Word { id: id.into(), zh: zh.into(), en: en.into(), key: None, arguments: BTreeMap::new() }
    }

    /// A name and the sentence that says it.
    pub fn said(id: impl Into<String>, Message { key, arguments, zh, en }: Message) -> Word {
        Word { id: id.into(), zh, en, key: Some(key), arguments }
    }

    /// A name and its fixed words.
    fn of(id: &str, Fixed { zh, en, .. }: Fixed) -> Word {
        Word::new(id, zh, en)
    }
}

/// See the module. What a phone computed itself and what the server computed for it look the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownDuty {
    /// [`Duty::key`].
    pub key: String,
    /// The rule's id.
    pub rule: String,
    /// The case; absent for the district's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// The plan's words.
    pub clause: String,
    /// The document, its clause and the days it was counted by, in both languages; absent in what an earlier version sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grounds: Option<Word>,
    /// What a corrected date changed about its numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recounted: Option<Word>,
    /// What is owed, in Chinese.
    pub title_zh: String,
    /// The same in English.
    pub title_en: String,
    /// The role that owes it.
    pub role: Word,
    /// The group, for specialists and groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Word>,
    /// The person who holds the role, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The person's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Day 0 of the count; for a period its first day.
    pub starts_on: Date,
    /// The last day that is in time.
    pub due_on: Date,
    /// The end of that day, or the time of it that is set, Unix seconds; that moment itself is late.
    pub cutoff_at: i64,
    /// The working days counted, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Date>,
    /// `counted` are the days of a period, not those up to the due date.
    #[serde(default)]
    pub period: bool,
    /// 暂定: why the date may change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Word>,
    /// Where it stands.
    pub state: Word,
    /// Whether somebody still has to do something.
    pub open: bool,
    /// Working days after the due date, today included; 0 unless overdue.
    #[serde(default)]
    pub overdue_working_days: i64,
    /// Its lamp; one of a later version is yellow.
    #[serde(deserialize_with = "lamp")]
    pub lamp: Lamp,
    /// The furthest steps of its ladder that apply now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Word>,
}

impl ShownDuty {
    /// A duty of this version.
    pub fn of(duty: &Duty, plan: &Plan) -> ShownDuty {
        let (subject, names) = (&duty.subject, &plan.organisation);
        let steps = duty.escalation_steps(plan).into_iter().map(|step| Word::of(step.step.name(), step.step.words()));
        ShownDuty {
            key: duty.key.clone(),
            rule: duty.rule.id().to_owned(),
            case: duty.case,
            clause: duty.clause.clone(),
            grounds: Some(Word::said("grounds", duty.grounds())),
            recounted: duty.counted_again().map(|said| Word::said("recounted", said)),
            title_zh: duty.title_zh.clone(),
            title_en: duty.title_en.clone(),
            role: Word::new(subject.role.id(), names.role_zh(subject.role), names.role_en(subject.role)),
            group: subject.group.map(|group| Word::new(group.id(), names.group_zh(group), names.group_en(group))),
            person: subject.person.clone(),
            unit: subject.unit.clone(),
            starts_on: duty.starts_on,
            due_on: duty.due_on,
            cutoff_at: duty.cutoff_at,
            counted: duty.counted.clone(),
            period: matches!(duty.basis, Basis::Week(_)),
            provisional: match &duty.certainty {
                Certainty::Certain => None,
                Certainty::Provisional { reason_zh, reason_en } => Some(Word::new("provisional", reason_zh, reason_en)),
            },
            state: Word::said(duty.state.name(), duty.state.message()),
            open: duty.state.is_open(),
            overdue_working_days: if let State::Overdue { working_days } = duty.state { working_days } else { 0 },
            lamp: duty.lamp,
            steps: steps.collect(),
        }
    }

    /// One that the server sent a while ago, at `now`, Unix seconds: what was open and is over its date is late. `None` if it cannot be
    /// shown at all.
    pub fn read(json: &str, now: i64) -> Option<ShownDuty> {
        let mut duty: ShownDuty = serde_json::from_str(json).ok()?;
        if duty.open && now >= duty.cutoff_at && duty.lamp < Lamp::Red {
            duty.state = Word::said("overdue", say::OverdueSince.say());
            duty.lamp = Lamp::Red;
        }
        Some(duty)
    }

    /// "2026-12-14, by 17:30", without what is provisional about it.
    pub fn due_en(&self) -> String {
        due_said(self.due_on, self.cutoff_at).en
    }

    /// "2026年12月14日 17:30前（暂定）" for pages and lines.
    pub fn due_zh(&self) -> String {
        let said = due_said(self.due_on, self.cutoff_at);
        if self.provisional.is_none() { said.zh } else { provisional(said).zh }
    }
}

/// A date that a coming notice may move.
pub(super) fn provisional(date: Both) -> Message {
    say::DueProvisional { date }.say()
}

fn lamp<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Lamp, D::Error> {
    let name = String::deserialize(deserializer)?;
    let known: Result<Lamp, value::Error> = Lamp::deserialize(name.as_str().into_deserializer());
    Ok(known.unwrap_or(Lamp::Yellow))
}
