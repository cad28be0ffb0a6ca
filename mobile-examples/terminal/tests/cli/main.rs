//! The program as people run it: without a network, with a wrong network, and with nonsense.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod border;
mod counter;
mod device;

use counter::Behind;
use daiban_core::people::Role;
use daiban_core::sync::enrol::Invitation;
use daiban_core::sync::{Signer, SoftwareKey};
use device::Device;
use serde_json::Value;

fn agent() -> Device {
    Device::enrolled(&counter::start(Behind::Unknown, Role::UnitAgent))
}

fn lead(device: &Device) -> String {
    let lead = device.json(&[
        "open",
        "--title",
        "海湾冷链物流园",
        "--enterprise",
        "大连某某有限公司",
        "--location",
        "铁西街道",
        "--investment",
        "12000",
        "--contact",
        "王喆 13800138000",
    ]);
    assert_eq!(lead["state"], "local", "{lead}");
    lead["case"].as_str().unwrap().to_owned()
}

#[test]
fn a_lead_is_opened_and_worked_on_without_a_network() {
    let device = agent();
    let case = lead(&device);
    let prefix = &case[..6];
    let log = device.json(&[
        "log",
        prefix,
        "与企业核对用地红线",
        "--channel",
        "上门",
        "--place",
        "铁西街道",
        "--next",
        "约规划分局",
        "--minutes",
        "90",
        "--occurred",
        "2026年11月20日 14:30",
    ]);
    assert_eq!((&log["case"], &log["kind"]), (&Value::from(case.as_str()), &Value::from("work_log")));
    let received = device.json(&["receive", prefix, "--material", "营业执照:2:复印件", "--from", "李某"]);
    assert!(received["record"].is_string());

    let cases = device.json(&["cases"]);
    assert_eq!(cases["cases"][0]["title"], "海湾冷链物流园");
    let status = device.json(&["status"]);
    assert_eq!(status["records"].as_array().unwrap().len(), 3);
    assert!(status["records"].as_array().unwrap().iter().all(|r| r["state"] == "local"), "{status}");
    let shown = device.json(&["show", prefix]);
    assert_eq!(shown["records"].as_array().unwrap().len(), 3);
    assert_eq!(shown["team"][0]["person"], "wang");
    assert_eq!(shown["records"][0]["fields"]["contact"]["opened"], "王喆 13800138000");
    assert!(device.json(&["due"])["duties"].is_array());
}

#[test]
fn keys_of_the_json_stay() {
    let device = agent();
    let case = lead(&device);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let status = device.json(&["status"]);
    let expected = [
        "adopted",
        "again",
        "case",
        "code",
        "kind",
        "next",
        "occurred_at",
        "quarantine",
        "record",
        "recorded_at",
        "sent_back",
        "sequence",
        "state",
        "state_zh",
        "title",
        "verdict",
    ];
    assert_eq!(keys(&status["records"][0]), expected);
    let cases = device.json(&["cases"]);
    assert_eq!(
        keys(&cases["cases"][0]),
        [
            "alarm",
            "case",
            "enterprise",
            "lamp",
            "next_due",
            "quarantined",
            "sequence",
            "stage",
            "title",
            "update_needed",
            "waiting"
        ]
    );
    assert_eq!(
        keys(&device.json(&["show", &case])),
        [
            "case",
            "contested",
            "enterprise",
            "lamp",
            "later",
            "location",
            "number",
            "records",
            "sequence",
            "stage",
            "team",
            "title",
            "update_needed"
        ]
    );
}

#[test]
fn a_text_may_come_from_standard_input_in_any_language() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let device = agent();
    let case = lead(&device);
    let mut child = Command::new(env!("CARGO_BIN_EXE_daiban-field"))
        .args(["--home", device.folder(), "--json", "log", &case, "-"])
        .env("DAIBAN_FIELD_CLOCK", device::MONDAY.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("第一行\n第二行：𠮷野家\n".as_bytes()).unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let shown = device.json(&["show", &case]);
    assert_eq!(shown["records"][1]["fields"]["text"], "第一行\n第二行：𠮷野家");
}

#[test]
fn a_day_that_does_not_exist_is_refused_and_nothing_is_saved() {
    let device = agent();
    let (code, zh) = device.refused(
        &[
            "open",
            "--title",
            "甲",
            "--enterprise",
            "乙",
            "--location",
            "铁西街道",
            "--decision-number",
            "普委〔2021〕1号",
            "--decision-date",
            "2021年2月30日",
        ],
        2,
    );
    assert_eq!((code.as_str(), zh.as_str()), ("field", "决定日期：2021年2月没有30日，请核对原件。"));
    assert!(device.json(&["status"])["records"].as_array().unwrap().is_empty());
}

#[test]
fn a_small_project_is_refused_with_the_clause() {
    let device = agent();
    let args = ["open", "--title", "甲", "--enterprise", "乙", "--location", "铁西街道", "--investment", "9999"];
    let (code, zh) = device.refused(&args, 1);
    assert_eq!(code, "field");
    assert!(zh.contains("四(一)"), "{zh}");
}

#[test]
fn a_correction_is_a_new_record_and_the_old_one_stays() {
    let device = agent();
    let case = lead(&device);
    let log = device.json(&["log", &case, "去了现场", "--minutes", "30"]);
    let record = log["record"].as_str().unwrap();
    let amended = device.json(&["amend", &record[..8], "--set", "minutes=45", "--set", "place=铁西"]);
    assert_eq!(amended["amends"], record);
    let shown = device.json(&["show", &case]);
    let fields: Vec<&Value> = shown["records"].as_array().unwrap().iter().map(|r| &r["fields"]["minutes"]).collect();
    assert_eq!(fields, [&Value::Null, &Value::from(30), &Value::from(45)]);
    let (_, zh) = device.refused(&["amend", record, "--set", "channel=飞鸽"], 2);
    assert!(zh.starts_with("渠道没有“飞鸽”这一项"), "{zh}");
}

#[test]
fn kinds_and_fields_answer_to_their_own_names_too() {
    let device = agent();
    let case = lead(&device);
    let log =
        device.json(&["work_log", &case, "--text", "去了现场", "--next_step", "补测绘图", "--minutes", "４５分钟", "--met=王某"]);
    let again = device.json(&["work-log", &case, "去了现场", "--next-step", "补测绘图"]);
    assert_eq!((&log["kind"], &again["kind"]), (&Value::from("work_log"), &Value::from("work_log")));
    let record = log["record"].as_str().unwrap();
    device.json(&["amend", record, "--set", "met=李某", "--unset", "next_step"]);
    let asked = device.json(&["ask", &case, "还缺什么材料？"]);
    let question = asked["record"].as_str().unwrap();
    let answer = device.json(&["answer", &question[..8], "还缺章程", "--channel", "微信"]);
    assert_eq!(answer["case"], case.as_str(), "the case is the question's");
    let shown = device.json(&["show", &case]);
    let fields: Vec<&Value> = shown["records"].as_array().unwrap().iter().map(|r| &r["fields"]).collect();
    assert_eq!((&fields[1]["minutes"], &fields[1]["met"]["opened"]), (&Value::from(45), &Value::from("王某")));
    assert_eq!((&fields[3]["next_step"], &fields[3]["met"]["opened"]), (&Value::Null, &Value::from("李某")));
    assert_eq!((&fields[5]["inquiry"], &fields[5]["channel"]), (&asked["record"], &Value::from("wechat")));
}

#[test]
fn every_field_that_does_not_fit_is_named_at_once() {
    let device = agent();
    let case = lead(&device);
    let args = ["flow-table", &case, "--group", "别的组", "--rows", "区发改局:备案::::1.5:三天", "--json"];
    let output = device.run(&args);
    assert_eq!(output.status.code(), Some(2));
    let error = serde_json::from_slice::<Value>(&output.stdout).unwrap()["error"].take();
    let fields: Vec<&str> = error["fields"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["group", "rows.0.planned_working_days"], "{error}");
    let zh = error["zh"].as_str().unwrap();
    assert!(zh.lines().count() == 2 && zh.contains("流程表事项第1项的计划时长"), "{zh}");
}

#[test]
fn everything_on_the_way_has_its_own_message_and_exit_three() {
    for (behind, code) in
        [(Behind::Portal, "captive_portal"), (Behind::ForeignResponse, "wrong_server"), (Behind::Gateway, "busy")]
    {
        let device = Device::enrolled(&counter::start(behind, Role::UnitAgent));
        lead(&device);
        let (found, zh) = device.refused(&["sync"], 3);
        assert_eq!(found, code, "{zh}");
        assert_eq!(device.json(&["status"])["records"].as_array().unwrap().len(), 1);
    }
    let (code, zh) = agent().refused(&["sync"], 1);
    assert_eq!((code.as_str(), zh.contains("办公室")), ("unknown_device", true));
}

#[test]
fn no_network_is_exit_three_and_loses_nothing() {
    let address = counter::start_once(Role::UnitAgent);
    let device = Device::enrolled(&address);
    let case = lead(&device);
    let (code, zh) = device.refused(&["sync"], 3);
    assert_eq!(code, "offline");
    assert!(zh.contains("不会丢失"), "{zh}");
    assert_eq!(device.json(&["status"])["records"][0]["case"], case.as_str());
}

#[test]
fn nonsense_is_answered_in_chinese_with_exit_two() {
    let device = agent();
    let case = lead(&device);
    for args in [
        vec!["fly"],
        vec!["log"],
        vec!["log", &case, "好", "--channel", "飞鸽"],
        vec!["log", &case, "好", "--occurred", "昨天"],
        vec!["log", &case, "好", "--minutes", "很久"],
        vec!["receive", &case, "--material", "章程:二"],
        vec!["no-change", &case, "--week", "2026-W60"],
        vec!["problem", &case, "没有地", "--group", "别的组"],
        vec!["deliver", &case, "--result", "执照"],
        vec!["deliver", &case, "--result", "执照", "--mail", "--carrier", "邮政", "--number", "EB1", "--posted", "2026-13-01"],
        vec!["enrol", "--server", "http://10.0.0.1", "--code", "X"],
        vec!["enrol", "--server", "明天", "--code", "X"],
        vec!["flow-table", &case, "--group", "planning", "--rows", "/nonexistent.csv"],
    ] {
        let (_, zh) = device.refused(&args, 2);
        assert!(zh.chars().any(|c| c as u32 > 0x3000), "{args:?}: {zh}");
    }
    for args in [vec!["show", "zz"], vec!["log", "ffffffff", "好"], vec!["again", "00"], vec!["bundle", "import", "/nonexistent"]]
    {
        device.refused(&args, 1);
    }
}

#[test]
fn an_invitation_names_its_server_and_no_other_is_believed() {
    let address = counter::start(Behind::Unknown, Role::UnitAgent);
    let key = |secret: u8| SoftwareKey::from_secret(&[secret; 32]).public_key();
    let device = Device::new();
    let foreign = Invitation::new("AB12-CD34", &key(8), Some(&address)).uri();
    let (code, zh) = device.refused(&["enrol", "--code", &foreign], 1);
    assert_eq!((code.as_str(), zh.contains("没有登记")), ("uninvited_server", true), "{zh}");
    let (code, _) = device.refused(&["enrol", "--server", &address, "--code", "AB12-CD34@0123"], 1);
    assert_eq!(code, "invitation", "half a hash is not passed over");
    let done = device.json(&["enrol", "--code", &Invitation::new("AB12-CD34", &key(9), Some(&address)).uri()]);
    assert_eq!((done["person"]["id"].as_str(), done["server"].as_str()), (Some("wang"), Some(address.as_str())), "{done}");
}

#[test]
fn a_device_that_is_nobodys_says_how_to_become_somebodys() {
    let device = Device::new();
    for args in [vec!["sync"], vec!["open", "--title", "甲", "--enterprise", "乙", "--location", "丙", "--investment", "20000"]]
    {
        let (code, zh) = device.refused(&args, 1);
        assert_eq!(code, "not_enrolled");
        assert!(zh.contains("登记"), "{zh}");
    }
    assert!(device.json(&["cases"])["cases"].as_array().unwrap().is_empty());
}

#[test]
fn readable_output_is_chinese_and_english_on_request() {
    let device = agent();
    lead(&device);
    let shown = |args: &[&str]| String::from_utf8(device.run(args).stdout).unwrap();
    assert!(shown(&["status"]).contains("本机"));
    assert!(shown(&["status", "--lang", "en"]).contains("only here"));
    assert!(shown(&["--help"]).contains("代办外勤终端"));
}

#[test]
fn work_can_be_carried_in_a_file() {
    let device = agent();
    let case = lead(&device);
    let file = format!("{}.daiban", device.folder());
    let out = device.json(&["bundle", "export", &file]);
    assert_eq!(out["records"], 1, "{out}");
    let carrier = agent();
    let taken = carrier.json(&["bundle", "import", &file]);
    assert_eq!((&taken["records"], &taken["cases"]), (&Value::from(1), &Value::from(1)), "{case}: {taken}");
    std::fs::write(&file, "不是记录包").unwrap();
    let (code, _) = carrier.refused(&["bundle", "import", &file], 1);
    assert_eq!(code, "bundle_not");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn a_new_address_is_kept_only_if_no_other_server_answers_there() {
    let device = agent();
    let kept = || std::fs::read_to_string(format!("{}/connection.json", device.folder())).unwrap();
    let before = kept();
    for behind in [Behind::ForeignResponse, Behind::Unknown] {
        let elsewhere = counter::start(behind, Role::UnitAgent);
        let output = device.run(&["connect", "--server", &elsewhere]);
        assert_ne!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(kept(), before, "the old address stays");
    }
    let nobody = "http://127.0.0.1:1";
    assert_eq!(device.json(&["connect", "--server", nobody])["proved"], false);
    assert!(kept().contains(nobody));
}

#[test]
fn a_word_that_is_no_command_is_named_in_chinese() {
    let device = agent();
    for (typed, named) in [(&["frobnicate"][..], "frobnicate"), (&["due", "--nonsense"], "--nonsense"), (&["amend"], "<RECORD>")]
    {
        let (code, zh) = device.refused(typed, 2);
        assert!(code == "usage" && zh.contains(named) && zh.contains("--help"), "{zh}");
    }
}
