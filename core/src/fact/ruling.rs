//! Rulings: what the office decides about a case. Rows of the case that phones receive read-only.

use super::Node;
use crate::ids::{FactId, PersonId};
use serde::{Deserialize, Serialize};

pub use super::rulings::*;

/// One ruling as it stands in a case row. Kinds a phone does not know survive and show as 待识别.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// Random id, given by the server.
    pub id: FactId,
    /// The kind's name, see [`RulingBody`].
    pub kind: String,
    /// Who ordered it.
    pub by: PersonId,
    /// Why, in the orderer's words; shown to everybody the ruling concerns.
    pub reason: String,
    /// The fields of its kind.
    pub fields: Node,
}

impl Ruling {
    /// Builds the row content from a typed body. An unknown body has no fields.
    pub fn new(id: FactId, by: PersonId, reason: impl Into<String>, body: &RulingBody) -> Ruling {
        Ruling { id, kind: body.kind().to_owned(), by, reason: reason.into(), fields: body.fields() }
    }

    /// The typed body; what this version does not understand is [`RulingBody::Unknown`].
    pub fn body(&self) -> RulingBody {
        RulingBody::read(&self.kind, self.fields.clone())
    }
}

/// Makes the modules, the enum and the table out of the list in [`crate::fact::rulings`].
macro_rules! rulings {
    ($($(#[$doc:meta])* $module:ident: $Kind:ident),+ $(,)?) => {
        $(mod $module;)+
        pub use {$($module::$Kind),+};

        use $crate::fact::Node;
        use $crate::fact::kind::KindInfo;

        /// What a ruling says. Every kind stands in [`crate::fact::table`].
        #[derive(Clone, Debug, PartialEq)]
        pub enum RulingBody {
            $($(#[$doc])* $Kind($Kind),)+
            /// A kind of a later version.
            Unknown,
        }

        /// Every kind of ruling of this version, in the order of the list.
        pub(in crate::fact) const RULING_KINDS: &[KindInfo] = &[$($Kind::INFO),+];

        impl RulingBody {
            /// The kind's name in rows, JSON and the command line.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(RulingBody::$Kind(_) => $Kind::INFO.name,)+
                    RulingBody::Unknown => "unknown",
                }
            }

            /// The fields to write.
            pub(in crate::fact) fn fields(&self) -> Node {
                let fields = match self {
                    $(RulingBody::$Kind(body) => Node::of(body),)+
                    RulingBody::Unknown => Ok(Node::Map(Vec::new())),
                };
                fields.unwrap_or(Node::Map(Vec::new()))
            }

            /// Reads the fields of a kind.
            pub(in crate::fact) fn read(kind: &str, fields: Node) -> RulingBody {
                $(if kind == $Kind::INFO.name {
                    return fields.read().map_or(RulingBody::Unknown, RulingBody::$Kind);
                })+
                RulingBody::Unknown
            }

            /// One example of every kind, in the order of the table.
            pub fn examples() -> Vec<RulingBody> {
                vec![$(RulingBody::$Kind($Kind::example())),+]
            }
        }
    };
}

pub(super) use rulings;
