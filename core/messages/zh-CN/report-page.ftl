### The weekly report as an official document.

month-day = { $month }月{ $day }日

## Title, opening and sources.

district-title =
    关于{ $week }重大项目
    帮办代办推进情况的报告
group-title =
    { $group }
    { $week }代办工作周报
district-opening = 现将{ $weeks }全区重大项目帮办代办推进情况报告如下。
group-opening = 现将{ $weeks }本组代办工作进展情况报告如下。
missing = 截至本报告起草时，{ $groups }尚未报送本周周报。
source = { $group }周报 { $hash }（{ $person } { $at }确认）

## The sections of a report that an earlier version drew up.

progress = 一、进展情况
problems = 二、存在问题
suggestions = 三、解决问题的建议
supplements = 四、补报
nothing = 无。
project = （{ $number }）{ $title }
line = { $day }，{ $text }{ $stop }（{ $unit } { $person }{ $doubtful ->
        [true] ，时间存疑
       *[false] {""}
    }）
awaiting = （待认定，暂不计入）{ $line }
supplement = { $line }（{ $day }到达）
overdue = { $title }，应于{ $day }（含）前完成，现已逾期{ $days ->
        [0] 不足1个工作日
       *[other] { $days }个工作日
    }（{ $clause }）。
overdue-of = { $who }：{ $overdue }

## What stands on the paper beside the text.

draft = 草稿
signer = 签发人：
ending = 特此报告。
annex = 附件
annex-of = 附件：{ $title }
copies = 抄送：{ $receivers }。
printed = { $day }印发
evidence = 存证
evidence-state = 本报告状态：{ $state }。
evidence-hash = 定稿摘要 SHA-256：
evidence-draft = 尚未定稿，内容可能变化；确认时请填本草稿摘要
built-on = 依据：{ $sources }。
tips = { $draft ->
        [true] 起草
       *[false] 定稿
    }时各项目存证链末位：
tip = { $title } 第{ $number }号
