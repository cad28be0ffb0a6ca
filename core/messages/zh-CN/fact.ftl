### What a record's fields must be, and how they are shown.

-save-again = 请删去后重新保存。
-not-saved = 本条没有保存
-original = 请核对原件。

errors = { $errors }
row = { $list }第{ $number }项
in-row = { $row }的{ $field }

## What does not fit its field.

empty = { $field }不能为空，请填写。
too-long = { $field }超过{ $most }字，请精简或分条记录。
outside = { $field }应在{ $min }至{ $max }{ $unit }之间，请核对。
too-few = { $field }至少填写{ $least }项。
too-many = { $field }超过{ $most }项，请分开记录。
no-such-field = 没有名为“{ $name }”的栏目，请更新应用后重新填写。
not-one-way = { $field }请选择且只选择一种方式。
no-such-way = { $field }没有“{ $way }”这种方式，请重新选择。
not-sealed = { $field }无法加密，请重新填写。{ $why }
amount-unreadable = { $field }“{ $text }”不是可识别的金额，请按“12000”“25000万元”或“1.2亿元”填写，精确到{ $finest }。
number-unreadable = { $field }“{ $text }”不是整数，请填写数字。
flag-unreadable = { $field }应为“{ $yes }”或“{ $no }”，现为“{ $text }”。
no-such-choice = { $field }没有“{ $text }”这一项，应为{ $choices }。
of-another-sort = { $field }填写的内容不是所需的类型，请重新填写。{ $sort }
because = { $field }：{ $why }
because-of-date = { $field }：{ $why }。
choice = { $label }（{ $name }）

yuan = 元
ten-thousand-yuan = 万元
cent = 分
yes = 是
no = 否

## What single kinds ask.

handover-to-self = 移交人与接收人不能是同一人，请改选接收人。
nil-of-dispatch-only = 只有调度组可以答复“本组无代办事项”，且不得同时填写事项。
rows-missing = 流程表事项至少填写1项。
group-owes-no-table = 生成组不报送流程表，请选择本组。
fee-without-basis = 流程表事项第{ $row }项的收费须注明法定依据（二(二)无偿代办原则），请填写依据。

## What is not written.

misshapen = 字段不符合该类记录的格式，请更新应用后重新记录。{ $why }
not-read-back = 这条记录写入后不能原样读出，没有保存；请更新应用后重新记录。{ $why }
occurred-outside = 发生时间应在1970年1月1日8:00至2100年1月1日8:00之间（北京时间），{ -not-saved }；请核对日期后重新保存。
clock-outside = 本机时钟不对（应在1970年至2100年之间），{ -not-saved }；请打开“自动设置日期和时间”或校准时钟后重新保存。
invisible = { $field }的第{ $place }个字是不可见的控制字符（U+{ $code }），{ -save-again }
year-outside = { $field }的年份应在{ $first }至{ $last }之间，{ -original }
content = 内容
no-such-kind = 没有名为“{ $kind }”的记录种类，请更新应用后重试。

## Codes with a check digit.

code-note = { $field }{ $note }。
noted = { $text }（注意：{ $note }）
project-code-shape = 不是“4-6-2-2-6”位的24位项目代码，请核对批复原件
project-code-digit = 末位校验码不符，请核对批复原件
credit-code-shape = 不是18位统一社会信用代码，请核对营业执照
credit-code-digit = 末位校验码不符，请核对营业执照

## How a record is shown.

sealed = （已加密，本机无权查看）
record = 记录{ $digits }
roster = 代办团队

channel-window = 窗口
channel-on-site = 上门
channel-telephone = 电话
channel-wechat = 微信
channel-platform = 平台
