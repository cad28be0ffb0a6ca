### The weekly reports: drafting, confirming, sending, sending back.

district = the district
for-somebody = {" "}(recorded for them by { $by })
owes-none = { $week } has { $days ->
        [one] one working day
       *[other] { $days } working days
    } and owes no report; its days go into the next one
week-not-over = { $week } is not over; the district's report is drafted and confirmed after { $after }
not-drafted = the report of { $week } ({ $whose }) is not drafted yet; draft it first
frozen-already = the report of { $week } ({ $whose }) is frozen and never changes; later arrivals go into the next one

## Drafting.

week-not-begun = { $week } has not begun
group-owes-none = this group owes no weekly report; it is one of { $groups }
drafted = report { $week } ({ $whose }) drafted{ $arrived ->
        [0] {""}
        [one] , with one record that came since the draft before
       *[other] , with { $arrived } records that came since the draft before
    }; check and confirm it
noted = the notes of the draft { $week } ({ $whose }) were changed{ $recorded }
case-not-told = the draft has no paragraph on this case; check the case, or draft it again before writing on it

## Confirming.

not-the-specialist = a group's report ({ $whose }) is confirmed by its own specialist, which { $person } is not
hash-unreadable = give the hash of the text that was read, at least its first { $digits } digits
week-not-run = { $week } is not over; { $whose } confirms it from { $from } on, the noon of its last working day
changed = the draft { $week } ({ $whose }) is not the text that was read; read it again and confirm that
incomplete = the report { $week } ({ $whose }) lacks groups, agents or sections ({ $gaps }); say without_missing to confirm it so
outdated = a group's report of { $week } was confirmed or sent back since; draft the district's again
confirmed = report { $week } ({ $whose }) confirmed and frozen{ $late ->
        [true] , late
       *[false] {""}
    }{ $recorded }
confirmed-reason = report { $week } ({ $whose }) confirmed{ $recorded }

## Sending.

sent-already = the report { $week } was sent before
not-confirmed = the report { $week } is not confirmed yet
copy-missing = the copy to the office belongs to sending (四(四)3)
sent = report { $week } sent to { $to }, copied to { $copies }{ $recorded }

## Sending back.

not-the-receiver = the report of { $whose } is sent back by whoever receives it: { $receivers }
group-or-office = { $group } or { $office }
lead-or-office = the lead unit or { $office }
nothing-to-return = the report { $week } ({ $whose }) is not confirmed; there is nothing to send back
gone-already = the district's report of { $week } went out; what is to be corrected in that of { $whose } goes into the next one
returned = report { $week } ({ $whose }) sent back; its specialist mends and confirms it again{ $reopened ->
        [true] , and the district's, confirmed on it, is a draft again
       *[false] {""}
    }
built-on-it = the group's report that it was made of was sent back
