//! What a fact says: one of the kinds, one of a later version, or a known kind whose fields do not fit.

use super::field::Shape;
use super::kinds::Body;
use super::table::fact_kind;
use super::{FieldInfo, Node};

/// Makes the modules, the enums and the table out of the list in [`crate::fact::kinds`].
macro_rules! kinds {
    ($($(#[$doc:meta])* $module:ident: $Kind:ident),+ $(,)?) => {
        $(mod $module;)+
        pub use {$($module::$Kind),+};

        use $crate::fact::field::{FieldErrors as Errors, FieldSet as _, Place};
        use $crate::fact::kind::{Kind as _, KindInfo, Names, Reference};
        use $crate::fact::{Node, ShapeError};
        use $crate::people::Group;
        use daiban_messages::Say as _;
        use daiban_messages::say::case::WrittenByLater;
        use serde::{Deserialize, Serialize};

        /// What a fact says. Every kind stands in [`crate::fact::table`].
        #[derive(Clone, Debug, PartialEq)]
        pub enum Body {
            $($(#[$doc])* $Kind($Kind),)+
            /// A kind this version does not know, or a word of a later version in one it knows: kept, shown as 待识别, judged again
            /// after an update.
            Unknown {
                /// Its name.
                kind: String,
                /// Its fields as they came.
                fields: Vec<(String, Node)>,
            },
            /// A known kind whose fields do not fit: void (字段不符), kept and shown.
            Malformed {
                /// Its name.
                kind: String,
                /// What does not fit.
                why: String,
                /// Its fields as they came.
                fields: Vec<(String, Node)>,
            },
        }

        /// What rules and judgement may read of a body, on the phone and on the server: the fields marked `rules`, nothing else.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum BodyDigest {
            $($(#[$doc])* $Kind($module::Digest),)+
            /// See [`Body::Unknown`].
            Unknown(String),
            /// See [`Body::Malformed`].
            Malformed(String),
        }

        /// Every kind of fact of this version, in the order of the list.
        pub(in crate::fact) const FACT_KINDS: &[KindInfo] = &[$($Kind::INFO),+];

        impl Body {
            /// The kind's name, as written in the change.
            pub fn kind(&self) -> &str {
                match self {
                    $(Body::$Kind(_) => $Kind::INFO.name,)+
                    Body::Unknown { kind, .. } | Body::Malformed { kind, .. } => kind,
                }
            }

            /// Reads the typed fields of a known kind; `None` if there is no such kind.
            pub(in crate::fact) fn typed(kind: &str, fields: Vec<(String, Node)>) -> Option<Result<Body, ShapeError>> {
                $(if kind == $Kind::INFO.name {
                    return Some(Node::Map(fields).read::<$Kind>().map(Body::$Kind));
                })+
                None
            }

            /// The fields to write.
            pub(in crate::fact) fn fields(&self) -> Vec<(String, Node)> {
                let node = match self {
                    $(Body::$Kind(body) => Node::of(body),)+
                    Body::Unknown { fields, .. } | Body::Malformed { fields, .. } => return fields.clone(),
                };
                match node {
                    Ok(Node::Map(fields)) => fields,
                    _ => Vec::new(),
                }
            }

            /// What the kind demands of its fields beyond their types: every error at once.
            pub fn check(&self) -> Result<(), Errors> {
                let mut out = Errors::default();
                match self {
                    $(Body::$Kind(body) => {
                        body.check_fields(&Place::RECORD, &mut out);
                        body.cross(&mut out);
                    })+
                    Body::Unknown { .. } => {}
                    Body::Malformed { why, .. } => out.0.push($crate::fact::field::FieldError::shape(why)),
                }
                out.done()
            }

            /// What rules may read of it.
            pub fn digest(&self) -> BodyDigest {
                match self {
                    $(Body::$Kind(body) => BodyDigest::$Kind(body.digest()),)+
                    Body::Unknown { kind, .. } => BodyDigest::Unknown(kind.clone()),
                    Body::Malformed { kind, .. } => BodyDigest::Malformed(kind.clone()),
                }
            }

            /// The sentence in the weekly report.
            pub fn sentence(&self, names: &dyn Names) -> String {
                match self {
                    $(Body::$Kind(body) => body.sentence(names),)+
                    Body::Unknown { kind, .. } | Body::Malformed { kind, .. } => WrittenByLater { kind }.say().zh,
                }
            }

            /// The record of the same case that it refers to.
            pub fn refers_to(&self) -> Option<Reference> {
                match self {
                    $(Body::$Kind(body) => body.refers_to(),)+
                    Body::Unknown { .. } | Body::Malformed { .. } => None,
                }
            }

            /// The group whose weekly report tells of it, if it says so itself.
            pub fn group(&self) -> Option<Group> {
                match self {
                    $(Body::$Kind(body) => body.group(),)+
                    Body::Unknown { .. } | Body::Malformed { .. } => None,
                }
            }

            /// One example of every kind, in the order of the table.
            pub fn examples() -> Vec<Body> {
                vec![$(Body::$Kind($Kind::example())),+]
            }
        }

        impl BodyDigest {
            /// The kind's name.
            pub fn kind(&self) -> &str {
                match self {
                    $(BodyDigest::$Kind(_) => $Kind::INFO.name,)+
                    BodyDigest::Unknown(kind) | BodyDigest::Malformed(kind) => kind,
                }
            }

            /// A field by its name; `None` if it is not given or rules may not read it.
            pub fn field(&self, name: &str) -> Option<Node> {
                match self {
                    $(BodyDigest::$Kind(digest) => digest.field(name),)+
                    BodyDigest::Unknown(_) | BodyDigest::Malformed(_) => None,
                }
            }
        }
    };
}

pub(super) use kinds;

impl Body {
    /// Reads the fields of a kind; never fails, see [`Body::Unknown`] and [`Body::Malformed`].
    pub fn read(kind: &str, fields: Vec<(String, Node)>) -> Body {
        let Some(info) = fact_kind(kind) else { return Body::Unknown { kind: kind.to_owned(), fields } };
        let kept = fields.clone();
        match Body::typed(kind, fields) {
            Some(Ok(body)) => body,
            Some(Err(_)) if has_later_word(info.fields, &Node::Map(kept.clone())) => {
                Body::Unknown { kind: kind.to_owned(), fields: kept }
            }
            Some(Err(error)) => Body::Malformed { kind: kind.to_owned(), why: error.0, fields: kept },
            None => Body::Unknown { kind: kind.to_owned(), fields: kept },
        }
    }
}

/// Whether a choice or a way stands in it that this version does not know.
fn has_later_word(infos: &[FieldInfo], node: &Node) -> bool {
    infos.iter().any(|info| node.get(info.name).is_some_and(|node| is_later(&info.shape, node)))
}

fn is_later(shape: &Shape, node: &Node) -> bool {
    match (shape, node) {
        (Shape::Choice(choices), Node::Str(text)) => choices.iter().all(|choice| choice.name != text),
        (Shape::List { of, .. }, Node::List(items)) => items.iter().any(|item| is_later(of, item)),
        (Shape::Fields(infos), node) => has_later_word(infos, node),
        (Shape::OneOf(variants), Node::Map(chosen)) => chosen.iter().any(|(name, inner)| {
            let known = variants.iter().find(|variant| variant.name == name);
            known.is_none_or(|variant| has_later_word(variant.fields, inner))
        }),
        _ => false,
    }
}
