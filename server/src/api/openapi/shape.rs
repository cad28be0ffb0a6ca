//! Schemas of what is asked and answered. `tests/api-contract` holds the running server to them.

use daiban_core::calendar::COUNT_DAYS_MAX;
use daiban_core::people::Group;
use daiban_core::sync::signature::ALG_ED25519;
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Ref, RefOr, Schema, Type};

/// A schema in the making.
pub(super) type Shape = RefOr<Schema>;

fn plain(sort: impl Into<SchemaType>) -> Shape {
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(sort).build()))
}

pub(super) fn any() -> Shape {
    plain(SchemaType::AnyValue)
}

pub(super) fn bytes() -> Shape {
    text()
}

fn text() -> Shape {
    plain(Type::String)
}

fn number() -> Shape {
    plain(Type::Integer)
}

pub(super) fn whole(least: i64, most: i64) -> Shape {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most));
    RefOr::T(Schema::Object(number.build()))
}

fn truth() -> Shape {
    plain(Type::Boolean)
}

fn object() -> Shape {
    plain(Type::Object)
}

fn maybe(sort: Type) -> Shape {
    plain(SchemaType::Array(vec![sort, Type::Null]))
}

fn written(pattern: &str) -> Shape {
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).build()))
}

pub(super) fn one_of(words: impl IntoIterator<Item = &'static str>) -> Shape {
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build()))
}

pub(super) fn named(name: &str) -> Shape {
    RefOr::Ref(Ref::from_schema_name(name))
}

pub(super) fn list(item: Shape) -> Shape {
    RefOr::T(Schema::Array(ArrayBuilder::new().items(item).build()))
}

pub(super) fn hex(bytes: usize) -> Shape {
    written(&format!("^[0-9a-f]{{{}}}$", 2 * bytes))
}

pub(super) fn date() -> Shape {
    written("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
}

pub(super) fn week() -> Shape {
    written("^[0-9]{4}-W[0-9]{2}$")
}

fn group() -> Shape {
    one_of(Group::all().map(Group::id))
}

fn certainty() -> Shape {
    one_of(["certain", "provisional"])
}

/// A field of a path or a query, and whether it must be there.
pub(super) fn parameter(name: &str) -> (Shape, bool) {
    match name {
        "id" => (written(crate::app::CASE_PATTERN), true),
        "week" => (week(), true),
        "group" => (group(), true),
        "n" => (whole(-COUNT_DAYS_MAX, COUNT_DAYS_MAX), true),
        "closed" => (truth(), false),
        "limit" => (whole(1, 1_000), false),
        "after" => (text(), false),
        _ => (date(), true),
    }
}

/// An object with these fields, all of them required but those whose names end in `?`.
fn shape(fields: &[(&str, Shape)]) -> Shape {
    let with = |object: ObjectBuilder, (name, field): &(&str, Shape)| {
        let bare = name.trim_end_matches('?');
        let object = object.property(bare, field.clone());
        if bare == *name { object.required(bare) } else { object }
    };
    let start = ObjectBuilder::new().schema_type(Type::Object);
    RefOr::T(Schema::Object(fields.iter().fold(start, with).build()))
}

fn summary() -> Vec<(&'static str, Shape)> {
    let lamps = || one_of(["grey", "green", "yellow", "red"]);
    vec![
        ("case", hex(16)),
        ("number", maybe(Type::String)),
        ("title", maybe(Type::String)),
        ("enterprise", maybe(Type::String)),
        ("location", maybe(Type::String)),
        ("stage", text()),
        ("stage_zh", text()),
        ("lamp", lamps()),
        ("lamp_zh", text()),
        ("sequence", number()),
        ("facts", number()),
        ("waiting", number()),
        ("returned", number()),
        ("letter", any()),
        ("next_due_on", maybe(Type::String)),
        ("opened_at", number()),
        ("zh", text()),
    ]
}

fn case() -> Shape {
    let mut fields = summary();
    fields.extend([
        ("chain", hex(32)),
        ("enterprise_page", text()),
        ("roster", list(object())),
        ("gaps", list(text())),
        ("contested", number()),
        ("fact_rows", list(named("FactRow"))),
        ("duties", list(named("Duty"))),
    ]);
    shape(&fields)
}

fn fact_row() -> Shape {
    shape(&[
        ("fact", hex(16)),
        ("sequence", maybe(Type::Integer)),
        ("kind", text()),
        ("kind_zh", text()),
        ("by", text()),
        ("unit", text()),
        ("occurred_at", number()),
        ("recorded_at", number()),
        ("received_at", maybe(Type::Integer)),
        ("amends", maybe(Type::String)),
        ("amended_by", any()),
        ("judged", object()),
        ("verdict", object()),
        ("verdict_zh", text()),
        ("ruled", any()),
        ("sent_back", any()),
        ("device", hex(16)),
        ("sent_by", text()),
        ("fields", object()),
        ("zh", text()),
    ])
}

fn duty() -> Shape {
    shape(&[
        ("key", text()),
        ("rule", text()),
        ("case?", hex(16)),
        ("clause", text()),
        ("strength", text()),
        ("title_zh", text()),
        ("title_en", text()),
        ("subject", object()),
        ("basis", object()),
        ("starts_on", date()),
        ("day0?", date()),
        ("soon_from?", date()),
        ("due_on", date()),
        ("cutoff_at", number()),
        ("late_from", number()),
        ("counted", list(date())),
        ("certainty", certainty()),
        ("state", text()),
        ("lamp", one_of(["grey", "green", "yellow", "red"])),
        ("calendar", text()),
        ("policy", number()),
        ("document?", text()),
        ("numbers_document?", text()),
        ("in_force_on?", date()),
        ("recounted?", object()),
        ("zh?", text()),
    ])
}

fn report_summary() -> Shape {
    shape(&[
        ("week", week()),
        ("group", maybe(Type::String)),
        ("state", one_of(["draft", "frozen", "sent"])),
        ("hash", maybe(Type::String)),
        ("drafted_at", number()),
        ("since_at", maybe(Type::Integer)),
        ("confirmed_by", maybe(Type::String)),
        ("confirm_recorded_by", maybe(Type::String)),
        ("frozen_at", maybe(Type::Integer)),
        ("sent_at", maybe(Type::Integer)),
        ("sent_by", maybe(Type::String)),
        ("send_recorded_by", maybe(Type::String)),
        ("sent_to", any()),
        ("zh", text()),
    ])
}

fn quarantined() -> Shape {
    shape(&[
        ("no", number()),
        ("case", hex(16)),
        ("device", hex(16)),
        ("person", text()),
        ("code", text()),
        ("received_at", number()),
        ("adopted", maybe(Type::String)),
        ("zh", text()),
    ])
}

fn health() -> Shape {
    shape(&[
        ("name", text()),
        ("version", text()),
        ("protocol", number()),
        ("now", number()),
        ("server_epoch", number()),
        ("public_key", hex(32)),
    ])
}

fn enrolment_begun() -> Shape {
    shape(&[("code_hash", hex(32)), ("commitment", hex(32))])
}

fn enrolment_challenge() -> Shape {
    shape(&[("nonce", hex(32)), ("server_public_key", hex(32))])
}

fn enrolment() -> Shape {
    let ed25519 = i64::from(ALG_ED25519);
    shape(&[
        ("code", text()),
        ("public_key", hex(32)),
        ("alg", whole(ed25519, ed25519)),
        ("model", text()),
        ("nonce", hex(32)),
        ("signature", hex(64)),
    ])
}

fn enrolled() -> Shape {
    shape(&[
        ("device", hex(16)),
        ("confirmation", text()),
        ("server_public_key", hex(32)),
        ("server_epoch", number()),
        ("person", shape(&[("id", text()), ("name", text()), ("unit", text()), ("role", text())])),
    ])
}

fn receipts() -> Shape {
    let receipt = shape(&[
        ("case", hex(16)),
        ("accepted", number()),
        ("known", number()),
        ("refused", maybe(Type::String)),
        ("waiting", number()),
    ]);
    shape(&[("batches", list(receipt))])
}

fn calendar() -> [(&'static str, Shape); 4] {
    let count = [("start", date()), ("n", number()), ("date", date()), ("counted", list(date()))];
    let span = [("from", date()), ("to", date()), ("closed", truth()), ("working_days", number()), ("dates", list(date()))];
    let day = [("date", date()), ("working", truth()), ("why", object()), ("edition?", text()), ("zh", text()), ("en", text())];
    let week = [
        ("week", week()),
        ("monday", date()),
        ("sunday", date()),
        ("working_days", number()),
        ("dates", list(date())),
        ("group_report_due", maybe(Type::String)),
        ("district_report_due", maybe(Type::String)),
        ("covers", list(week())),
        ("zh", text()),
        ("en", text()),
    ];
    let both = || [("calendar", text()), ("certainty", certainty())];
    let full = |fields: &[(&'static str, Shape)]| shape(&[fields, &both()].concat());
    [("Count", full(&count)), ("Span", full(&span)), ("Day", full(&day)), ("Week", full(&week))]
}

fn problem() -> Shape {
    shape(&[
        ("type", text()),
        ("code", text()),
        ("title", text()),
        ("status", number()),
        ("detail", text()),
        ("detail_en", text()),
    ])
}

/// Every schema but those derived from types.
pub(super) fn all() -> Vec<(String, Shape)> {
    let notice = [
        ("key", text()),
        ("kind", text()),
        ("to_whom", text()),
        ("zh", text()),
        ("en", text()),
        ("sentence", text()),
        ("arguments", object()),
        ("made_at", number()),
    ];
    let case_duties = [
        ("case", hex(16)),
        ("sequence", number()),
        ("now", number()),
        ("calendar", text()),
        ("policy", number()),
        ("duties", list(named("Duty"))),
        ("stored", list(object())),
        ("closed", list(object())),
        ("notices", list(named("Notice"))),
    ];
    let mut shapes = vec![
        ("Problem", problem()),
        ("Health", health()),
        ("Document", shape(&[("openapi", text()), ("info", object()), ("paths", object())])),
        ("EnrolmentBegun", enrolment_begun()),
        ("EnrolmentChallenge", enrolment_challenge()),
        ("Enrolment", enrolment()),
        ("Enrolled", enrolled()),
        ("Receipts", receipts()),
        ("CaseSummary", shape(&summary())),
        ("Case", case()),
        ("FactRow", fact_row()),
        ("Duty", duty()),
        ("CaseDuties", shape(&case_duties)),
        ("Notice", shape(&notice)),
        ("ReportSummary", report_summary()),
        ("Report", shape(&[("week", week())])),
        ("Quarantined", quarantined()),
    ];
    shapes.extend(calendar());
    shapes.into_iter().map(|(name, shape)| (name.to_owned(), shape)).collect()
}
