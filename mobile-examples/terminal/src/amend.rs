//! A correction: the old record's content with some fields changed, as the body of a new fact.

use crate::fault::Fault;
use crate::said::Said;
use crate::seal::{Seal, sealed};
use daiban_core::calendar::parse_date;
use daiban_core::fact::{Body, Fact, Node};

/// Fields of the envelope: who, when and what sort stay as they are.
const FIXED: [&str; 7] = ["id", "kind", "by", "unit", "occurred_at", "recorded_at", "amends"];
/// Fields that hold personal data, wherever they stand in a body.
const SEALED: [&str; 8] = ["addressee", "asked_by", "contact", "handed_by", "met", "recipient", "signatory", "taken_by"];

/// `old` with `set` (`FIELD=VALUE`, dots lead into a field) changed and `unset` left out.
///
/// A value beginning with `[` or `{` is JSON; everything else is read as what the field held before.
pub fn corrected(old: &Fact, set: &[String], unset: &[String], seal: Seal<'_>) -> Result<Body, Fault> {
    if set.is_empty() && unset.is_empty() {
        let said =
            Said::new("没有要更正的内容，请用 --set 字段=值 写明。", "nothing to correct: say what with --set FIELD=VALUE");
        return Err(Fault::input("set", said));
    }
    let mut fact = old.clone();
    for field in unset {
        change(&mut fact, field, |_| Ok(None))?;
    }
    for pair in set {
        let (field, text) = pair.split_once('=').ok_or_else(|| {
            let zh = format!("“{pair}”应写成 字段=值，例如 text=更正后的内容。");
            Fault::input("set", Said::new(zh, format!("{pair:?} is not FIELD=VALUE")))
        })?;
        set_field(&mut fact, field.trim(), text, seal)?;
    }
    Ok(fact.body)
}

fn set_field(fact: &mut Fact, field: &str, text: &str, seal: Seal<'_>) -> Result<(), Fault> {
    let last = field.rsplit('.').next().unwrap_or(field);
    if SEALED.contains(&last) {
        let node = Node::of(&sealed(seal, Some(text))?).map_err(|e| misfit(field, &e.to_string()))?;
        return change(fact, field, |_| Ok(Some(node.clone())));
    }
    let was_absent = find(&fact.node(), field).is_none();
    if was_absent && let Ok(number) = text.trim().parse() {
        // A field that was absent does not tell its type: a number that fits is a number.
        let mut tried = fact.clone();
        if change(&mut tried, field, |_| Ok(Some(Node::Int(number)))).is_ok() {
            *fact = tried;
            return Ok(());
        }
    }
    change(fact, field, |old| read(field, last, old, text).map(Some))
}

fn read(field: &str, last: &str, old: Option<&Node>, text: &str) -> Result<Node, Fault> {
    if text.starts_with(['[', '{']) {
        let json: serde_json::Value = serde_json::from_str(text).map_err(|e| misfit(field, &e.to_string()))?;
        return Node::of(&json).map_err(|e| misfit(field, &e.to_string()));
    }
    match old {
        Some(Node::Int(_)) => text.trim().parse().map(Node::Int).map_err(|_| misfit(field, "a whole number is expected")),
        Some(Node::Bool(_)) => match text.trim() {
            "是" | "true" | "yes" => Ok(Node::Bool(true)),
            "否" | "false" | "no" => Ok(Node::Bool(false)),
            _ => Err(misfit(field, "yes or no is expected")),
        },
        _ if last.ends_with("_on") || last == "date" => {
            let date = parse_date(text).map_err(|e| Fault::input("date", Said::new(e.zh(), e.to_string())))?;
            Ok(Node::text(date.to_string()))
        }
        _ => Ok(Node::text(text)),
    }
}

/// Puts a new value at a path and reads the whole fact again, so that what does not fit the kind is found here.
fn change(fact: &mut Fact, field: &str, new: impl Fn(Option<&Node>) -> Result<Option<Node>, Fault>) -> Result<(), Fault> {
    let path: Vec<&str> = field.split('.').collect();
    if FIXED.contains(&path[0]) {
        return Err(misfit(field, "this field is not corrected; record anew, or use --occurred for the time"));
    }
    let tree = put(fact.node(), &path, &|old| new(old))?;
    let read = Fact::read(tree).map_err(|e| misfit(field, &e.to_string()))?;
    match &read.body {
        Body::Malformed { why, .. } => Err(misfit(field, why)),
        _ => {
            *fact = read;
            Ok(())
        }
    }
}

type New<'a> = &'a dyn Fn(Option<&Node>) -> Result<Option<Node>, Fault>;

fn put(node: Node, path: &[&str], new: New<'_>) -> Result<Node, Fault> {
    let (Node::Map(mut fields), Some((name, rest))) = (node, path.split_first()) else {
        return Err(misfit(path.first().copied().unwrap_or_default(), "there is nothing inside this field"));
    };
    let at = fields.iter().position(|(known, _)| known == name);
    let old = at.map(|at| fields.remove(at).1);
    let value = match rest {
        [] => new(old.as_ref())?,
        _ => Some(put(old.unwrap_or_else(|| Node::Map(Vec::new())), rest, new)?),
    };
    fields.extend(value.map(|value| ((*name).to_owned(), value)));
    Ok(Node::map(fields))
}

fn find<'a>(node: &'a Node, field: &str) -> Option<&'a Node> {
    field.split('.').try_fold(node, |node, name| node.get(name))
}

fn misfit(field: &str, why: &str) -> Fault {
    let zh = format!("字段“{field}”不能这样更正；请用 show --json 查看该记录的字段名和格式。");
    Fault::input("set", Said::new(zh, format!("{field}: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_core::fact::kinds::{Channel, Delivery, ResultDelivered, WorkLog};
    use daiban_core::fact::{SealKey, Sealed};
    use daiban_core::ids::{FactId, KeyId};

    fn fact(body: Body) -> Fact {
        Fact { id: FactId([1; 16]), by: "p".into(), unit: "u".into(), occurred_at: 1, recorded_at: 1, amends: None, body }
    }

    fn log() -> Fact {
        let text = "去了现场".to_owned();
        fact(Body::WorkLog(WorkLog {
            text,
            channel: Channel::OnSite,
            item: None,
            place: None,
            next_step: None,
            minutes: None,
            met: None,
        }))
    }

    fn set(old: &Fact, pairs: &[&str]) -> Result<Body, Fault> {
        let pairs: Vec<String> = pairs.iter().map(|p| (*p).to_owned()).collect();
        let key = SealKey { id: KeyId([1; 16]), key: vec![2; 32] };
        corrected(old, &pairs, &[], &mut |text| Ok(Sealed::seal(text, &key, [3; 24]).unwrap()))
    }

    #[test]
    fn only_the_named_fields_change() {
        let Body::WorkLog(new) = set(&log(), &["minutes=45", "place=45", "met=王喆"]).unwrap() else { panic!("kind") };
        assert_eq!((new.text.as_str(), new.minutes, new.place.as_deref()), ("去了现场", Some(45), Some("45")));
        assert!(new.met.is_some());
    }

    #[test]
    fn dots_lead_into_a_field_and_dates_are_read() {
        let mail = Delivery::Mail {
            carrier: "邮政".into(),
            number: "EB1".into(),
            posted_on: parse_date("2026-11-20").unwrap(),
            addressee: None,
        };
        let old = fact(Body::ResultDelivered(ResultDelivered { results: vec!["执照".into()], delivery: mail }));
        let body = set(&old, &["delivery.mail.posted_on=2026年11月21日", "results=[\"执照\",\"公章\"]"]).unwrap();
        let Body::ResultDelivered(ResultDelivered { results, delivery: Delivery::Mail { posted_on, .. } }) = body else {
            panic!("kind")
        };
        assert_eq!((results.len(), posted_on.to_string().as_str()), (2, "2026-11-21"));
        assert_eq!(set(&old, &["delivery.mail.posted_on=2026-02-30"]).unwrap_err().said().zh, "2026年2月没有30日，请核对原件");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for pair in ["nothing=1", "by=x", "channel=飞鸽", "text", "text.more=1"] {
            assert!(set(&log(), &[pair]).is_err(), "{pair}");
        }
        assert!(set(&log(), &[]).is_err());
    }
}
