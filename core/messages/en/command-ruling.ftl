### Rulings: late work, sending back, adopting and taking in what lies in quarantine.

-office = the office

not-the-receiver = The chief agent of this case or { -office } decides about its records. Pass it on to them.

## Late work.

ruled = Fact { $fact } is { $accepted ->
        [true] accepted
       *[false] rejected
    } by row { $row }.
corrected-since = The fact was corrected by its author; its correction stands for it, and there is nothing to rule.
nothing-to-rule = The fact is { $verdict }; there is nothing to rule.

## Sending back.

returned = { $record } was sent back: { $reason }. It meets nothing until it is corrected.{ $then }
then = {" "}{ $said }.
record-of-row = { $kind } (no. { $row })
without-letter = Time limits do not run until it is corrected, then they count from the corrected signing date
without-table = The time limits it met run on with their first dates
another-stands = Record no. { $row } of the same matter still stands; if it is wrong too, send it back as well
returned-notice = [sent back] { $title }: { $record } was sent back by { $by }: { $reason }. Mend it and record the correction{ $meanwhile }. (Clause: { $clause })
meanwhile = . { $said }
not-returnable = This kind of record is not sent back. Have its author correct what is wrong; if it is late, rule on it with `ruling late`.
either = { $one } or { $other }
returned-by = { $kind } is sent back by whoever receives it: { $roles }. Pass it on to them.
case-closed = The case is closed as registered by mistake. If it must go on, use `case reopen` first.
amended-meanwhile = Record no. { $row } corrected it. Send that one back.
returned-before = The record was dealt with already: { $sent-back }. There is nothing to send back.
waits-for-ruling = The record waits for a ruling. Decide that first (`ruling late`), then send it back if need be.
does-not-count = The record is { $verdict } and does not count; there is nothing to send back.

## What lies in quarantine.

adopted = Quarantined record { $number } is row { $row } of case { $case }.
adopted-before = The record was adopted before ({ $fact }); there is nothing to do.
not-author = `by` is not the holder of the device, so the record cannot be adopted. Have the person record it anew.
arrived-meanwhile = The same record arrived meanwhile and has its number; there is nothing to adopt.
not-adoptable = The bytes hold no whole fact and cannot be adopted. Have it recorded again, or let { -office } record it (`case record`).
taken-in = The { $rows ->
        [one] record
       *[other] { $rows } records
    } set aside with { $number } now { $rows ->
        [one] has its row
       *[other] have their rows
    } in case { $case }.
taken-in-before = The record was taken in before ({ $fact }); there is nothing to do.
not-set-aside = It was refused for another reason than a missing seat and cannot be taken in as it is. If it is true, use `ruling adopt`.
seat-missing = Its author had no seat when it was made. Give a seat that begins before with `case assign`, then take it in.
