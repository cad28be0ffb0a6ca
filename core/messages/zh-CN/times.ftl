### Numbers of the plan as people write them: days, hours, weekdays, times of the day.

working-days = { $count }个工作日
days = { $count }天
hour = { $hour }时
weekday =
    { $day ->
        [monday] 星期一
        [tuesday] 星期二
        [wednesday] 星期三
        [thursday] 星期四
        [friday] 星期五
        [saturday] 星期六
       *[other] 星期日
    }
ten-thousand-yuan = { $count }万元

## Until when on a due day.

due-until = { $date } { $time }前
today-by-time = 今日{ $time }前
today-by-midnight = 今日24时前
by-day = { $day }（含）前

## When the weekly reports are due.

end-of-day = { $date }（含）前
groups-on-last-day = 每周最后一个工作日
groups-on-weekday = 每周{ $weekday }（遇放假提前）
at-time = { $day }{ $time }前
district-after = 其后第{ $days }个工作日
weekly-lead = 组周报于{ $groups }报{ $dispatch }；本级周报于{ $district }书面报{ $government }，同时抄送{ $office }（{ $clause }）。
week-owes = { $week }有{ $days }个工作日；各组周报于{ $groups }报{ $dispatch }，本级周报于{ $district }报送；涵盖{ $covers }。
