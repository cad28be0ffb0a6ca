### What the engine of a phone says.

-office = 办公室
-set-aside = 校验未通过（暂存）

not-enrolled = 本机尚未登记，请向{ -office }索取一次性设备登记码后登记。
already-enrolled = 本机已登记，无需再次登记；更换持有人请联系{ -office }。
fields = { $errors }
not-found = 没有找到所选的{ $what ->
        [case] 项目
        [record] 记录
       *[other] 内容
    }，请同步后从列表中重新选择。
already-recorded = 这张表单此前已保存过另一份内容，本次没有保存；请在“我的记录”中核对，需要修改请用“更正”，另有内容请新建记录。
answer = 服务器的答复无法读取，记录仍安全保存在本机；请稍后重试，仍失败请更新应用。
other-server = 应答的不是本机登记的代办服务器，未接收其任何内容，记录仍安全保存在本机；请核对服务器地址。
uninvited-server = 应答的服务器不是设备登记码所指的代办服务器，本机没有登记，设备登记码也没有交给它；请换一个网络、核对服务器地址后重试，仍如此请告知{ -office }。
nothing-asked = 当前没有进行中的同步，请重新开始同步。

## What looks like a typing error.

surplus = { $titles }移交多于收到，请核对份数；同事的收件记录尚未上传的，上传后自动相符。
person-unknown = “{ $person }”不是本人任何项目的团队成员，请核对姓名或人员编号；不在名录的，上传后待{ -office }认定。
person-unclear = 有{ $count }人叫“{ $typed }”，请改填：{ $choices }。
unit-unknown = “{ $unit }”不在单位名录{ $near }，请核对；不在名录的，上传后待{ -office }认定。
unit-near = ，相近的有：{ $units }
personal = 姓名、电话等个人信息
not-sealed = 该项无法加密保存，请缩短内容后重试。

## Where an own record stands.

saved-doubtful = 已存本机；本机时间与服务器时间不符，请打开“自动设置时间”，否则记录会标为时间存疑。
saved-forecast = 已存本机，待上传（预计核验结果：{ $forecast }）
local = 本机（待上传）
local-forecast = 待上传（预计核验结果：{ $forecast }）
uploaded = 已上传（第{ $sequence }号）：{ $verdict }
judged = { $verdict }（第{ $sequence }号）
quarantined = { -set-aside }：{ $why }（暂存编号{ $number }，可联系{ -office }）
quarantined-again = { -set-aside }（已重新记录）
quarantined-adopted = { -set-aside }（{ -office }已采纳）
time-doubtful = { $verdict }，时间存疑
kind-unknown = 待识别

## Who is called what.

name-of-server = 服务器
name-unknown = 未知人员（{ $id }）

id-unreadable = 编号应为{ $digits }位十六进制数字，请从列表中复制完整编号。
