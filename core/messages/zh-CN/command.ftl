### What every command may say: what is not there, who may give it, what was typed, lists in parts.

-office = 办公室

untitled = （未命名项目）
district = 全区
example = 示例
given-as = 命令：时间为 Unix 秒，编号为小写十六进制，周次如 2026-W47
by-roles = （由{ $roles }办理）

## What is not there.

case = 该项目
fact = 该记录
person = 该工作人员
report = 该期周报
quarantined = 该暂存记录
contact = 该项目的经办人信息
edition = 该年度的放假安排

## Who gives it.

giver-unknown = 没有编号为“{ $person }”的工作人员，请用 --as 填写正确的编号（daiban person list 可查）。
giver-left = { $name }（{ $person }）已退出，不能再操作；请由在任人员办理。
person-left = { $name }（{ $person }）已退出，请改选在任人员，或先重新登记。
person-ambiguous = 有{ $count }名工作人员叫“{ $name }”：{ $choices }；请改填括号中的人员编号。
person-of-unit = { $unit }（{ $person }）
own-name-only = 只有{ -office }可以代他人录入，请以本人身份录入。
may-not-for = { $name }（{ $role }）不能办理此项，不能代录；请用 --for 指定{ $roles }。
may-not = { $name }（{ $role }）不能办理此项，应由{ $roles }办理；请用 --as 指定有权人员。
reason-missing = 请填写原因，不超过{ $most }字。

## What was typed.

unreadable = 命令无法读取，请核对格式后重试。{ $why }
character-unseen = “{ $field }”的第{ $place }个字是不可见的控制字符（U+{ $code }），请删去后重新提交。
case-unreadable = “{ $text }”不是项目编号，请写作“〔2026〕17号”或“2026-17”；尚未编号的，请从 daiban case list 复制系统标识。
unit-kind-unknown = 没有名为“{ $text }”的单位类别，请填写 subdistrict、town、park、district-bureau 等。
json-unreadable = 内容不是有效的 JSON（{ $why }），请核对引号和括号。
file-unreadable = 无法读取文件 { $path }（{ $why }），请检查路径。
after-unknown = 续页位置（after）无法识别，请从列表开头重新读取。
note-incomplete = 对单个项目的说明须同时填写项目编号（case）和说明文字（words）。
