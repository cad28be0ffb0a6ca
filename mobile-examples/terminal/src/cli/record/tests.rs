//! Every kind goes through the terminal's arguments and comes back as it was.

use super::names::{First, Line, PLAIN, line};
use super::*;
use clap::error::ErrorKind;
use daiban_core::fact::field::{FieldErrors, FieldValue, Filled, Reader, Shape};
use daiban_core::fact::form::Form;
use daiban_core::fact::{Fact, FieldError, FieldInfo, SealKey, Sealed, fact_kind};
use daiban_core::ids::{KeyId, PersonId, UnitId};
use daiban_core::plan::Plan;

const KEY: [u8; 32] = [2; 32];

/// Fills a form in as the device of 张三 would.
struct Desk;

impl Reader for Desk {
    fn seal(&mut self, text: &str) -> Result<Sealed, FieldError> {
        Ok(Sealed::seal(text, &SealKey { id: KeyId([1; 16]), key: KEY.to_vec() }, [3; 24]).unwrap())
    }
    fn unit(&self, typed: &str) -> UnitId {
        Plan::builtin().organisation.find_unit(typed).map_or_else(|| UnitId::from(typed), |unit| unit.id.clone())
    }
    fn person(&self, typed: &str) -> PersonId {
        PersonId::from(typed)
    }
    fn filled(&self, from: Filled) -> Option<FieldValue> {
        Some(match from {
            Filled::Person => FieldValue::from("zhang"),
            Filled::Week => FieldValue::from("2026-W47"),
            Filled::Title => FieldValue::from("冷链物流园"),
            Filled::Enterprise => FieldValue::from("大连某食品有限公司"),
            Filled::OnSite => FieldValue::from("on_site"),
            Filled::One => FieldValue::Integer(1),
        })
    }
}

fn recorded(kind: &'static KindInfo, line: Line, argv: &[String]) -> Result<Body, Fault> {
    let command = arguments::command(kind, &line).no_binary_name(true);
    let matches = command.try_get_matches_from(argv).unwrap_or_else(|error| panic!("{argv:?}: {error}"));
    let recording = Recording { kind, line, matches };
    let values = recording.values(&|text| Ok(text.parse().unwrap()))?;
    filling::body(kind, &values, &mut Desk)
}

fn typed(command: &str, argv: &[&str]) -> Result<Body, FieldErrors> {
    let (kind, line) = called(command).unwrap();
    let argv: Vec<String> = argv.iter().map(|arg| (*arg).to_owned()).collect();
    recorded(kind, line, &argv).map_err(|fault| match fault {
        Fault::Typed(errors) => errors,
        other => panic!("{other}"),
    })
}

/// A value as somebody would type it; rows in one text.
fn written(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => text.clone(),
        FieldValue::Integer(number) => number.to_string(),
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::List(items) => items.iter().map(written).collect::<Vec<_>>().join("；"),
        FieldValue::Fields(_) => panic!("a row in a row"),
    }
}

fn row(infos: &[FieldInfo], cells: &[(String, FieldValue)]) -> String {
    let cell = |info: &FieldInfo| cells.iter().find(|(name, _)| name == info.name).map(|(_, value)| written(value));
    infos.iter().map(|info| cell(info).unwrap_or_default()).collect::<Vec<_>>().join(":")
}

fn argv(path: &str, infos: &[FieldInfo], values: &[(String, FieldValue)], out: &mut Vec<(String, Option<String>)>) {
    for (name, value) in values {
        let shape = infos.iter().find(|info| info.name == name).unwrap().shape;
        let at = arguments::join(path, name);
        match (shape, value) {
            (Shape::Fields(infos), FieldValue::Fields(values)) => argv(&at, infos, values, out),
            (Shape::OneOf(ways), FieldValue::Fields(chosen)) => {
                let (way, FieldValue::Fields(values)) = &chosen[0] else { panic!("a way has fields") };
                let at = arguments::join(&at, way);
                out.push((at.clone(), None));
                argv(&at, ways.iter().find(|known| known.name == way).unwrap().fields, values, out);
            }
            (Shape::List { of: Shape::Fields(infos), .. }, FieldValue::List(rows)) => out.extend(rows.iter().map(|cells| {
                let FieldValue::Fields(cells) = cells else { panic!("a row has cells") };
                (at.clone(), Some(row(infos, cells)))
            })),
            (Shape::List { .. }, FieldValue::List(items)) => {
                out.extend(items.iter().map(|item| (at.clone(), Some(written(item)))))
            }
            (_, value) => out.push((at, Some(written(value)))),
        }
    }
}

fn fact(body: Body) -> Fact {
    let (by, unit) = ("zhang".into(), "fengrong".into());
    Fact { id: FactId([9; 16]), by, unit, occurred_at: 1, recorded_at: 1, amends: None, body }
}

#[test]
fn every_example_goes_through_the_arguments_and_comes_back_equal() {
    for body in Body::examples() {
        let kind = fact_kind(body.kind()).unwrap();
        let open = |sealed: &Sealed| sealed.open(&SealKey { id: sealed.key, key: KEY.to_vec() }).ok();
        let mut flags = Vec::new();
        argv("", kind.fields, &Form::of(&fact(body.clone()), &open).unwrap().values, &mut flags);
        for line in [line(kind), PLAIN] {
            let command = arguments::command(kind, &line);
            for own in [true, false] {
                let mut argv = if line.first == First::Case { vec!["3f2a".to_owned()] } else { Vec::new() };
                // What stands without a flag comes first, in its order.
                let first = if let First::Record(field) = line.first { Some(field) } else { None };
                let in_order: Vec<&str> =
                    first.into_iter().chain(line.then.iter().copied().filter(|_| !own || first.is_some())).collect();
                for place in &in_order {
                    argv.extend(flags.iter().find(|(path, _)| path == place).and_then(|(_, value)| value.clone()));
                }
                for (path, value) in flags.iter().filter(|(path, _)| !in_order.contains(&path.as_str())) {
                    let short = command.get_arguments().find(|arg| arg.get_id() == path.as_str()).and_then(|arg| arg.get_long());
                    let long = short.filter(|_| !own).unwrap_or(path);
                    argv.push(value.as_ref().map_or_else(|| format!("--{long}"), |value| format!("--{long}={value}")));
                }
                let back = recorded(kind, line, &argv).unwrap_or_else(|fault| panic!("{argv:?}: {fault}"));
                assert_eq!(back, body, "{argv:?}");
            }
        }
    }
}

#[test]
fn every_kind_is_a_command_and_no_two_names_collide() {
    let whole = || Recording::augment_subcommands(Command::new("daiban-field").no_binary_name(true));
    whole().debug_assert();
    for kind in fact_kinds() {
        arguments::command(kind, &PLAIN).debug_assert();
        let short = line(kind).command(kind);
        for name in [kind.name.to_owned(), names::dashed(kind.name), short.clone()] {
            let help = whole().try_get_matches_from([name.as_str(), "--help"]).unwrap_err();
            assert_eq!(help.kind(), ErrorKind::DisplayHelp, "{name}");
            let help = help.to_string();
            assert!(help.contains(kind.label.zh) && help.contains(kind.label.en) && help.contains(kind.clause), "{help}");
            let said = kind.fields.iter().filter(|info| !matches!(info.shape, Shape::OneOf(_) | Shape::Fields(_)));
            for info in said {
                let squeezed = help.split_whitespace().collect::<String>();
                let label = |text: &str| text.split_whitespace().collect::<String>();
                assert!(squeezed.contains(&label(info.label.zh)) && squeezed.contains(&label(info.label.en)), "{name}: {help}");
            }
        }
        assert!(Recording::has_subcommand(&short));
    }
    assert!(!Recording::has_subcommand("sync"));
}

#[test]
fn one_flag_may_stand_for_several_fields() {
    let letter = |argv: &[&str]| match typed("letter", &[&["3f2a", "--scope", "备案"], argv].concat()) {
        Ok(Body::AuthorizationLetterSigned(letter)) => letter,
        other => panic!("{other:?}"),
    };
    let signed = letter(&["--signed", "2026-11-20", "--enterprise-signed", "2026年11月23日"]);
    assert_eq!(
        (signed.chief_signed_on.to_string(), signed.enterprise_signed_on.to_string()),
        ("2026-11-20".into(), "2026-11-23".into())
    );
    assert_eq!((signed.chief.as_str(), signed.project_name.as_str()), ("zhang", "冷链物流园"));
    let deliver = |argv: &[&str]| typed("deliver", &[&["3f2a", "--result", "执照", "--recipient", "王喆"], argv].concat());
    let Ok(Body::ResultDelivered(by_hand)) = deliver(&["--by-hand"]) else { panic!("by hand") };
    assert!(matches!(by_hand.delivery, daiban_core::fact::kinds::Delivery::ByHand { recipient: Some(_) }));
    let mail = ["--mail", "--carrier", "邮政", "--number", "EB1", "--posted", "2026-11-20"];
    let Ok(Body::ResultDelivered(by_mail)) = deliver(&mail) else { panic!("by mail") };
    assert!(matches!(by_mail.delivery, daiban_core::fact::kinds::Delivery::Mail { addressee: Some(_), .. }));
    assert_eq!(deliver(&[]).unwrap_err().0[0].field, "delivery", "a recipient chooses no way");
    assert_eq!(deliver(&[&mail[..], &["--by-hand"]].concat()).unwrap_err().0[0].zh, "交付方式请选择且只选择一种方式。");
}

#[test]
fn every_error_is_told_at_once_with_its_label() {
    let errors = typed("open", &["--investment", "2500.5", "--decision-date", "2021年2月30日"]).unwrap_err();
    let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["title", "enterprise", "location", "investment_10k_yuan", "decision.number", "decision.date"]);
    assert_eq!(errors.0[0].zh, "项目名称不能为空，请填写。");
    assert!(errors.0[3].zh.starts_with("投资额“2500.5”") && errors.0[5].zh.contains("2021年2月没有30日"), "{errors}");
    let errors = typed("receive", &["3f2a", "--material", "章程:二", "--material", "执照:1:原件:x"]).unwrap_err();
    assert!(errors.0[0].zh.starts_with("材料清单第1项的份数") && errors.0[1].zh.starts_with("材料清单第2项的原件"), "{errors}");
}

#[test]
fn what_nobody_typed_is_what_the_device_knows() {
    let Ok(Body::NoChange(nothing)) = typed("no-change", &["3f2a"]) else { panic!("week") };
    assert_eq!(nothing.week.to_string(), "2026-W47");
    let Ok(Body::AgentHandover(handed)) = typed("hand-over", &["3f2a", "--to", "li", "--reason", "调岗"]) else { panic!("me") };
    assert_eq!((handed.from.as_str(), handed.open_items.len()), ("zhang", 0));
    let Ok(Body::Inquiry(asked)) = typed("ask", &["3f2a", "还缺什么？"]) else { panic!("question") };
    assert_eq!(asked.channel.id(), "telephone");
    let Ok(Body::WorkLog(log)) = typed("log", &["3f2a", "到现场"]) else { panic!("log") };
    assert_eq!(log.channel.id(), "on_site");
}
