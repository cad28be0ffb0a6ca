//! What must hold before a fact is written: whatever [`Fact::read`] would not take back as it was is refused at the form.
//!
//! Judging does not ask this ([`Body::check`] is what a verdict stands on): a fact that came from elsewhere keeps the verdict it got.

use super::kinds::{Delivery, FieldError};
use super::{Body, Fact, Node, Unread, shown, text};
use crate::calendar::{Date, YEAR_MAX, YEAR_MIN};
use crate::limits::TIME_SECONDS_MAX;
use chrono::Datelike;
use std::borrow::Cow;

impl Fact {
    /// Whether this fact may be written: its times lie where a reader takes them, its fields satisfy its kind, its texts hold
    /// nothing invisible, and it reads back as what it is. Texts should have passed [`Body::with_plain_lines`].
    pub fn check(&self) -> Result<(), FieldError> {
        times(self.occurred_at, self.recorded_at)?;
        self.body.check()?;
        dates(&self.body)?;
        self.body.fields().iter().try_for_each(|(name, node)| texts(name, node))?;
        match Fact::read(self.node()) {
            Ok(read) if read == *self => Ok(()),
            Ok(_) => Err(FieldError::new("fields", "does not read back as it was written", NOT_READ_BACK)),
            Err(why) => Err(why.field_error()),
        }
    }
}

const NOT_READ_BACK: &str = "这条记录写入后不能原样读出，没有保存；请更新应用后重新记录。";

impl Unread {
    /// Why a tree of this kind cannot be recorded again as it is.
    pub fn field_error(&self) -> FieldError {
        match self {
            Unread::Envelope("occurred_at") => occurred(),
            Unread::Envelope("recorded_at") => recorded(),
            Unread::Envelope(name) => FieldError::new(name, self.to_string(), NOT_READ_BACK),
            Unread::NotAMap => FieldError::new("fields", self.to_string(), NOT_READ_BACK),
        }
    }
}

fn times(occurred_at: i64, recorded_at: i64) -> Result<(), FieldError> {
    let readable = 0..=TIME_SECONDS_MAX;
    if !readable.contains(&recorded_at) {
        return Err(recorded());
    }
    if readable.contains(&occurred_at) { Ok(()) } else { Err(occurred()) }
}

fn occurred() -> FieldError {
    let zh = "发生时间应在1970年1月1日8:00至2100年1月1日8:00之间（北京时间），本条没有保存；请核对日期后重新保存。";
    FieldError::new("occurred_at", format!("must be 0..={TIME_SECONDS_MAX} Unix seconds"), zh)
}

fn recorded() -> FieldError {
    let zh = "本机时钟不对（应在1970年至2100年之间），本条没有保存；请打开“自动设置日期和时间”或校准时钟后重新保存。";
    FieldError::new("recorded_at", format!("the device's clock must be 0..={TIME_SECONDS_MAX} Unix seconds"), zh)
}

/// Dates are those that [`crate::calendar::parse_date`] takes.
fn dates(body: &Body) -> Result<(), FieldError> {
    match body {
        Body::CaseOpened(opened) => opened.decision.as_ref().map_or(Ok(()), |d| date("decision", "决定日期", d.date)),
        Body::AuthorizationLetterSigned(letter) => {
            date("chief_signed_on", "首席代办员签字日期", letter.chief_signed_on)?;
            date("enterprise_signed_on", "建设单位签章日期", letter.enterprise_signed_on)
        }
        Body::ResultDelivered(result) => match &result.delivery {
            Delivery::Mail { posted_on, .. } => date("posted_on", "交寄日期", *posted_on),
            Delivery::ByHand { .. } => Ok(()),
        },
        _ => Ok(()),
    }
}

fn date(field: &'static str, zh_name: &str, value: Date) -> Result<(), FieldError> {
    if (YEAR_MIN..=YEAR_MAX).contains(&value.year()) {
        return Ok(());
    }
    let zh = format!("{zh_name}的年份应在{YEAR_MIN}至{YEAR_MAX}之间，请核对原件。");
    Err(FieldError::new(field, format!("the year must be {YEAR_MIN}..={YEAR_MAX}"), zh))
}

/// Every text of a field, however deep; an error names the innermost field that has a name.
fn texts(name: &str, node: &Node) -> Result<(), FieldError> {
    match node {
        Node::Str(value) => {
            let (field, zh_name) = shown::known(name).unwrap_or(("fields", "内容"));
            plain_text(field, zh_name, value)
        }
        Node::List(items) => items.iter().try_for_each(|item| texts(name, item)),
        Node::Map(fields) => fields.iter().try_for_each(|(inner, node)| {
            let name = if shown::known(inner).is_some() { inner } else { name };
            texts(name, node)
        }),
        Node::Int(_) | Node::Bool(_) | Node::Bytes(_) => Ok(()),
    }
}

/// Refuses a text with characters that cannot be seen ([`text::refused`]); the sentence says which and where.
pub fn plain_text(field: &'static str, zh_name: &str, value: &str) -> Result<(), FieldError> {
    let Some((place, c)) = text::first_refused(value) else { return Ok(()) };
    let code = u32::from(c);
    let en = format!("character {place} is U+{code:04X}, which cannot be seen");
    let zh = format!("{zh_name}的第{place}个字是不可见的控制字符（U+{code:04X}），请删去后重新保存。");
    Err(FieldError::new(field, en, zh))
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
            let error = Fact { occurred_at: at, ..log("旧事", None) }.check().unwrap_err();
            assert_eq!(error.field, "occurred_at");
            assert!(error.zh.starts_with("发生时间应在1970年"), "{}", error.zh);
            let error = Fact { recorded_at: at, ..log("旧事", None) }.check().unwrap_err();
            assert!(error.field == "recorded_at" && error.zh.contains("时钟"), "{}", error.zh);
        }
        for at in [0, TIME_SECONDS_MAX] {
            assert_eq!(Fact { occurred_at: at, recorded_at: at, ..log("旧事", None) }.check(), Ok(()));
        }
    }

    #[test]
    fn invisible_characters_are_named_with_field_and_place() {
        let error = log("走访\u{1B}[31m", None).check().unwrap_err();
        assert_eq!((error.field, &*error.zh), ("text", "内容的第3个字是不可见的控制字符（U+001B），请删去后重新保存。"));
        let error = log("走访", Some("窗\u{202E}口")).check().unwrap_err();
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
        let error = Fact { body: Body::CaseOpened(opened), ..log("a", None) }.check().unwrap_err();
        assert_eq!(error.field, "decision");
    }
}
