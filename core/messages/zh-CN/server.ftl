### What the server says of itself and of what was asked.

-kept = 记录仍安全保存在本机
-on-phone = 手机上的{ -kept }
-office = 办公室
-clock-kept = 记录安全保存在本机，请稍后再同步，并告知{ -office }校准服务器时间。
-stopped = 已暂停收发、判定和夜间作业

title = { $status ->
        [400] 请求无法读取
        [401] 身份未能确认
        [403] 没有权限
        [404] 没有找到
        [405] 不支持的操作
        [408] 请求超时
        [409] 与已有内容冲突
        [411] 未说明内容长度
        [413] 内容过大
        [415] 内容类型不对
        [422] 不符合规定
        [429] 请求过于频繁
        [503] 服务器繁忙
        [504] 结果未能确认
        [507] 服务器存储空间不足
       *[other] 服务器出错
    }
not-found = 没有找到{ $what }，请核对编号后重试。
case-of-number = 项目{ $number }
device = 该设备
case = 该项目
record = 该记录
too-large = 一次提交的内容过多，请更新应用后分批提交；{ -kept }。{ $why }
pack-faulty = 方案包{ $folder }有{ $count }处问题，没有启用；请全部更正后重试。{ $faults }
pack-fault = { $file }{ $line ->
        [0] {""}
       *[other] {" "}第{ $line }行
    }：{ $what }
pack-folder = 无法打开方案包文件夹（{ $why }），请核对路径和权限。

## The store, as whoever asks is told of it.

disk-full = 服务器存储空间不足，记录仍安全保存在手机上，请稍后再同步，并通知管理员。
outcome-unknown = 保存时与数据库的连接中断，无法确认是否已保存：请先查看是否已办理，再决定是否重试；手机重新同步会自动核对，不会重复登记。
contended = 本次提交与其他操作冲突，未保存，请稍后再试。
database-unavailable = 服务器暂时无法使用数据库，请稍后再试；重复提交不会重复登记。
busy = 服务器正忙，请稍后再试。
internal = 服务器出错，本次操作未保存，请稍后再试；如仍出错请联系管理员。
health-busy = 手机同步在{ $seconds }秒内没有轮到处理，服务器正忙，请稍后再试；持续如此请联系管理员。
health-silent = 数据库在{ $seconds }秒内没有答复，本节点暂时不能服务，请检查数据库服务和网络。

## What was asked.

json-too-large = 请求内容过大，请分批提交。{ $why }
json-media-type = 请以 application/json 提交。{ $why }
json-unfit = 请求内容不合要求，请核对各项内容后重试。{ $why }
json-unreadable = 请求内容无法读取，请核对格式后重试。{ $why }
body-cut = 请求未传完整，请检查网络后重试。{ $why }
path-unreadable = 地址无法读取，请核对后重试。{ $why }
query-unreadable = 查询参数缺少、多余或无法读取，请核对地址中“?”后面的内容。{ $why }
request-unreadable = 请求无法读取，请核对地址和内容后重试。
list-part = 列表参数无法读取：limit 应为 1 至 1000 的整数，after 应为上一页给出的位置。{ $why }
group-unknown = 没有这个工作组，请使用{ $groups }之一。
span-too-long = 两个日期相隔过长，最多{ $days }天，请分段查询。
export-failed = 该项目暂时无法导出，请联系管理员运行 daiban verify 核验数据。{ $why }
sync-unreadable = 同步数据无法读取，可能传输损坏，请重新同步；仍失败请更新应用。{ $why }
connections-too-many = 同一网络中同时连接过多，请稍后再试；{ -on-phone }。
enrolments-too-many = 登记请求过于频繁，请核对设备登记码，一分钟后再试。

## Work that is bounded.

day-carried = 今日代为转交的数据量已达上限，记录包请妥善保存；{ $hour }（北京时间）后可继续导入。
disk-reserve = 服务器存储空间即将用尽，暂不接收新记录，查看不受影响；记录仍安全保存在手机上，请通知管理员清理磁盘后再同步。
too-costly = 一次提交需要处理的内容过多，服务器未接收；{ -kept }，请更新应用后分批同步。
field-too-long = 同步数据中有一项过长，服务器未接收；{ -kept }，请更新应用后再同步。{ $why }
too-dense = 提交的数据压缩比异常，服务器未接收；{ -kept }，请更新应用后分批同步。{ $why }
line-too-slow = 网络过慢，数据传输中断；{ -kept }，请换到信号较好的地方再同步，或用记录包携带。
body-broken = 请求未传完整，请检查网络后重试。
one-at-a-time = 本设备又发起了一次同步，或本人又导入了一个记录包，这一次已停止；{ -kept }，请稍后再试。
method-not-allowed = 该地址不支持这种操作。
order-late = 处理超过{ $seconds }秒，仍在后台进行，请稍后查看结果，勿重复提交。
answer-late = 服务器没有在规定时间内完成处理，请稍后再试；手机重新同步不会重复登记。

## The clock.

clock-wrong = 服务器时间有误，暂停收发记录；{ -clock-kept }
clock-waits = 服务器时间等待管理员确认，暂停收发记录；{ -clock-kept }
clock-behind = 服务器时间（{ $now }）早于已有记录（{ $newest }），{ -stopped }：请校准服务器时间。若现在的时间正确、当时的时间超前，请执行 daiban clock declare-wrong --from 时间 --reason 原因。
clock-ahead = 服务器时间（{ $now }）比最近一次运行（{ $newest }）晚很多，{ -stopped }：若时间有误请校准；若确实停用了这么久，请执行 daiban clock confirm --reason 原因。

## Starting and keeping a server.

folder-in-use = 数据目录 { $path } 正被另一个进程使用，请先停止该进程。
folder-damaged = 文件 { $path } 已损坏，请从备份恢复该文件。
folder-file = 无法读写 { $path }（{ $why }），请检查路径、权限和磁盘。
folder-closed = 数据目录 { $path } 或其中的文件原可被本机其他用户读取，已收紧为仅本程序的用户可读（目录 0700、文件 0600）
file-not-ours = { $path } 可被其他用户读取，且不属于本程序的用户，无法收紧权限，请管理员处理（目录 0700、文件 0600）
key-lost = 数据目录中已有数据库，但缺少服务器密钥 { $path }；换用新密钥后所有手机都将拒绝本服务器，因此没有启动。请从原数据目录或其备份复制 server.key（和 office.token）到该目录后再启动。
key-other = 本节点的 server.key 与共用该数据库的其他节点不一致，请从已有节点复制 server.key 和 office.token 后再启动。
token-other = office.token 与上一个启动的节点不同：办公室的请求在其中一个节点上会被拒绝，请统一各节点的该文件
config-unreadable = 无法读取配置文件 { $path }（{ $why }），请检查路径和权限。
config-line = 配置文件 { $path } 第{ $line }行有误（{ $why }），请更正后重新启动。
config-clear-text = 配置项 { $name } 的地址未加密，办公口令和内容会在途中泄露；请改用 https:// 地址（仅本机可用 http://）。
config-value = 配置项 { $name } 的值不可用，请更正后重新启动。{ $why }
listen = 无法监听 { $address }（{ $why }），请用 --listen 换一个地址或端口，或停止占用它的程序。
listen-clear-text = { $address } 不是本机地址，且没有加密，现场记录和办公口令会在途中泄露，因此没有启动。请改为监听 127.0.0.1；若前面有负责 TLS 的代理（含容器专用网络），请加 --behind-tls-proxy 或在配置文件中写 behind_tls_proxy = true。
listen-broke = 监听中断（{ $why }），请重新启动服务。
backup-exists = 备份文件 { $path } 已存在，请换一个文件名。
backup-damaged = 备份校验未通过（{ $why }），请检查磁盘后重试；原数据未受影响。
backup-database = 备份时读取数据库失败（{ $why }），请稍后重试。
backup-file = 备份文件写入失败（{ $why }），请检查路径、权限和空间。
history-bad = 项目 { $case } 第{ $sequence }号记录与写入时不符（{ $what }），请停止服务，保留现场并从备份恢复。

## A phone, as the office is told of it.

never-synced = 手机（{ $model }）从未同步，所作记录可能尚未上传
synced-unsure = 手机（{ $model }）最近一次同步为{ $day }，此后的记录可能尚未上传
synced = 手机（{ $model }）最近一次同步为{ $day }，{ $unsent ->
        [0] 当时已全部上传，此后的记录可能尚未上传
       *[other] 当时仍有{ $unsent }条未上传
    }
