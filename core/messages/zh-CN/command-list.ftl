### Lines of lists and documents, as an official reads them.

-office = 办公室

## Units, people, devices.

unit = { $name }，{ $kind }（编号 { $id }）{ $lacks }
unit-lacks-agent = ；尚无代办员，请该单位指定一人
unit-lacks-specialist = ；{ $group }尚无代办专员，请该单位指定一人
staff = { $name }，{ $unit }，{ $role }{ $group }{ $phone }，{ $since }起{ $left }（编号 { $id }）
in-group = （{ $group }）
telephone = ，电话{ $phone }
left = ，{ $day }离任
device = { $whose }的设备（{ $model }），{ $state ->
        [pending] 待确认
        [active] 已确认
       *[revoked] 已停用
    }，确认号{ $number }，{ $enrolled }登记，{ $seen }（编号 { $id }）
device-seen = 最近同步{ $at }
device-never-seen = 尚未同步
server = 服务器
person-unlisted = 不在名录的人员
unit-unlisted = 不在名录的单位

## Cases: the line in the list, the team, the records.

case = 〔{ $lamp }〕{ $title }（{ $called }）{ $stage }{ $due }
case-due = ，最近时限{ $due }
case-unnumbered = 未编号，编号 { $id }
seat = { $role }{ $group }：{ $unit } { $name }，{ $since }起{ $until }
seat-until = ，{ $at }止
fact = { $number }{ $at } { $who }{ $other } { $kind }：{ $verdict }{ $open ->
        [true] （可由{ -office }认定）
       *[false] {""}
    }{ $clock-wrong ->
        [true] （服务器时钟有误时段）
       *[false] {""}
    }
fact-by-other = （{ $who }代录）
kind-unrecognised = 待识别
quarantined = 暂存编号{ $no }：{ $at }收到{ $who }在{ $title }的记录，{ $why }{ $adopted ->
        [true] ，已补录
       *[false] {""}
    }
quarantined-never-member = 记录人未列入本项目名单；列入后可原样收入
quarantined-unfit = 校验不符

## Duties, notices, reports.

duty = 〔{ $lamp }〕{ $about }：{ $owed }{ $behind }
duty-of-case = 〔{ $lamp }〕{ $owed }
duty-behind = （该项目有新记录，正在重新计算，请稍后再看）
owed = { $title }，时限{ $due }，{ $state }{ $who }
owed-by = ，责任人{ $person }
notice-withdrawn = 【已撤回：{ $why }】{ $notice }
report = { $week }{ $whose }周报：{ $state ->
        [draft] 草稿
        [frozen] 已定稿
       *[sent] 已报送
    }

## The audit log, and what its rows are about.

act = 第{ $no }号{ $node }　{ $at }　{ $who }：{ $action }{ $object }
act-node = （节点 { $node }）
act-other = 其他操作
act-about = （{ $object }）
about-report = { $week }{ $whose }
about-quarantine = 暂存编号{ $no }
about-numbers = 设置第{ $no }号
about-edition = { $year }年放假安排
