### The office's pages.

-office = the office

cases = Cases
duties = Duties
reports = Weekly reports
entered = You are in
unnamed = (unnamed case)
unnumbered = no number yet

## What waits for a person.

place-unknown = place unknown
to-decide = to decide { $count }
sent-back = sent back { $count }
contested = contested { $count }
quarantined = quarantined { $count }

## A duty.

provisional-mark = provisional:
vacant = vacant
day-zero = day 0 is { $day }, not counted
covers-from = covers the days from { $day }
moved = moved by a new notice from { $from } to { $to }
met-at = { $at } done
to-be-ruled = { -office } should rule

## A case.

material = { $original ->
        [true] original
       *[false] copy
    } × { $held } · received { $received }, returned { $returned }{ $over ->
        [true] {" "}(more returned than received)
       *[false] {""}
    }
never-member = the author had no seat; give one, then ruling take-in
in-quarantine = no. { $number } · { $person } · { $at } · { $adopted ->
        [true] adopted
       *[false] not adopted
    }
record-number = record no. { $number }
sealed = sealed

## Its team, and who names somebody for an empty seat.

office-names = { $office } names one
lead-names = the group's lead unit, { $lead }, names one
unit-names = the unit names one

## Its timeline.

record-unknown = record of an unknown kind
record-unreadable = unreadable record
record-later = written by a later version
ruling-unknown = ruling of an unknown kind
roster-changed = roster changed
recorded-by-office = { $person } (recorded by { -office } for them: { $by })
ruled = { $person }: { $reason }
sent-back-by = { $person } { $at } sent it back: { $reason }
open-to-ruling = { $why } The office may rule on it (ruling late).
occurred = occurred
recorded = recorded
received = received
kind = kind
person = person
seat = seat
term = term
amended = corrected
sent-back-amended = sent back, corrected

## Reports.

week-range = { $first } – { $last }
group-report = { $group }: weekly report
district-report = District weekly report
report-of-week = { $report } { $week }
report-state = { $state ->
        [sent] sent
        [frozen] frozen
       *[other] draft
    }
signed = { $person } (recorded for them by { $by })
drafted-at = { $at } drafted
confirmed-at = { $at } { $person } confirmed
sent-at = { $at } { $person } sent
returned = sent back { $at } by { $person }: { $reason }
and-returned = { $told }; { $returned }

## Headings and labels.

open-cases = Open the cases
cases-lead = Lamps follow each duty's due date: red first, then yellow.
filter-lamp = Filter by lamp
all-lamps = All
search-by = Search by number, project or enterprise
search = Search
clear = Clear
district-duties = The district's own duties
no-match = No case matches.
no-cases = No cases yet.
no-match-next = Try another word, or clear the filter.
no-cases-next = A case appears here once an agent has opened it on a phone and synchronised.
case-list = List of cases
lamp = Lamp
case = Case
next-due = Next due
waiting = Waiting
provisional = provisional
none = none
duties-lead = All open duties by due date. Working days follow the State Council's notices; the first day is not counted.
no-duties = Nothing is owed now.
no-duties-next = Duties appear when a letter is signed, a question comes in or a week begins.
duty-list = Duties by due date
duty-and-who = Duty and who owes it
due = Due
state = State
clause = Clause
certain = certain
how-counted = How it is counted
no-reports = No reports yet.
no-reports-next = The groups’ drafts are made in the night before the last working day and renewed about every ten minutes as records arrive, until they are confirmed or late.
here = You are here
dispute = Contested
dispute-lead = Until a correction settles it, the stricter reading counts (the earlier due date).
counts-meanwhile = counts meanwhile
case-owes-none = Nothing is owed now.
met-or-stopped = Met or stopped
team = Team (1+3+N)
materials = Materials held
no-materials = Nothing is held.
quarantine = Quarantine
timeline = Timeline
timeline-lead = Newest first by the server's number. Each record keeps three times apart: occurred, recorded, received.
no-records = No records yet.
clock-doubtful = clock doubtful
server-clock-wrong = server clock wrong
proof = Proof
chain-tip = Chain tip
case-id = Case id
enterprise-page = Enterprise page
open-enterprise-page = open (for this enterprise only)
stage = Stage
stages = Stages
found-cases = { $count ->
        [one] one case
       *[other] { $count } cases
    }{ $pages ->
        [1] {""}
       *[other] {" "}· page { $page } / { $pages }
    }
found-duties = { $count ->
        [one] one duty
       *[other] { $count } duties
    }{ $pages ->
        [1] {""}
       *[other] , page { $page }/{ $pages }
    }
counted-days = { $from } · { $days ->
        [one] one working day
       *[other] { $days } working days
    }
numbered = no. { $number }
since = since { $day }
corrects = Corrects no. { $number }
corrected-by = Corrected by no. { $number }
returned-edition = An edition that was sent back: { $told }
