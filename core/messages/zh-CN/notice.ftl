### What people are told of duties, and of reports that were sent back.

district-report = 全区周报
recounted = { $what }。
set-by = ，期限按{ $document }

due-by = 【{ $step }】{ $about }：请于{ $by }{ $of-case ->
        [true] 完成：
       *[false] {""}
    }{ $title }{ $provisional ->
        [true] （时限为暂定，以当年放假安排为准）
       *[false] {""}
    }。{ $recounted }（依据：{ $clause }{ $set-by }）
overdue = 【{ $step }】{ $about }：{ $title }，应于{ $day }（含）前完成，现已逾期{ $days ->
        [0] 不足1个工作日
       *[other] { $days }个工作日
    }，请尽快完成{ $provisional ->
        [true] （时限为暂定，以当年放假安排为准）
       *[false] {""}
    }。{ $recounted }（依据：{ $clause }{ $set-by }）

group-report-returned = 【退回】{ $week }{ $group }周报由{ $person }退回，原因：{ $reason }。请更正后重新确认，时限不变。（依据：{ $clause }）
district-report-reopened = 【退回】{ $week }全区周报已恢复为草稿，原因：所依据的工作组周报已退回（{ $group }）。请待该组重新确认后重新起草、确认，时限不变。（依据：{ $clause }）

## Why a duty does not stand as it stood, and why what was told of it is withdrawn.

unowed = 所依据的记录已更正或失效，不再负有此项
passed-on = 责任人已在截止前退出，由截止时在任的接任人负责
vacant = 责任人已在截止前退出，截止时席位空缺，须由牵头单位或派出单位补派人员
day-moved = 截止日由{ $from }改为{ $to }（放假安排变更）
day-moved-by-document = 截止日由{ $from }改为{ $to }（改按{ $document }计算）
state-changed = 结论由“{ $from }”改为“{ $to }”（有新的记录或认定）
