//! How a service was given (R019).

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

    /// The word officials use.
    pub const fn zh(self) -> &'static str {
        match self {
            Channel::Window => "窗口",
            Channel::OnSite => "上门",
            Channel::Telephone => "电话",
            Channel::Wechat => "微信",
            Channel::Platform => "平台",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Channel::Window => "at the window",
            Channel::OnSite => "on site",
            Channel::Telephone => "by telephone",
            Channel::Wechat => "by WeChat",
            Channel::Platform => "on the platform",
        }
    }
}
