### The weekly reports: of a group, and of the district.

-nothing = None.
-doubtful = , time doubtful

## Heads, sections, foot.

group-title = Weekly report of { $group }　{ $weeks }
district-title = Weekly report on the projects　{ $weeks }
to-group = To: { $to }　due: { $due }
to-district = To: { $to }　copies: { $copies }
due = Due: { $due }
groups-missing = Groups that have not confirmed their report: { $groups }
rests-on = Rests on the report of { $group } { $hash } (confirmed by { $person })
annex = Annex: { $title }
annex-title = extracts from the work logs
heading-progress = 1. Progress
heading-problems = 2. Problems
heading-suggestions = 3. Suggestions
heading-supplements = 4. Reported late
section-progress = progress
section-problems = problems
section-suggestions = suggestions
nothing = { -nothing }
no-other-problems = None beside those of the projects in the first part.

## What a line says.

line = { $text }, { $unit } { $person }, { $on }{ $doubtful ->
        [true] { -doubtful }
       *[false] {""}
    }
record = { $awaiting ->
        [true] [awaits a ruling] { $text }
       *[false] { $text }
    } ({ $unit } { $person }{ $doubtful ->
        [true] { -doubtful }
       *[false] {""}
    })
awaiting-of = [awaits a ruling] { $title }
amended = Correction: { $text }
recorded-by-other = { $person } (recorded by { $other })
recorded-for = { $person } (recorded by { $other })
notes-recorded = Words written down for others: { $names }
note-of-group = { $group } says: { $words }.
this-week = this week

supplement-of = reported late of { $week }
came = recorded on { $recorded }, received on { $received }
not-come = recorded on { $recorded }, not received yet
supplement = { $what }: { $text } ({ $unit } { $person }, { $on }, { $came }{ $doubtful ->
        [true] { -doubtful }
       *[false] {""}
    })
supplement-of-old = { $line }; received on { $received }
not-received = no day yet

overdue = { $title }, due by { $due }, overdue by { $days ->
        [0] less than one working day
        [one] one working day
       *[other] { $days } working days
    }.
overdue-of-old = { $title }, due on { $due }, overdue by { $days ->
        [0] less than one working day
        [one] one working day
       *[other] { $days } working days
    } ({ $clause })

## A project's paragraph.

paragraph = The project{ $by } is at the stage: { $stage }. Done: { $done }. Under way: { $underway }. Problems: { $problems }. To be coordinated: { $coordination }.
built-by = , built by { $enterprise },
none = none
letter-signed = authorization letter signed on { $on }
no-change = no change this week
others-in-annex = { $count ->
        [one] one more record
       *[other] { $count } more records
    } in the annex
handed-over = handed over on { $on }
posted = posted on { $on }
table-handed-in = { $group } handed in its flow table{ $what }
table-nil = : nothing to do
table-rows = : { $rows ->
        [one] one item
       *[other] { $rows } items
    }{ $fees }
table-fees = , fees of { $sum } yuan in all
item-underway = { $item } ({ $unit }{ $agent }, { $days ->
        [one] one working day
       *[other] { $days } working days
    } planned){ $work }
item-agent = , agent { $person }
coordination = { $lead } leads{ $others } on "{ $subject }"
attending = , with { $units },

## What it lacks.

gap-groups = reports not confirmed: { $names }
gap-silent = no word this week: { $names }
gap-sections = sections without content: { $names }
silent = Agents who had given no word of this week when this was drafted: { $names }
silent-of-old = Agents who gave no word this week: { $names }
arrived = { $count ->
        [one] one record
       *[other] { $count } records
    } arrived since it was drafted at { $since }
