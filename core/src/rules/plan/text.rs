//! The sentences and names of a pack that name a body: `texts.toml`.

use super::entry::Entry;
use crate::people::Name;
use std::collections::BTreeMap;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// 主送 of the district's weekly report.
    ReportTo,
    /// 抄送 of it.
    ReportCopyTo,
    /// What the title of every page ends with.
    SiteName,
    /// What stands under the product's name on every page.
    SiteFor,
    /// What stands before a unit's name for readers of other districts.
    UnitPrefix,
}

impl Text {
    /// All of them.
    pub const fn all() -> [Self; 5] {
        [Self::ReportTo, Self::ReportCopyTo, Self::SiteName, Self::SiteFor, Self::UnitPrefix]
    }

    /// The word that stands for it in a pack.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ReportTo => "report_to",
            Self::ReportCopyTo => "report_copy_to",
            Self::SiteName => "site_name",
            Self::SiteFor => "site_for",
            Self::UnitPrefix => "unit_prefix",
        }
    }
}

/// The texts, as far as they can be read.
pub(super) fn texts(file: &Entry<'_>) -> BTreeMap<Text, Name> {
    file.only(&Text::all().map(Text::id));
    let read = |text: Text| {
        let entry = file.table(text.id());
        entry.only(&["zh", "en"]);
        (text, entry.name("zh", "en"))
    };
    Text::all().into_iter().map(read).collect()
}
