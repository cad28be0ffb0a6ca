### What is wrong with a pack, and where it tells whom to look for.

-correct = 请更正

contact = 首席代办员席位：{ $centre }{ $window }；{ $office }：{ $host }

## A file or a key.

no-file = 缺少该文件，请补上。
other-file = 方案包没有这个文件，请删去或改名。
unreadable = 无法读取（{ $why }），{ -correct }。
missing = 缺少 { $key }，请补上。
unknown = 没有名为 { $key } 的项，请核对拼写或删去。
empty = { $key } 为空或首尾有空格，请填写。
of-another-sort = { $key } 应为{ $sort }，{ -correct }。
sort-text = 文字
sort-list = 列表
sort-table = 表
sort-flag = true 或 false
sort-number = 整数
date = { $why }。
later-format = 格式 { $format } 属于更新的版本，本版本只能读取到格式 { $known }；请先更新程序。
word = “{ $given }”不可用，请填写：{ $expected }。
twice = { $what } 出现两次，请只保留一处。

## What the keys say together.

no-unit = “{ $unit }”不在单位名录中，请先列入名录或更正编号。
groups = 应有一至四个工作组，其中须有报送流程表的调度组（dispatch），请补上。
no-flow-table = 生成组（generation）不设代办专员，不报送流程表，请将 flow_table 改为 false。
seat-twice = “{ $seat }”同时由{ $first }和{ $second }担任，请用 from、until 分开任期，或只保留一人。
outside = { $name } 应在{ $min }至{ $max }之间，{ -correct }。
no-number = 没有名为 { $name } 的数值，请核对拼写。
case-number = 项目编号格式应为“文字〔{"{"}year{"}"}〕{"{"}number{"}"}号”一类，先年份后顺序号，{ -correct }。
surveillance = { $what } 不得列为必填：照片、视频、位置、轨迹一律不得强制（R190），请删去。
kinds = 本版本还不能由方案包改动记录种类，请删去该文件。
no-command = 没有名为 { $name } 的命令，请用 daiban pack show 核对名称。
not-for-administrator = { $name } 不能交给系统管理员：系统管理员只管账号、设备和参数，不决定项目事项。
moves-closed = 自{ $effective }起施行会变动{ $count }项已办结事项的时限（如{ $first }），请改用以后的日期。

## A line of the table of duties.

duty = { $place }：{ $wrong }
at-file = 该文件
at-duty = 第{ $number }条（{ $id }）
at-duty-without-id = 第{ $number }条（未写 id）
at-ladder = 阶梯 { $name }
line-missing = 缺少 { $key }，请补上。
line-unreadable = 无法读取（{ $why }），{ -correct }。
line-empty = { $key } 为空，请填写。
line-without-clause = 没有写明所依据的条款（{ $key }），请填写。
line-count = { $key } 应为1至{ $most }个工作日，{ -correct }。
line-not-there = { $key } 中的“{ $word }”不存在，请核对。
line-unknown = 没有名为 { $key } 的项，请核对拼写或删去。
line-unfitting = { $key } 与其他项不相配（{ $why }），{ -correct }。
why-until = until 是不再适用的首日，须晚于 from
why-twice = id 和 part 与同日适用的另一条重复
why-start-of-period = each_period 的 start 须为每个项目只有一份的记录
why-due = each_period 须填写 due，不填写 count
why-count-once = once_after 的 count 须为 working_days 或 setting，且不填写 due
why-count-limit = item_limit 的 count 须为 start 记录的栏目，且不填写 due
why-in-time = 由服务器登记办结的须为 confirmed_by_cutoff，其他的不得如此
why-scope = 由服务器报送的须为 district，其他的不得如此
why-seat = scope 为 district 的须由席位负责，其他的不得如此
why-week = week 只用于 each_period
why-tie = 带有关联或 week 的须为 fact
why-ruling = ruling 只用于由各组专员负责的 each_period
why-one-way = fact、ruling、sent 须且只须填写一项
why-group = group 只用于由各组专员负责的事项
why-start = start 只用于 once_after 和 item_limit
why-one-tie = by_owner、group、start 最多填写一项
