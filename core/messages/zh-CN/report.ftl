### The weekly reports: of a group, and of the district.

-nothing = 无。
-doubtful = ，时间存疑

## Heads, sections, foot.

group-title = { $group }代办工作周报　{ $weeks }
district-title = 项目进展情况周报　{ $weeks }
to-group = 报送：{ $to }　截止：{ $due }
to-district = 主送：{ $to }　抄送：{ $copies }
due = 截止：{ $due }
groups-missing = 尚未确认周报的组：{ $groups }
rests-on = 依据：{ $group }周报 { $hash }（{ $person }确认）
annex = 附件：{ $title }
annex-title = 工作日志摘录
heading-progress = 一、进展情况
heading-problems = 二、存在问题
heading-suggestions = 三、解决问题的建议
heading-supplements = 四、补报
section-progress = 进展情况
section-problems = 存在问题
section-suggestions = 解决问题的建议
nothing = { -nothing }
no-other-problems = 除第一部分各项目所列问题外，无其他问题。

## What a line says.

line = { $text }——{ $unit } { $person }，{ $on }发生{ $doubtful ->
        [true] { -doubtful }
       *[false] {""}
    }
record = { $awaiting ->
        [true] 〔待认定〕
       *[false] {""}
    }{ $text }（{ $unit } { $person }{ $doubtful ->
        [true] { -doubtful }
       *[false] {""}
    }）
awaiting-of = 〔待认定〕{ $title }
amended = 更正：{ $text }
recorded-by-other = { $person }（{ $other }代录）
recorded-for = { $person }（代录：{ $other }）
notes-recorded = 文字说明：{ $names }
note-of-group = { $group }说明：{ $words }。
this-week = 本周

supplement-of = 补报{ $week }
came = { $recorded }记录，{ $received }到达
not-come = { $recorded }记录，尚未到达
supplement = { $what }：{ $text }（{ $unit } { $person }，{ $on }发生，{ $came }{ $doubtful ->
        [true] { -doubtful }
       *[false] {""}
    }）
supplement-of-old = { $line }；{ $received }到达
not-received = 未到达

overdue = { $title }，应于{ $due }（含）前完成，现已逾期{ $days ->
        [0] 不足1个工作日
       *[other] { $days }个工作日
    }。
overdue-of-old = { $title }，{ $due }到期，逾期{ $days ->
        [0] 不足1个工作日
       *[other] { $days }个工作日
    }（{ $clause }）

## A project's paragraph.

paragraph = 项目{ $by }现处于{ $stage }阶段。已办结：{ $done }。正在办理：{ $underway }。存在问题：{ $problems }。需协调事项：{ $coordination }。
built-by = 由{ $enterprise }建设，
none = 无
letter-signed = { $on }签订《代办服务委托书》
no-change = 本周无变化
others-in-annex = 其余{ $count }项工作见附件
handed-over = { $on }当面递交
posted = { $on }邮寄
table-handed-in = { $group }报送《代办服务流程表》{ $what }
table-nil = （本组无代办事项）
table-rows = （代办事项{ $rows }项{ $fees }）
table-fees = ，建设单位应缴费用合计{ $sum }元
item-underway = { $item }（{ $unit }{ $agent }，计划{ $days }个工作日）{ $work }
item-agent = ，代办员{ $person }
coordination = 请{ $lead }牵头，{ $others }研究“{ $subject }”问题
attending = { $units }参会，

## What it lacks.

gap-groups = 尚未确认周报：{ $names }
gap-silent = 尚未报送本周进展情况：{ $names }
gap-sections = 没有内容：{ $names }
silent = 截至本报告起草时，尚未报送本周进展情况的代办员：{ $names }
silent-of-old = 本周未报送进展情况的代办员：{ $names }
arrived = 自{ $since }起草后新到{ $count }条
