//! What the facts of a view add up to: stage, opening, letter, contests, material ledger.

use super::contested::{Single, settle};
use super::materials::Ledger;
use super::view::LetterView;
use super::{CaseView, Code, FactView};
use crate::fact::{Body, BodyDigest};
use std::collections::BTreeSet;

/// Fills the derived fields of a view whose facts carry their verdicts and amendments.
pub(super) fn conclude(view: &mut CaseView) {
    let mut openings = Vec::new();
    let mut letters = Vec::new();
    let mut tables = BTreeSet::new();
    let mut ledger = Ledger::default();
    for fact in view.facts.iter().filter(|f| f.is_current()) {
        match &fact.fact.body {
            BodyDigest::CaseOpened(_) => openings.push(fact),
            BodyDigest::AuthorizationLetterSigned(_) => letters.push(fact),
            BodyDigest::FlowTableSubmitted(body) => {
                tables.insert(body.group);
            }
            _ => {}
        }
        match fact.whole().map(|fact| &fact.body) {
            Some(Body::MaterialReceived(body)) => ledger.receive(&body.items),
            Some(Body::MaterialReturned(body)) => ledger.give_back(&body.items),
            _ => {}
        }
    }
    let (opening, contested_opening) = settle(Single::Opening, &openings);
    let (letter, contested_letter) = settle(Single::Letter, &letters);
    let names = Names::of(opening, letter);
    let opening = opening.map(|f| f.fact.id);
    let letter = letter.and_then(|f| match &f.fact.body {
        BodyDigest::AuthorizationLetterSigned(body) => Some(LetterView { fact: f.fact.id, signed_on: body.signed_on() }),
        _ => None,
    });
    let materials = ledger.lines();
    let unknown = |f: &FactView| matches!(f.fact.body, BodyDigest::Unknown(_)) || f.verdict.code == Code::Unrecognised;
    view.update_needed |= view.facts.iter().any(unknown);
    view.contested = contested_opening.into_iter().chain(contested_letter).collect();
    (view.title, view.enterprise, view.location) = (names.title, names.enterprise, names.location);
    (view.opening, view.letter, view.materials, view.flow_tables) = (opening, letter, materials, tables);
}

struct Names {
    title: Option<String>,
    enterprise: Option<String>,
    location: Option<crate::ids::UnitId>,
}

impl Names {
    fn of(opening: Option<&FactView>, letter: Option<&FactView>) -> Names {
        let opened = opening.and_then(|f| match &f.fact.body {
            BodyDigest::CaseOpened(body) => Some(body),
            _ => None,
        });
        let signed = letter.and_then(|f| match &f.fact.body {
            BodyDigest::AuthorizationLetterSigned(body) => Some(body),
            _ => None,
        });
        Names {
            title: opened.map(|b| &b.title).or(signed.map(|b| &b.project_name)).cloned(),
            enterprise: opened.map(|b| &b.enterprise).or(signed.map(|b| &b.enterprise)).cloned(),
            location: opened.map(|b| b.location.clone()),
        }
    }
}
