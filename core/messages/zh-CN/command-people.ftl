### Commands about people, units and devices.

-office = 办公室

person-known = { $person }已登记为{ $name }（{ $unit }），没有保存。另有其人的，请换一个编号；确需改名的，请注明（--sure）后再提交。
term-implausible = 任职日期{ $day }不合常理，请核对年份。
registered = 已登记：{ $name }（{ $person }），{ $role }
person-id = 人员编号“{ $id }”应为2至40位小写字母、数字或短横线，请重新填写。
person-name = 姓名不能为空，且不超过{ $most }字，请填写。
unit-added = 已增加单位：{ $name }（{ $unit }）
unit-unknown = 没有名为“{ $unit }”的单位{ $near }，请用 daiban unit list 核对，或先用 daiban unit add 增加。

## Leaving.

left = { $name }已退出，停用设备{ $phones }台。{ $seats }{ $unsent }如属误操作，请用 person add 重新登记，用 device invite 重新启用设备，再用 case assign 恢复各项目席位。
unsent = { $phone }，请当面核对；如有，请导出文件交{ -office }认定。
seat-taken-over = 项目“{ $title }”：{ $leaver }的{ $role }席位已终止，未办结事项由{ $name }接办。
seat-left-empty = 项目“{ $title }”：{ $leaver }的{ $role }席位已终止，无人接任，请尽快指派人员。
last-of-role = { $name }是唯一的{ $role }，不能退出；请先登记接任人员。

## Devices.

invited = { $name }的设备登记码（{ $minutes }分钟内有效，只显示一次；此前发放未用的随即作废）：{ $code }
confirmed = 已确认：{ $person }的设备 { $device }（{ $model }）
confirmation-wrong = 没有等待确认、确认号为“{ $number }”的设备，请与手机屏幕当面核对。
confirmation-ambiguous = 有多台设备显示同一确认号，请停用后重新发放设备登记码。
revoked = 设备 { $device } 已停用；此前的记录不受影响。
