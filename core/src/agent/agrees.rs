//! For tests: compares everything that is shown from digests with what the rows give.

use super::Agent;
use super::case::Case;
use super::case_digest::CaseDigest;
use super::history::{Held, History};
use super::judging::{Judging, Known};
use super::view::Outlook;
use crate::case::{CaseView, Entry, FactView, JudgingState, Unrecognised, Verdict, fold};
use crate::doc::ChainTip;
use crate::fact::{Content, FactDigest};
use crate::ids::{ActorId, FactId};
use crate::store::Namespace;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Agent {
    /// Compares summaries, duties, records, forecasts, judging state, chains and stored digests of cases with what the rows give. The error
    /// names the first difference.
    pub fn agrees(&self, now: i64) -> Result<(), String> {
        self.state.cases.values().try_for_each(|case| self.case_agrees(case, now).map_err(|why| format!("{}: {why}", case.id)))
    }

    fn case_agrees(&self, case: &Case, now: i64) -> Result<(), String> {
        let history = self.history(case).map_err(|e| e.to_string())?;
        same("place", &history.place(), &case.place())?;
        same("case_digest", &history.case_digest(), &case.case_digest)?;
        let stored = self.store.load_under(Namespace::CaseDigest, &case.id.0).map_err(|e| e.to_string())?;
        let stored = stored.first().and_then(|(_, bytes)| CaseDigest::read(bytes));
        same("stored case_digest", &stored.unwrap_or_else(|| CaseDigest::new(case.id)), &case.case_digest)?;
        let standing = standing(case, &history);
        same("standing", &standing, case.standing())?;
        let actor = ActorId::derive(&self.signer.public_key(), case.id, case.note.epoch);
        same("chain", &chain_end(&history, actor), &case.case_digest.tip(actor))?;

        let light = self.outlook(case, now);
        let pending = self.pending(case, Judging::new(self, standing, known(&history), now), true);
        let view = Arc::new(fold(case.id, history.told().chain(pending.iter().cloned())));
        let told = Box::new(|| history.told().chain(pending.iter().cloned()).collect());
        let whole = Outlook { view: view.clone(), told };
        same("outline", &outline(&light.view), &outline(&view))?;
        same("summary", &self.summarise(case, &light, now), &self.summarise(case, &whole, now))?;
        same("duties", &self.case_duties(&light, now), &self.case_duties(&whole, now))?;
        let records = |view: &CaseView| {
            let mut found = BTreeMap::new();
            self.of_case(case, view, &mut found);
            found
        };
        same("records", &records(&light.view), &records(&view))?;
        let shown = self.whole(case, now).map_err(|e| e.to_string())?;
        same("view", &*shown, &*view)
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, wanted: &T) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found:?}, but the rows give {wanted:?}")) }
}

fn standing(case: &Case, history: &History) -> JudgingState {
    let (mut standing, mut unrecognised) = (JudgingState::new(case.id), Unrecognised::default());
    for held in &history.rows {
        let fact = || held.fact()?.as_deref().ok().map(FactDigest::from);
        let about = match &held.row.entry {
            Entry::Ruling(ruling) => unrecognised.settle(&ruling.body()),
            _ => fact(),
        };
        standing.apply(&held.row.entry, about.as_ref(), &held.row.verdict, held.row.received_at);
        if let Some(fact) = fact() {
            unrecognised.note(fact.id, &held.row.verdict, || fact);
        }
    }
    standing
}

fn known<'a>(history: &History) -> impl Iterator<Item = (Known<'a>, Verdict)> {
    let readable = |held: &Held| Some((Known::Whole(held.fact()?.clone().ok()?), held.row.verdict.clone()));
    history.rows.iter().filter_map(readable)
}

fn chain_end(history: &History, actor: ActorId) -> Option<ChainTip> {
    let of_chain = |held: &&Held| matches!(&held.row.entry, Entry::Change { actor: a, .. } if *a == actor);
    let last = history.rows.iter().rev().find(of_chain)?;
    let Entry::Change { bytes, .. } = &last.row.entry else { return None };
    let checked = crate::admit::check(bytes, actor).ok()?;
    Some(ChainTip { seq: checked.seq, hash: checked.hash, max_op: checked.max_op })
}

type Outline = (CaseView, Vec<(Option<u64>, Vec<u64>, FactId)>);

/// A view without what a digest leaves out: texts, materials, hashes.
fn outline(view: &CaseView) -> Outline {
    let place = |f: &FactView| (f.sequence, f.repeated.clone(), f.fact.id);
    let facts = view.facts.iter().map(place).collect();
    let bare = |f: &FactView| FactView {
        content: Content::Hash(f.content.hash()),
        hash: Default::default(),
        actor: Default::default(),
        seq: 0,
        ..f.clone()
    };
    let bare =
        CaseView { facts: view.facts.iter().map(bare).collect(), unreadable: Vec::new(), materials: Vec::new(), ..view.clone() };
    (bare, facts)
}
