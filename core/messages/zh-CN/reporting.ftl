### The weekly reports: drafting, confirming, sending, sending back.

district = 全区
for-somebody = （代录：{ $by }）
owes-none = { $week }{ $days ->
        [0] 无工作日，不报送周报
       *[other] 仅有{ $days }个工作日，不单独报送周报
    }，工作情况并入下一期周报报送。
week-not-over = { $week }尚未结束，全区周报请于{ $after }之后起草和确认。
not-drafted = { $week }{ $whose }周报尚未起草，请先起草。
frozen-already = { $week }{ $whose }周报已定稿，不能再改；此后到达的记录列入下一期补报。

## Drafting.

week-not-begun = { $week }尚未开始，不能起草周报。
group-owes-none = 该组不报送周报，请选择{ $groups }。
drafted = 已起草{ $week }{ $whose }周报，{ $arrived ->
        [0] {""}
       *[other] 比上次起草新到{ $arrived }条，
    }请核对后确认。
noted = 已更新{ $week }{ $whose }周报的文字说明{ $recorded }。
case-not-told = 本期周报没有该项目的段落，请核对项目编号，或重新起草后再写说明。

## Confirming.

not-the-specialist = { $whose }周报应由本组代办专员确认；{ $person }不是该组专员，请改为该组专员。
hash-unreadable = 请填写所核对周报文本的摘要（hash，至少前{ $digits }位），可在“查看周报”中查到。
week-not-run = { $week }尚未结束，{ $whose }周报请于{ $from }起确认。
changed = { $week }{ $whose }周报草稿在您核对之后有变动，请重新查看全文，核对后再确认。
incomplete = { $week }{ $whose }周报内容不全。{ $gaps }。请催报、补写说明后重新起草；确需按现有内容报送的，请注明（--without-missing），所缺人员和单位将在报告中列明。
outdated = { $week }全区周报起草之后又有工作组周报确认或退回，请重新起草后再确认。
confirmed = { $week }{ $whose }周报已确认并定稿{ $late ->
        [true] （逾期确认）
       *[false] {""}
    }{ $recorded }。
confirmed-reason = { $whose }{ $week }周报已确认{ $recorded }

## Sending.

sent-already = { $week }全区周报已报送，不能重复报送。
not-confirmed = { $week }全区周报尚未定稿，请由调度组牵头单位先确认。
copy-missing = 周报未列抄送单位，不能报送（四(四)3）。
sent = { $week }全区周报已报{ $to }，抄送{ $copies }{ $recorded }。

## Sending back.

not-the-receiver = { $whose }周报应由{ $receivers }退回；请转告，或用 --as 指定有权人员。
group-or-office = { $group }或{ $office }
lead-or-office = 牵头单位或{ $office }
nothing-to-return = { $week }{ $whose }周报尚未定稿，无需退回；有意见请直接告知该组代办专员。
gone-already = { $week }全区周报已报送，{ $whose }周报不能再退回；需更正的内容请列入下一期周报（补报）。
returned = { $week }{ $whose }周报已退回，请该组代办专员更正后重新确认{ $reopened ->
        [true] ；据此确认的全区周报一并恢复为草稿，须重新起草
       *[false] {""}
    }。
built-on-it = 所依据的工作组周报已退回
