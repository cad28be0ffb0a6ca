//! A correction: the old record's content with some fields changed, as the body of a new fact.

use super::place::Place;
use crate::cli::typed::Typing;
use crate::fault::Fault;
use daiban_core::fact::field::{FieldValue, Reader, read};
use daiban_core::fact::{Body, Fact, FieldError, FieldErrors, FieldInfo, KindInfo, Node};
use daiban_messages::Both;
use daiban_messages::say::terminal as say;

/// What is changed, and what of it cannot be.
#[derive(Debug)]
pub struct Correction {
    changes: Vec<Change>,
    errors: FieldErrors,
}

#[derive(Debug)]
struct Change {
    path: String,
    place: Place,
    /// The new value; `None` to leave the field out.
    value: Option<FieldValue>,
}

impl Correction {
    /// `set` holds `FIELD=VALUE` with dots into rows and ways, `unset` fields to leave out once these are set.
    ///
    /// Of a list, a row or a way, a value that begins with `[` or `{` is JSON.
    pub fn typed(kind: &'static KindInfo, set: &[String], unset: &[String], typing: Typing<'_>) -> Result<Self, Fault> {
        if set.is_empty() && unset.is_empty() {
            return Err(Fault::input("set", say::AmendNothing));
        }
        let mut correction = Correction { changes: Vec::new(), errors: FieldErrors::default() };
        for pair in set {
            let (path, text) = pair.split_once('=').ok_or_else(|| Fault::input("set", say::AmendPair { text: pair }))?;
            let path = path.trim();
            correction.change(kind, path, |info| typing.one(path, &info.shape, text).map(Some))?;
        }
        for path in unset {
            correction.change(kind, path, |_| Ok(None))?;
        }
        correction.changes.sort_by(|a, b| match (&a.value, &b.value) {
            (None, None) => a.place.last_first(&b.place),
            (a, b) => a.is_none().cmp(&b.is_none()),
        });
        Ok(correction)
    }

    fn change(
        &mut self,
        kind: &'static KindInfo,
        path: &str,
        value: impl FnOnce(&FieldInfo) -> Result<Option<FieldValue>, Fault>,
    ) -> Result<(), Fault> {
        match Place::find(kind.fields, path) {
            Some(place) => {
                let value = value(&place.info)?;
                self.changes.push(Change { path: path.to_owned(), place, value });
            }
            None => {
                let kind = Both::new(kind.label.zh, kind.label.en);
                self.errors.told(path, say::AmendField { kind, field: path });
            }
        }
        Ok(())
    }

    /// The corrected content, or everything that does not fit.
    pub fn apply(mut self, old: &Fact, reader: &mut dyn Reader) -> Result<Body, Fault> {
        let mut tree = old.node();
        for change in std::mem::take(&mut self.changes) {
            let Change { path, place, value } = change;
            let entry_goes = value.is_none() && place.is_entry();
            let new = if entry_goes { None } else { self.read(&path, place.info, value, reader) };
            match place.put(tree.clone(), new) {
                Some(changed) => tree = changed,
                None => self.errors.told(&path, say::AmendRow { field: &path }),
            }
        }
        self.errors.done().map_err(Fault::Typed)?;
        let misfit = |why: String| Fault::input("set", say::AmendMisfit { why: Both::new("", why) });
        match Fact::read(tree).map_err(|error| misfit(error.to_string()))?.body {
            Body::Malformed { why, .. } => Err(misfit(why)),
            body => Ok(body),
        }
    }

    /// One field's new value as it is written; what cannot be read is kept as an error.
    fn read(&mut self, path: &str, info: FieldInfo, value: Option<FieldValue>, reader: &mut dyn Reader) -> Option<Node> {
        let info = FieldInfo { filled: None, ..info };
        let values: Vec<(String, FieldValue)> = value.map(|value| (info.name.to_owned(), value)).into_iter().collect();
        match read(&[info], &values, reader) {
            Ok(node) => node.get(info.name).cloned(),
            Err(found) => {
                let within = |field: &str| format!("{path}{}", field.strip_prefix(info.name).unwrap_or_default());
                let found = found.0.into_iter().map(|error| FieldError { field: within(&error.field), ..error });
                self.errors.0.extend(found);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::record::names::line;
    use daiban_core::calendar::parse_date;
    use daiban_core::fact::field::Filled;
    use daiban_core::fact::kinds::{Delivery, MaterialReceived, ResultDelivered, WorkLog};
    use daiban_core::fact::{FieldError, SealKey, Sealed, fact_kind};
    use daiban_core::ids::{FactId, KeyId, PersonId, UnitId};

    struct Plain;

    impl Reader for Plain {
        fn seal(&mut self, text: &str) -> Result<Sealed, FieldError> {
            Ok(Sealed::seal(text, &SealKey { id: KeyId([1; 16]), key: vec![2; 32] }, [3; 24]).unwrap())
        }
        fn unit(&self, typed: &str) -> UnitId {
            UnitId::from(typed)
        }
        fn person(&self, typed: &str) -> PersonId {
            PersonId::from(typed)
        }
        fn filled(&self, from: Filled) -> Option<FieldValue> {
            (from == Filled::One).then_some(FieldValue::Integer(1))
        }
    }

    fn example(kind: &str) -> Fact {
        let body = Body::examples().into_iter().find(|body| body.kind() == kind).unwrap();
        fact(body)
    }

    fn fact(body: Body) -> Fact {
        Fact { id: FactId([1; 16]), by: "p".into(), unit: "u".into(), occurred_at: 1, recorded_at: 1, amends: None, body }
    }

    fn change(old: &Fact, set: &[&str], unset: &[&str]) -> Result<Body, Fault> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let kind = fact_kind(old.body.kind()).unwrap();
        let typing = Typing { line: &line(kind), records: &|text| Ok(text.parse().unwrap()) };
        Correction::typed(kind, &owned(set), &owned(unset), typing)?.apply(old, &mut Plain)
    }

    #[test]
    fn only_the_named_fields_change_each_by_its_shape() {
        let set = ["minutes=４５分钟", "place=45", "met=王喆", "channel=电话"];
        let Body::WorkLog(new) = change(&example("work_log"), &set, &["next_step"]).unwrap() else { panic!("kind") };
        let Body::WorkLog(old) = example("work_log").body else { panic!("kind") };
        let WorkLog { text, channel, item, place, next_step, minutes, met } = new;
        assert_eq!((text, item), (old.text, old.item));
        assert_eq!((minutes, place.as_deref(), channel.id(), next_step), (Some(45), Some("45"), "telephone", None));
        assert!(met.is_some_and(|met| met.bytes.len() > 16), "personal data is sealed because of its shape");
    }

    #[test]
    fn dots_lead_into_ways_and_rows() {
        let set = ["delivery.mail.posted_on=2026年11月21日", "results=[\"执照\",\"公章\"]"];
        let body = change(&example("result_delivered"), &set, &[]).unwrap();
        let Body::ResultDelivered(ResultDelivered { results, delivery: Delivery::Mail { posted_on, carrier, .. } }) = body else {
            panic!("kind")
        };
        assert_eq!((results.len(), posted_on, carrier.as_str()), (2, parse_date("2026-11-21").unwrap(), "中国邮政"));
        let by_hand = change(&example("result_delivered"), &["delivery.by_hand.recipient=王喆"], &[]).unwrap();
        let Body::ResultDelivered(ResultDelivered { delivery: Delivery::ByHand { recipient }, .. }) = by_hand else {
            panic!("another way takes the place of the old one")
        };
        assert!(recipient.is_some());
        let set = ["items.0.copies=3份", "items.2=章程:5:原件"];
        let Body::MaterialReceived(MaterialReceived { items, .. }) =
            change(&example("material_received"), &set, &["items.0", "items.1"]).unwrap_or_else(|fault| panic!("{fault}"))
        else {
            panic!("kind")
        };
        assert_eq!(items.iter().map(|item| item.copies).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn every_error_is_told_at_once_with_its_label() {
        let set = ["minutes=很久", "channel=飞鸽", "by=x", "text="];
        let Err(Fault::Typed(errors)) = change(&example("work_log"), &set, &[]) else { panic!("nothing fits") };
        let said: Vec<(&str, &str)> = errors.0.iter().map(|e| (e.field.as_str(), e.zh.as_str())).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said[0].0 == "by" && said[0].1.contains("工作日志没有可更正的栏目“by”"), "{said:?}");
        assert!(said[1].1.starts_with("用时“很久”不是整数") && said[2].1.starts_with("渠道没有“飞鸽”"), "{said:?}");
        assert_eq!(said[3], ("text", "日志内容不能为空，请填写。"));
        let Err(Fault::Typed(errors)) =
            change(&example("result_delivered"), &["delivery.mail.posted_on=2026-02-30"], &["results"])
        else {
            panic!("no such day")
        };
        let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["delivery.mail.posted_on", "results"]);
        assert!(errors.0[0].zh.contains("2026年2月没有30日"), "{errors}");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for pair in ["nothing=1", "by=x", "text", "text.more=1", "items.9=甲"] {
            assert!(change(&example("work_log"), &[pair], &[]).is_err(), "{pair}");
        }
        assert!(change(&example("material_received"), &["items.9=甲"], &[]).is_err());
        assert!(
            change(&example("result_delivered"), &["delivery.mail.carrier=邮政", "delivery.by_hand.recipient=王"], &[]).is_ok()
        );
        let half = change(&example("result_delivered"), &["delivery={\"by_hand\":{}}", "delivery.mail.number=EB1"], &[]);
        assert!(half.is_err(), "a way without what it needs is no record");
        assert!(change(&example("work_log"), &[], &[]).is_err());
    }
}
