### What daiban-field, the client in a terminal, says.

## The network. Nothing recorded is ever lost by these.

-office = 办公室
-kept = 记录都在本机，不会丢失

network-unreachable = 连不上服务器，{ -kept }；请检查网络后再运行 sync。
network-line-broke = 连上了服务器，但网络太弱，传输总是中断；已上传的不会重传，其余{ -kept }；请换更好的网络再运行 sync。
network-timeout = 服务器没有及时应答，{ -kept }；请稍后再运行 sync。
network-captive-portal = 当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再运行 sync。
network-certificate-time = 按本机时间，服务器证书不在有效期内；请核对本机的日期和时间，仍不行请联系{ -office }。
network-tls = 无法建立安全连接：服务器证书不受信任；请勿继续，请核对服务器地址或联系{ -office }。
network-plain-text = 这个端口不提供安全连接（https）；请核对服务器地址和端口，不要改用 http，仍不行请联系{ -office }。
network-authority = 证书文件无法使用；请向{ -office }重新索取 PEM 格式的证书文件。
network-wrong-server = 这个地址不是代办服务器；请核对地址，已登记的设备用 connect --server 更正。
network-busy = 服务器繁忙或正在维护，{ -kept }；请稍后再运行 sync。
network-broken = 通信内容损坏，{ -kept }；请再运行一次 sync，仍不行请联系{ -office }。

## The same while a device is being enrolled: it holds no records yet, and the command to repeat is another.

enrolling-unreachable = 连不上服务器，本机尚未登记；请检查网络后再次运行 enrol，设备登记码没有用掉。
enrolling-captive-portal = 当前网络要求先登录（酒店、商场等的上网认证页）；请打开浏览器完成认证，再次运行 enrol。
enrolling-no-answer = 服务器没有完整应答，登记没有完成；请在网络稳定时再次运行 enrol，设备登记码如已被使用，请向{ -office }索取新的。
enrolling-wrong-server = 这个地址不是代办服务器，本机尚未登记；请核对地址后再次运行 enrol。

## The client's folder.

home-disk-full = 磁盘已满，{ $path }无法写入，本次内容没有保存；请清理磁盘后重新记录。
home-not-permitted = 没有权限读写{ $path }；请检查该文件夹的所有者，或用 --home 另选文件夹。
home-file = 无法读写{ $path }；请检查磁盘，或用 --home 另选文件夹。
home-key = 密钥文件{ $path }已损坏；请从备份恢复该文件，不要删除文件夹，未上传的记录还在里面。
home-key-lost = 缺少密钥文件{ $path }，已有记录无法打开；请从备份恢复该文件，不要重新登记。
home-busy = 另一个 daiban-field 正在使用{ $path }；请等它结束后再试。
home-none = 找不到用户主目录，请用 --home 指定文件夹。
file = 无法读写文件{ $path }；请核对文件名和权限。

## What was typed.

clock = 环境变量 { $variable } 的值“{ $value }”不是 Unix 秒数，请更正或清除。
usage = { $what ->
        [missing] 缺少必填的内容
        [nothing] 请写明要做什么
        [unknown-option] 有不认识的选项
        [unknown-command] 没有这个命令
        [conflict] 有互相冲突的选项
        [value] 有填写不对的内容
       *[other] 命令写得不对
    }{ $about }；请按下面的用法重写，或用 --help 查看说明。{ $words }
usage-about = （{ $words }）
moment = “{ $text }”不是可识别的时间，请按“2026-11-20 14:30”填写。
standard-input = 标准输入无法读取，或不是 UTF-8 文字；请另存为 UTF-8 后重试。{ $why }
json = “{ $field }”的内容不是有效的 JSON（{ $why }），请核对。
sealed-length = 应为1至{ $most }字，请核对。
not-found = 本机没有编号以“{ $given }”开头的{ $what ->
        [case] 项目
       *[other] 记录
    }；请用 { $what ->
        [case] daiban-field cases
       *[other] daiban-field status
    } 查看编号，刚分配的请先运行 sync。
too-short = “{ $given }”太短，请至少写{ $what ->
        [case] 项目
       *[other] 记录
    }编号的前{ $digits }位；编号用 { $what ->
        [case] daiban-field cases
       *[other] daiban-field status
    } 查看。
ambiguous = 有{ $count }个{ $what ->
        [case] 项目
       *[other] 记录
    }的编号以“{ $given }”开头，请多写几位：{ $found }
date-in-doubt = { $questions }
    没有保存；日期有误请改正，核对无误请加 --sure 再执行一次。

fields = { $errors }

## Records: what is saved, and what may be done with it.

record-gone = 项目已移出本机，不能在本机重录；请凭记录号联系{ -office }认定，或由现任代办员补录
saved = 已存本机：{ $kind }（记录 { $record }，项目 { $case }）
saved-note = 注意：{ $note }
saved-forecast = 注意：待上传（预计核验结果：{ $forecast }）
again-sent-back = 该记录是退回更正的，请用 amend 更正后重报，不必重新记录。
again-unreadable = 这条记录的时间或内容超出可读取的范围，不能原样重录；请用相应命令重新填写一条。
again-needless = 只有校验未通过或无效的记录需要重新记录，该记录现为：{ $state }
amend-nothing = 没有要更正的内容，请用 --set 字段=值 写明。
amend-pair = “{ $text }”应写成 字段=值，例如 text=更正后的内容。
amend-field = { $kind }没有可更正的栏目“{ $field }”；栏目名请用 show --json 查看，更正时间请用 --occurred。
amend-row = “{ $field }”：该列表没有这么多项，请核对序号（从0起）。
amend-misfit = 更正后的内容不符合该类记录的格式；请用 show --json 查看该记录的字段名和格式。{ $why }
amend-newer = 这条记录是较新版本的种类，本机版本不能更正，请更新程序。

status-none = 没有记录。
status-line = { $record }  { $when }  { $kind }　{ $title }
next-reason = 先按理由处理再运行 sync；不处理也可上传，结果以服务器为准
next-sync = 有网络时运行 sync
next-again = 用 again 重新记录，或凭暂存编号{ $quarantine }请{ -office }采纳
next-void = 按理由处理后用 again 重新记录
next-late = 等待{ -office }认定
next-unrecognised = 请等待服务器更新
next-duplicate = 请重新记录一遍
next-mend = 用 amend { $record } --set 栏目=内容 更正（其余内容照原样填好），再运行 sync 重报

## Duties.

due-none = 没有未完成的应办事项。
due-line = [{ $lamp }] { $due }　{ $title }
due-line-of-case = [{ $lamp }] { $due }　{ $case }　{ $title }
due-owed = { $state }；责任：{ $owed_by }；依据：{ $clause }
due-period = 所报期间{ $days }个工作日：{ $first }至{ $last }
due-first = 自{ $start }的次日起算，第1个工作日{ $first }
due-counted = 自{ $start }的次日起算，第1个工作日{ $first }，第{ $days }个工作日{ $last }
due-recounted = { $why }
due-provisional = { $why }

## Enrolling and connecting.

enrolled = 已登记为 { $name }（{ $role }，{ $unit }）的设备。
enrolled-number = 确认号：{ $number }
enrolled-next = 下一步：请{ -office }核对屏幕上的确认号与此一致后确认本机，然后运行 daiban-field sync。
enrolled-differs = 号码不一致说明设备登记码被他人用过，或有人冒充服务器：请勿确认，立即告诉办公室。
connected = 服务器地址已更正为 { $server }。
connected-proved = 已核对：应答的是本机登记的代办服务器。
connected-unproved = 暂时没有得到应答，尚未核对；请在有网络时运行 sync，届时会核对服务器。

## Carrying records in a file.

bundle-written = 已把{ $records }条未上传的记录写入 { $file }（{ $bytes } 字节）。
bundle-next = 下一步：用聊天工具或数据线把文件原样交给同项目的同事，由其运行 bundle import 后 sync；本机的记录不受影响。
bundle-open = 文件未加密，请只交给本项目人员或{ -office }。
bundle-taken = 已接收他人的{ $records }条记录；运行 sync 后送达服务器。

## sync.

sync-so-far = 本次已上传{ $sent }/{ $total }条，尚余{ $left }条在本机。
sync-bar = 上传 {"{"}bar:40{"}"} 第{"{"}pos{"}"}条/共{"{"}len{"}"}条，剩余 {"{"}eta{"}"}
sync-done = 同步完成：上传{ $sent }条，本机尚余{ $left }条未上传。
sync-quarantined = 校验未通过的记录仍在本机：用 status 查看理由，更正后用 again 重新记录，或请{ -office }采纳。
sync-of-record = { $kind }（{ $when }记录，编号{ $record }）：{ $what }
sync-of-case = { $case }　{ $what }

## Cases.

cases-none = 本机没有项目：运行 sync 取回分配给本人的项目，或用 open 登记项目。
cases-line = { $handle }  [{ $lamp }] { $title }{ $numbered ->
        [false] （未编号）
       *[other] {""}
    }（{ $state }{ $due }{ $waiting ->
        [0] {""}
       *[other] ；{ $waiting }条未上传
    }{ $quarantined ->
        [0] {""}
       *[other] ；{ $quarantined }条校验未通过（暂存）
    }）
cases-due = ；最近时限 { $day }
case-alarm = ！{ $what }
case-contested = ！{ $what }
case-head = { $title }　[{ $lamp }] { $stage }
case-ids = 编号 { $number }；建设单位 { $enterprise }；系统标识 { $id }
case-member = { $role }{ $group }：{ $person }，{ $unit }
case-group = （{ $group }）
case-update = ！本机版本较旧，请更新程序。
case-unreadable = 第{ $number }号　无法读取的记录（{ $person }）：{ $verdict }
case-later = 第{ $number }号　待识别：由较新版本写入，已原样保存；更新程序后即可查看
case-record = { $when }  { $kind }　{ $by }　{ $id }（{ $state }{ $amended ->
        [true] ，已更正
       *[other] {""}
    }）
case-record-numbered = 第{ $number }号 { $verdict }
case-record-here = 本机，上传后预计{ $verdict }
case-record-by-other = { $by }（{ $other }代录）
kind-unknown = 待识别（{ $kind }）
field = { $label }：{ $text }
next-step = → { $next }

people-none = 本机还没有人员名录：运行 sync 取回。
people-line = { $typed }　{ $unit }

## A table of rows in a file.

rows-of-file = { $file }：{ $what }
rows-too-large = { $file }超过1 MB，不是表格；请核对文件。
rows-unreadable = 无法读取{ $file }；请核对文件名。{ $why }
rows-encoding = { $file }的文字编码无法识别；请在表格软件中另存为“CSV UTF-8”。
rows-json = 不是有效的 JSON（{ $why }）；请核对。
rows-no-list = 应为由各行组成的 JSON 列表；请核对。
rows-empty = 文件是空的；请填写表头和事项。
rows-column = 没有名为“{ $title }”的列；请核对表头。
rows-quote = 引号没有成对；请核对文件。

## Help.

help-who = 可作此记录的角色 who may record it: { $roles }
help-occurred = 发生时间，如 "2026-11-20 14:30"，不填为现在
help-sure = 日期已核对无误（补录时用）
help-case = 项目编号（如〔2026〕17号，可写2026-17）；未编号的写系统标识开头几位
help-rows = 可多次，或写一个 .csv、.json 文件
help-several = 可多次
help-standard-input = - 表示从标准输入读取
help-record = 记录编号，写开头几位即可
help-person = 不填为本人
help-week = 不填为发生时的那一周
help-of-case = 不填取项目登记时的
help-on-site = 不填为上门
help-one = 不填为1
help-required = 必填
help-signed = 双方签字为同一天时的签订日期
help-recipient = 领取人或收件人，加密保存
help-exit-codes = 退出码：0 完成；1 被拒绝或失败；2 用法错误；3 连不上服务器（记录仍在本机）
help-environment = 环境变量：DAIBAN_FIELD_HOME 本机文件夹；DAIBAN_FIELD_LANG zh 或 en；DAIBAN_FIELD_CLOCK 演示与测试用的固定时间（Unix 秒）
