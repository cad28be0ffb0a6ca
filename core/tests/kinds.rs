//! Every kind, one after the other: what each must have, and that a record of it survives every way it can go.
//!
//! `DAIBAN_WRITE_GOLDEN=1` writes the golden list of kinds and fields anew; it is reviewed like code.

#![allow(clippy::unwrap_used, clippy::panic)]

use daiban_core::calendar::{Date, Week};
use daiban_core::case::{Code, Verdict};
use daiban_core::fact::field::{FieldValue, Filled, Reader, Shape, read, value_of};
use daiban_core::fact::shown::{PlanNames, fields, ruling_fields};
use daiban_core::fact::{
    Body, Fact, FieldError, FieldInfo, KindInfo, Node, Ruling, RulingBody, SealKey, Sealed, all_kinds, fact_kind, fact_kinds,
    kind_info,
};
use daiban_core::ids::{FactId, KeyId, PersonId, UnitId};
use daiban_core::plan::Plan;
use std::fmt::Write as _;
use std::path::Path;

const KEY: [u8; 32] = [2; 32];

/// Fills a form in as the phone of 张三 would.
struct Form;

impl Reader for Form {
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
            Filled::Week => FieldValue::Text(Week::of(Date::from_ymd_opt(2026, 11, 20)?).to_string()),
            Filled::Title => FieldValue::from("冷链物流园"),
            Filled::Enterprise => FieldValue::from("大连某食品有限公司"),
            Filled::OnSite => FieldValue::from("上门"),
            Filled::One => FieldValue::Integer(1),
        })
    }
}

fn fact(body: Body) -> Fact {
    let (by, unit) = ("zhang".into(), "fengrong".into());
    Fact { id: FactId([9; 16]), by, unit, occurred_at: 1_795_390_200, recorded_at: 1_795_390_200, amends: None, body }
}

fn named(kind: &KindInfo, values: &[(&str, FieldValue)]) -> Result<Body, Vec<(String, String)>> {
    let values: Vec<(String, FieldValue)> = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let pairs = |errors: daiban_core::fact::FieldErrors| errors.0.into_iter().map(|e| (e.field, e.zh)).collect::<Vec<_>>();
    let Node::Map(fields) = read(kind.fields, &values, &mut Form).map_err(pairs)? else { panic!("fields are a map") };
    let node = Node::map(fields.into_iter().chain([
        ("id".to_owned(), Node::Bytes(vec![9; 16])),
        ("kind".to_owned(), Node::text(kind.name)),
        ("by".to_owned(), Node::text("zhang")),
        ("unit".to_owned(), Node::text("fengrong")),
        ("occurred_at".to_owned(), Node::Int(1)),
        ("recorded_at".to_owned(), Node::Int(1)),
    ]));
    let body = Fact::read(node).unwrap().body;
    body.check().map_err(pairs)?;
    Ok(body)
}

fn text(text: &str) -> FieldValue {
    FieldValue::from(text)
}

/// Every field of a kind, rows and ways included, with its path.
fn walk(path: &str, infos: &'static [FieldInfo], out: &mut Vec<(String, &'static FieldInfo)>) {
    for info in infos {
        let path = format!("{path}{}", info.name);
        out.push((path.clone(), info));
        inside(&path, &info.shape, out);
    }
}

fn inside(path: &str, shape: &Shape, out: &mut Vec<(String, &'static FieldInfo)>) {
    match shape {
        Shape::List { of, .. } => inside(&format!("{path}[]"), of, out),
        Shape::Fields(infos) => walk(&format!("{path}."), infos, out),
        Shape::OneOf(variants) => variants.iter().for_each(|v| walk(&format!("{path}.{}.", v.name), v.fields, out)),
        _ => {}
    }
}

#[test]
fn every_example_satisfies_its_kind_and_stands_in_the_table() {
    let examples = Body::examples();
    let kinds: Vec<&str> = examples.iter().map(Body::kind).collect();
    assert_eq!(kinds, fact_kinds().iter().map(|kind| kind.name).collect::<Vec<_>>());
    for body in examples {
        assert_eq!(fact(body.clone()).check(), Ok(()), "{}", body.kind());
        assert!(!body.sentence(&PlanNames(&Plan::builtin().organisation)).is_empty(), "{}", body.kind());
        assert_eq!(body.digest().kind(), body.kind());
    }
}

#[test]
fn form_body_change_view_and_form_again_are_equal() {
    for body in Body::examples() {
        let kind = fact_kind(body.kind()).unwrap();
        let written = fact(body.clone()).node();
        let open = |sealed: &Sealed| sealed.open(&SealKey { id: sealed.key, key: KEY.to_vec() }).ok();
        let values: Vec<(String, FieldValue)> = kind
            .fields
            .iter()
            .filter_map(|info| Some((info.name.to_owned(), value_of(written.get(info.name)?, &info.shape, &open)?)))
            .collect();
        let borrowed: Vec<(&str, FieldValue)> = values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        assert_eq!(named(kind, &borrowed).unwrap(), body, "{}", kind.name);
        let shown = fields(&fact(body), &open, &PlanNames(&Plan::builtin().organisation));
        let given: Vec<&str> = shown.iter().map(|field| field.name.as_str()).collect();
        let declared: Vec<&str> = kind.fields.iter().map(|info| info.name).filter(|name| written.get(name).is_some()).collect();
        assert_eq!(given, declared, "a record is read in the order of its declaration");
        for field in shown {
            let at = format!("{}.{}", kind.name, field.name);
            assert!(!field.text_zh.is_empty() && !field.text_en.is_empty(), "{at}");
            assert!(!field.label_zh.is_ascii() && field.label_en.is_ascii(), "{at}: {} / {}", field.label_zh, field.label_en);
        }
    }
}

#[test]
fn a_ruling_comes_back_from_its_row_and_is_shown_by_its_declaration() {
    for body in RulingBody::examples() {
        let ruling = Ruling::new(FactId([1; 16]), "office".into(), "情况属实", &body);
        assert_eq!(ruling.body(), body);
        let kind = kind_info(body.kind()).unwrap();
        let shown = ruling_fields(&ruling, &PlanNames(&Plan::builtin().organisation));
        assert!(!shown.is_empty(), "{}", kind.name);
        for field in shown {
            let at = format!("{}.{}", kind.name, field.name);
            assert!(kind.field(&field.name).is_some() && !field.text_zh.is_empty() && !field.text_en.is_empty(), "{at}");
        }
    }
    for code in [Code::Effective, Code::Void, Code::Late, Code::Unrecognised, Code::DuplicateId] {
        let verdict = Verdict { code, reason: None, effective_at: 1, clock_doubtful: false };
        let body = RulingBody::Recognised(verdict.recognising(FactId([2; 16])));
        let ruling = Ruling::new(FactId([1; 16]), "server".into(), "", &body);
        let shown = ruling_fields(&ruling, &PlanNames(&Plan::builtin().organisation));
        assert!(shown.iter().any(|field| field.text_zh == code.zh()), "{} is told as {}", code.name(), code.zh());
    }
}

#[test]
fn every_error_is_told_at_once_with_its_label() {
    let log = fact_kind("work_log").unwrap();
    let typed = [("text", text("  ")), ("channel", text("飞鸽")), ("minutes", text("很久")), ("colour", text("red"))];
    let errors = named(log, &typed).unwrap_err();
    let said: Vec<(&str, &str)> = errors.iter().map(|(field, zh)| (field.as_str(), zh.as_str())).collect();
    assert_eq!(said[0], ("colour", "没有名为“colour”的栏目，请更新应用后重新填写。"));
    assert_eq!(said[1], ("text", "日志内容不能为空，请填写。"));
    assert!(said[2].1.starts_with("渠道没有“飞鸽”这一项，应为窗口（window）、上门（on_site）"), "{said:?}");
    assert_eq!(said[3], ("minutes", "用时“很久”不是整数，请填写数字。"));
    // What cannot be read and what is too long stand side by side.
    let errors = named(log, &[("text", text(&"长".repeat(5_001))), ("minutes", text("很久"))]).unwrap_err();
    assert_eq!(errors.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["text", "minutes"]);
    let table = fact_kind("flow_table_submitted").unwrap();
    let row = |fee: &str, days: &str| {
        let cells = [("unit", "区发改局"), ("item", "备案"), ("fee_yuan", fee), ("planned_working_days", days)];
        FieldValue::Fields(cells.map(|(name, value)| (name.to_owned(), text(value))).to_vec())
    };
    let rows = FieldValue::List(vec![row("", "3个工作日"), row("1.5万", "0")]);
    let errors = named(table, &[("group", text("planning")), ("rows", rows)]).unwrap_err();
    assert_eq!(errors[0].0, "rows.1.planned_working_days");
    assert_eq!(errors[0].1, "流程表事项第2项的计划时长应在1至1000个工作日之间，请核对。");
    assert_eq!(errors[1].0, "rows.1.fee_basis");
}

/// A program shows its own words by the sentence's name and what was put into it; English calls a field what people call it.
#[test]
fn every_error_names_its_sentence_and_what_was_put_into_it() {
    let typed = |kind: &str, values: &[(&str, FieldValue)]| {
        let values: Vec<(String, FieldValue)> = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        read(fact_kind(kind).unwrap().fields, &values, &mut Form).unwrap_err().0
    };
    let errors =
        typed("work_log", &[("text", text("  ")), ("channel", text("飞鸽")), ("minutes", text("很久")), ("colour", text("red"))]);
    let keys: Vec<&str> = errors.iter().map(|error| &*error.key).collect();
    assert_eq!(keys, ["fact-no-such-field", "fact-empty", "fact-no-such-choice", "fact-number-unreadable"]);
    let put_in: Vec<(&str, &str)> = errors[3].arguments.iter().map(|(name, text)| (&**name, text.as_str())).collect();
    assert_eq!(put_in, [("field", "用时"), ("text", "很久")]);
    assert_eq!(errors[3].en, "\"time spent\": \"很久\" is no whole number.");
    let cells = [("unit", "区发改局"), ("item", "备案"), ("fee_yuan", "千元"), ("planned_working_days", "3")];
    let row = FieldValue::Fields(cells.map(|(name, value)| (name.to_owned(), text(value))).to_vec());
    let errors = typed("flow_table_submitted", &[("group", text("planning")), ("rows", FieldValue::List(vec![row]))]);
    assert_eq!((&*errors[0].key, errors[0].field.as_str()), ("fact-amount-unreadable", "rows.0.fee_yuan"));
    assert!(errors[0].zh.starts_with("流程表事项第1项的相关费用“千元”不是可识别的金额"), "{}", errors[0].zh);
    assert!(errors[0].en.starts_with("\"rows, entry 1: fee\": \"千元\" is no amount"), "{}", errors[0].en);
}

#[test]
fn a_list_in_which_nothing_stands_is_empty() {
    let handover = named(fact_kind("agent_handover").unwrap(), &[("to", text("wang")), ("reason", text("岗位调整"))]);
    let Ok(Body::AgentHandover(handover)) = handover else { panic!("{handover:?}") };
    assert_eq!((handover.open_items.len(), handover.from.as_str()), (0, "zhang"));
}

#[test]
fn what_people_type_is_read() {
    let opened = |amount: &str| {
        let typed = [
            ("title", text("甲")),
            ("enterprise", text("乙")),
            ("location", text("fengrong")),
            ("investment_10k_yuan", text(amount)),
        ];
        match named(fact_kind("case_opened").unwrap(), &typed) {
            Ok(Body::CaseOpened(opened)) => Ok(opened.investment_10k_yuan.unwrap()),
            Ok(other) => panic!("{other:?}"),
            Err(errors) => Err(errors[0].1.clone()),
        }
    };
    for typed in
        ["12000", "12,000", "12，000", " １２０００ ", "12000万", "12000万元", "1.2亿", "1.2亿元", "１．２亿元", "1.20000亿"]
    {
        assert_eq!(opened(typed), Ok(12_000), "{typed}");
    }
    assert_eq!(opened("120000000元"), Ok(12_000));
    for typed in ["亿", "1.23456亿", "2500.5", "12001元", "-1", "1e4", "一亿", "1.2.3亿", "99999999999999999999"] {
        assert!(opened(typed).unwrap_err().starts_with("投资额“"), "{typed}: {:?}", opened(typed));
    }
    let receipt = [("items", text("营业执照：2份：原件；章程"))];
    let Ok(Body::MaterialReceived(received)) = named(fact_kind("material_received").unwrap(), &receipt) else { panic!() };
    let items: Vec<(&str, i64, bool)> = received.items.iter().map(|i| (i.title.as_str(), i.copies, i.original)).collect();
    assert_eq!(items, [("营业执照", 2, true), ("章程", 1, false)]);
    let day = |typed: &str| {
        let by_mail = FieldValue::Fields(
            [("carrier", "邮政"), ("number", "EB1"), ("posted_on", typed)].map(|(n, v)| (n.to_owned(), text(v))).to_vec(),
        );
        let values = [("results", text("执照")), ("delivery", FieldValue::Fields(vec![("mail".to_owned(), by_mail)]))];
        named(fact_kind("result_delivered").unwrap(), &values)
    };
    assert!(day("2026年11月20日").is_ok());
    let errors = day("2021年2月30日").unwrap_err();
    assert_eq!(errors, [("delivery.mail.posted_on".to_owned(), "交寄日期：2021年2月没有30日，请核对原件。".to_owned())]);
    let nothing = [("week", text("2026年11月18日"))];
    let Ok(Body::NoChange(nothing)) = named(fact_kind("no_change").unwrap(), &nothing) else { panic!() };
    assert_eq!(nothing.week.to_string(), "2026-W47");
    let told = fields(&fact(Body::NoChange(nothing.clone())), &|_| None, &PlanNames(&Plan::builtin().organisation));
    assert_eq!((told[0].text_zh.as_str(), told[0].text_en.as_str()), ("2026年第47周", "2026-W47"));
}

#[test]
fn a_word_of_a_later_version_makes_a_record_unknown_not_void() {
    let log = Body::examples().into_iter().find(|body| body.kind() == "work_log").unwrap();
    let Node::Map(mut fields) = fact(log).node() else { panic!() };
    fields.iter_mut().filter(|(name, _)| name == "channel").for_each(|(_, value)| *value = Node::text("hologram"));
    let read = Fact::read(Node::map(fields)).unwrap();
    assert!(matches!(&read.body, Body::Unknown { kind, .. } if kind == "work_log"), "{:?}", read.body);
    let shown = fields_zh(&read);
    assert!(shown.contains(&"渠道：hologram".to_owned()) && shown.iter().any(|line| line.starts_with("日志内容：")), "{shown:?}");
}

fn fields_zh(fact: &Fact) -> Vec<String> {
    let shown = fields(fact, &|_| None, &PlanNames(&Plan::builtin().organisation));
    shown.into_iter().map(|field| format!("{}：{}", field.label_zh, field.text_zh)).collect()
}

#[test]
fn nobody_must_show_where_he_is_or_send_a_picture() {
    let shown = ["place", "position", "track", "photo", "picture", "video"];
    for kind in all_kinds() {
        let mut lines = Vec::new();
        walk("", kind.fields, &mut lines);
        for (path, info) in lines {
            let shows = info.name.split('_').any(|word| shown.contains(&word));
            assert!(!(shows && info.required), "{}.{path} is demanded", kind.name);
        }
    }
}

#[test]
fn the_table_is_the_reviewed_one() {
    let mut out = String::from("# kind | field | type | required | sealed | public | rules\n");
    for kind in all_kinds() {
        let who: Vec<&str> = kind.who.iter().map(|role| role.id()).collect();
        let (before, public) =
            (if kind.before_letter { ", before the letter" } else { "" }, if kind.public { ", public" } else { "" });
        let founds = if kind.founds { ", founds the case" } else { "" };
        let receivers: Vec<&str> = kind.returned_by.iter().map(|role| role.id()).collect();
        let returned = if receivers.is_empty() { String::new() } else { format!(", sent back by {}", receivers.join(" ")) };
        let KindInfo { name, label, clause, since, .. } = kind;
        let ends = format!("{}{before}{public}{founds}{returned}", who.join(" "));
        writeln!(out, "\n{name}: {} / {}, {clause}, since {since}, {ends}", label.zh, label.en).unwrap();
        let mut lines = Vec::new();
        walk("", kind.fields, &mut lines);
        for (path, info) in lines {
            let mark = |yes: bool, word: &'static str| if yes { word } else { "-" };
            let FieldInfo { label, required, shape, public, rules, code, .. } = info;
            let code = code.map_or_else(String::new, |code| format!(", {}", code.name()));
            writeln!(
                out,
                "{name} | {path} ({} / {}) | {}{code} | {} | {} | {} | {}",
                label.zh,
                label.en,
                shape.name(),
                mark(*required, "required"),
                mark(shape.is_sealed(), "sealed"),
                mark(*public, "public"),
                mark(*rules, "rules")
            )
            .unwrap();
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/kinds.txt");
    if std::env::var_os("DAIBAN_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, &out).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(reviewed == out, "the table of kinds changed; write {} with DAIBAN_WRITE_GOLDEN=1 and review it", path.display());
}

#[test]
fn personal_data_is_never_public_and_never_read_by_rules() {
    let mut seen = 0;
    for kind in fact_kinds() {
        let mut lines = Vec::new();
        walk("", kind.fields, &mut lines);
        for (path, info) in lines.into_iter().filter(|(_, info)| matches!(info.shape, Shape::Sealed)) {
            assert!(!info.public && !info.rules && !info.required, "{}.{path}", kind.name);
            seen += 1;
        }
        for info in kind.fields.iter().filter(|info| info.rules) {
            assert!(!info.shape.is_sealed(), "{}.{}", kind.name, info.name);
        }
    }
    assert!(seen >= 8, "{seen}");
}

#[test]
fn a_fee_has_cents_and_whole_ones_stay_whole_numbers() {
    let table = fact_kind("flow_table_submitted").unwrap();
    let fee = |typed: FieldValue| {
        let cells = [("unit", text("区发改局")), ("item", text("备案")), ("fee_yuan", typed), ("fee_basis", text("某办法"))];
        let days = ("planned_working_days".to_owned(), text("3"));
        let row = cells.map(|(name, value)| (name.to_owned(), value)).into_iter().chain([days]).collect();
        let body = named(table, &[("group", text("planning")), ("rows", FieldValue::List(vec![FieldValue::Fields(row)]))])?;
        let Some(Node::List(rows)) = fact(body).node().get("rows").cloned() else { panic!("a table has rows") };
        Ok::<_, Vec<(String, String)>>(rows[0].get("fee_yuan").cloned().unwrap())
    };
    let written = [
        ("100", Node::Int(100)),
        ("1234.56", Node::text("1234.56")),
        ("１２３４．５", Node::text("1234.50")),
        ("1,234.56元", Node::text("1234.56")),
        ("1.2万", Node::Int(12_000)),
        ("1.23456万元", Node::text("12345.60")),
        ("1234.00", Node::Int(1_234)),
        ("0.01", Node::text("0.01")),
    ];
    for (typed, node) in written {
        assert_eq!(fee(text(typed)).unwrap(), node, "{typed}");
    }
    assert_eq!(fee(FieldValue::Integer(100)).unwrap(), Node::Int(100));
    for typed in ["0.005", "-1", "-0.01", "NaN", "inf", "1e3", "1.2.3", ".5", "一百", "99999999999999999999", "1.0000001万"] {
        let errors = fee(text(typed)).unwrap_err();
        assert!(errors[0].0 == "rows.0.fee_yuan" && errors[0].1.ends_with("精确到分。"), "{typed}: {errors:?}");
    }
    for typed in ["10000000000.01", "100000亿"] {
        assert!(fee(text(typed)).unwrap_err()[0].1.contains("应在0至10000000000元之间"), "{typed}");
    }
    assert!(fee(FieldValue::Integer(-1)).unwrap_err()[0].1.contains("应在0至10000000000元之间"));
}

/// What another device may send: an amount of any other form is not taken for one.
#[test]
fn an_amount_that_is_not_in_its_recorded_form_counts_as_unreadable() {
    let with = |fee: Node| {
        let cells =
            [("unit", Node::text("drc")), ("item", Node::text("备案")), ("fee_yuan", fee), ("fee_basis", Node::text("某办法"))];
        let row = cells.into_iter().chain([("planned_working_days", Node::Int(3))]);
        let rows = Node::List(vec![Node::map(row)]);
        Body::read("flow_table_submitted", vec![("group".to_owned(), Node::text("planning")), ("rows".to_owned(), rows)])
    };
    assert_eq!(with(Node::text("1234.50")).check(), Ok(()));
    assert_eq!(with(Node::Int(1_234)).check(), Ok(()));
    assert!(with(Node::Int(-1)).check().is_err() && with(Node::Int(i64::MAX)).check().is_err());
    for text in ["1234.5", "1234.00", "-1.50", "NaN", "0.005", "1e9", "", "１.50"] {
        assert!(matches!(with(Node::text(text)), Body::Malformed { .. }) && with(Node::text(text)).check().is_err(), "{text}");
    }
}
