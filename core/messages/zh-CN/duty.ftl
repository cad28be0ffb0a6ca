### What is owed: where a duty stands, what it is counted by, who hears of it.

## Where it stands.

open = 进行中
due-soon = 即将到期
due-today = 今日到期
overdue = 已逾期{ $days ->
        [0] （不足1个工作日）
       *[other] { $days }个工作日
    }
overdue-since = 已逾期
met = 已按期完成
met-late = 逾期完成
awaiting-ruling = 待认定
stopped = 已停止

lamp-grey = 灰
lamp-green = 绿
lamp-yellow = 黄
lamp-red = 红

## Its title, its date and its grounds.

passed-on = { $title }（原责任人已退出，由接任人办理）
due-provisional = { $date }（暂定）
grounds = { $clause }
grounds-days = { $clause }，{ $days }个工作日
grounds-days-by = { $clause }，按{ $document }为{ $days }个工作日
recounted = 日期更正前按{ $from }施行的{ $before }计算期限，更正后按{ $to }施行的{ $now }计算
clause = 《实施方案》{ $places }
clause-part = 第{ $part }部分
clause-item = 第{ $part }部分第（{ $item }）项
clause-point = { $place }第{ $point }目

## How strict it is, and the steps when it is not done.

strength-hard = 刚性
strength-soft = 弹性
step-due-soon = 即将到期
step-due = 今日到期
step-overdue = 逾期
step-urged = 催办
step-escalated = 督办
