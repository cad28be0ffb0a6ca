//! Whatever is typed: refused and nothing kept, or kept and listed once; and nothing printed steers the terminal.

use super::{agent, lead};
use crate::device::{Device, MONDAY};
use daiban_core::agent::Draft;
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{Channel, WorkLog};
use daiban_core::fact::text::refused;
use daiban_field::{Clock, Field};
use serde_json::Value;
use std::path::Path;

fn records(device: &Device) -> Vec<Value> {
    device.json(&["status"])["records"].as_array().unwrap().clone()
}

#[test]
fn dates_no_reader_takes_are_refused_and_nothing_is_kept() {
    let device = agent();
    let case = lead(&device);
    for day in ["1969-12-31", "1970-01-01", "1900-01-02", "2105-01-01", "2200-12-31 23:59"] {
        let (code, zh) = device.refused(&["log", &case, "旧事", "--occurred", day], 1);
        assert!(code == "field" && zh.contains("发生时间应在1970年"), "{day}: {code} {zh}");
        let opening =
            ["open", "--title", "甲", "--enterprise", "乙", "--location", "丙", "--investment", "2亿", "--occurred", day];
        device.refused(&opening, 1);
    }
    assert_eq!((records(&device).len(), device.json(&["cases"])["cases"].as_array().unwrap().len()), (1, 1));
    device.json(&["log", &case, "旧事", "--occurred", "1970-01-02"]);
    assert_eq!(records(&device).len(), 2);
}

#[test]
fn what_cannot_be_seen_is_refused_and_named() {
    let device = agent();
    let case = lead(&device);
    for text in ["\u{1B}[31m红\u{7}", "倒\u{202E}序", "零\u{200B}宽", "结\u{FEFF}束", "非\u{FFFF}字符", "\u{9B}31m"] {
        let output = device.run(&["log", &case, text]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(said.contains("不可见的控制字符（U+"), "{said}");
        device.refused(&["log", &case, "好", "--met", text], 2);
    }
    // What was typed comes back in an error as well.
    let said = device.run(&["show", "ab\u{1B}[2Jcd"]).stderr;
    assert!(!String::from_utf8(said).unwrap().chars().any(refused));
    assert_eq!(records(&device).len(), 1);
}

#[test]
fn amounts_and_ids_are_read_as_people_type_them() {
    let device = agent();
    let open = |amount| ["open", "--title", "甲", "--enterprise", "乙", "--location", "丙", "--investment", amount];
    for amount in ["1.2亿", "12,000", "25000万元", "２５０００"] {
        device.json(&open(amount));
    }
    let (code, zh) = device.refused(&open("2500.5"), 2);
    assert!(code == "field" && zh.starts_with("投资额“2500.5”"), "{code} {zh}");
    let first = records(&device)[0]["case"].as_str().unwrap().to_owned();
    let (code, zh) = device.refused(&["log", &first[..3], "好"], 1);
    assert!(code == "too_short" && zh.contains("前4位"), "{zh}");
}

#[test]
fn a_bundle_goes_into_a_file_named_without_a_folder() {
    let device = agent();
    lead(&device);
    let folder = Path::new(device.folder());
    let mut export = std::process::Command::new(env!("CARGO_BIN_EXE_daiban-field"));
    export.env("DAIBAN_FIELD_HOME", folder).env("DAIBAN_FIELD_CLOCK", MONDAY.to_string()).current_dir(folder);
    let output = export.args(["bundle", "export", "out.bin"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::metadata(folder.join("out.bin")).unwrap().len() > 0);
}

#[test]
fn hundreds_of_hostile_records_are_refused_whole_or_listed_once() {
    let device = agent();
    lead(&device);
    let mut field = Field::open(Path::new(device.folder()), Clock::moved(MONDAY)).unwrap();
    let case = field.cases()[0].case;
    let texts = ["好", "", " ", "\0", "\u{1B}[2J", "a\r\nb", "\u{202E}", "\u{2066}", "葛\u{E0100}", "\u{FDD0}", "\t\n一"];
    let times = [i64::MIN, -57_600, -1, 0, MONDAY, MONDAY + 86_400, 4_102_444_800, 4_102_444_801, 7_258_060_800, i64::MAX];
    let minutes = [None, Some(-1), Some(0), Some(1_441), Some(i64::MAX)];
    let (mut count, mut tried) = (1, 0);
    for text in texts {
        for occurred_at in times {
            for minutes in minutes {
                let (channel, text) = (Channel::Window, text.to_owned());
                let (item, place, next_step, met) = (None, None, None, None);
                let body = Body::WorkLog(WorkLog { text, channel, item, place, next_step, minutes, met });
                let done = field.record(case, Draft { occurred_at, amends: None, body });
                tried += 1;
                count += usize::from(done.is_ok());
                if let Ok(recorded) = &done {
                    assert_eq!(field.records(None).iter().filter(|r| r.fact == recorded.fact).count(), 1);
                }
            }
            assert_eq!(field.records(None).len(), count);
        }
    }
    assert!(tried == 550 && count > 10, "{tried} tried, {count} kept");
}
