//! One word of several.

use super::{FieldErrors, FieldInfo, FieldType, Place, Shape, Words};
use crate::fact::channel::Channel;
use crate::people::Group;

/// A word that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceInfo {
    /// Its name in changes and JSON.
    pub name: &'static str,
    /// What people call it.
    pub label: Words,
}

impl ChoiceInfo {
    /// A choice.
    pub const fn new(name: &'static str, zh: &'static str, en: &'static str) -> ChoiceInfo {
        ChoiceInfo { name, label: Words { zh, en } }
    }

    /// Whether somebody meant this one: by its name or what it is called.
    pub fn is_called(&self, typed: &str) -> bool {
        let typed = typed.trim();
        typed == self.name || typed == self.label.zh || typed.eq_ignore_ascii_case(self.label.en)
    }
}

const fn group(group: Group) -> ChoiceInfo {
    ChoiceInfo::new(group.id(), group.zh(), group.en())
}

const GROUPS: &[ChoiceInfo] =
    &[group(Group::Generation), group(Group::Planning), group(Group::Construction), group(Group::Dispatch)];

impl Group {
    /// Whether these choices are the groups.
    pub(super) fn is_choice(choices: &[ChoiceInfo]) -> bool {
        choices.iter().all(|choice| GROUPS.contains(choice))
    }
}

impl FieldType for Group {
    const SHAPE: Shape = Shape::Choice(GROUPS);

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}

const fn channel(channel: Channel) -> ChoiceInfo {
    ChoiceInfo::new(channel.id(), channel.zh(), channel.en())
}

const CHANNELS: &[ChoiceInfo] = &[
    channel(Channel::Window),
    channel(Channel::OnSite),
    channel(Channel::Telephone),
    channel(Channel::Wechat),
    channel(Channel::Platform),
];

impl FieldType for Channel {
    const SHAPE: Shape = Shape::Choice(CHANNELS);

    fn check(&self, _: &FieldInfo, _: &Place<'_>, _: &mut FieldErrors) {}
}
