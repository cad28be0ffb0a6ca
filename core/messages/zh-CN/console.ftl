### The office's pages.

-office = 办公室

cases = 代办项目
duties = 应办事项
reports = 周报
entered = 已进入
unnamed = （未命名项目）
unnumbered = 未编号

## What waits for a person.

place-unknown = 所在地待核实
to-decide = 待认定 { $count }
sent-back = 已退回 { $count }
contested = 记录不一致（待核实） { $count }
quarantined = 校验未通过 { $count }

## A duty.

provisional-mark = 暂定：
vacant = 空缺
day-zero = { $day }为起算日，不计入
covers-from = 报送期间自{ $day }起
moved = 放假安排调整：由{ $from }改为{ $to }
met-at = { $at } 完成
to-be-ruled = 请{ -office }认定

## A case.

material = { $original ->
        [true] 原件
       *[false] 复印件
    } { $held } 份 · 收到 { $received }，已移交 { $returned }{ $over ->
        [true] （移交多于收到，请核对）
       *[false] {""}
    }
never-member = 记录人未列入本项目名单；列入后可原样收入（ruling take-in）
in-quarantine = 第{ $number }号 · { $person } · { $at } · { $adopted ->
        [true] 已采纳
       *[false] 未采纳
    }
record-number = 第{ $number }号记录
sealed = 已加密

## Its team, and who names somebody for an empty seat.

office-names = 请{ $office }指定
lead-names = 请牵头单位{ $lead }指定
unit-names = 请该单位指定

## Its timeline.

record-unknown = 待识别记录
record-unreadable = 无法读取的记录
record-later = 待识别（由较新版本写入）
ruling-unknown = 待识别裁定
roster-changed = 代办团队调整
recorded-by-office = { $person }（{ -office }代录，经手人：{ $by }）
ruled = { $person }：{ $reason }
sent-back-by = { $person } { $at } 退回：{ $reason }
open-to-ruling = { $why }可由{ -office }认定（ruling late）。
occurred = 发生
recorded = 记录
received = 到达
kind = 类别
person = 人员
seat = 岗位
term = 任期
amended = 已更正
sent-back-amended = 已退回，已更正

## Reports.

week-range = { $first }至{ $last }
group-report = { $group }周报
district-report = 区周报
report-of-week = { $week }{ $report }
report-state = { $state ->
        [sent] 已报送
        [frozen] 已定稿
       *[other] 草稿
    }
signed = { $person }（代录：{ $by }）
drafted-at = { $at } 起草
confirmed-at = { $at } { $person } 确认
sent-at = { $at } { $person } 报送
returned = { $at } { $person }退回，原因：{ $reason }
and-returned = { $told }；{ $returned }

## Headings and labels.

open-cases = 打开项目列表
cases-lead = 灯色按每项应办事项的到期日计算：先看红，再看黄。
filter-lamp = 按灯色筛选
all-lamps = 全部
search-by = 按编号、项目或建设单位查找
search = 查找
clear = 清除
district-duties = 全区应办事项
no-match = 没有符合条件的项目。
no-cases = 还没有代办项目。
no-match-next = 请换一个词，或清除筛选条件。
no-cases-next = 代办员在手机上登记项目并同步后，项目会出现在这里。
case-list = 代办项目列表
lamp = 灯
case = 项目
next-due = 最近到期
waiting = 待处理
provisional = 暂定
none = 无
duties-lead = 全部未完成事项，按到期日排列。法定工作日按国务院办公厅放假通知计算，起算当日不计入。
no-duties = 目前没有未完成的事项。
no-duties-next = 签订委托书、收到问询或进入新的一周后，系统会自动列出应办事项。
duty-list = 应办事项，按到期日排列
duty-and-who = 事项与责任人
due = 到期
state = 状态
clause = 依据
certain = 确定
how-counted = 计算过程
no-reports = 还没有周报。
no-reports-next = 组周报草稿于每周最后一个工作日凌晨自动生成，确认前如有新到记录，约每10分钟更新一次，至逾期为止。
here = 位置
dispute = 记录不一致（待核实）
dispute-lead = 更正统一之前，按较严的一种计算（到期日取早）；请首席代办员核对原件。
counts-meanwhile = 暂按此计算
case-owes-none = 目前没有应办事项。
met-or-stopped = 已完成或停止的事项
team = 代办团队（1+3+N）
materials = 代管材料
no-materials = 没有未移交的材料。
quarantine = 暂存记录
timeline = 全部记录
timeline-lead = 按服务器编号从新到旧。每条记录分列发生、记录、到达三个时间。
no-records = 还没有记录。
clock-doubtful = 时间存疑
server-clock-wrong = 服务器时钟有误时段
proof = 存证
chain-tip = 存证链末位
case-id = 系统标识
enterprise-page = 企业进度页
open-enterprise-page = 打开（仅发给本项目建设单位）
stage = 阶段
stages = 阶段
found-cases = 共 { $count } 个项目{ $pages ->
        [1] {""}
       *[other] {" "}· 第 { $page } / { $pages } 页
    }
found-duties = 共 { $count } 项{ $pages ->
        [1] {""}
       *[other] ，第 { $page }/{ $pages } 页
    }
counted-days = { $from } · { $days } 个工作日
numbered = 第{ $number }号
since = { $day } 起
corrects = 更正第{ $number }号记录
corrected-by = 已由第{ $number }号记录更正
returned-edition = 已退回的一版：{ $told }
