### The numbers of the plan, and decisions that change them.

-correct = 请更正后重新提交
-look-at-year = 请核对年份
-document = 文号（document）
-effective = 施行日期（effective）

unregulated = 实施方案未规定

## A decision that cannot be used.

unreadable = 政策设置无法读取（{ $why }），请用 daiban --json policy show 导出现行设置，修改后再导入。
fields = { $errors }
outside = { $number }（{ $name }）应在{ $min }至{ $max }之间，{ -correct }。
unknown = 没有名为“{ $name }”的规则参数，请用 daiban policy show 查看参数名称。
document-missing = 请填写{ -document }，例如“政办发〔2026〕3号”：调整规则参数须有依据。
document-too-long = { -document }不超过{ $most }个字且不换行，{ -correct }。
effective-missing = 请填写{ -effective }，例如“2026-12-01”：委托书自该日起签订的项目才适用新参数。
effective-unreadable = { -effective }：{ $why }。
effective-before-plan = { -effective }早于实施方案施行之日，{ -look-at-year }。
effective-too-far = { -effective }在十年以后，{ -look-at-year }。
