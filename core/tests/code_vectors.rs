//! Project and credit codes against vectors that another program computed.
//!
//! `data/project-code-vectors.json` has codes quoted in public documents and codes whose check digits come from PyPI `python-stdnum` 2.2
//! (`iso7064.mod_11_10`), `data/uscc-vectors.json` those of its `cn.uscc`.
#![allow(clippy::unwrap_used)]

use daiban_core::fact::Body;
use daiban_core::fact::field::Code;
use serde_json::Value;

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn each<'v>(vectors: &'v Value, list: &str, name: &str) -> Vec<&'v str> {
    let found: Vec<&str> = vectors[list].as_array().unwrap().iter().map(|row| row[name].as_str().unwrap()).collect();
    assert!(!found.is_empty());
    found
}

#[test]
fn a_project_code_is_noted_when_its_shape_or_its_last_digit_does_not_fit() {
    let vectors = vectors(include_str!("data/project-code-vectors.json"));
    for code in each(&vectors, "accept", "code").into_iter().chain(each(&vectors, "normalise", "input")) {
        assert_eq!(Code::Project.note(code), None, "{code}");
    }
    for code in each(&vectors, "reject", "code") {
        let note = Code::Project.note(code).unwrap();
        assert!(note.zh.contains("24位"), "{code}: {}", note.zh);
    }
    for code in each(&vectors, "warn", "code") {
        let note = Code::Project.note(code).unwrap();
        assert!(note.zh.contains("校验码"), "{code}: {}", note.zh);
    }
}

#[test]
fn a_credit_code_is_noted_when_its_shape_or_its_last_sign_does_not_fit() {
    let vectors = vectors(include_str!("data/uscc-vectors.json"));
    for code in each(&vectors, "valid", "code").into_iter().chain(each(&vectors, "normalise", "output")) {
        assert_eq!(Code::Credit.note(code), None, "{code}");
        assert_eq!(Code::Credit.note(&code.to_lowercase()), None, "{code}");
    }
    // A letter of a registering authority is legal; python-stdnum takes digits only.
    for code in each(&vectors, "invalid", "code") {
        assert!(Code::Credit.note(code).is_some(), "{code}");
    }
}

#[test]
fn a_letter_with_a_mistyped_project_code_says_so_and_is_no_less_a_letter() {
    let letter = Body::examples().into_iter().find_map(|body| match body {
        Body::AuthorizationLetterSigned(letter) => Some(letter),
        _ => None,
    });
    let with = |code: &str| {
        let mut letter = letter.clone().unwrap();
        letter.project_code = Some(code.to_owned());
        Body::AuthorizationLetterSigned(letter)
    };
    let notes = with("2611-210214-04-01-12345O").notes();
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].field.as_str(), notes[0].zh.starts_with("项目编码不是")), ("project_code", true), "{notes:?}");
    assert!(with("2611-210214-04-01-123456").notes()[0].zh.contains("校验码"));
    assert_eq!(with("2611-210214-04-01-123458").notes(), []);
    assert_eq!(with("2611-210214-04-01-12345O").check(), Ok(()), "nothing is refused for it");
}
