//! What the enterprise may see of a fact: that it happened, and the fields its kind makes public.

use crate::render::{Lang, Names};
use daiban_core::case::FactView;
use daiban_core::fact::{fact_kind, shown};

/// Something that happened and that the enterprise may see.
#[derive(Clone, Debug)]
pub struct PublicEvent {
    /// What.
    pub what: String,
    /// The day.
    pub on: String,
    /// Which materials or results.
    pub lines: Vec<String>,
}

/// The event of a public fact; `None` for everything internal.
pub fn happened(fact: &FactView, names: &Names, lang: Lang) -> Option<PublicEvent> {
    let info = fact_kind(fact.fact.body.kind()).filter(|info| info.public)?;
    let lines = fact.whole().map(|fact| shown::public_lines(fact, names)).unwrap_or_default();
    let lines = lines.into_iter().map(|(zh, en)| lang.t(&zh, &en).to_owned()).collect();
    Some(PublicEvent { what: lang.t(info.label.zh, info.label.en).to_owned(), on: fact.speaks_of().to_string(), lines })
}
