//! `daiban pack check` and `serve --pack` with a pack that has everything wrong at once.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn builtin() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/data/packs/pulandian-2021")
}

/// A copy of the built-in pack in a folder of its own.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Copy {
        let folder = std::env::temp_dir().join(format!("daiban-cli-pack-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("pack")).unwrap();
        for entry in fs::read_dir(builtin()).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), folder.join("pack").join(entry.file_name())).unwrap();
        }
        Copy(folder)
    }

    fn pack(&self) -> PathBuf {
        self.0.join("pack")
    }

    /// Puts one text in place of another in a file.
    fn change(&self, file: &str, from: &str, to: &str) -> &Copy {
        let path = self.pack().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
        self
    }

    fn add(&self, file: &str, text: &str) -> &Copy {
        let path = self.pack().join(file);
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, before + text).unwrap();
        self
    }

    fn daiban(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daiban"));
        command.arg("--data").arg(self.0.join("data")).args(arguments).arg(self.pack()).output().unwrap()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A pipe would be waited for, a file without end be read until memory ends.
#[test]
fn what_is_no_file_or_too_long_is_refused_without_being_read() {
    let copy = Copy::new("no-file");
    let texts = copy.pack().join("texts.toml");
    fs::remove_file(&texts).unwrap();
    assert!(Command::new("mkfifo").arg(&texts).status().unwrap().success());
    fs::write(copy.pack().join("access.toml"), "# long\n".repeat(100_000)).unwrap();
    let output = copy.daiban(&["pack", "check"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && told.contains("not a file") && told.contains("more than 131072 bytes"), "{told}");
}

/// The line of a file in which a text stands for the n-th time, from 1.
fn line(pack: &Path, file: &str, text: &str, nth: usize) -> usize {
    let whole = fs::read_to_string(pack.join(file)).unwrap();
    whole.lines().enumerate().filter(|(_, line)| line.contains(text)).nth(nth - 1).unwrap().0 + 1
}

/// Every fault that a pack can have by itself.
fn with_every_fault(name: &str) -> Copy {
    let copy = Copy::new(name);
    copy.change("pack.toml", "format = 1", "format = 2")
        .change("organisation.toml", "name = \"区教育局\"", "name = \"\"")
        .change("organisation.toml", "aliases = [\"区人社局\"]", "aliases = [\"区财政局\"]")
        .change("duties.toml", "clause = \"四(四)2：", "clause = \"\" # ")
        .change("numbers.toml", "default = 15", "default = 999")
        .change("numbers.toml", "who = [\"office\"]", "who = [\"mayor\"]")
        .add("organisation.toml", "\n[[leader]]\nid = \"head\"\nseat = \"组长\"\nen = \"head of the task force\"\nheld_by = \"代理区长\"\n")
        .add("kinds.toml", "[[kind]]\nname = \"work_log\"\nrequired = [\"text\", \"photo\"]\n")
        .add("access.toml", "[[command]]\nname = \"unit_paint\"\nwho = [\"office\"]\n\n[[command]]\nname = \"case_close\"\nwho = [\"administrator\"]\n");
    copy
}

#[test]
fn everything_that_is_wrong_is_named_at_once_with_file_and_line() {
    let copy = with_every_fault("check");
    let output = copy.daiban(&["--json", "pack", "check"]);
    assert_eq!(output.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let faults = told["faults"].as_array().unwrap();
    let pack = copy.pack();
    let expected = [
        ("pack.toml", line(&pack, "pack.toml", "format = 2", 1), "更新的版本"),
        ("organisation.toml", line(&pack, "organisation.toml", "name = \"\"", 1), "name 为空"),
        ("organisation.toml", line(&pack, "organisation.toml", "id = \"hrss\"", 1), "区财政局"),
        ("duties.toml", line(&pack, "duties.toml", "clause = \"\"", 1), "clause"),
        ("numbers.toml", line(&pack, "numbers.toml", "default = 999", 1), "1至250"),
        ("numbers.toml", line(&pack, "numbers.toml", "mayor", 1), "“mayor”不可用"),
        ("organisation.toml", line(&pack, "organisation.toml", "代理区长", 1), "“组长”同时由区长和代理区长担任"),
        ("kinds.toml", 3, "R190"),
        ("access.toml", 2, "没有名为 unit_paint 的命令"),
        ("access.toml", 7, "case_close 不能交给系统管理员"),
    ];
    for (file, line, wrong) in expected {
        let is = |fault: &&serde_json::Value| {
            fault["file"].as_str().unwrap().ends_with(file)
                && fault["line"] == line
                && fault["zh"].as_str().unwrap().contains(wrong)
        };
        let found = faults.iter().find(is);
        assert!(found.is_some_and(|fault| !fault["en"].as_str().unwrap().is_empty()), "{file}:{line} {wrong}: {told:#}");
    }
    let printed = String::from_utf8(copy.daiban(&["pack", "check"]).stdout).unwrap();
    assert!(
        printed.contains("organisation.toml 第") && printed.contains("access.toml:2: there is no command unit_paint"),
        "{printed}"
    );
}

#[test]
fn a_server_does_not_start_with_it() {
    let copy = with_every_fault("serve");
    let output = copy.daiban(&["--listen", "127.0.0.1:0", "serve", "--pack"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    for wrong in ["更新的版本", "unit_paint", "代理区长", "R190"] {
        assert!(said.contains(wrong), "{wrong}: {said}");
    }
    assert!(!copy.0.join("data").join("daiban.db").exists(), "nothing was made");
}

#[test]
fn a_pack_is_shown_with_who_may_what_and_with_times() {
    let copy = Copy::new("show");
    copy.change("numbers.toml", "id = \"close_of_business\"\nclause = \"none\"", "id = \"close_of_business\"\nclause = \"三\"")
        .add("access.toml", "[[command]]\nname = \"unit_add\"\nwho = [\"office\", \"chief_agent\"]\n\n[[record]]\nkind = \"inquiry\"\nwho = [\"unit_agent\"]\n");
    let printed = String::from_utf8(copy.daiban(&["pack", "show"]).stdout).unwrap();
    for expected in [
        "到期当日的截止时间：24:00（三；12:00至24:00；close_of_business）",
        "增加街道、园区等单位（unit_add）：专班办公室、首席代办员",
        "组长（head）：区长",
        "（inquiry）：代办员",
    ] {
        assert!(printed.contains(expected), "{expected}: {printed}");
    }
}

#[test]
fn the_demonstration_plays_in_another_district() {
    let folder = std::env::temp_dir().join(format!("daiban-cli-pack-demo-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/packs/qinglan-2026");
    let mut command = Command::new(env!("CARGO_BIN_EXE_daiban"));
    let output = command.arg("--data").arg(&folder).args(["demo", "--exit", "--pack"]).arg(pack).output().unwrap();
    let _ = fs::remove_dir_all(&folder);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{printed}");
    assert!(printed.contains("审批小组流程表") && printed.contains("0 failed") && !printed.contains("施工"), "{printed}");
}
