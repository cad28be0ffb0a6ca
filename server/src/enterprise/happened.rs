//! What the enterprise may see of a fact: that it happened, and which papers came or went.

use crate::render::Lang;
use daiban_core::case::FactView;
use daiban_core::fact::kinds::{Delivery, MaterialItem};
use daiban_core::fact::{Body, kind_info};

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
pub fn happened(fact: &FactView, lang: Lang) -> Option<PublicEvent> {
    let info = kind_info(fact.fact.body.kind()).filter(|info| info.public)?;
    let lines = match &fact.fact.body {
        Body::MaterialReceived(b) => b.items.iter().map(|item| material(item, lang)).collect(),
        Body::MaterialReturned(b) => b.items.iter().map(|item| material(item, lang)).collect(),
        Body::ResultDelivered(b) => b.results.iter().cloned().chain([way(&b.delivery, lang)]).collect(),
        Body::FlowTableSubmitted(b) => vec![lang.t(b.group.zh(), b.group.en()).to_owned()],
        _ => Vec::new(),
    };
    Some(PublicEvent { what: lang.t(info.zh, info.en).to_owned(), on: fact.speaks_of().to_string(), lines })
}

fn material(item: &MaterialItem, lang: Lang) -> String {
    let sort = if item.original { lang.t("原件", "original") } else { lang.t("复印件", "copy") };
    match lang {
        Lang::Zh => format!("{}（{sort}{}份）", item.title, item.copies),
        Lang::En => format!("{} ({sort} × {})", item.title, item.copies),
    }
}

fn way(delivery: &Delivery, lang: Lang) -> String {
    match delivery {
        Delivery::ByHand { .. } => lang.t("当面递交", "handed over in person").to_owned(),
        Delivery::Mail { carrier, number, posted_on, .. } => match lang {
            Lang::Zh => format!("邮寄送达：{carrier} {number}，{posted_on}交寄"),
            Lang::En => format!("posted on {posted_on}: {carrier} {number}"),
        },
    }
}
