//! What must hold before a fact is written: whatever [`Fact::read`] would not take back as it was is refused at the form.
//!
//! Judging does not ask this ([`Body::check`] is what a verdict stands on): a fact that came from elsewhere keeps the verdict it got.

use super::field::{FieldError, FieldErrors, FieldInfo, Place, Shape};
use super::{Body, Fact, Node, Unread, table, text};
use crate::calendar::{Date, YEAR_MAX, YEAR_MIN};
use crate::limits::TIME_SECONDS_MAX;
use chrono::Datelike;
use daiban_messages::say::fact as say;
use daiban_messages::{Both, Fixed, Say};
use std::borrow::Cow;

impl Fact {
    /// Whether this fact may be written: its times lie where a reader takes them, its fields satisfy its kind, its texts hold
    /// nothing invisible, and it reads back as what it is. Every error at once. Texts should have passed [`Body::with_plain_lines`].
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut out = FieldErrors::default();
        times(self.occurred_at, self.recorded_at, &mut out);
        if let Err(errors) = self.body.check() {
            out.0.extend(errors.0);
        }
        let declared = table::fact_kind(self.body.kind()).map_or(&[][..], |kind| kind.fields);
        let fields = self.body.fields();
        for (name, node) in &fields {
            match declared.iter().find(|info| info.name == name) {
                Some(info) => written(&info.shape, info, node, &Place::RECORD.then(info), &mut out),
                None => unknown(name, node, &mut out),
            }
        }
        out.done()?;
        match Fact::read(self.node()) {
            Ok(read) if read == *self => Ok(()),
            Ok(_) => Err(not_read_back("fields", "it reads back as another").into()),
            Err(why) => Err(why.field_error().into()),
        }
    }
}

fn not_read_back(field: &str, why: &str) -> FieldError {
    FieldError::of(field, say::NotReadBack { why: Both::new("", why) }.say())
}

impl Unread {
    /// Why a tree of this kind cannot be recorded again as it is.
    pub fn field_error(&self) -> FieldError {
        match self {
            Unread::Envelope("occurred_at") => occurred(),
            Unread::Envelope("recorded_at") => recorded(),
            Unread::Envelope(name) => not_read_back(name, &self.to_string()),
            Unread::NotAMap => not_read_back("fields", &self.to_string()),
        }
    }
}

fn times(occurred_at: i64, recorded_at: i64, out: &mut FieldErrors) {
    let readable = 0..=TIME_SECONDS_MAX;
    if !readable.contains(&recorded_at) {
        out.0.push(recorded());
    } else if !readable.contains(&occurred_at) {
        out.0.push(occurred());
    }
}

fn occurred() -> FieldError {
    FieldError::of("occurred_at", say::OccurredOutside.say())
}

fn recorded() -> FieldError {
    FieldError::of("recorded_at", say::ClockOutside.say())
}

/// What a value must satisfy to be written, beyond what a verdict asks: dates are those that [`crate::calendar::parse_date`] takes,
/// texts hold nothing invisible.
fn written(shape: &Shape, info: &FieldInfo, node: &Node, place: &Place<'_>, out: &mut FieldErrors) {
    match (shape, node) {
        (Shape::Sealed, _) => {}
        (Shape::Date, Node::Str(text)) => date(info, text, place, out),
        (Shape::List { of, .. }, Node::List(items)) => {
            items.iter().enumerate().for_each(|(at, item)| written(of, info, item, &place.row(at), out));
        }
        (Shape::Fields(infos), node) => parts(infos, node, place, out),
        (Shape::OneOf(variants), node) => {
            let chosen = variants.iter().filter_map(|variant| Some((variant, node.get(variant.name)?)));
            chosen.for_each(|(variant, inner)| parts(variant.fields, inner, &place.within(variant), out));
        }
        (_, Node::Str(value)) => {
            if let Some((number, code)) = invisible(value) {
                out.at(place, info, |field| say::Invisible { field, place: number, code });
            }
        }
        _ => {}
    }
}

fn parts(infos: &[FieldInfo], node: &Node, place: &Place<'_>, out: &mut FieldErrors) {
    let given = infos.iter().filter_map(|info| Some((info, node.get(info.name)?)));
    given.for_each(|(info, node)| written(&info.shape, info, node, &place.then(info), out));
}

fn date(info: &FieldInfo, text: &str, place: &Place<'_>, out: &mut FieldErrors) {
    let year = text.parse::<Date>().map(|date| date.year());
    if !year.is_ok_and(|year| (YEAR_MIN..=YEAR_MAX).contains(&year)) {
        out.at(place, info, |field| say::YearOutside { field, first: YEAR_MIN, last: YEAR_MAX });
    }
}

/// Every text of a field that no kind has, however deep.
fn unknown(name: &str, node: &Node, out: &mut FieldErrors) {
    match node {
        Node::Str(value) => out.0.extend(plain_text(name, say::Content::FIXED, value).err()),
        Node::List(items) => items.iter().for_each(|item| unknown(name, item, out)),
        Node::Map(fields) => fields.iter().for_each(|(inner, node)| unknown(inner, node, out)),
        Node::Int(_) | Node::Bool(_) | Node::Bytes(_) => {}
    }
}

/// Refuses a text with characters that cannot be seen ([`text::refused`]); the sentence says which and where.
pub fn plain_text(field: &str, called: Fixed, value: &str) -> Result<(), FieldError> {
    let Some((place, code)) = invisible(value) else { return Ok(()) };
    Err(FieldError::of(field, say::Invisible { field: called, place, code }.say()))
}

/// The first character that cannot be seen: its place from 1, and its code in hex.
fn invisible(text: &str) -> Option<(usize, String)> {
    text::first_refused(text).map(|(place, c)| (place, format!("{:04X}", u32::from(c))))
}

impl Body {
    /// The same with LF where a pasted text has CR LF.
    #[must_use]
    pub fn with_plain_lines(self) -> Body {
        let fields = self.fields();
        let plain: Vec<(String, Node)> = fields.iter().map(|(name, node)| (name.clone(), plain_lines(node))).collect();
        if plain == fields { self } else { Body::read(self.kind(), plain) }
    }
}

fn plain_lines(node: &Node) -> Node {
    match node {
        Node::Str(value) => match text::lines(value) {
            Cow::Borrowed(_) => node.clone(),
            Cow::Owned(lines) => Node::Str(lines),
        },
        Node::List(items) => Node::List(items.iter().map(plain_lines).collect()),
        Node::Map(fields) => Node::Map(fields.iter().map(|(name, node)| (name.clone(), plain_lines(node))).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::fact::kinds::{CaseOpened, Channel, Decision, WorkLog};
    use crate::ids::FactId;

    fn first(fact: Fact) -> FieldError {
        fact.check().unwrap_err().0.remove(0)
    }

    fn log(text: &str, place: Option<&str>) -> Fact {
        let (text, place) = (text.to_owned(), place.map(str::to_owned));
        let log = WorkLog { text, channel: Channel::Window, item: None, place, next_step: None, minutes: None, met: None };
        let (by, unit, body) = ("li".into(), "fengrong".into(), Body::WorkLog(log));
        Fact { id: FactId([1; 16]), by, unit, occurred_at: 1_795_390_200, recorded_at: 1_795_390_200, amends: None, body }
    }

    #[test]
    fn a_time_that_no_reader_takes_is_refused_by_name() {
        assert_eq!(log("旧事", None).check(), Ok(()));
        for at in [-1, -57_600, i64::MIN, TIME_SECONDS_MAX + 1, i64::MAX] {
            let error = first(Fact { occurred_at: at, ..log("旧事", None) });
            assert_eq!(error.field, "occurred_at");
            assert!(error.zh.starts_with("发生时间应在1970年"), "{}", error.zh);
            let error = first(Fact { recorded_at: at, ..log("旧事", None) });
            assert!(error.field == "recorded_at" && error.zh.contains("时钟"), "{}", error.zh);
        }
        for at in [0, TIME_SECONDS_MAX] {
            assert_eq!(Fact { occurred_at: at, recorded_at: at, ..log("旧事", None) }.check(), Ok(()));
        }
    }

    #[test]
    fn invisible_characters_are_named_with_field_and_place() {
        let error = first(log("走访\u{1B}[31m", None));
        assert_eq!((&*error.field, &*error.zh), ("text", "日志内容的第3个字是不可见的控制字符（U+001B），请删去后重新保存。"));
        let error = first(log("走访", Some("窗\u{202E}口")));
        assert_eq!(error.field, "place");
        assert_eq!(log("一\n二\t三", None).check(), Ok(()));
        let pasted = log("一\r\n二", None);
        assert!(pasted.check().is_err());
        let plain = pasted.body.with_plain_lines();
        assert!(matches!(&plain, Body::WorkLog(log) if log.text == "一\n二"), "{plain:?}");
        // A verdict does not depend on it.
        assert_eq!(log("走访\u{1B}", None).body.check(), Ok(()));
    }

    #[test]
    fn what_would_read_back_as_something_else_is_refused() {
        let known = Body::Unknown { kind: "work_log".to_owned(), fields: Vec::new() };
        assert!(Fact { body: known, ..log("a", None) }.check().is_err());
        let nameless = Body::Unknown { kind: String::new(), fields: Vec::new() };
        assert!(Fact { body: nameless, ..log("a", None) }.check().is_err());
        assert!(Fact { unit: "".into(), ..log("a", None) }.check().is_err());
        let decision = Some(Decision { number: "1号".into(), date: Date::MAX });
        let (title, enterprise, location) = ("甲".to_owned(), "乙".to_owned(), "fengrong".into());
        let (benefit, needs, contact, investment_10k_yuan) = (None, None, None, None);
        let opened = CaseOpened { title, enterprise, location, investment_10k_yuan, decision, benefit, needs, contact };
        let error = first(Fact { body: Body::CaseOpened(opened), ..log("a", None) });
        assert_eq!(error.field, "decision.date");
    }
}
