### The database, as whoever runs the server is told of it.

-undone = 已全部撤销

full = 数据库所在磁盘已满，请清理或扩容后重试；未完成的操作没有保存。
busy = 数据库正忙或连接数已满，请稍后重试；经常出现时请调高数据库或该用户的连接数上限。
contended = 本次操作与其他操作冲突，{ -undone }，请重试。
slow = 数据库长时间没有完成本次操作，{ -undone }，请稍后重试；经常出现时请检查数据库负载。
lost = 与数据库的连接中断，本次操作没有保存，请稍后重试。
uncertain = 保存时与数据库的连接中断，无法确认本次操作是否已保存，请先查看是否已办理，再决定是否重试。
overtaken = 该作业已由其他节点接手，本节点停止处理；无需操作，可稍后查看结果。
unreachable = 无法连接数据库（{ $why }），请检查地址、端口、库名、证书和数据库服务。
denied = 数据库拒绝登录或权限不足（{ $why }），请核对用户名、密码和权限。
read-only = 该数据库只读（可能是备库），请改用主库地址。
too-old = 数据库服务器版本过低（{ $found }），需要 { $oldest } 及以上，请先升级数据库。
encoding = 数据库编码为 { $found }，必须是 UTF8，请新建编码为 UTF8 的数据库后重试。
foreign = 该数据库已被其他程序使用（{ $what }），未作任何改动，请为本系统新建一个空数据库。
address = 数据库地址不可用（{ $why }），格式为 postgres://用户:密码@主机:端口/库名。
newer = 数据由更新版本的程序写成，请使用新版程序。
unusable = 文字中含有不可用的字符（空字符），没有保存，请删除该字符后重试。
stopped = 服务正在停止，请稍后重试。
disk = 数据库文件读写失败（{ $why }），多因磁盘已满或权限不足；请先清理磁盘、核对权限，再重新启动；现有数据请勿覆盖。
broken = 数据库出错（{ $why }），请检查磁盘和权限，必要时从备份恢复。

## Moving a store.

source = 来源
target = 目标
unnamed = 请用 sqlite:路径（数据库文件或数据目录）或 postgres://用户:密码@主机/库名 指明来源和目标。
same-kind = 来源和目标须一个是 SQLite 文件、一个是 PostgreSQL；同类之间请用 daiban backup 或数据库自带的工具。
missing = 没有找到 { $path }，请核对路径；来源可以是数据库文件或数据目录。
not-ours = { $what } 不是代办系统的数据库，请核对来源。
damaged = 来源 { $path } 已损坏或不完整（{ $why }），请改用完好的备份文件。
older = 来源的数据结构（第{ $found }步）早于本程序（第{ $known }步），请先用本程序启动一次服务完成升级，停止后再迁移。
served = 来源仍有{ $connections }个服务连接在使用，请先停止全部节点再迁移。
changed = 迁移期间有节点写入了来源，目标未写入任何数据，请先停止全部节点再迁移。
exists = 目标文件 { $path } 已存在，请换一个文件名，或先将其移走。
not-empty = 目标库不是空库（{ $what }），本命令不清除任何数据。请新建一个空库后重试，例如：createdb -E UTF8 -T template0 新库名
other-key = 数据目录中的 server.key 不是写成这些数据的那一个，请使用原数据目录。
text-with-nul = 表 { $table } 的一行（{ $row }）在 { $column } 列含有空字符（U+0000），PostgreSQL 不能保存。目标未写入任何数据，请在来源更正该行后重试。
stray = 来源表 { $table } 的一行（{ $row }）所属的项目或链条不存在，请先运行 daiban verify 查明，或改用完好的备份。
table = { $side }表 { $table }：{ $why }迁移{ -undone }。
differs = 读回核对不一致（{ $what }），迁移{ -undone }；请检查目标数据库后重试，并保留现场。
of-side = { $side }：{ $why }
unsure = 提交时与目标的连接中断：目标要么已全部写入，要么为空。请重新运行本命令，若提示目标不是空库，再用 daiban verify --full 核验。
file = 无法读写 { $path }（{ $why }），请检查路径、权限和磁盘空间。

## What is being done while a store is moved.

opening-source = 打开来源
opening-target = 打开目标
reading-back = 读回核对
rows-carried = { $table } { $rows } 行
