//! The document that a pack carries out: `pack.toml`.

use super::entry::Entry;
use super::fault::Wrong;
use crate::calendar::Date;
use crate::case::CaseNumber;
use crate::people::Name;
use serde::Serialize;

/// The format that this version writes, and the latest it reads.
pub const FORMAT: i64 = 1;

/// What stands at the head of the plan, and at its foot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// 文号.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// The date under it as it is written, where that is none of the calendar (R004); it is never turned into another day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_as_written: Option<String>,
    /// 印发 (R005).
    pub issued: Option<Date>,
    /// From when on it is in force: that of issue where it says nothing (R008).
    pub effective: Option<Date>,
    /// 主送.
    pub to: Vec<String>,
    /// 抄送 (R007): who is sent the plan; it gives no access.
    pub copies: Vec<String>,
}

/// What `pack.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) id: String,
    pub(super) district: Name,
    pub(super) short: String,
    pub(super) document: Document,
    pub(super) case_number: String,
}

pub(super) fn head(file: &Entry<'_>) -> Head {
    if let Some(format) = file.number("format")
        && !(1..=FORMAT).contains(&format)
    {
        file.note("format", Wrong::LaterFormat { format, known: FORMAT });
    }
    file.only(&["format", "id", "district", "document", "case_number"]);
    let (district, document, number) = (file.table("district"), file.table("document"), file.table("case_number"));
    district.only(&["name", "short", "en"]);
    number.only(&["form"]);
    let form = number.text("form");
    if !CaseNumber::is_form(&form) && !form.is_empty() {
        number.note("form", Wrong::CaseNumber);
    }
    Head {
        id: file.text("id"),
        district: district.name("name", "en"),
        short: district.text("short"),
        document: read_document(&document),
        case_number: form,
    }
}

fn read_document(entry: &Entry<'_>) -> Document {
    entry.only(&["number", "title", "issuer", "signed_as_written", "issued", "effective", "to", "copies"]);
    let (issued, effective) = (entry.date("issued"), entry.date("effective"));
    if !entry.has("issued") {
        entry.note("issued", Wrong::Missing("issued".to_owned()));
    }
    Document {
        number: entry.text("number"),
        title: entry.text("title"),
        issuer: entry.text("issuer"),
        signed_as_written: entry.text_or_none("signed_as_written"),
        issued,
        effective: effective.or(issued),
        to: entry.texts("to"),
        copies: entry.texts("copies"),
    }
}
