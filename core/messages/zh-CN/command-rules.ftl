### Commands about what all dates are counted by: the numbers, the calendar, the server's clock.

-office = 办公室
-later = 请改为较晚的施行日期。

## Due dates that move.

move = { $title }：{ $duty }，{ $from }→{ $to }{ $kept ->
        [true] （保留较晚的原日期）
       *[false] {""}
    }
move-with-why = { $moved }（{ $why }）
day-and-time = { $day } { $time }
no-date = 无
moved-by-calendar = 放假安排调整
moved-by-numbers = 按{ $day }有效的{ $document }
moved-into-next = 不再单独报送，并入下一期
moves-in-all = 等共{ $count }项
moves-done = 施行日期过早，将改动已办结事项的期限或结论，没有保存：{ $moves }。{ -later }
moves-make-late = 施行日期过早，下列未办事项将因此即刻逾期，没有保存：{ $moves }。{ -later }

## The numbers.

numbers-previewed = 预览：{ $document }自{ $from }起施行，将使{ $count }项截止日变动；尚未施行。{ $objection }
numbers-set = 第{ $number }号规则参数（{ $document }）自{ $from }起施行，{ $count }项截止日变动。
numbers-in-force = 第{ $number }号规则参数，依据{ $document }，自{ $from }起施行。
numbers-decided = 第{ $number }号，{ $document }，自{ $from }起施行
number = { $name }：{ $value }（{ $clause }；{ $min }至{ $max }；由{ $roles }调整）
effective-in-past = 施行日期{ $from }已过，{ $count }项截止日将变动，没有保存；请先用 policy preview 核对，核对无误请注明（--sure）后再提交。
numbers-not-yours = { $role }不能调整：{ $numbers }；请由{ -office }办理。

## The calendar.

edition-previewed = 预览：导入{ $year }年放假安排将使{ $count }项截止日变动；尚未导入。
edition-imported = 已导入{ $year }年放假安排，{ $count }项截止日变动。
edition = { $year }年：{ $notice }，调休上班{ $days }天
edition-unpublished = 尚未公布，仅法定节假日
edition-import = 第{ $no }次：{ $at } { $by }导入{ $year }年放假安排

## The server's clock.

clock-right = 服务器时间正常：{ $now }（北京时间）。
clock-confirmed = 已确认服务器时间 { $now } 正确，恢复收发记录。
clock-not-ahead = 服务器时间没有等待确认；如时间早于已有记录，请校准服务器时间（daiban clock show 查看）。
clock-declared = 已登记 { $from } 至 { $until } 为服务器时钟有误时段：记录保留并加注，撤回通知{ $notices }条、周报草稿{ $drafts }份，时限已按当前时间重算{ $left }。
clock-reports-left = ；已确认的周报不能撤回，请核对：{ $reports }
clock-span-reversed = 时段的起点应早于终点，请核对 --from 和 --until。
clock-span-short = 最新的记录在 { $newest }，时段须包含该时刻；请核对 --until，或不填。
