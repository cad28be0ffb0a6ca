### Answers of the calendar: a day, a reporting week.

## A day.

day = { $date }{ $working ->
        [true] 是工作日
       *[false] 不是工作日
    }：{ $why }（{ $source }）。
weekday = 周一至周五
weekend = 周末
holiday = { $name }放假
make-up = { $name }调休上班
by-notice = 依据{ $notice }
notices-from = 系统只收录{ $year }年起的放假安排，此前按法定节假日计
not-published = 当年放假安排尚未公布

## A reporting week.

week-empty = { $week }无工作日，不报送周报，工作情况并入下一期周报报送。
week-short = { $week }仅有{ $days }个工作日，不单独报送周报，工作情况并入下一期周报报送。
