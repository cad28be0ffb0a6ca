### Numbers of the plan as people write them: days, hours, weekdays, times of the day.

working-days =
    { $count ->
        [one] { $count } working day
       *[other] { $count } working days
    }
days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
hour = { $hour }:00
weekday =
    { $day ->
        [monday] Monday
        [tuesday] Tuesday
        [wednesday] Wednesday
        [thursday] Thursday
        [friday] Friday
        [saturday] Saturday
       *[other] Sunday
    }
ten-thousand-yuan = { $count } × 10,000 yuan

## Until when on a due day.

due-until = { $date }, by { $time }
today-by-time = by { $time } today
today-by-midnight = today by 24:00
by-day = by { $day }

## When the weekly reports are due.

end-of-day = { $date }
groups-on-last-day = the week's last working day
groups-on-weekday = { $weekday } of each week (earlier where it is a day off)
at-time = { $day }, by { $time }
district-after =
    { $days ->
        [one] first working day after it
       *[other] working day { $days } after it
    }
weekly-lead = Groups report to the { $dispatch } on { $groups }; the report to the { $government }, with a copy to the { $office }, is due on the { $district } (clause { $clause }).
week-owes = { $week }: { $days } working days; group reports to the { $dispatch } due { $groups }, district report due { $district }; covers { $covers }.
