### What the server's command line says.

input-output = 读写失败（{ $why }），请检查路径、权限和磁盘。
token-unreadable = 无法读取办公口令文件 { $path }（{ $why }），请检查路径和权限。
token-missing = 没有办公口令：请把服务器数据目录中的 office.token 复制到 { $path }，或用 --office-token-file 指定，或设置 { $variable }。
unreachable = 无法连接服务器 { $url }（{ $why }），请确认服务正在运行。
answer-unreadable = 服务器 { $url } 的答复无法读取，请确认地址和版本。{ $why }
computed-later = 已完成；时限尚未重算（{ $why }），服务器启动后会自动重算。
dates-reversed = 起始日{ $from }晚于截止日{ $to }，没有可计的工作日；如写反了请对调。

## What commands and rows of an answer are called.

rows = { $of ->
        [duties] 应办事项
        [fact_rows] 记录
        [editions] 放假安排
        [imports] 导入情况
        [roster] 代办团队
        [moved] 变动的截止日
        [numbers] 各项参数
        [decided] 历次调整
        [rows] 各项
       *[other] { $of }
    }

noun = { $noun ->
        [unit] 单位
        [person] 工作人员
        [seat] 席位
        [device] 设备
        [case] 代办项目
        [ruling] 认定
        [report] 周报
        [calendar] 放假安排
        [policy] 规则参数
        [clock] 服务器时钟
       *[other] { $noun }
    }
none = （无）
draft-hash = （草稿摘要，确认时填写 --hash：{ $hash }）

## A server that runs.

serving = 代办服务已启动
serving-data = 数据目录
serving-store = 存储
serving-token = 办公口令
serving-token-private = 仅本机可读
serving-pages = 办公室页面
serving-key = office.token 的内容
serving-document = 接口文档
serving-note = 注意
serving-clear-text = 本端口未加密，只能由负责 TLS 的代理访问
serving-night = 夜间作业
serving-night-at = 每日 { $hour }:10（北京时间）
serving-attention = 注意
serving-stop = 按 Ctrl-C 停止

## Keeping a store.

database-missing = 没有找到数据库 { $path }，请用 --data 指定数据目录。
database-empty = 数据库 { $address } 是空库，请核对 --database 的地址；首次使用时先启动服务（daiban serve）建立数据表。
verified = 核验通过：{ $cases }个项目、{ $rows }行、操作日志{ $audit }行、定稿周报{ $reports }份。
backup-elsewhere = PostgreSQL 数据库请用数据库自己的工具备份（pg_basebackup 或 pg_dump）。
backup-pages = 页
backed-up = 已备份到 { $path }（{ $bytes }字节，已校验）。server.key 和 office.token 不在备份内，请另行保管。

## Moving a store.

migrate-first = 须先停止服务；目标须为空库或新文件；来源只读，文件先复制到临时目录（TMPDIR）。任何一步失败，目标不留任何数据。
verifying = 核验{ $side }
verify-failed = { $side }{ $finding }目标未写入任何数据。
moved = 迁移完成：{ $tables }张表、{ $rows }行，逐表读回核对一致；来源和目标均核验通过（{ $cases }个项目、{ $case-rows }行、{ $statements }份签名、操作日志{ $audit }行、定稿周报{ $reports }份）。来源未作任何改动。
    { $next }
moved-to-server = 下一步：1. 继续使用原数据目录（server.key 和 office.token 仍在其中），启动时加 --database 或在配置文件中写 database；2. 将原 daiban.sqlite 移出数据目录留作备份，以免误用旧库；3. 其他节点须先复制 server.key 和 office.token；4. 从此用数据库自己的工具备份。{ $key ->
        [true] {""}
       *[false] 注意：没有找到 server.key，请用 --data 指定原数据目录启动第一个节点：最先启动的节点的密钥将成为本库唯一可用的密钥。
    }
moved-to-file = 下一步：{ $there ->
        [true] 停用 database 设置，执行 daiban --data { $folder } serve
       *[false] 将 { $path } 移入数据目录并改名为 { $name }（服务器只认这个文件名），停用 database 设置后启动服务
    }；原数据库保留备查，不要再启动连接它的节点。{ $key ->
        [true] {""}
       *[false] 注意：没有找到 server.key，启动前请将原数据目录的 server.key 和 office.token 复制到该数据目录。
    }

## Showing a pack.

pack-usable = 方案包可用：{ $district }（{ $document }，{ $id }）。
pack-faults = 共{ $count }处问题
pack-issued = { $document }　{ $issuer }　{ $day }印发
pack-signed = 落款为“{ $written }”，历法上没有这一天，以印发日期为准
pack-in-force = 施行：{ $from }　主送：{ $to }　抄送：{ $copies }
pack-called = 项目编号：{ $number }　方案包：{ $id }（{ $hash }）
pack-body = { $name }{ $window }{ $host }{ $head }
pack-body-window = ，{ $window }
pack-body-host = ，设在{ $unit }
pack-body-head = ，负责人{ $person }
pack-groups = 工作组
pack-group = { $name }（{ $id }）：牵头{ $lead }，成员单位{ $members }个{ $owes ->
        [true] ，设代办专员、报送流程表和周报
       *[false] {""}
    }
pack-units = 单位
pack-unit = { $name }{ $aliases }：{ $kind }{ $agent ->
        [true] ，须指定代办员
       *[false] {""}
    }（编号 { $id }）
pack-aliases = （又称{ $names }）
pack-renamed = { $from }起更名为{ $name }
pack-unit-ends = { $from }起撤销，职责并入{ $units }
pack-duties = 应办事项
pack-clause = 依据：{ $clause }
pack-numbers = 数值
pack-number = { $name }：{ $value }（{ $clause }；{ $min }至{ $max }；{ $id }）
pack-texts = 文字
