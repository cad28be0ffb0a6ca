### The exchange between a phone and the server, as the phone tells of it.

-office = 办公室
-kept = 记录安全保存在本机

address-unreadable = “{ $text }”不是服务器地址，请填写如 https://daiban.example.gov.cn 的地址。
address-plain = “{ $text }”未加密，内容会在途中泄露；请改用 https:// 地址（仅本机可用 http://）。
invitation = 设备登记码不完整或有误；请重新扫码，或从头到尾完整输入（含 @ 及其后的字符），仍不行请向{ -office }索取新的设备登记码。
history = 服务器上的项目历史与本机已收到的不一致；本机资料已原样保留，请截图并立即联系{ -office }和监督部门核查。

bundle-not = 这不是代办记录包，请选择由“导出记录包”生成的文件。
bundle-damaged = 记录包在传送中损坏或不完整，请让对方重新发送原文件（不要用压缩图片方式转发）。
bundle-unreadable = 记录包无法读取，请更新应用后重试。
bundle-signature = 记录包的签名不成立，未导入；请让记录人用本人设备重新导出。
bundle-change = 记录包中有不合格的记录，未导入；请让记录人更新应用后重新导出。
bundle-empty = 没有待上传的记录，无需导出。

## What a sync shows.

judged = 记录已上传（第{ $sequence }号）：{ $verdict }
quarantined = 记录校验未通过（暂存）：{ $why }
new-epoch = 本机在该项目的记录链已重新开始（第{ $epoch }段），未上传的记录将自动重新提交。
case-added = 新增一个代办项目。
case-changed = 项目有{ $rows }条更新。
case-withdrawn = 该项目已不由您代办，项目资料已从本机移除，本人记录的状态仍可查看。
server-restored = 服务器已从备份恢复（第{ $epoch }代），本机会自动补传服务器缺失的本人记录，请保持联网。
rules-changed = 工作日历或规则已更新，时限可能变化，请查看应办事项。
rules-unreadable = 收到的工作日历或规则无法读取，请更新应用；时限以{ -office }的日历为准。{ $why }
clock-off = 本机时间{ $side ->
        [ahead] 快
       *[behind] 慢
    }了约{ $time }，请打开“自动设置时间”，否则记录会标为时间存疑。
line-too-weak = { $what ->
        [record] 一条记录
       *[carried] 代为转交的一批记录
    }约{ $kilobytes }千字节，当前网络每次都在传完之前中断，本次没有上传{ $behind ->
        [0] {""}
       *[other] ，同一项目在它之后的{ $behind }条也要等它
    }；请换更好的网络再同步，或用文件携带到有网络的地方。
server-clock-behind = 服务器时间比本机已有资料早了约{ $time }，本次没有移除任何项目，{ -kept }；请告知{ -office }校准服务器时间。
server-full = { $said }
deferred = 今日{ $what ->
        [cases] 新开项目
        [bytes] 提交的数据量
       *[records] 提交的记录
    }已达上限，本项目的记录仍安全保存在本机；{ $hour }（北京时间）后同步即可继续提交，其他内容照常同步。
carried-delivered = 代为转交的{ $records }条记录已送达服务器。
carried-refused = 代为转交的记录未被接收：{ $why }已保留在本机，请告知记录人。

minutes = { $n }分钟
hours = { $n }小时
days = { $n }天
years = { $n }年
