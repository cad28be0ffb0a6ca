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
    for (day, year) in [("1970-01-02", "1970年1月2日"), ("1999-01-01", "1999年1月1日"), ("2099-12-31", "2099年12月31日")]
    {
        let (code, zh) = device.refused(&["log", &case, "旧事", "--occurred", day], 1);
        assert!(code == "field" && zh.contains(year) && zh.contains("没有保存"), "{day}: {code} {zh}");
    }
    assert_eq!(records(&device).len(), 1);
}

#[test]
fn a_date_long_ago_is_asked_about_and_kept_if_it_is_right() {
    let device = agent();
    let case = lead(&device);
    let letter =
        |signed| ["letter", &case, "--signed", signed, "--scope", "立项"].into_iter().map(str::to_owned).collect::<Vec<String>>();
    let said = |typed: &[String]| device.refused(&typed.iter().map(String::as_str).collect::<Vec<_>>(), 1);
    let (code, zh) = said(&letter("1921-01-01"));
    assert!(code == "field" && zh.contains("1921年1月1日早于实施方案印发日期"), "{code} {zh}");
    let (code, zh) = said(&letter("2025-11-20"));
    assert!(code == "date_in_doubt" && zh.contains("2025年11月20日距今") && zh.contains("--sure"), "{code} {zh}");
    let old = ["log", &case, "旧事", "--occurred", "2026-03-02"];
    assert_eq!(device.refused(&old, 1).0, "date_in_doubt");
    assert_eq!(records(&device).len(), 1, "nothing was kept");
    let kept = device.json(&[&old[..], &["--sure"]].concat());
    let record = kept["record"].as_str().unwrap().to_owned();
    device.json(&["amend", &record, "--set", "text=旧事重记"]);
    assert_eq!(records(&device).len(), 3, "what stands as it was is not asked about again");
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
    let times = [i64::MIN, -57_600, -1, 0, MONDAY, MONDAY - 86_400, 4_102_444_800, 4_102_444_801, 7_258_060_800, i64::MAX];
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

#[test]
fn a_count_of_one_day_and_a_provisional_date_are_told_once() {
    let friday = MONDAY + 32 * 24 * 3600;
    let device = agent().at(friday);
    let case = lead(&device);
    device.json(&["ask", &case, "何时出证？", "--channel", "电话"]);
    let shown = String::from_utf8(device.run(&["due"]).stdout).unwrap();
    let times = |words: &str| shown.matches(words).count();
    assert!(shown.contains("2026年12月28日（暂定）"), "{shown}");
    assert_eq!((times("暂定："), times("暂定")), (1, 2), "{shown}");
    assert_eq!(times("个工作日2026-12-28"), 1, "{shown}");
}
