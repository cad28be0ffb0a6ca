//! Golden bytes of every format that can never change: what is signed, chained or kept as evidence.
//!
//! A red test here means old phones, old evidence and old chains would no longer be understood. Do not update the bytes; make a
//! new version beside the old one.

#![allow(clippy::unwrap_used)]

use daiban_core::case::{Author, Cursor, Entry, RawRow, Row, Verdict};
use daiban_core::fact::{Ruling, RulingBody, SealKey, Sealed};
use daiban_core::ids::{ActorId, CaseId, Chain, ChangeHash, DeviceId, FactId, KeyId, PersonId};
use daiban_core::people::{Role, RosterEntry};
use daiban_core::sync::bundle::Bundle;
use daiban_core::sync::wire::digest;
use daiban_core::sync::{HeaderError, RequestSignature, Signer, SoftwareKey, Statement, TimeToken, pack, unpack};
use data_encoding::HEXLOWER;

const NOW: i64 = 1_795_392_000;

fn key() -> SoftwareKey {
    SoftwareKey::from_secret(&[7; 32])
}

fn case() -> CaseId {
    CaseId([0x11; 16])
}

fn cbor<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    ciborium::into_writer(value, &mut out).unwrap();
    out
}

fn golden(name: &str, bytes: &[u8], expected: &str) {
    assert_eq!(HEXLOWER.encode(bytes), expected.replace(char::is_whitespace, ""), "the format `{name}` changed");
}

#[test]
fn actors_and_devices() {
    let public = key().public_key();
    golden("device id", DeviceId::of(&public).as_bytes(), include_str!("golden/device_id.hex"));
    golden("actor, epoch 0", ActorId::derive(&public, case(), 0).as_bytes(), include_str!("golden/actor_epoch_0.hex"));
    golden("actor, epoch 1", ActorId::derive(&public, case(), 1).as_bytes(), include_str!("golden/actor_epoch_1.hex"));
}

#[test]
fn time_token() {
    let token = TimeToken::issue(3, NOW, &key());
    golden("time token", &token.to_bytes(), include_str!("golden/time_token.hex"));
    let read = TimeToken::from_bytes(&token.to_bytes()).unwrap();
    assert_eq!(read.verify(&key().public_key()), Ok(()));
    assert!(TimeToken { issued_at: NOW + 1, ..read }.verify(&key().public_key()).is_err());
}

#[test]
fn batch_statement() {
    let statement = Statement {
        device: DeviceId::of(&key().public_key()),
        epoch: 2,
        case: case(),
        tip_seq: 5,
        tip_hash: ChangeHash([0x22; 32]),
        token: TimeToken::issue(3, NOW, &key()).to_bytes(),
    };
    golden("statement", &statement.message(), include_str!("golden/statement.hex"));
    let signature = statement.sign(&key());
    golden("statement signature", &signature, include_str!("golden/statement_signature.hex"));
    assert_eq!(signature[0], 1, "the first byte names the algorithm");
    assert_eq!(statement.verify(&key().public_key(), &signature), Ok(()));
    let mut other = signature.clone();
    other[0] = 2;
    assert!(statement.verify(&key().public_key(), &other).is_err(), "an unknown algorithm never verifies");
    let read: Statement = ciborium::from_reader(&cbor(&statement)[..]).unwrap();
    assert_eq!(read, statement);
}

#[test]
fn request_signature() {
    let signed = RequestSignature::sign(&key(), 9, "POST", "/v1/sync", b"body");
    golden("request signature", &signed.signature, include_str!("golden/request_signature_2.hex"));
    assert_eq!(signed.verify(&key().public_key(), "POST", "/v1/sync"), Ok(()));
    assert!(signed.covers(b"body") && !signed.covers(b"Body") && !signed.covers(b"bod"));
    let headers = signed.headers();
    assert_eq!(headers[1].1, "sha-256=:Iw2DWNyOiJC0xY3utikS7i8gNXrpKlzIYbmOaP4xrLU=:", "as RFC 9530 writes it");
    let read = |changed: &str, value: Option<&'static str>, length| {
        let held = |name: &str| headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str());
        RequestSignature::read(|name| if name == changed { value } else { held(name) }, length)
    };
    assert_eq!(read("", None, Some(4)), Ok(signed.clone()));
    assert_eq!(read("content-digest", Some("sha-512=:AA==:, sha-256=:AA==:"), Some(4)), Err(HeaderError::Missing));
    assert_eq!(read("daiban-counter", Some("-1"), Some(4)), Err(HeaderError::Missing));
    assert_eq!(read("", None, None), Err(HeaderError::Length));
    assert_eq!(read("daiban-protocol", None, Some(4)), Err(HeaderError::Older), "version 1 did not name itself");
    assert_eq!(read("daiban-protocol", Some("4"), Some(4)), Err(HeaderError::Newer));
    assert_eq!(read("daiban-protocol", Some("2"), Some(4)), Err(HeaderError::Older));
    for (path, other) in [("/v1/sync", 5), ("/v1/bundle", 4)] {
        let bent = RequestSignature { length: other, ..signed.clone() };
        assert!(bent.verify(&key().public_key(), "POST", path).is_err(), "length and path are signed");
    }
}

#[test]
fn a_request_of_version_1_is_known_by_its_signature() {
    let digest = "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5";
    let device = DeviceId::of(&key().public_key());
    let message = format!("daiban-request-1\nPOST\n/v1/sync\n{device}\n9\n{digest}\n");
    golden("request signature, version 1", &key().sign(message.as_bytes()), include_str!("golden/request_signature.hex"));
}

#[test]
fn case_rows_and_chain() {
    let author = Author { device: DeviceId([3; 16]), person: PersonId::from("zhang") };
    let change =
        Entry::Change { bytes: vec![1, 2, 3].into(), hash: ChangeHash([4; 32]), actor: ActorId([5; 16]), seq: 1, author };
    let roster = Entry::Roster(RosterEntry {
        person: PersonId::from("zhang"),
        role: Role::UnitAgent,
        unit: "fengrong".into(),
        group: None,
        from: NOW,
        until: None,
    });
    let body = RulingBody::LateWork(daiban_core::fact::ruling::LateWork { fact: FactId([6; 16]), accepted: true });
    let ruling = Entry::Ruling(Ruling::new(FactId([8; 16]), PersonId::from("office"), "情况属实", &body));

    let mut previous = Row::chain_start(case());
    golden("chain start", previous.as_bytes(), include_str!("golden/chain_start.hex"));
    let files =
        [include_str!("golden/row_change.hex"), include_str!("golden/row_roster.hex"), include_str!("golden/row_ruling.hex")];
    let raw = [
        include_str!("golden/raw_row_change.hex"),
        include_str!("golden/raw_row_roster.hex"),
        include_str!("golden/raw_row_ruling.hex"),
    ];
    for (n, (entry, (file, raw))) in [change, roster, ruling].into_iter().zip(files.into_iter().zip(raw)).enumerate() {
        let row = Row::next(case(), n as u64 + 1, previous, entry, NOW, Verdict::row(NOW));
        assert!(row.follows(case(), previous));
        assert!(!row.follows(CaseId([0x12; 16]), previous), "a row belongs to its case");
        golden("row as stored before protocol 3", &cbor(&row), file);
        let read: Row = ciborium::from_reader(&cbor(&row)[..]).unwrap();
        assert_eq!(read, row);
        golden("row", &cbor(&RawRow::of(&row)), raw);
        let read: RawRow = ciborium::from_reader(&cbor(&RawRow::of(&row))[..]).unwrap();
        assert!(read.follows(case(), previous));
        assert_eq!(read.read(), row);
        previous = row.chain;
    }
}

#[test]
fn own_rows_have_the_link_of_the_full_ones() {
    let author = Author { device: DeviceId([3; 16]), person: PersonId::from("zhang") };
    let (hash, actor, seq) = (ChangeHash([4; 32]), ActorId([5; 16]), 1);
    let full = Entry::Change { bytes: vec![1].into(), hash, actor, seq, author: author.clone() };
    let own = Entry::Own { hash, actor, seq, author };
    assert_eq!(full.digest(), own.digest());
}

#[test]
fn cursor_and_digest() {
    let cursor = Cursor { server_epoch: 3, sequence: 17, chain: Chain([9; 32]) };
    golden("cursor", &cbor(&cursor), include_str!("golden/cursor.hex"));
    let other = (CaseId([0x10; 16]), cursor);
    let digests = [digest(&[(case(), cursor), other]), digest(&[other, (case(), cursor)])];
    assert_eq!(digests[0], digests[1], "order does not matter");
    golden("digest", &digests[0], include_str!("golden/cursor_digest.hex"));
}

#[test]
fn sealed_value_and_key() {
    let key = SealKey { id: KeyId([1; 16]), key: vec![2; 32] };
    let sealed = Sealed::seal("王喆 13800138000", &key, [3; 24]).unwrap();
    golden("sealed", &cbor(&sealed), include_str!("golden/sealed.hex"));
    golden("seal key", &cbor(&key), include_str!("golden/seal_key.hex"));
    let read: Sealed = ciborium::from_reader(&cbor(&sealed)[..]).unwrap();
    assert_eq!(read.open(&key).unwrap(), "王喆 13800138000");
}

#[test]
fn envelope_names_its_version() {
    let packed = pack(&"你好");
    assert_eq!(packed[0], 3);
    assert_eq!(unpack::<String>(&packed, 100), Ok("你好".to_owned()));
    assert_eq!(unpack::<String>(&packed, 3), Err(daiban_core::sync::EnvelopeError::TooBig));
    let mut newer = packed.clone();
    for version in [1, 2, 4] {
        newer[0] = version;
        assert_eq!(unpack::<String>(&newer, 100), Err(daiban_core::sync::EnvelopeError::Version(version)));
    }
    assert_eq!(unpack::<String>(&[], 100), Err(daiban_core::sync::EnvelopeError::Empty));
    let empty = Bundle { made_at: NOW, batches: Vec::new() };
    assert_eq!(empty.to_bytes()[48], 1, "bundles outlive the protocol: their version is their own");
    assert_eq!(Bundle::from_bytes(&empty.to_bytes()), Ok(empty));
}
