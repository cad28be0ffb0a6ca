//! Bodies of the plan that are no member units: the task force and its office, the government, who supervises.

use super::name::Name;
use crate::calendar::Date;
use crate::ids::UnitId;
use serde::Serialize;

/// Which body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    /// 专班 itself.
    Taskforce,
    /// Its office.
    Office,
    /// The government that the weekly report goes to.
    Government,
    /// Who supervises and is told of what is escalated.
    Supervision,
    /// Who watches over discipline.
    Discipline,
    /// Where the chief agent's window is.
    ServiceCentre,
}

impl BodyKind {
    /// All of them.
    pub const fn all() -> [Self; 6] {
        [Self::Taskforce, Self::Office, Self::Government, Self::Supervision, Self::Discipline, Self::ServiceCentre]
    }

    /// The word that stands for it in a pack.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Taskforce => "taskforce",
            Self::Office => "office",
            Self::Government => "government",
            Self::Supervision => "supervision",
            Self::Discipline => "discipline",
            Self::ServiceCentre => "service-centre",
        }
    }
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DistrictBody {
    /// Which.
    pub id: BodyKind,
    /// What it is called.
    pub name: Name,
    /// The unit where it sits: the office's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<UnitId>,
    /// Who heads it, by office held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// The window in it: the service centre's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Name>,
}

/// A seat at the head of the task force, of each unit or of each group (R020–R023, R130), and by which office it is held when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leader {
    /// Names the seat in what is kept: who sits there is noted under it.
    pub id: String,
    /// What the seat is called: 组长, 工作联系人.
    pub seat: Name,
    /// The office by which it is held: 区长.
    pub held_by: String,
    /// What a deputy is in charge of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub portfolio: Vec<String>,
    /// Every unit has one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub of_each_unit: bool,
    /// Every group has one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub of_each_group: bool,
    /// From this day on; from the beginning without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Until the day before this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Leader {
    /// Whether two would sit on one seat on some day: of deputies only those with a portfolio in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins_before_end = |a: &Self, b: &Self| match (a.from, b.until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        let shares = self.portfolio.is_empty()
            || other.portfolio.is_empty()
            || self.portfolio.iter().any(|part| other.portfolio.contains(part));
        let same = self.seat.zh == other.seat.zh && (shares || self.id == other.id);
        same && begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// Whether there is the seat on a day.
    pub fn is_there(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}
