//! Words of the plan that screens choose from or show: a stable code, Chinese, English.

use daiban_core::fact::kind_info;
use daiban_core::ids::UnitId;
use daiban_core::people::Organisation;
use std::sync::OnceLock;

/// One such word.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Label {
    /// Stable name, as in JSON and in drafts.
    pub code: String,
    /// What officials call it.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Label {
    pub(crate) fn new(code: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Label {
        Label { code: code.into(), zh: zh.into(), en: en.into() }
    }

    /// A kind of record by its name; one of a later version is 待识别.
    pub(crate) fn kind(name: &str) -> Label {
        kind_info(name)
            .map_or_else(|| Label::new(name, "待识别", name), |kind| Label::new(kind.name, kind.label.zh, kind.label.en))
    }

    /// A unit by its id; one that is not in the plan is called by its id.
    pub(crate) fn unit(id: &str) -> Label {
        organisation()
            .find_unit(id)
            .map_or_else(|| Label::new(id, id, id), |unit| Label::new(unit.id.as_str(), &unit.name, &unit.en))
    }
}

fn organisation() -> &'static Organisation {
    static BUILTIN: OnceLock<Organisation> = OnceLock::new();
    BUILTIN.get_or_init(Organisation::builtin)
}

/// How a service was given (R019).
pub type Channel = daiban_core::fact::kinds::Channel;

#[uniffi::remote(Enum)]
pub enum Channel {
    Window,
    OnSite,
    Telephone,
    Wechat,
    Platform,
}

/// A working group of the task force (plan 三).
pub type Group = daiban_core::people::Group;

#[uniffi::remote(Enum)]
pub enum Group {
    Generation,
    Planning,
    Construction,
    Dispatch,
}

/// A role of the plan (四(三)).
pub type Role = daiban_core::people::Role;

#[uniffi::remote(Enum)]
pub enum Role {
    ChiefAgent,
    GroupSpecialist,
    UnitAgent,
    DispatchLead,
    Office,
    DistrictGovernment,
    Supervision,
    Administrator,
}

/// 亮灯, in ascending order of urgency.
pub type Lamp = daiban_core::rules::Lamp;

#[uniffi::remote(Enum)]
pub enum Lamp {
    Grey,
    Green,
    Yellow,
    Red,
}

/// The five verdicts: 已生效, 无效, 待认定, 待识别, 编号重复.
pub type VerdictCode = daiban_core::case::Code;

#[uniffi::remote(Enum)]
pub enum VerdictCode {
    Effective,
    Void,
    Late,
    Unrecognised,
    DuplicateId,
}

/// What a form offers to choose from; see [`crate::Engine::choices`].
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Choices {
    /// 渠道.
    pub channels: Vec<Label>,
    /// 工作组.
    pub groups: Vec<Label>,
    /// The groups that owe a flow table (四(四)2).
    pub groups_owing_flow_table: Vec<Label>,
    /// Units of the plan by id; streets and parks that the office added are not in it: let people type one.
    pub units: Vec<Label>,
    /// Kinds of records, in the order of the table.
    pub kinds: Vec<Label>,
}

impl Choices {
    pub(crate) fn builtin() -> Choices {
        let group = |g: Group| Label::new(g.id(), g.zh(), g.en());
        let channels = [Channel::Window, Channel::OnSite, Channel::Telephone, Channel::Wechat, Channel::Platform];
        let kinds = daiban_core::fact::fact_kinds().iter();
        Choices {
            channels: channels.into_iter().map(channel).collect(),
            groups: Group::all().into_iter().map(group).collect(),
            groups_owing_flow_table: Group::owing_flow_table().into_iter().map(group).collect(),
            units: organisation().units().map(|u| Label::new(u.id.as_str(), &u.name, &u.en)).collect(),
            kinds: kinds.map(|k| Label::kind(k.name)).collect(),
        }
    }
}

fn channel(channel: Channel) -> Label {
    let (code, en) = match channel {
        Channel::Window => ("window", "at the window"),
        Channel::OnSite => ("on_site", "on site"),
        Channel::Telephone => ("telephone", "by telephone"),
        Channel::Wechat => ("wechat", "by WeChat"),
        Channel::Platform => ("platform", "on the platform"),
    };
    Label::new(code, channel.zh(), en)
}

/// A unit by its id, name or alias. Streets and parks are the district's own data, so an unknown word is kept as it is.
pub(crate) fn unit_id(typed: &str) -> UnitId {
    let typed = typed.trim();
    organisation().find_unit(typed).map_or_else(|| UnitId::from(typed), |unit| unit.id.clone())
}
