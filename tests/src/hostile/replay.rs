//! The judge: could changes that were admitted hurt a document after all?
//!
//! They are applied in several orders; each must give the same heads, show every fact as admission read it, save, and load
//! again with the same heads, facts and changes. Anything else, a panic above all, is a violation of the promise.

use super::quiet::quietly;
use automerge::{Automerge, Change, ChangeHash, ScalarValue, hydrate};
use daiban_core::admit::Checked;
use daiban_core::doc::{fact_key, genesis, read_document};
use daiban_core::fact::Node;
use daiban_core::ids::CaseId;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What must never happen, and in which order it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The order of delivery.
    pub order: &'static str,
    /// What happened.
    pub what: String,
}

/// Builds a document from the first change and the rest, in some order.
type Build = fn(&[Change], &[Change]) -> Result<Automerge, String>;

/// The orders in which every accepted set is delivered.
const ORDERS: [(&str, Build); 5] = [
    ("whole batch", |first, all| document(first, &[all])),
    ("one by one", |first, all| document(first, &all.iter().map(std::slice::from_ref).collect::<Vec<_>>())),
    ("author after author", |first, all| {
        let chains = chains(all);
        document(first, &chains.iter().rev().map(Vec::as_slice).collect::<Vec<_>>())
    }),
    ("two authors interleaved", |first, all| document(first, &[&interleaved(all)[..]])),
    ("two devices merged", |first, all| {
        let mut merged = document(first, &[])?;
        for chain in chains(all) {
            merged.merge(&mut document(first, &[&chain[..]])?).map_err(|e| e.to_string())?;
        }
        Ok(merged)
    }),
];

/// Delivers the admitted changes of a case (each author's in chain order) in every order.
pub fn judge(case: CaseId, admitted: &[Checked]) -> Result<(), Violation> {
    let expected: BTreeMap<String, Node> = admitted.iter().map(|c| (fact_key(c.actor, c.seq), c.fact.clone())).collect();
    for (order, deliver) in ORDERS {
        let outcome = quietly(|| catch_unwind(AssertUnwindSafe(|| one(case, admitted, &expected, deliver))));
        let what = match outcome {
            Ok(Ok(())) => continue,
            Ok(Err(what)) => what,
            Err(panic) => format!("panic: {}", message(&*panic)),
        };
        return Err(Violation { order, what });
    }
    Ok(())
}

fn one(
    case: CaseId,
    admitted: &[Checked],
    expected: &BTreeMap<String, Node>,
    deliver: fn(&[Change], &[Change]) -> Result<Automerge, String>,
) -> Result<(), String> {
    let parse = |raw: &[u8]| Change::try_from(raw).map_err(|e| e.to_string());
    let first = [parse(&genesis(case).bytes)?];
    let all = admitted.iter().map(|c| parse(&c.raw)).collect::<Result<Vec<_>, _>>()?;
    let live = deliver(&first, &all)?;
    let heads: BTreeSet<ChangeHash> = chains(&all).iter().filter_map(|c| c.last()).map(Change::hash).collect();
    let heads = if heads.is_empty() { BTreeSet::from([first[0].hash()]) } else { heads };
    need(live.get_heads().into_iter().collect::<BTreeSet<_>>() == heads, "heads are not the chains' tips")?;
    need(shown(&live)? == *expected, "the document shows other facts than the changes")?;
    let file = live.save();
    let again = Automerge::load(&file).map_err(|e| format!("unloadable: {e}"))?;
    need(again.get_heads() == live.get_heads(), "other heads after loading")?;
    need(shown(&again)? == *expected, "other facts after loading")?;
    let read = read_document(&file).map_err(|e| e.to_string())?;
    need(read.into_iter().collect::<BTreeMap<_, _>>() == *expected, "the core reads other facts from the file")?;
    let raws: BTreeSet<Vec<u8>> = again.get_changes(&[]).iter().map(|c| c.raw_bytes().to_vec()).collect();
    let given: BTreeSet<Vec<u8>> = first.iter().chain(&all).map(|c| c.raw_bytes().to_vec()).collect();
    need(raws == given, "other changes after loading")
}

fn need(kept: bool, what: &str) -> Result<(), String> {
    if kept { Ok(()) } else { Err(what.to_owned()) }
}

fn document(first: &[Change], batches: &[&[Change]]) -> Result<Automerge, String> {
    let mut document = Automerge::new();
    document.apply_changes(first.to_vec()).map_err(|e| e.to_string())?;
    for batch in batches {
        document.apply_changes(batch.to_vec()).map_err(|e| e.to_string())?;
    }
    Ok(document)
}

/// The changes of each author, in the order given.
fn chains(all: &[Change]) -> Vec<Vec<Change>> {
    let mut chains = BTreeMap::<_, Vec<Change>>::new();
    for change in all {
        chains.entry(change.actor_id().clone()).or_default().push(change.clone());
    }
    chains.into_values().collect()
}

/// One change of each author in turn.
fn interleaved(all: &[Change]) -> Vec<Change> {
    let chains = chains(all);
    let longest = chains.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest).flat_map(|at| chains.iter().filter_map(move |chain| chain.get(at).cloned())).collect()
}

/// The facts as the document shows them, read by Automerge's own hydrate: another way than the core's.
fn shown(document: &Automerge) -> Result<BTreeMap<String, Node>, String> {
    let hydrate::Value::Map(root) = document.hydrate(None) else { return Err("no root".into()) };
    let names: BTreeSet<&str> = root.iter().map(|(name, _)| name.as_str()).collect();
    need(names == BTreeSet::from(["schema", "facts", "case"]), "the root is not what genesis made")?;
    need(root.iter().all(|(_, v)| !v.conflict), "conflict in the root")?;
    let Some(hydrate::Value::Map(facts)) = root.get("facts") else { return Err("no facts".into()) };
    let mut out = BTreeMap::new();
    for (key, value) in facts.iter() {
        need(!value.conflict, "a fact hides another")?;
        out.insert(key.clone(), tree(&value.value)?);
    }
    Ok(out)
}

fn tree(value: &hydrate::Value) -> Result<Node, String> {
    Ok(match value {
        hydrate::Value::Map(fields) => {
            need(fields.iter().all(|(_, v)| !v.conflict), "a field hides another")?;
            Node::map(fields.iter().map(|(k, v)| Ok((k.clone(), tree(&v.value)?))).collect::<Result<Vec<_>, String>>()?)
        }
        hydrate::Value::List(items) => {
            need(items.iter().all(|v| !v.conflict), "an element hides another")?;
            Node::List(items.iter().map(|v| tree(&v.value)).collect::<Result<_, _>>()?)
        }
        hydrate::Value::Scalar(ScalarValue::Str(text)) => Node::Str(text.to_string()),
        hydrate::Value::Scalar(ScalarValue::Int(number)) => Node::Int(*number),
        hydrate::Value::Scalar(ScalarValue::Boolean(yes)) => Node::Bool(*yes),
        hydrate::Value::Scalar(ScalarValue::Bytes(bytes)) => Node::Bytes(bytes.clone()),
        other => return Err(format!("a value no fact holds: {other:?}")),
    })
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| s.to_string());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "?".into())
}
