### Commands about what all dates are counted by: the numbers, the calendar, the server's clock.

-office = the office
-later = Choose a later first day.

## Due dates that move.

move = { $title }: { $duty }, { $from }→{ $to }{ $kept ->
        [true] {" "}(keeps its own, later date)
       *[false] {""}
    }
move-with-why = { $moved } ({ $why })
day-and-time = { $day } { $time }
no-date = none
moved-by-calendar = the calendar changed
moved-by-numbers = by { $document } as in force on { $day }
moved-into-next = no report of its own any more, it goes into the next
moves-in-all = { $count } in all
moves-done = The first day is too early: duties that are done would be counted anew, and nothing was kept: { $moves }. { -later }
moves-make-late = The first day is too early: open duties would be overdue at once, and nothing was kept: { $moves }. { -later }

## The numbers.

numbers-previewed = Preview: { $document }, in force from { $from }, would move { $count ->
        [one] one due date
       *[other] { $count } due dates
    }; nothing was set.{ $objection }
numbers-set = Settings no. { $number } ({ $document }) are in force from { $from }; { $count ->
        [one] one due date moves
       *[other] { $count } due dates move
    }.
numbers-in-force = Settings no. { $number }, by { $document }, are in force from { $from }.
numbers-decided = No. { $number }, { $document }, in force from { $from }
number = { $name }: { $value } ({ $clause }; { $min } to { $max }; set by { $roles })
effective-in-past = The first day { $from } is over, { $count ->
        [one] one due date
       *[other] { $count } due dates
    } would move, and nothing was kept. Look at `policy preview`, then say that you are `sure`.
numbers-not-yours = The role { $role } may not change: { $numbers }. Let { -office } do it.

## The calendar.

edition-previewed = Preview: the edition of { $year } would move { $count ->
        [one] one due date
       *[other] { $count } due dates
    }; nothing was imported.
edition-imported = The edition of { $year } is in; { $count ->
        [one] one due date moved
       *[other] { $count } due dates moved
    }.
edition = { $year }: { $notice }, make-up days worked: { $days }
edition-unpublished = not published yet, statutory holidays only
edition-import = Import { $no }: { $by } took in the edition of { $year } at { $at }

## The server's clock.

clock-right = The clock is right: { $now } (Beijing time).
clock-confirmed = The clock is confirmed: { $now }. Records are taken again.
clock-not-ahead = The clock does not wait for a confirmation. If it is behind what is kept, set it right (see `daiban clock show`).
clock-declared = { $from } to { $until } is declared clock-wrong: rows stay, marked; notices withdrawn: { $notices }, drafts removed: { $drafts }; duties were computed anew{ $left }.
clock-reports-left = ; confirmed reports cannot be taken back, check them: { $reports }
clock-span-reversed = The stretch must begin before it ends. Check --from and --until.
clock-span-short = The newest entry is of { $newest } and the stretch must hold it. Check --until, or leave it out.
