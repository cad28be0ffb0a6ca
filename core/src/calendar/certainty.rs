//! Whether a later notice can still change an answer.

use super::date::{Date, written};
use chrono::Datelike;
use daiban_messages::Say;
use daiban_messages::say::calendar as say;
use serde::{Deserialize, Serialize};

/// Whether every day an answer leans on is settled by a notice.
///
/// A calendar year is closed only when the notice of the following year is in, because that notice may still rule late December.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "certainty", rename_all = "snake_case")]
pub enum Certainty {
    /// No future notice is expected to change it. (Notices changed after publication, 2019 and 2020, can: see [`super::moved`].)
    Certain,
    /// 暂定: a day it leans on may still be swapped; it is computed again when the notice is imported.
    Provisional {
        /// Why, for the office.
        reason_zh: String,
        /// Why, in English.
        reason_en: String,
    },
}

impl Certainty {
    /// True if nothing is left open.
    pub fn is_certain(&self) -> bool {
        matches!(self, Self::Certain)
    }
}

/// The stretch of days that published notices settle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Horizon {
    /// The first day that the oldest edition may rule: 20 December before its year.
    pub(super) first_settled: Date,
    /// The first day that the next, unpublished notice may rule: 26 December of the last published year.
    pub(super) first_open: Date,
}

impl Horizon {
    /// The certainty of an answer that leans on the days `from..=to`; no days at all are certain.
    pub(super) fn over(&self, from: Date, to: Date) -> Certainty {
        if from > to {
            Certainty::Certain
        } else if to >= self.first_open {
            self.not_published_yet()
        } else if from < self.first_settled {
            self.before_the_first_edition()
        } else {
            Certainty::Certain
        }
    }

    fn not_published_yet(&self) -> Certainty {
        provisional(say::NotPublishedYet { year: self.first_open.year() + 1, from: written(self.first_open) })
    }

    fn before_the_first_edition(&self) -> Certainty {
        provisional(say::BeforeTheFirst { from: written(self.first_settled) })
    }
}

fn provisional(why: impl Say) -> Certainty {
    let why = why.say();
    Certainty::Provisional { reason_zh: why.zh, reason_en: why.en }
}
