//! A row as it travels and is stored: whoever does not understand what it holds can still prove that it belongs where it stands.

use super::row::{cbor, link};
use super::verdict::RawVerdict;
use super::{Author, Code, Entry, Row};
use crate::ids::{ActorId, CaseId, Chain, ChangeHash, DeviceId, PersonId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;

/// A change, named by its hash and its author.
pub const CHANGE: u8 = 0;
/// A ruling.
pub const RULING: u8 = 1;
/// A roster row.
pub const ROSTER: u8 = 2;

/// How deep a payload may be nested.
const DEPTH_MAX: usize = 32;

/// See the module. [`RawRow::read`] understands it, as far as this version can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRow {
    /// 1, 2, 3 … without gaps.
    pub sequence: u64,
    /// What the payload is: 0 a change, 1 a ruling, 2 a roster row; later versions add others.
    pub sort: u8,
    /// What the link covers of the entry. Of a change its hash, its device and its person, one after the other; else CBOR.
    pub payload: ByteBuf,
    /// Of a change its place and its bytes, which the payload names by their hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<RawChange>,
    /// 到达: when the server received it, Unix seconds.
    pub received_at: i64,
    /// Its verdict.
    pub verdict: RawVerdict,
    /// Link of the case's hash chain.
    pub chain: Chain,
}

/// What of a change stands beside the payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawChange {
    /// Its chain.
    pub actor: ActorId,
    /// Its place in that chain.
    pub seq: u64,
    /// The chunk; absent for the device that sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<ByteBuf>,
}

impl RawRow {
    /// The form of a row that was understood.
    pub fn of(row: &Row) -> RawRow {
        let (sort, payload) = row.entry.payload();
        let change = match &row.entry {
            Entry::Change { bytes, actor, seq, .. } => Some(RawChange { actor: *actor, seq: *seq, bytes: Some(bytes.clone()) }),
            Entry::Own { actor, seq, .. } => Some(RawChange { actor: *actor, seq: *seq, bytes: None }),
            Entry::Ruling(_) | Entry::Roster(_) | Entry::Later { .. } => None,
        };
        let verdict = RawVerdict::from(&row.verdict);
        RawRow { sequence: row.sequence, sort, payload, change, received_at: row.received_at, verdict, chain: row.chain }
    }

    /// Whether its link follows from `previous`. Asks for no understanding.
    pub fn follows(&self, case: CaseId, previous: Chain) -> bool {
        self.chain == link(case, self.sequence, previous, (self.sort, &self.payload), self.received_at, &self.verdict)
    }

    /// The payload of a change.
    pub fn change_payload(hash: &ChangeHash, author: &Author) -> ByteBuf {
        [&hash.0[..], &author.device.0, author.person.as_str().as_bytes()].concat().into()
    }

    /// The hash and the author of the change, if it is one.
    pub fn named(&self) -> Option<(ChangeHash, Author)> {
        if self.sort == CHANGE { named(&self.payload) } else { None }
    }

    /// What it says. What this version does not understand to the last byte is [`Entry::Later`].
    pub fn read(self) -> Row {
        let RawRow { sequence, sort, payload, change, received_at, verdict, chain } = self;
        let verdict = verdict.read();
        let entry = match (sort, change) {
            (CHANGE, Some(change)) => changed(&payload, change),
            (RULING, None) if verdict.code == Code::Effective => exactly(&payload).map(Entry::Ruling),
            (ROSTER, None) if verdict.code == Code::Effective => exactly(&payload).map(Entry::Roster),
            _ => None,
        };
        Row { sequence, entry: entry.unwrap_or(Entry::Later { sort, payload }), received_at, verdict, chain }
    }
}

fn named(payload: &[u8]) -> Option<(ChangeHash, Author)> {
    let (hash, rest) = payload.split_first_chunk()?;
    let (device, person) = rest.split_first_chunk()?;
    let person = PersonId(std::str::from_utf8(person).ok()?.to_owned());
    Some((ChangeHash(*hash), Author { device: DeviceId(*device), person }))
}

fn changed(payload: &[u8], RawChange { actor, seq, bytes }: RawChange) -> Option<Entry> {
    let (hash, author) = named(payload)?;
    Some(match bytes {
        Some(bytes) => Entry::Change { bytes, hash, actor, seq, author },
        None => Entry::Own { hash, actor, seq, author },
    })
}

/// The value, if writing it again gives these very bytes: one that says more than this version knows is not understood by halves.
fn exactly<T: Serialize + DeserializeOwned>(payload: &[u8]) -> Option<T> {
    let value = ciborium::de::from_reader_with_recursion_limit(payload, DEPTH_MAX).ok()?;
    (cbor(&value) == payload).then_some(value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::case::{Reason, Verdict};
    use crate::fact::{Ruling, RulingBody};
    use crate::ids::FactId;
    use crate::people::{Role, RosterEntry};

    const CASE: CaseId = CaseId([7; 16]);

    fn roster() -> RawRow {
        let (person, unit) = ("zhang".into(), "fengrong".into());
        let entry = RosterEntry { person, role: Role::UnitAgent, unit, group: None, from: 5, until: None };
        RawRow::of(&Row::next(CASE, 1, Row::chain_start(CASE), Entry::Roster(entry), 9, Verdict::row(9)))
    }

    /// The row as a later version would have written it.
    fn relinked(change: impl FnOnce(&mut RawRow)) -> RawRow {
        let mut row = roster();
        change(&mut row);
        let payload = (row.sort, &row.payload[..]);
        row.chain = link(CASE, row.sequence, Row::chain_start(CASE), payload, row.received_at, &row.verdict);
        row
    }

    #[test]
    fn what_is_understood_comes_back_and_keeps_its_link() {
        let row = roster().read();
        assert!(matches!(row.entry, Entry::Roster(_)) && row.follows(CASE, Row::chain_start(CASE)));
        assert_eq!(RawRow::of(&row), roster());
    }

    #[test]
    fn a_later_role_sort_field_or_verdict_is_one_later_row_that_still_follows() {
        let role = |row: &mut RawRow| {
            let at = row.payload.windows(10).position(|w| w == b"unit_agent").unwrap();
            row.payload[at + 9] = b'x';
        };
        let field = |row: &mut RawRow| {
            let mut value: ciborium::Value = ciborium::from_reader(&row.payload[..]).unwrap();
            value.as_map_mut().unwrap().push(("deputy_of".into(), "li".into()));
            row.payload = cbor(&value).into();
        };
        let rows = [
            relinked(role),
            relinked(field),
            relinked(|row| row.sort = 9),
            relinked(|row| row.verdict.code = "suspended".into()),
            relinked(|row| row.payload.truncate(3)),
        ];
        for row in rows {
            assert!(row.follows(CASE, Row::chain_start(CASE)), "{row:?}");
            assert!(matches!(row.clone().read().entry, Entry::Later { .. }), "{row:?}");
            assert_eq!(RawRow::of(&row.clone().read()).payload, row.payload);
        }
        assert!(!RawRow { sort: 9, ..roster() }.follows(CASE, Row::chain_start(CASE)), "the sort is linked");
    }

    #[test]
    fn a_change_keeps_its_text_under_a_verdict_of_a_later_version() {
        let author = Author { device: DeviceId([3; 16]), person: "zhang".into() };
        let (hash, actor) = (ChangeHash([4; 32]), ActorId([5; 16]));
        let entry = Entry::Change { bytes: vec![1].into(), hash, actor, seq: 1, author };
        let mut raw = RawRow::of(&Row::next(CASE, 1, Row::chain_start(CASE), entry.clone(), 9, Verdict::row(9)));
        raw.verdict.code = "suspended".into();
        let row = raw.read();
        assert_eq!((row.entry, row.verdict.code), (entry, Code::Unrecognised));
        assert_eq!(row.verdict.reason, Some(Reason::Other("suspended".into())));
    }

    #[test]
    fn a_change_is_named_by_hash_and_author_and_nothing_else_is() {
        let author = Author { device: DeviceId([3; 16]), person: "zhang".into() };
        let (hash, actor) = (ChangeHash([4; 32]), ActorId([5; 16]));
        let entry = Entry::Own { hash, actor, seq: 1, author: author.clone() };
        let own = RawRow::of(&Row::next(CASE, 1, Row::chain_start(CASE), entry.clone(), 9, Verdict::row(9)));
        assert_eq!((own.named(), own.clone().read().entry), (Some((hash, author)), entry));
        assert_eq!(RawRow { sort: RULING, ..own.clone() }.named(), None);
        let cut = RawRow { payload: own.payload[..40].to_vec().into(), ..own };
        assert_eq!((cut.named(), matches!(cut.read().entry, Entry::Later { .. })), (None, true));
    }

    #[test]
    fn the_offices_own_rows_are_effective_or_of_a_later_version() {
        let ruling = Ruling::new(FactId([1; 16]), "sun".into(), "情况属实", &RulingBody::Unknown);
        let raw = RawRow::of(&Row::next(CASE, 1, Row::chain_start(CASE), Entry::Ruling(ruling), 9, Verdict::row(9)));
        assert!(matches!(raw.clone().read().entry, Entry::Ruling(_)));
        for mut row in [raw, roster()] {
            row.verdict.code = Code::Void.name().to_owned();
            assert!(matches!(row.read().entry, Entry::Later { .. }));
        }
    }
}
