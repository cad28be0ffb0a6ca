//! What an official reads speaks in names, dates and words: no id of a person, no long number in hex but where it is marked, no ISO
//! week, no Unix second, no character that cannot be seen.

use super::{page, town};
use daiban_core::fact::Body;
use daiban_tests::world::night;
use daiban_tests::world::town::{AGENT, people};
use serde_json::{Value, json};

/// What stands between the tags; what is marked as evidence (`code`) is left out.
fn between_tags(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or_default();
        if !tag.starts_with("code") && !tag.starts_with("style") {
            text.push_str(words);
            text.push(' ');
        }
    }
    text
}

/// Without what is marked as the number a command takes: `（编号 …）`.
fn without_marked(text: &str) -> String {
    let mut parts = text.split("（编号 ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('）').map_or(part, |(_, rest)| rest))
}

/// What of a text only a program understands.
fn wrong(text: &str) -> Vec<String> {
    let text = without_marked(text);
    let mut wrong = Vec::new();
    for person in people() {
        wrong.extend(text.contains(person.person.as_str()).then(|| format!("id {}", person.person)));
    }
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    for word in words {
        let hex = word.len() >= 32 && word.bytes().all(|b| b.is_ascii_hexdigit());
        let seconds = word.len() == 10 && word.starts_with("17") && word.bytes().all(|b| b.is_ascii_digit());
        let week = word.len() == 8 && &word[4..6] == "-W" && word[..4].bytes().all(|b| b.is_ascii_digit());
        wrong.extend((hex || seconds || week).then(|| word.to_owned()));
    }
    wrong.extend(text.chars().filter(|c| c.is_control() && !"\n\t".contains(*c)).map(|c| format!("{c:?}")));
    wrong
}

#[test]
fn what_is_no_word_is_found() {
    for text in ["责任人 zhou-min", "周报2026-W49：", "at=1795980480", &"0f".repeat(16), "响\u{7}铃"] {
        assert_eq!(wrong(text).len(), 1, "{text}");
    }
    for text in ["周敏（编号 zhou-min）", "2026年第49周", "电话0411-83110000，确认号123456", "2026-11-27 09:00"] {
        assert_eq!(wrong(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(between_tags("<p class=\"a\">甲<code>0f</code>乙</p>"), "甲 乙  ");
}

/// Every row's line; a row without one would be printed as its fields.
fn lines(list: &Value) -> Vec<String> {
    let line = |row: &Value| row["zh"].as_str().unwrap_or_else(|| panic!("no line: {row}")).to_owned();
    list.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn pages_reports_notices_and_lists_speak_in_names_and_dates() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let now = world.now();
    for body in Body::examples() {
        world.phones[AGENT].record(case, now, None, body, now).expect("an example is a record");
    }
    world.sync_everybody();
    world.move_to("2026-11-28", 2, 30);
    night(&mut world.server, "2026-11-28".parse().unwrap()).unwrap();
    world.move_to("2026-11-28", 9, 0);
    world.confirm_groups("2026-W48");
    world.move_to("2026-11-30", 9, 0);
    world.send_district("2026-W48");
    world.move_to("2026-12-18", 2, 30);
    night(&mut world.server, "2026-12-18".parse().unwrap()).unwrap();

    let mut read: Vec<(String, String)> = Vec::new();
    let link = world.read(&format!("/v1/cases/{case}"))["enterprise_page"].as_str().unwrap().to_owned();
    let shown = format!("/cases/{case}");
    let week = ["", "/planning", "/construction", "/dispatch"].map(|group| format!("/reports/2026-W48{group}"));
    for path in ["/cases", &shown, "/duties", "/reports", &link].into_iter().chain(week.iter().map(String::as_str)) {
        read.push((path.to_owned(), between_tags(&page(&world, path))));
    }
    for path in &week {
        let report = world.read(&format!("/v1{path}"));
        let text = report["text"].as_str().unwrap().to_owned();
        // The hashes of the frozen reports that it rests on.
        let told = text.lines().filter(|line| !line.starts_with("依据：")).collect::<Vec<_>>().join("\n");
        read.push((path.clone(), told));
    }
    let lists =
        ["case_list", "duty_list", "person_list", "device_list", "audit_list", "report_list", "quarantine_list", "unit_list"];
    for list in lists {
        let rows = world.order("office", json!({ "command": list }));
        read.extend(lines(&rows).into_iter().map(|line| (list.to_owned(), line)));
    }
    let shown = world.order("office", json!({ "command": "case_show", "case": case }));
    for part in ["duties", "fact_rows", "roster"] {
        read.extend(lines(&shown[part]).into_iter().map(|line| (part.to_owned(), line)));
    }
    let notices = lines(&world.read("/v1/notices"));
    assert!(notices.iter().any(|notice| notice.contains("（依据：《实施方案》第四部分第（四）项第2目）")), "{notices:?}");
    read.extend(notices.into_iter().map(|line| ("notice".to_owned(), line)));

    let found: Vec<String> = read
        .iter()
        .flat_map(|(place, text)| wrong(text).into_iter().map(move |why| format!("{place}: {why} in {text:.300}")))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_report_to_the_district_has_a_paragraph_a_project_and_its_lines_in_an_annex() {
    let mut world = town("2026-11-23");
    let case = world.usual_case(3);
    let now = world.now();
    let bodies = Body::examples().into_iter().filter(|body| matches!(body.kind(), "work_log" | "problem_raised"));
    for body in bodies {
        world.phones[AGENT].record(case, now, None, body, now).expect("an example is a record");
    }
    world.sync_everybody();
    world.move_to("2026-11-27", 17, 0);
    world.order("li-na", json!({ "command": "report_draft", "week": "2026-W48", "group": "planning" }));
    let note = json!({
        "command": "report_note", "week": "2026-W48", "group": "planning", "case": case, "words": "企业承诺周五前补齐材料。",
    });
    world.order("li-na", note);
    world.confirm_groups("2026-W48");
    let group = page(&world, "/reports/2026-W48/planning");
    for part in ["已办结：", "正在办理：", "需协调事项：请区自然资源分局牵头", "企业承诺周五前补齐材料。", "附件：工作日志摘录"]
    {
        assert!(group.contains(part), "{part}: {group}");
    }
    world.move_to("2026-11-30", 9, 0);
    world.send_district("2026-W48");
    let district = page(&world, "/reports/2026-W48");
    let parts = [
        "区人民政府：",
        "抄送：区重大项目工作专班办公室。",
        "立项用地规划和工程建设许可组说明：企业承诺周五前补齐材料。",
        "存在问题：用地指标不足",
        "附件：工作日志摘录",
    ];
    for part in parts {
        assert!(district.contains(part), "{part}: {district}");
    }
    assert_eq!(district.matches("已办结：").count(), 1, "one project, one paragraph");

    let refused = json!({ "command": "report_note", "week": "2026-W48", "case": "0".repeat(32), "words": "无" });
    assert_eq!(daiban_tests::office::order(&mut world.server, "wei-dong", refused).unwrap_err().code(), "report_frozen");
    world.order("wei-dong", json!({ "command": "report_draft", "week": "2026-W47" }));
    let unknown = json!({ "command": "report_note", "week": "2026-W47", "case": "0".repeat(32), "words": "无" });
    assert_eq!(daiban_tests::office::order(&mut world.server, "wei-dong", unknown).unwrap_err().code(), "case_not_told");
}
