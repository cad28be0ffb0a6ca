//! The stages of a case as a row of steps.

use super::Lang;
use daiban_core::case::Stage;

/// One stage of the track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackStep {
    /// Its name.
    pub word: &'static str,
    /// `done`, `now` or nothing.
    pub class: &'static str,
    /// Whether the case stands here.
    pub current: bool,
}

/// The stages, the case standing at `now`.
pub(crate) fn stages(now: Stage, lang: Lang) -> Vec<TrackStep> {
    let class = |stage: Stage| match stage.cmp(&now) {
        std::cmp::Ordering::Less => "done",
        std::cmp::Ordering::Equal => "now",
        std::cmp::Ordering::Greater => "",
    };
    let step = |stage: Stage| TrackStep { word: lang.t(stage.zh(), stage.en()), class: class(stage), current: stage == now };
    [Stage::Lead, Stage::Planning, Stage::Underway].map(step).into()
}
