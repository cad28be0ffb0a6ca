### What is owed: where a duty stands, what it is counted by, who hears of it.

## Where it stands.

open = open
due-soon = due soon
due-today = due today
overdue = overdue by { $days ->
        [0] less than one working day
        [one] one working day
       *[other] { $days } working days
    }
overdue-since = overdue
met = met
met-late = met late
awaiting-ruling = awaiting ruling
stopped = stopped

lamp-grey = grey
lamp-green = green
lamp-yellow = yellow
lamp-red = red

## Its title, its date and its grounds.

passed-on = { $title } (taken over from an owner who left)
due-provisional = { $date } (provisional)
grounds = { $clause }
grounds-days = { $clause }, { $days ->
        [one] one working day
       *[other] { $days } working days
    }
grounds-days-by = { $clause }, { $days ->
        [one] one working day
       *[other] { $days } working days
    } by { $document }
recounted = the date was corrected: counted by { $before } in force on { $from } before, by { $now } in force on { $to } now
clause = the plan, { $places }
clause-part = part { $part }
clause-item = part { $part } ({ $item })
clause-point = { $place } { $point }

## How strict it is, and the steps when it is not done.

strength-hard = hard
strength-soft = soft
step-due-soon = due soon
step-due = due today
step-overdue = overdue
step-urged = urged
step-escalated = escalated
