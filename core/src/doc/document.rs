//! A case as a standard Automerge file, and back. Files are caches and exports: the log of raw changes is the truth.

use super::genesis::genesis;
use crate::fact::Node;
use crate::ids::CaseId;
use crate::limits::FACT_DEPTH_MAX;
use automerge::{Automerge, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValueRef, ValueRef};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why no file could be made, or a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Bytes that Automerge does not read as a change, by their place (genesis is 0). Admitted changes never give this.
    #[error("change {0} of the export cannot be read")]
    Change(usize),
    /// A change stands on one that was not given: a chain is incomplete, or belongs to another case.
    #[error("{0} changes on which others stand are missing")]
    Missing(usize),
    /// The file would not load again with the same heads; nothing was returned.
    #[error("the document does not load back with the same heads")]
    Unloadable,
    /// Not an Automerge document, or a damaged one.
    #[error("not a readable document: {0}")]
    Document(String),
    /// The document has no map `facts`: it is no case of Daiban.
    #[error("the document has no facts")]
    NoFacts,
    /// An entry that is not a fact's tree: a value of a kind a fact cannot hold, a conflict, or nested too deep.
    #[error("entry {0} is not a fact")]
    NotAFact(String),
    /// Automerge panicked; the document was thrown away.
    #[error("automerge gave up on these bytes")]
    GaveUp,
}

/// The document of `case` from its admitted changes (raw or deflated, without genesis, in any order that keeps each chain's own).
///
/// The file is loaded again and its heads compared before it is returned, so what this returns can be opened.
/// Give it only admitted changes: it takes out no bombs.
pub fn export<'a>(case: CaseId, changes: impl Iterator<Item = &'a [u8]>) -> Result<Vec<u8>, ExportError> {
    guarded(|| {
        let mut all = vec![read_change(0, &genesis(case).bytes)?];
        for (at, bytes) in changes.enumerate() {
            all.push(read_change(at + 1, bytes)?);
        }
        let mut document = Automerge::new();
        document.apply_changes(all).map_err(|e| ExportError::Document(e.to_string()))?;
        match document.get_missing_deps(&[]).len() {
            0 => {}
            missing => return Err(ExportError::Missing(missing)),
        }
        let file = document.save();
        let again: Vec<ChangeHash> = Automerge::load(&file).map_err(|_| ExportError::Unloadable)?.get_heads();
        if again == document.get_heads() { Ok(file) } else { Err(ExportError::Unloadable) }
    })
}

/// Every fact of a document with its key, ascending by key.
///
/// For files of our own; a stranger's file may be shown with it, never admitted from it: change by change is the only way in.
pub fn read_document(file: &[u8]) -> Result<Vec<(String, Node)>, ExportError> {
    guarded(|| {
        let document = Automerge::load(file).map_err(|e| ExportError::Document(e.to_string()))?;
        let (kind, facts) =
            document.get(ROOT, "facts").map_err(|e| ExportError::Document(e.to_string()))?.ok_or(ExportError::NoFacts)?;
        if !kind.is_object() || document.object_type(&facts) != Ok(ObjType::Map) {
            return Err(ExportError::NoFacts);
        }
        let mut out = Vec::new();
        for entry in document.map_range(&facts, ..) {
            let key = entry.key.to_string();
            let fact = Some(&entry)
                .filter(|e| !e.conflict && matches!(e.value, ValueRef::Object(ObjType::Map)))
                .and_then(|e| tree(&document, &e.value, e.id(), FACT_DEPTH_MAX));
            match fact {
                Some(fact) => out.push((key, fact)),
                None => return Err(ExportError::NotAFact(key)),
            }
        }
        out.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(out)
    })
}

fn read_change(at: usize, bytes: &[u8]) -> Result<Change, ExportError> {
    Change::try_from(bytes).map_err(|_| ExportError::Change(at))
}

/// One value of a document as a tree of at most `depth` levels; `None` for what a fact cannot hold.
fn tree(document: &Automerge, value: &ValueRef<'_>, id: ObjId, depth: usize) -> Option<Node> {
    match value {
        ValueRef::Object(ObjType::Map) => {
            let depth = depth.checked_sub(1)?;
            let fields = document.map_range(&id, ..).map(|e| {
                let node = if e.conflict { None } else { tree(document, &e.value, e.id(), depth) };
                Some((e.key.to_string(), node?))
            });
            Some(Node::map(fields.collect::<Option<Vec<_>>>()?))
        }
        ValueRef::Object(ObjType::List) => {
            let depth = depth.checked_sub(1)?;
            let items =
                document.list_range(&id, ..).map(|e| if e.conflict { None } else { tree(document, &e.value, e.id(), depth) });
            Some(Node::List(items.collect::<Option<_>>()?))
        }
        ValueRef::Object(_) => None,
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(Node::Str(text.to_string())),
        ValueRef::Scalar(ScalarValueRef::Int(number)) => Some(Node::Int(*number)),
        ValueRef::Scalar(ScalarValueRef::Boolean(yes)) => Some(Node::Bool(*yes)),
        ValueRef::Scalar(ScalarValueRef::Bytes(bytes)) => Some(Node::Bytes(bytes.to_vec())),
        ValueRef::Scalar(_) => None,
    }
}

/// Runs Automerge where a panic ends as an error; the document dies with it.
fn guarded<T>(work: impl FnOnce() -> Result<T, ExportError>) -> Result<T, ExportError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(ExportError::GaveUp))
}
