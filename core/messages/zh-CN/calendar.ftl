### Dates, weeks, counts of days and editions of the calendar.

-original = 请核对原件
-notice-text = 请按通知原文

## Dates and weeks as people write them.

no-such-month = { $year }年没有{ $month }月，{ -original }
no-such-day = { $year }年{ $month }月没有{ $day }日，{ -original }
year-outside = “{ $text }”的年份应在{ $first }至{ $last }之间，{ -original }
date-unreadable = “{ $text }”不是可识别的日期，请按“2021年2月9日”或“2021-02-09”填写
week-unreadable = “{ $text }”不是可识别的周次，请按“2026-W47”填写。
no-such-week = 没有“{ $text }”这一周，请核对年份和周次（每年52或53周）。

## Counts of days.

count-too-long = 期限{ $days }天过长，最多{ $most }天，请核对期限。
count-backward = 自然日期限不能为{ $days }天，请填写不小于0的天数。
start-outside = 起算日{ $start }的年份应在{ $first }至{ $last }之间，{ -original }。
not-published-yet = 暂定：{ $year }年放假安排尚未公布，{ $from }起的工作日可能调整，导入通知后自动重算。
before-the-first = 暂定：系统没有{ $from }以前的放假安排，请对照当年国务院办公厅通知核对。

## Editions.

edition-unreadable = 文件不是放假安排文件，请用 daiban --json calendar show 年度 导出样例重新填写（{ $why }）。
edition-too-large = 文件有{ $bytes }字节，超过{ $most }字节，请确认选对了放假安排文件。
edition-schema = 文件格式版本{ $schema }无法识别，请用 daiban --json calendar show 年度 导出样例，或先升级系统。
edition-year = 年份{ $year }应在2000至2199之间，请核对通知标题中的年份。
holiday-nameless = 有一个假期没有名称，请按通知补填，如“春节”。
notice-missing = { $year }年放假安排没有注明依据，请补填国务院办公厅通知的文号和日期。
notice-numberless = 有一份通知没有文号，请补填，如“国办发明电〔2025〕7号”。
notice-dateless = 通知{ $number }没有发文日期，请补填。
day-outside = { $day }不在{ $year }年通知可以安排的范围内（上年12月20日至次年1月10日），请核对年份。
day-twice = { $day }重复出现，请删除多余的一处。
day-off-and-worked = { $day }既写为放假又写为上班，{ -notice-text }保留一处。
makeup-on-weekday = 调休上班日{ $day }不是周六或周日，{ -notice-text }核对日期。
makeup-too-many = 调休上班日有{ $days }天，历年从未超过{ $most }天，{ -notice-text }核对。
off-too-many = 放假日有{ $days }天，超过{ $most }天，{ -notice-text }核对。
makeup-without-notice = { $year }年尚无通知，不能有调休上班日，请补填通知或删除调休上班日。
statutory-missing = { $day }（{ $name }）是法定节假日，文件中没有放假，{ -notice-text }补上。
edition-not-published = { $year }年文件没有通知依据，不能导入，请在国务院办公厅通知公布后再导入。
edition-not-adjacent = 系统已有{ $first }至{ $last }年的放假安排，与{ $year }年之间有缺，请先导入中间年份的通知。

## Days off that the law fixes.

new-year = 元旦
spring-festival = 春节
tomb-sweeping = 清明节
labour-day = 劳动节
dragon-boat = 端午节
mid-autumn = 中秋节
national-day = 国庆节
