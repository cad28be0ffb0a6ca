//! The calendar on the command line: what it prints, byte for byte.
#![allow(clippy::unwrap_used)]

use std::process::{Command, Output};

fn daiban(arguments: &[&str]) -> Output {
    let nowhere = std::env::temp_dir().join("daiban-cli-calendar-without-data");
    Command::new(env!("CARGO_BIN_EXE_daiban")).env("DAIBAN_DATA", nowhere).args(arguments).output().unwrap()
}

fn out(arguments: &[&str]) -> String {
    let done = daiban(arguments);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&out(arguments)).unwrap()
}

#[test]
fn the_nth_working_day_in_either_direction() {
    assert_eq!(out(&["workday", "add", "2021-02-10", "15"]), "2021-03-09\n");
    assert_eq!(out(&["workday", "add", "2021-03-09", "-15"]), "2021-02-10\n");
    assert_eq!(out(&["workday", "add", "2020-12-05", "15"]), "2020-12-25\n", "the start is never counted");
    let document = json(&["workday", "add", "2021-02-10", "15", "--json"]);
    assert_eq!((&document["date"], &document["certainty"]), (&"2021-03-09".into(), &"certain".into()));
    assert_eq!(document["counted"].as_array().unwrap().len(), 15);
}

#[test]
fn a_provisional_date_stands_alone_on_stdout_and_says_why_on_stderr() {
    let done = daiban(&["workday", "add", "2026-12-10", "15"]);
    assert_eq!(String::from_utf8(done.stdout).unwrap(), "2026-12-31\n");
    assert!(String::from_utf8(done.stderr).unwrap().starts_with("暂定：2027年放假安排尚未公布"));
    let document = json(&["workday", "add", "2026-12-10", "15", "--json"]);
    assert_eq!(document["certainty"], "provisional");
    assert!(document["reason_zh"].as_str().unwrap().contains("2027"));
}

#[test]
fn working_days_between_two_dates() {
    assert_eq!(out(&["workday", "between", "2021-01-01", "2021-12-31", "--closed"]), "250\n");
    assert_eq!(out(&["workday", "between", "2026-09-11", "2026-09-30"]), "13\n");
    assert_eq!(out(&["workday", "between", "2021-02-10", "2021-02-19", "--list"]), "2021-02-18\n2021-02-19\n");
    assert_eq!(json(&["workday", "between", "2026-09-11", "2026-09-30", "--json"])["working_days"], 13);
}

#[test]
fn a_day_and_why() {
    let text = out(&["workday", "check", "2026-02-14"]);
    assert!(text.starts_with("2026年2月14日是工作日：春节调休上班（依据国办发明电〔2025〕7号）。\n"), "{text}");
    assert!(out(&["workday", "check", "2026-02-16"]).contains("不是工作日：春节放假"));
    assert!(out(&["workday", "check", "2027-03-01"]).contains("当年放假安排尚未公布"));
    assert!(out(&["workday", "check", "2018-03-01"]).contains("系统只收录2019年起的放假安排"), "a year long past is not to come");
}

#[test]
fn what_is_no_command_is_told_in_chinese_first() {
    for (typed, named) in
        [(&["frobnicate"][..], "frobnicate"), (&["workday", "add", "2021-02-10", "abc"], "abc"), (&["amend"], "amend")]
    {
        let done = daiban(typed);
        let told = String::from_utf8(done.stderr).unwrap();
        let first = told.lines().next().unwrap_or_default();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(first.contains("请按下面的用法重写") && told.contains(named), "{told}");
    }
}

#[test]
fn the_demo_plays_in_the_folder_that_data_names_and_in_no_other() {
    let folder = std::env::temp_dir().join(format!("daiban-demo-data-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("somebody's")).unwrap();
    let done = daiban(&["--data", &folder.to_string_lossy(), "demo", "--exit"]);
    let told = String::from_utf8(done.stderr).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(done.status.code() != Some(0) && told.contains("不是空的"), "{told}");
}

#[test]
fn a_week_without_work_owes_nothing() {
    assert!(out(&["week", "2026-W08"]).contains("0 working days, no report owed"));
    let silent = json(&["week", "2026-W08", "--json"]);
    assert_eq!((&silent["week"], &silent["working_days"]), (&"2026-W08".into(), &0.into()));
    assert!(silent["group_report_due"].is_null() && silent["district_report_due"].is_null());
    let next = json(&["week", "2026-W09", "--json"]);
    assert_eq!((&next["group_report_due"], &next["district_report_due"]), (&"2026-02-28".into(), &"2026-03-02".into()));
    assert_eq!(next["covers"], serde_json::json!(["2026-W08", "2026-W09"]));
}

#[test]
fn a_day_that_does_not_exist_is_refused_in_chinese() {
    for raw in ["2021-02-30", "2021年2月30日"] {
        let done = daiban(&["workday", "add", raw, "15"]);
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
        assert!(String::from_utf8(done.stderr).unwrap().starts_with("2021年2月没有30日，请核对原件"));
    }
    let done = daiban(&["workday", "check", "2021年2月30日", "--json"]);
    assert_eq!(done.status.code(), Some(2));
    let problem: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&problem["code"], &problem["raw"]), (&"date_impossible".into(), &"2021年2月30日".into()));
    assert_eq!(daiban(&["week", "2025-W53"]).status.code(), Some(2));
    assert_eq!(daiban(&["workday", "add", "2021-02-10", "fifteen"]).status.code(), Some(2));
}
