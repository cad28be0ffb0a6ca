//! Why a change is refused: one name, one rule.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $code:literal $en:literal $zh:literal;)*) => {
        /// Why a change is not admitted. The bytes go to quarantine with this name; both sides are shown [`Refusal::zh`].
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

            /// A sentence for an official: what is wrong, and what to do.
            pub fn zh(&self) -> &'static str {
                match self { $(Refusal::$name => $zh,)* }
            }

            fn en(&self) -> &'static str {
                match self { $(Refusal::$name => $en,)* }
            }
        }
    };
}

refusals! {
    // --- bytes, before anything is read as a change
    /// More than [`crate::limits::CHANGE_WIRE_BYTES_MAX`] as sent, or [`crate::limits::CHANGE_RAW_BYTES_MAX`] inflated.
    TooBig "too_big" "the change is larger than the limit" "记录超过大小上限，请减少内容、拆成几条后重新填写。";
    /// No Automerge chunk: wrong magic, or cut off within the header.
    Header "header" "not a change, or cut off in its header" "数据不是有效记录或已被截断，请重新上传；仍失败请联系系统管理人员。";
    /// A document, bundle or unknown chunk: clients send changes only.
    ChunkType "chunk_type" "only single changes are taken, not documents or bundles" "只接收单条记录，不接收整份文档，请用本应用的上传功能重新上传。";
    /// The length in the header is not that of the bytes: cut off, or something behind the end.
    Length "length" "the length does not match the bytes" "数据长度不符，可能未传完，请重新上传。";
    /// The deflate stream is damaged, or bytes hide behind it.
    Inflate "inflate" "the compressed bytes are damaged" "压缩数据已损坏，请重新上传；仍失败请联系系统管理人员。";
    /// The checksum is not that of the bytes; Automerge does not look.
    Checksum "checksum" "the checksum does not match" "校验不符，数据在保存或传输中损坏，请重新上传；仍失败请联系系统管理人员。";
    // --- fields before the operations
    /// A field is cut off, or a number in it is too long.
    Field "field" "a field is cut off or malformed" "记录格式损坏，请重新上传；仍失败请联系系统管理人员。";
    /// Not exactly one previous change: own chain.
    DepCount "dep_count" "a change stands on exactly one previous change" "记录的前一条不唯一，请更新应用后重新填写。";
    /// The author's id is not 16 bytes.
    ActorLength "actor_length" "the author's id is not 16 bytes" "记录的设备编号无效，请更新应用后重新填写。";
    /// The author claims to be genesis.
    GenesisActor "genesis_actor" "nobody writes as the genesis actor" "记录冒用系统编号，校验未通过（暂存），请联系专班办公室核查该设备。";
    /// The author is not the owner of the signature.
    ForeignActor "foreign_actor" "the author is not the device that signed" "记录的作者与上传设备不符，校验未通过（暂存），请用填写记录的设备上传。";
    /// Sequence number 0 or above [`crate::limits::ACTOR_SEQ_MAX`].
    SeqRange "seq_range" "the sequence number is out of range" "记录序号超出范围，请更新应用后重新填写。";
    /// First operation 0 or above [`crate::limits::OPERATION_COUNTER_MAX`]; Automerge breaks past 2^32.
    CounterRange "counter_range" "the operation counter is out of range" "记录的操作编号超出范围，请更新应用后重新填写。";
    /// Before 1970 or after [`crate::limits::TIME_SECONDS_MAX`].
    TimeRange "time_range" "the time is out of range" "记录时间超出范围，请校准设备时间后重新填写。";
    /// Changes carry no message.
    Message "message" "a change carries no message" "记录带有不允许的附言，请更新应用后重新填写。";
    /// Names actors besides its author and genesis.
    OtherActors "other_actors" "a change names nobody but its author and genesis" "记录引用了其他设备，校验未通过（暂存），请更新应用后重新填写。";
    /// A column no fact needs; an unknown one makes the document unloadable.
    Column "column" "a column that no fact has" "记录含有不认识的数据列，请更新应用后重新填写。";
    /// No operation, or more than [`crate::limits::CHANGE_OPERATIONS_MAX`].
    OpCount "op_count" "no operation, or more than the limit" "记录为空或条目过多，请拆成几条后重新填写。";
    /// Replaces or deletes: facts are never edited.
    HasPred "has_pred" "an operation replaces another" "记录试图改写已有内容，校验未通过（暂存）；更正请另填一条更正记录。";
    /// An operation other than making a map or list and putting a value.
    BadAction "bad_action" "an operation that no fact needs" "记录含有不允许的操作，校验未通过（暂存），请更新应用后重新填写。";
    /// A field name that is empty, too long ([`crate::limits::FIELD_NAME_BYTES_MAX`]) or cut off.
    FieldName "field_name" "a field name is empty, too long or cut off" "记录的字段名为空、过长或损坏，请更新应用后重新填写。";
    /// Something stands behind the columns; Automerge would believe it an author's name.
    Trailing "trailing" "bytes behind the end of the change" "记录末尾有多余数据，请更新应用后重新填写。";
    // --- Automerge's reading
    /// Automerge cannot read it, or panicked.
    Unparsable "unparsable" "Automerge cannot read the change" "记录无法读取，请重新上传；仍失败请联系系统管理人员。";
    /// Not the bytes our writer produces for this fact: `compose(read(change)) == bytes`.
    NotCanonical "not_canonical" "not the one encoding of this fact" "记录的编码不规范，校验未通过（暂存），请更新应用后重新填写。";
    // --- one whole fact
    /// Writes outside the map `facts` and the objects of this change.
    Target "target" "writes outside its own fact" "记录试图写入自身以外的内容，校验未通过（暂存），请联系专班办公室核查该设备。";
    /// What stands in `facts` is not a map made by this change.
    FactMake "fact_make" "the fact is not a map made in this change" "记录内容不完整，请更新应用后重新填写。";
    /// The key is not `<actor>-<seq>` of this change.
    FactKey "fact_key" "the key is not the author's own next key" "记录编号与他人记录冲突，校验未通过（暂存），请联系专班办公室核查该设备。";
    /// A second fact in one change.
    SecondFact "second_fact" "a change holds one fact only" "一条记录只记载一个事项，请更新应用后分开填写。";
    /// Fills an object that is not open: not depth first.
    NotOpen "not_open" "fills an object that is not open" "记录的内容顺序错乱，校验未通过（暂存），请更新应用后重新填写。";
    /// A list position in a map, or a name in a list.
    MapKey "map_key" "a name where a position belongs, or the reverse" "记录的字段与列表混淆，校验未通过（暂存），请更新应用后重新填写。";
    /// Field names that do not ascend, or stand twice.
    KeyOrder "key_order" "field names do not ascend" "记录的字段重复或次序有误，请更新应用后重新填写。";
    /// A list that is not simply appended to.
    ListOrder "list_order" "a list element is not appended" "记录的列表次序有误，请更新应用后重新填写。";
    /// A value that is no text, whole number, yes/no or byte string.
    Value "value" "a kind of value that no fact holds" "记录含有不允许的数据类型，请更新应用后重新填写。";
    /// A text or byte string above [`crate::limits::VALUE_BYTES_MAX`].
    ValueSize "value_size" "a value is longer than the limit" "有一项内容过长，请缩短或改为附件后重新填写。";
    /// Deeper than [`crate::limits::FACT_DEPTH_MAX`].
    Depth "depth" "nested deeper than the limit" "记录嵌套层数过多，请更新应用后重新填写。";
    // --- place in the author's chain
    /// Earlier changes of the author have not arrived: not refused, waiting.
    SeqGap "seq_gap" "earlier changes of this author are missing" "该设备较早的记录尚未到达，本条已暂存等待，请让该设备继续上传。";
    /// The number is taken by a change with other content: a restored or copied phone.
    Fork "fork" "the author has another change with this number" "该设备已有同号的另一条记录（可能恢复过备份），请同步后由应用重新提交。";
    /// Next in number, but stands on another change than the author's last one here: another case, or a chain that forked.
    WrongDep "wrong_dep" "stands on another change than the author's last one" "本条记录与本设备上一条记录不衔接，请同步后由应用重新提交。";
    /// The operations do not begin one above the author's last.
    StartOp "start_op" "the operations are misnumbered" "记录的操作编号不连续，校验未通过（暂存），请更新应用后重新填写。";
    /// More than [`crate::limits::CASE_ACTORS_MAX`] authors. Said by the caller, who alone can count them.
    TooManyActors "too_many_actors" "too many devices write in this case" "本项目的设备数已达上限，请联系专班办公室处理。";
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
        f.write_str(self.en())
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
            assert!(refusal.zh().contains('请'), "{refusal:?} tells nobody what to do");
        }
    }
}
