//! Words and turns that an official would mark, and what stands instead: none is left in what people read.

use crate::house::{Source, without_tests};

/// A word that must not be read anywhere, and the one that officials use.
pub const MARKED: &[(&str, &str)] = &[
    ("建案", "项目登记"),
    ("说法不一", "记录不一致（待核实）"),
    ("隔离", "校验未通过（暂存）"),
    ("完整的事实", "记录内容不完整"),
    ("一件事实", "一个事项"),
    ("他人的位置", "记录编号与他人记录冲突"),
    ("区办", "专班办公室"),
    ("入网", "设备登记"),
    ("邀请码", "设备登记码"),
    ("办公室令牌", "办公口令"),
    ("密封", "加密"),
    ("吊销", "停用"),
    ("关账", "汇总周报"),
    ("在手材料", "代管材料"),
    ("请求组", "提请工作组"),
    ("提问人", "问询人"),
    ("交件人", "材料移交人"),
    ("交材料人", "材料移交人"),
    ("会见人员", "接洽人员"),
    ("见到的企业人员", "接洽人员"),
    ("同行代办员", "陪同代办员"),
    ("记录链末端", "存证链末位"),
    ("覆盖期", "报送期间"),
    ("义务", "应办事项"),
    ("到期事项", "应办事项"),
    ("手递", "当面转交"),
    ("写同一个项目", "同时登记同一项目"),
    ("规划组", "立项用地规划和工程建设许可组"),
    ("施工组", "施工许可和竣工验收组"),
    ("不需报送周报", "不报送周报"),
    ("周报报区政府", "将…项目进展情况书面报区政府"),
    ("，签订日期", "…年…月…日签订《代办服务委托书》"),
    ("代办内容：", "代办内容为"),
    ("邮寄送达：", "已于…交由…邮寄"),
    ("个部门参会", "需…参会研究"),
    ("尚未确认本周周报", "尚未报送本周周报"),
    ("本角色", "您的岗位"),
    ("按目前资料", "预计核验结果"),
    ("每晚作业", "系统于报送截止次日自动生成草稿"),
    ("现在办到", "当前阶段"),
    ("按流程表逐项办理", "逐项组织办理"),
    ("办结的证照", "审批结果"),
    ("请勿转发网址", "请勿转发链接"),
    ("请专班办公室指派", "请牵头单位指定"),
    ("认定规则判断", "经系统核验有效"),
];

/// What may hold a marked word: terms of another thing.
const TERMS: [&str; 1] = ["设备登记码"];

/// Where people read: sentences of the programs, pages, the plan's table, the list of kinds and the Chinese README.
const READ: [&str; 9] = [
    "core/messages/zh-CN/",
    "core/src/",
    "core/data/packs/",
    "core/tests/golden/",
    "server/src/",
    "server/templates/",
    "mobile-examples/terminal/src/",
    "bindings/src/",
    "README.zh-CN.md",
];

/// Whether a comment of this file is help on a command line.
fn is_help(path: &str) -> bool {
    ["/cli/", "/commands/", "server/src/config.rs", "server/src/demo/run.rs"].iter().any(|place| path.contains(place))
}

/// Every marked word that stands where people read it: file, line, and what should stand there.
pub fn marked(sources: &[Source]) -> Vec<String> {
    let read = sources.iter().filter(|source| READ.iter().any(|place| source.path.starts_with(place)));
    read.flat_map(|source| {
        let lines = without_tests(&source.text).lines().zip(1..).filter(move |(line, _)| {
            let line = line.trim_start();
            !source.path.ends_with(".rs") || !line.starts_with("//") || (line.starts_with("/// ") && is_help(&source.path))
        });
        lines.flat_map(move |(line, number)| wrong(line).into_iter().map(move |why| format!("{}:{number}: {why}", source.path)))
    })
    .collect()
}

fn wrong(line: &str) -> Vec<String> {
    let plain = TERMS.iter().fold(line.to_owned(), |line, term| line.replace(term, ""));
    let marked = MARKED.iter().filter(|(word, _)| plain.contains(word));
    let mut wrong: Vec<String> = marked.map(|(word, better)| format!("“{word}”，应为“{better}”")).collect();
    if plain.contains("登记码") {
        wrong.push("“登记码”，应为“设备登记码”".to_owned());
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_word_is_found_where_it_is_read_only() {
        let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let found = |path: &str, text: &str| marked(&[source(path, text)]).len();
        assert_eq!(found("server/src/a.rs", "let zh = \"已隔离\";\n// 隔离\n/// 隔离\n"), 1);
        assert_eq!(found("server/src/commands/a.rs", "/// 隔离 · quarantine\n"), 1);
        assert_eq!(found("server/src/a.rs", "\"设备登记码\"\n\"登记码\"\n"), 1);
        assert_eq!(found("docs/a.rs", "\"隔离\"\n"), 0);
        assert_eq!(found("core/src/a.rs", "#[cfg(test)]\nmod tests {\n    \"隔离\"\n"), 0);
    }
}
