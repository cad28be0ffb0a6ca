//! The one list of codes this server says in problem documents.
//!
//! What a phone can be told stands in [`PROBLEMS`] with the phone's own sentence; the others are told to the office and on the
//! command line, with the sentence of the place that says them.

use daiban_core::sync::answer_code::PROBLEMS;

/// Codes that no phone is told.
const OFFICE: &[&str] = &[
    "adopted_before",
    "after_unknown",
    "amended_meanwhile",
    "backup_elsewhere",
    "backup_failed",
    "case_closed",
    "case_missing",
    "case_not_closed",
    "case_not_told",
    "clock_not_ahead",
    "clock_span",
    "configuration",
    "confirmation_ambiguous",
    "confirmation_wrong",
    "contact_sealed",
    "contested",
    "copy_missing",
    "count",
    "data_folder",
    "database",
    "database_silent",
    "date_impossible",
    "date_in_doubt",
    "date_unreadable",
    "date_year_outside",
    "demo",
    "draft_outdated",
    "edition_refused",
    "effective_in_past",
    "export_failed",
    "fields",
    "file",
    "group_owes_none",
    "hash_unreadable",
    "in_use",
    "io",
    "kind_unknown",
    "last_of_role",
    "letter_not_in_person",
    "name_unknown",
    "night_to_come",
    "no_database",
    "no_report_owed",
    "no_such_week",
    "not_a_reading_command",
    "not_adoptable",
    "not_author",
    "not_confirmed",
    "not_drafted",
    "not_json",
    "not_of_the_team",
    "not_on_case",
    "not_returnable",
    "not_set_aside",
    "not_the_receiver",
    "not_the_specialist",
    "nothing_to_return",
    "nothing_to_rule",
    "office_token",
    "office_token_missing",
    "office_token_wrong",
    "pack_refused",
    "part_unreadable",
    "path_unreadable",
    "person_ambiguous",
    "person_id",
    "person_known",
    "person_name",
    "person_refused",
    "person_unknown",
    "policy_makes_late",
    "policy_moves_done",
    "policy_refused",
    "query_unreadable",
    "reason_missing",
    "recorded_meanwhile",
    "report_changed",
    "report_frozen",
    "report_incomplete",
    "report_sent",
    "returned_before",
    "role_may_not",
    "seal",
    "seat_days",
    "seat_empty",
    "seat_missing",
    "seat_name",
    "seat_of",
    "seat_refused",
    "seat_taken",
    "seat_unknown",
    "serve",
    "several_seats",
    "span_too_long",
    "term_implausible",
    "unit_refused",
    "unit_unknown",
    "unreachable",
    "unreadable_answer",
    "verify_failed",
    "week_not_begun",
    "week_not_run",
    "week_unreadable",
];

/// Every code, each once: those that phones are told, then the office's.
pub fn codes() -> impl Iterator<Item = &'static str> {
    PROBLEMS.iter().map(|(code, _)| *code).chain(OFFICE.iter().copied())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    /// How a code is said, and which argument it is.
    const SAID: &[(&str, usize)] = &[
        ("Problem::bad_request(", 0),
        ("Problem::unauthorized(", 0),
        ("Problem::forbidden(", 0),
        ("Problem::conflict(", 0),
        ("Problem::unprocessable(", 0),
        ("Problem::new(", 1),
        ("Problem::said(", 1),
        ("Failure::failed(", 0),
        ("Failure::refused(", 0),
    ];

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                found.push(path);
            }
        }
    }

    /// The literal that stands as that argument; `None` if it is no literal.
    fn literal(call: &str, argument: usize) -> Option<&str> {
        let mut rest = call;
        for _ in 0..argument {
            rest = rest.split_once(',')?.1;
        }
        let (code, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
        code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_').then_some(code)
    }

    #[test]
    fn every_code_in_the_source_stands_in_the_table() {
        let known: BTreeSet<&str> = codes().collect();
        assert_eq!(known.len(), codes().count(), "a code stands twice");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut files, mut said) = (Vec::new(), BTreeSet::new());
        sources(&root, &mut files);
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for (call, argument) in SAID {
                for (at, _) in text.match_indices(call) {
                    let Some(code) = literal(&text[at + call.len()..], *argument) else { continue };
                    assert!(known.contains(code), "{}: `{code}` has no place in the table of codes", file.display());
                    said.insert(code.to_owned());
                }
            }
        }
        assert!(said.len() > 60, "the source was not read: {said:?}");
    }

    #[test]
    fn what_the_phones_doors_say_has_the_phones_own_sentence() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut files, mut said) = (vec![root.join("error.rs"), root.join("auth/device.rs"), root.join("sync.rs")], 0);
        sources(&root.join("sync"), &mut files);
        for file in files.into_iter().filter(|file| file.is_file()) {
            let text = std::fs::read_to_string(&file).unwrap();
            for (call, argument) in SAID {
                for (at, _) in text.match_indices(call) {
                    let Some(code) = literal(&text[at + call.len()..], *argument) else { continue };
                    said += 1;
                    assert!(
                        PROBLEMS.iter().any(|(known, _)| *known == code),
                        "{}: phones have no words for `{code}`",
                        file.display()
                    );
                }
            }
        }
        assert!(said > 10);
    }
}
