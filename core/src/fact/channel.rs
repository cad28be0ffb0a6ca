//! How a service was given (R019).

use daiban_messages::Fixed;
use daiban_messages::say::fact as say;
use serde::{Deserialize, Serialize};

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 窗口.
    Window,
    /// 上门.
    OnSite,
    /// 电话.
    Telephone,
    /// 微信.
    Wechat,
    /// 平台.
    Platform,
}

impl Channel {
    /// All of them.
    pub const fn all() -> [Channel; 5] {
        [Channel::Window, Channel::OnSite, Channel::Telephone, Channel::Wechat, Channel::Platform]
    }

    /// The word that stands for it in data and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Channel::Window => "window",
            Channel::OnSite => "on_site",
            Channel::Telephone => "telephone",
            Channel::Wechat => "wechat",
            Channel::Platform => "platform",
        }
    }

    /// The word for people.
    pub const fn words(self) -> Fixed {
        match self {
            Channel::Window => say::ChannelWindow::FIXED,
            Channel::OnSite => say::ChannelOnSite::FIXED,
            Channel::Telephone => say::ChannelTelephone::FIXED,
            Channel::Wechat => say::ChannelWechat::FIXED,
            Channel::Platform => say::ChannelPlatform::FIXED,
        }
    }

    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        self.words().zh
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        self.words().en
    }
}
