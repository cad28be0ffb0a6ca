### Answers of the calendar: a day, a reporting week.

## A day.

day = { $date } { $working ->
        [true] is a working day
       *[false] is not a working day
    }: { $why } ({ $source }).
weekday = Monday to Friday
weekend = weekend
holiday = holiday: { $name }
make-up = make-up day worked for { $name }
by-notice = notice { $notice }
notices-from = notices are held from { $year } on, statutory holidays before
not-published = no notice for that year yet

## A reporting week.

week-empty = { $week }: 0 working days, no report owed; its days go into the next report.
week-short = { $week }: { $days ->
        [one] one working day
       *[other] { $days } working days
    }, no report owed; they go into the next report.
