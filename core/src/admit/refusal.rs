//! Why a change is refused: one name, one rule.

use daiban_messages::say::refusal as say;
use daiban_messages::{Message, Say};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal;)*) => {
        /// Why a change is not admitted. The bytes go to quarantine with this name; both sides are shown [`Refusal::message`].
        ///
        /// On the wire and in stores it is its [`Refusal::code`], which never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Refusal { $($(#[$doc])* $name,)* }

        impl Refusal {
            /// Every refusal there is.
            pub const ALL: &[Refusal] = &[$(Refusal::$name,)*];

            /// The stable name for stores, the wire and logs.
            pub fn code(&self) -> &'static str {
                match self { $(Refusal::$name => $code,)* }
            }

            /// What is wrong, and what to do.
            pub fn message(&self) -> Message {
                match self { $(Refusal::$name => say::$name.say(),)* }
            }

            /// The sentence for officials.
            pub fn zh(&self) -> String {
                self.message().zh
            }
        }
    };
}

refusals! {
    // --- bytes, before anything is read as a change
    /// More than [`crate::limits::CHANGE_WIRE_BYTES_MAX`] as sent, or [`crate::limits::CHANGE_RAW_BYTES_MAX`] inflated.
    TooBig "too_big";
    /// No Automerge chunk: wrong magic, or cut off within the header.
    Header "header";
    /// A document, bundle or unknown chunk: clients send changes only.
    ChunkType "chunk_type";
    /// The length in the header is not that of the bytes: cut off, or something behind the end.
    Length "length";
    /// The deflate stream is damaged, or bytes hide behind it.
    Inflate "inflate";
    /// The checksum is not that of the bytes; Automerge does not look.
    Checksum "checksum";
    // --- fields before the operations
    /// A field is cut off, or a number in it is too long.
    Field "field";
    /// Not exactly one previous change: own chain.
    DepCount "dep_count";
    /// The author's id is not 16 bytes.
    ActorLength "actor_length";
    /// The author claims to be genesis.
    GenesisActor "genesis_actor";
    /// The author is not the owner of the signature.
    ForeignActor "foreign_actor";
    /// Sequence number 0 or above [`crate::limits::ACTOR_SEQ_MAX`].
    SeqRange "seq_range";
    /// First operation 0 or above [`crate::limits::OPERATION_COUNTER_MAX`]; Automerge breaks past 2^32.
    CounterRange "counter_range";
    /// Before 1970 or after [`crate::limits::TIME_SECONDS_MAX`].
    TimeRange "time_range";
    /// Changes carry no message.
    Message "message";
    /// Names actors besides its author and genesis.
    OtherActors "other_actors";
    /// A column no fact needs; an unknown one makes the document unloadable.
    Column "column";
    /// No operation, or more than [`crate::limits::CHANGE_OPERATIONS_MAX`].
    OpCount "op_count";
    /// Replaces or deletes: facts are never edited.
    HasPred "has_pred";
    /// An operation other than making a map or list and putting a value.
    BadAction "bad_action";
    /// A field name that is empty, too long ([`crate::limits::FIELD_NAME_BYTES_MAX`]) or cut off.
    FieldName "field_name";
    /// Something stands behind the columns; Automerge would believe it an author's name.
    Trailing "trailing";
    // --- Automerge's reading
    /// Automerge cannot read it, or panicked.
    Unparsable "unparsable";
    /// Not the bytes our writer produces for this fact: `compose(read(change)) == bytes`.
    NotCanonical "not_canonical";
    // --- one whole fact
    /// Writes outside the map `facts` and the objects of this change.
    Target "target";
    /// What stands in `facts` is not a map made by this change.
    FactMake "fact_make";
    /// The key is not `<actor>-<seq>` of this change.
    FactKey "fact_key";
    /// A second fact in one change.
    SecondFact "second_fact";
    /// Fills an object that is not open: not depth first.
    NotOpen "not_open";
    /// A list position in a map, or a name in a list.
    MapKey "map_key";
    /// Field names that do not ascend, or stand twice.
    KeyOrder "key_order";
    /// A list that is not simply appended to.
    ListOrder "list_order";
    /// A value that is no text, whole number, yes/no or byte string.
    Value "value";
    /// A text or byte string above [`crate::limits::VALUE_BYTES_MAX`].
    ValueSize "value_size";
    /// Deeper than [`crate::limits::FACT_DEPTH_MAX`].
    Depth "depth";
    // --- place in the author's chain
    /// Earlier changes of the author have not arrived: not refused, waiting.
    SeqGap "seq_gap";
    /// The number is taken by a change with other content: a restored or copied phone.
    Fork "fork";
    /// Next in number, but stands on another change than the author's last one here: another case, or a chain that forked.
    WrongDep "wrong_dep";
    /// The operations do not begin one above the author's last.
    StartOp "start_op";
    /// More than [`crate::limits::CASE_ACTORS_MAX`] authors. Said by the caller, who alone can count them.
    TooManyActors "too_many_actors";
}

impl Refusal {
    /// The refusal with that [`Refusal::code`].
    pub fn from_code(code: &str) -> Option<Refusal> {
        Refusal::ALL.iter().copied().find(|refusal| refusal.code() == code)
    }

    /// Not a refusal but "not yet": the change may be the next one once its author's earlier changes have arrived.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Refusal::SeqGap)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Refusal {}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Refusal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Refusal::from_code(&code).ok_or_else(|| de::Error::custom(format!("unknown refusal {code}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_its_own_and_comes_back() {
        let codes: BTreeSet<_> = Refusal::ALL.iter().map(Refusal::code).collect();
        assert_eq!(codes.len(), Refusal::ALL.len());
        // One bit each in `Rules`.
        assert!(Refusal::ALL.len() <= 64);
        for refusal in Refusal::ALL {
            assert_eq!(Refusal::from_code(refusal.code()), Some(*refusal));
            let json = serde_json::to_string(refusal).unwrap();
            assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), *refusal);
            assert!(refusal.message().zh.contains('请'), "{refusal:?} tells nobody what to do");
        }
    }
}
