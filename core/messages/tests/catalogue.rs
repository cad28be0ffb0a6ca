//! What is wrong with a catalogue is named, all of it at once; and what is right says what it should.

#![allow(clippy::unwrap_used)]

#[path = "../build/catalogue.rs"]
mod catalogue;
#[path = "../build/generate.rs"]
mod generate;
#[path = "../build/text.rs"]
mod text;

use catalogue::{Catalogue, Source};
use daiban_messages::{Argument, Both, Fixed, Lang, Say, say};

fn source(folder: &str, text: &str) -> Source {
    Source { folder: folder.to_owned(), room: "room".to_owned(), text: text.to_owned() }
}

fn read(zh: &str, en: &str) -> Result<Catalogue, Vec<String>> {
    let sources = [source("zh", zh), source("en", en)];
    Catalogue::read(&sources, ["zh", "en"]).map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
}

#[test]
fn every_fault_is_named_at_once_with_file_and_line() {
    let zh = "here = 有\n\ntwice = 一\ntwice = 二\nargument = { $a }和{ $b }\nterm = { -none }\n";
    let en = "there = there\nargument = { $a }\nterm = term\ntwice = one\nbroken\nfunction = { NUMBER($a) }\n";
    let wrong = read(zh, en).unwrap_err();
    for expected in [
        "zh/room.ftl:4: twice stands twice",
        "zh/room.ftl:6: term: there is no term -none",
        "en/room.ftl:6: function: only words",
        "en/room.ftl: here is not translated",
        "en/room.ftl: argument has the arguments $a here and $a $b there",
        "zh/room.ftl: there is not translated",
    ] {
        assert!(wrong.iter().any(|line| line.starts_with(expected)), "{expected} is not among {wrong:#?}");
    }
    assert!(wrong.iter().any(|line| line.starts_with("en/room.ftl:5: ")), "{wrong:#?}");
}

#[test]
fn a_room_without_the_other_language_is_refused() {
    let wrong = Catalogue::read(&[source("zh", "a = 甲")], ["zh", "en"]).unwrap_err();
    assert_eq!(wrong[0].to_string(), "zh/room.ftl: has no counterpart in the other language");
}

#[test]
fn a_choice_by_number_makes_its_argument_a_number() {
    let zh = "days = { $n }天\nkind = { $what ->\n [case] 项目\n *[other] 记录\n }";
    let en = "days = { $n ->\n [one] one day\n *[other] { $n } days\n }\nkind = { $what ->\n [case] case\n *[other] record\n }";
    let catalogue = read(zh, en).unwrap();
    let room = &catalogue.rooms["room"];
    assert_eq!(room["days"].arguments.get("n"), Some(&true));
    assert_eq!(room["kind"].arguments.get("what"), Some(&false));
    let rust = generate::rust(&catalogue);
    let days = r#""room-days\u{0}n\u{0}\u{1}a天\u{0}\u{1}A#1\u{2}one day\u{e}\u{1}a days\u{f}""#;
    assert!(rust.contains(days) && rust.contains("A0: crate::Count"), "{rust}");
    let wrong = read("days = { $n ->\n [few] 几\n *[other] 多\n }", "days = { $n }").unwrap_err();
    assert!(wrong[0].contains("has the number [few]"), "{wrong:?}");
}

#[test]
fn a_sentence_carries_its_name_its_arguments_and_both_texts() {
    let message = say::terminal::HomeBusy { path: "/data" }.say();
    assert_eq!(message.key, "terminal-home-busy");
    assert_eq!(message.arguments.iter().map(|(name, text)| (&**name, &**text)).collect::<Vec<_>>(), [("path", "/data")]);
    assert_eq!(message.of(Lang::Zh), "另一个 daiban-field 正在使用/data；请等它结束后再试。");
    assert_eq!(message.of(Lang::En), "Another daiban-field is using /data. Wait until it has ended.");
    assert_eq!(message.side_by_side(), format!("{} · {}", message.zh, message.en));
    assert!(say::terminal::NetworkTls.say().zh.contains("联系办公室"), "a term is put in");
    assert_eq!("fr".parse::<Lang>().unwrap_err().to_string(), "没有语言“fr”，请填写 zh 或 en / expected zh or en");
}

#[test]
fn words_of_each_language_stand_in_its_own_text() {
    let role = Both::new("组长", "group head");
    let nested = say::terminal::NetworkTls.say();
    let both = [role.both(), nested.both(), 7.both()];
    assert_eq!((both[0].zh.as_str(), both[0].en.as_str()), ("组长", "group head"));
    assert_eq!((both[1].zh.as_str(), both[2].en.as_str()), (nested.zh.as_str(), "7"));
    let listed = Both::listed(&[role, Both::new("成员", "member")]);
    assert_eq!((listed.zh.as_str(), listed.en.as_str()), ("组长、成员", "group head, member"));
    assert_eq!(Both::from(None), Both::default());
}

#[test]
fn a_text_without_arguments_is_a_constant_too() {
    const TEXT: Fixed = say::terminal::NetworkTls::FIXED;
    assert_eq!(TEXT.message(), say::terminal::NetworkTls.say());
    assert_eq!((TEXT.key, TEXT.both()), ("terminal-network-tls", Both::new(TEXT.zh, TEXT.en)));
    let rust = generate::rust(&read("-office = 办公室\na = { -office }甲", "-office = office\na = { -office } a").unwrap());
    assert!(rust.contains(r#"crate::Fixed { key: "room-a", zh: "办公室甲", en: "office a" }"#), "{rust}");
}

#[test]
fn a_choice_is_made_by_number_or_word_also_within_another() {
    let en = |message: daiban_messages::Message| message.en;
    assert_eq!(en(say::duty::Overdue { days: 0 }.say()), "overdue by less than one working day");
    assert_eq!(en(say::duty::Overdue { days: 1 }.say()), "overdue by one working day");
    assert_eq!(en(say::duty::Overdue { days: 10 }.say()), "overdue by 10 working days");
    let weak = |what, behind: u32| en(say::sync::LineTooWeak { what, kilobytes: 7, behind }.say());
    assert_eq!(weak("record", 0), "a record of 7 kB is more than this line carries; use a better network or a bundle");
    let carried =
        "a carried batch of records of 7 kB is more than this line carries, 2 wait behind it; use a better network or a bundle";
    assert_eq!(weak("carried", 2), carried);
    let read =
        read("a = { $a ->\n [x] { $b ->\n [1] 甲\n *[other] 乙{ $b }\n } 末\n *[other] 丙\n }", "a = { $a }{ $b }").unwrap();
    let rust = generate::rust(&read);
    assert!(rust.contains(r"\u{1}Ax\u{2}\u{1}B#1\u{2}甲\u{10}乙\u{1}b\u{11} 末\u{e}丙\u{f}"), "{rust}");
}

#[test]
fn control_characters_are_refused() {
    let wrong = read("a = 甲\u{1}a", "a = a").unwrap_err();
    assert!(wrong[0].contains("control character"), "{wrong:?}");
}
