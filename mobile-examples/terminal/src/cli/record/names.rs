//! The short names of kinds and fields on the command line, a line a kind. A kind without a line goes by its own names.

use daiban_core::fact::KindInfo;
use daiban_messages::say::terminal as say;
use daiban_messages::{Message, Say};

/// What stands first behind a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The case.
    Case,
    /// Nothing: the record opens a case.
    Nothing,
    /// The record that this field names; the case is that record's.
    Record(&'static str),
}

/// One flag for several fields, wherever they are not given by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// Its name.
    pub flag: &'static str,
    /// What it means.
    pub help: fn() -> Message,
    /// The fields, with dots into ways.
    pub fields: &'static [&'static str],
}

/// The names of a kind. Fields are named with dots into rows and ways.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The kind.
    kind: &'static str,
    /// Its command; the kind's own name if empty.
    command: &'static str,
    /// What stands first.
    pub first: First,
    /// Fields that stand behind it without a flag.
    pub then: &'static [&'static str],
    /// Fields with a shorter flag than their own; of rows the titles of columns, beside the label.
    flags: &'static [(&'static str, &'static str)],
    /// Flags for several fields.
    pub shared: &'static [Shared],
    /// What stands in a field if nobody types anything, where the kind itself says otherwise.
    usual: &'static [(&'static str, &'static str)],
}

/// A kind without a line.
pub const PLAIN: Line = Line { kind: "", command: "", first: First::Case, then: &[], flags: &[], shared: &[], usual: &[] };

const LINES: &[Line] = &[
    Line {
        kind: "case_opened",
        command: "open",
        first: First::Nothing,
        flags: &[
            ("investment_10k_yuan", "investment"),
            ("decision.number", "decision-number"),
            ("decision.date", "decision-date"),
        ],
        ..PLAIN
    },
    Line {
        kind: "authorization_letter_signed",
        command: "letter",
        flags: &[("project_name", "title"), ("chief_signed_on", "chief-signed"), ("enterprise_signed_on", "enterprise-signed")],
        shared: &[Shared {
            flag: "signed",
            help: || say::HelpSigned.say(),
            fields: &["chief_signed_on", "enterprise_signed_on"],
        }],
        ..PLAIN
    },
    Line { kind: "work_log", command: "log", then: &["text"], flags: &[("next_step", "next")], ..PLAIN },
    Line { kind: "material_received", command: "receive", flags: &[("items", "material"), ("handed_by", "from")], ..PLAIN },
    Line { kind: "material_returned", command: "return", flags: &[("items", "material"), ("taken_by", "to")], ..PLAIN },
    Line {
        kind: "result_delivered",
        command: "deliver",
        flags: &[
            ("results", "result"),
            ("delivery.mail.carrier", "carrier"),
            ("delivery.mail.number", "number"),
            ("delivery.mail.posted_on", "posted"),
        ],
        shared: &[Shared {
            flag: "recipient",
            help: || say::HelpRecipient.say(),
            fields: &["delivery.by_hand.recipient", "delivery.mail.addressee"],
        }],
        ..PLAIN
    },
    Line { kind: "agent_handover", command: "hand-over", flags: &[("open_items", "item")], ..PLAIN },
    Line {
        kind: "flow_table_submitted",
        command: "flow-table",
        flags: &[
            ("nil_reason", "nil"),
            ("rows.unit", "部门"),
            ("rows.item", "事项"),
            ("rows.materials", "材料"),
            ("rows.fee_basis", "收费的法定依据"),
        ],
        ..PLAIN
    },
    Line { kind: "problem_raised", command: "problem", then: &["text"], flags: &[("units_needed", "unit")], ..PLAIN },
    Line {
        kind: "inquiry",
        command: "ask",
        then: &["text"],
        flags: &[("asked_by", "by")],
        usual: &[("channel", "telephone")],
        ..PLAIN
    },
    Line {
        kind: "inquiry_answered",
        command: "answer",
        first: First::Record("inquiry"),
        then: &["text"],
        usual: &[("channel", "telephone")],
        ..PLAIN
    },
];

/// The line of a kind.
pub fn line(kind: &KindInfo) -> Line {
    LINES.iter().find(|line| line.kind == kind.name).copied().unwrap_or(PLAIN)
}

/// A name as it is typed: `next_step` is `next-step`.
pub fn dashed(name: &str) -> String {
    name.replace('_', "-")
}

impl Line {
    /// The command's name.
    pub fn command(&self, kind: &KindInfo) -> String {
        if self.command.is_empty() { dashed(kind.name) } else { self.command.to_owned() }
    }

    /// The short name of a field.
    pub fn flag(&self, field: &str) -> Option<&'static str> {
        self.flags.iter().find(|(name, _)| *name == field).map(|(_, flag)| *flag)
    }

    /// What stands in a field if nobody types anything.
    pub fn usual(&self, field: &str) -> Option<&'static str> {
        self.usual.iter().find(|(name, _)| *name == field).map(|(_, value)| *value)
    }

    /// The flag for several fields that a field is among.
    pub fn shared(&self, field: &str) -> Option<&'static Shared> {
        self.shared.iter().find(|shared| shared.fields.contains(&field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_core::fact::field::Shape;
    use daiban_core::fact::{FieldInfo, fact_kind};

    fn fields(path: &str, infos: &[FieldInfo], out: &mut Vec<String>) {
        for info in infos {
            let at = format!("{path}{}", info.name);
            match info.shape {
                Shape::Fields(inner) => fields(&format!("{at}."), inner, out),
                Shape::List { of: Shape::Fields(inner), .. } => fields(&format!("{at}."), inner, out),
                Shape::OneOf(ways) => ways.iter().for_each(|way| fields(&format!("{at}.{}.", way.name), way.fields, out)),
                _ => {}
            }
            out.push(at);
        }
    }

    #[test]
    fn every_line_names_a_kind_and_fields_of_it() {
        for line in LINES {
            let kind = fact_kind(line.kind).unwrap_or_else(|| panic!("there is no kind {}", line.kind));
            let mut known = Vec::new();
            fields("", kind.fields, &mut known);
            let first = if let First::Record(field) = line.first { Some(field) } else { None };
            let flags = line.flags.iter().map(|(field, _)| *field).chain(line.usual.iter().map(|(field, _)| *field));
            let shared = line.shared.iter().flat_map(|shared| shared.fields.iter().copied());
            for field in flags.chain(shared).chain(line.then.iter().copied()).chain(first) {
                assert!(known.iter().any(|name| name == field), "{} has no field {field}", line.kind);
            }
        }
    }
}
