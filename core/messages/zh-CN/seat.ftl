### Seats of the task force: who holds them from when until when, and who must fill those that are empty.

held = { $holder }，{ $from }起
held-until = { $holder }，{ $from }起，至{ $until }止（当日不再任职）
holder-with-phone = { $name }（电话{ $phone }）
empty = 空缺，请{ $who }指定一人
several = 同时有{ $count }人，请{ $who }保留一人
unit-lacks = ；尚无{ $seats }，请该单位指定
seat-line = { $seat }：{ $said }
seat-of = { $seat }（{ $of }）

## What was noted.

noted = 已登记：{ $seat }，{ $held }。
ended = { $seat }：{ $name }的任期至{ $until }止（当日不再任职）。

## What cannot be noted.

no-such-seat = 没有名为“{ $given }”的席位，请填写：{ $seats }。
of-unit-missing = “{ $seat }”每个单位各设一人，请用 --of 填写单位。
of-group-missing = “{ $seat }”每个工作组各设一人，请用 --of 填写工作组。
of-unit-unknown = 没有名为“{ $given }”的单位，请用 daiban unit list 核对。
of-group-unknown = 没有名为“{ $given }”的工作组，请用 daiban pack show 核对。
of-not-asked = “{ $seat }”全区只设一人，请去掉 --of。
of-office-only = “{ $seat }”由人员名录决定，请用 daiban person add 登记。
name-missing = 姓名不能为空，且不超过{ $most }字，请填写。
ends-before = 任期结束日{ $until }不晚于开始日{ $from }，请核对。
taken = “{ $seat }”已有人担任（{ $held }），与{ $name }的任期重叠；请先用 daiban seat end 结束其任期，或改填 --from、--until。
nobody-sits = “{ $seat }”在{ $day }无人担任，请用 daiban seat list 核对。

## The page.

page-title = 组织机构
page-lead = 专班领导、成员单位和各工作组的席位，由谁担任、自何时起。空缺的注明由谁指定。
page-gaps = 空缺或重复{ $count }处
page-complete = 各席位均已有人。
group-led-by = 牵头单位：{ $unit }
units-title = 成员单位
column-seat = 席位
column-holder = 担任人
column-state = 情况
state-held = 在任
state-empty = 空缺
state-several = 重复
