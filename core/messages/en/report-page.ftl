### The weekly report as an official document.

month-day = { $day }/{ $month }

## Title, opening and sources.

district-title =
    Report on assistance to major projects
    in { $week }
group-title =
    { $group }
    Weekly report of { $week }
district-opening = This is how assistance to the district's major projects went on in { $weeks }.
group-opening = This is how this group's work went on in { $weeks }.
missing = When this report was drafted, { $groups } had not reported on this week.
source = weekly report of { $group } { $hash } (confirmed by { $person } { $at })

## The sections of a report that an earlier version drew up.

progress = 1. Progress
problems = 2. Problems
suggestions = 3. Suggestions
supplements = 4. Supplements
nothing = None.
project = ({ $number }) { $title }
line = { $day }, { $text }{ $stop } ({ $unit } { $person }{ $doubtful ->
        [true] , time in doubt
       *[false] {""}
    })
awaiting = (to be decided, does not count yet) { $line }
supplement = { $line } (arrived { $day })
overdue = { $title } was due by { $day } and is overdue by { $days ->
        [0] less than one working day
        [one] one working day
       *[other] { $days } working days
    } ({ $clause }).
overdue-of = { $who }: { $overdue }

## What stands on the paper beside the text.

draft = Draft
signer = Signed by:{" "}
ending = This is our report.
annex = Annex
annex-of = Annex: { $title }
copies = Copies: { $receivers }.
printed = printed { $day }
evidence = Evidence
evidence-state = State of this report: { $state }.
evidence-hash = SHA-256 of the frozen text:{" "}
evidence-draft = not frozen yet, it may change; whoever confirms it gives the hash of this draft
built-on = Made of: { $sources }.
tips = Where each chain ended when it was { $draft ->
        [true] drafted
       *[false] frozen
    }:{" "}
tip = { $title } no. { $number }
