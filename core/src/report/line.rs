//! One line of a report: which fact it tells of, by whom, and when it happened and arrived.

use crate::calendar::{Date, local_date};
use crate::case::FactView;
use crate::fact::kinds::{Delivery, MaterialItem};
use crate::fact::text::visible;
use crate::fact::{Body, kind_info};
use crate::ids::{FactId, PersonId, UnitId};
use crate::people::{Group, Organisation};
use crate::rules::{Duty, Rule, State};
use serde::{Deserialize, Serialize};

/// A line. Every line leads back to its fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The fact.
    pub fact: FactId,
    /// Its kind.
    pub kind: String,
    /// What officials call the kind.
    pub kind_zh: String,
    /// What it says, in one line.
    pub text: String,
    /// Whose report tells of it.
    pub group: Group,
    /// Who recorded it.
    pub person: PersonId,
    /// For which unit.
    pub unit: UnitId,
    /// That unit's name, as it was when the report was drafted.
    pub unit_name: String,
    /// 发生: the local date it tells of.
    pub occurred_on: Date,
    /// 记录, as far as it can be believed, Unix seconds.
    pub recorded_at: i64,
    /// 到达, Unix seconds.
    pub received_at: Option<i64>,
    /// 时间存疑.
    pub clock_doubtful: bool,
}

/// A duty of the case that was overdue when the report was drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueLine {
    /// [`Duty::key`].
    pub key: String,
    /// The rule.
    pub rule: Rule,
    /// The plan's words.
    pub clause: String,
    /// What is owed.
    pub title_zh: String,
    /// Whose report tells of it.
    pub group: Group,
    /// The last day that was in time.
    pub due_on: Date,
    /// Working days overdue.
    pub working_days: i64,
}

impl Line {
    pub(super) fn of(fact: &FactView, group: Group, text: String, organisation: &Organisation) -> Line {
        let body = &fact.fact;
        let text = if body.amends.is_some() { format!("更正：{text}") } else { text };
        let text = visible(&text).into_owned();
        Line {
            fact: body.id,
            kind: body.body.kind().to_owned(),
            kind_zh: kind_info(body.body.kind()).map_or("待识别", |info| info.zh).to_owned(),
            text,
            group,
            person: body.by.clone(),
            unit: body.unit.clone(),
            unit_name: organisation.unit(&body.unit).map_or_else(|| body.unit.to_string(), |unit| unit.name.clone()),
            occurred_on: fact.speaks_of(),
            recorded_at: fact.verdict.effective_at,
            received_at: fact.received_at,
            clock_doubtful: fact.verdict.clock_doubtful,
        }
    }

    /// 到达: the local date it arrived.
    pub fn received_on(&self) -> Option<Date> {
        self.received_at.map(local_date)
    }
}

impl OverdueLine {
    pub(super) fn of(duty: &Duty, group: Group) -> Option<OverdueLine> {
        let State::Overdue { working_days } = duty.state else { return None };
        Some(OverdueLine {
            key: duty.key.clone(),
            rule: duty.rule.clone(),
            clause: duty.clause.clone(),
            title_zh: duty.title_zh.clone(),
            group,
            due_on: duty.due_on,
            working_days,
        })
    }
}

/// What a fact says in one line; sealed values never stand in a report.
pub(super) fn words(body: &Body) -> String {
    match body {
        Body::CaseOpened(b) => format!("建案：{}（建设单位：{}）", b.title, b.enterprise),
        Body::AuthorizationLetterSigned(b) => {
            format!("签订《代办服务委托书》，签订日期{}，代办内容：{}", b.signed_on(), b.scope.join("、"))
        }
        Body::WorkLog(b) => {
            let item = b.item.as_ref().map(|item| format!("〔{item}〕")).unwrap_or_default();
            let next = b.next_step.as_ref().map(|next| format!("下一步：{next}")).unwrap_or_default();
            let join = if next.is_empty() || b.text.ends_with(['。', '！', '？', '；']) { "" } else { "；" };
            format!("{item}{}{join}{next}", b.text)
        }
        Body::MaterialReceived(b) => format!("收到材料：{}", items(&b.items)),
        Body::MaterialReturned(b) => format!("材料移交建设单位：{}", items(&b.items)),
        Body::ResultDelivered(b) => match &b.delivery {
            Delivery::ByHand { .. } => format!("当面递交：{}", b.results.join("、")),
            Delivery::Mail { carrier, number, posted_on, .. } => {
                format!("邮寄送达：{}（{carrier} {number}，{posted_on}交寄）", b.results.join("、"))
            }
        },
        Body::AgentHandover(b) => format!("代办员交接：{}移交{}，原因：{}", b.from, b.to, b.reason),
        Body::FlowTableSubmitted(b) => match &b.nil_reason {
            Some(reason) => format!("{}报送流程表：本组无代办事项（{reason}）", b.group.zh()),
            None => format!("{}报送流程表，共{}项", b.group.zh(), b.rows.len()),
        },
        Body::NoChange(b) => match &b.note {
            Some(note) => format!("{}无变化（{note}）", b.week),
            None => format!("{}无变化", b.week),
        },
        Body::ProblemRaised(b) => match b.units_needed.len() {
            0 => b.text.clone(),
            n => format!("{}（需{n}个部门参会）", b.text),
        },
        Body::Inquiry(b) => format!("建设单位问询：{}", b.text),
        Body::InquiryAnswered(b) => format!("答复问询：{}", b.text),
        Body::Unknown { kind, .. } | Body::Malformed { kind, .. } => format!("待识别记录（{kind}）"),
    }
}

fn items(items: &[MaterialItem]) -> String {
    let line = |item: &MaterialItem| format!("{}{}{}份", item.title, if item.original { "原件" } else { "复印件" }, item.copies);
    items.iter().map(line).collect::<Vec<_>>().join("、")
}
