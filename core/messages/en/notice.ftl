### What people are told of duties, and of reports that were sent back.

district-report = the district's weekly report
recounted = {" "}{ $what }.
set-by = , counted by { $document }

due-by = [{ $step }] { $about }: due { $by }{ $of-case ->
        [true] , to be done
       *[false] {""}
    }: { $title }{ $provisional ->
        [true] {" "}(provisional: that year's holidays decide)
       *[false] {""}
    }.{ $recounted } ({ $clause }{ $set-by })
overdue = [{ $step }] { $about }: { $title }, was due by { $day } and is overdue by { $days ->
        [0] less than one working day
        [one] one working day
       *[other] { $days } working days
    }, please do it now{ $provisional ->
        [true] {" "}(provisional: that year's holidays decide)
       *[false] {""}
    }.{ $recounted } ({ $clause }{ $set-by })

group-report-returned = [sent back] report { $week } ({ $group }), by { $person }: { $reason }; mend it and confirm it again, the due date stays ({ $clause })
district-report-reopened = [sent back] report { $week } (the district) is a draft again, for that of { $group } was sent back; once that is confirmed draft and confirm it anew, the due date stays ({ $clause })

## Why a duty does not stand as it stood, and why what was told of it is withdrawn.

unowed = the records it went by were corrected or do not count any more: nobody owes it
passed-on = whoever owed it left before it was due: whoever held the seat then owes it
vacant = whoever owed it left before it was due, and the seat was vacant then: the lead or sending unit names somebody
day-moved = the due date went from { $from } to { $to } (holidays were moved)
day-moved-by-document = the due date went from { $from } to { $to } (counted by { $document } now)
state-changed = the outcome went from "{ $from }" to "{ $to }" (a new record or ruling)
