### What daiban-field, the client in a terminal, says.

## The network. Nothing recorded is ever lost by these.

-office = the office
-kept = everything recorded is safe on this device

network-unreachable = The server cannot be reached; { -kept }. Check the network, then run sync again.
network-line-broke = The server was reached, but the line is too weak and keeps breaking; what was uploaded is not sent again and { -kept }. Find a better network, then run sync again.
network-timeout = The server did not answer in time; { -kept }. Run sync again a little later.
network-captive-portal = A sign-in page of this network (hotel, shop, airport) answered instead of the server. Sign in with a browser, then run sync again.
network-certificate-time = By this machine's clock the server's certificate is not valid. Check date and time; if they are right, ask { -office }.
network-tls = The secure connection failed: the server's certificate is not trusted. Do not go on; check the server's address or ask { -office }.
network-plain-text = This port does not speak TLS (https). Check the server's address and port, do not use http instead; if it stays so, ask { -office }.
network-authority = The certificate file cannot be used. Ask { -office } for the certificate in PEM form.
network-wrong-server = What answered is no Daiban server. Check the address; an enrolled device corrects it with connect --server.
network-busy = The server is busy or being restarted; { -kept }. Run sync again a little later.
network-broken = The exchange broke; { -kept }. Run sync again; if it stays so, ask { -office }.

## The same while a device is being enrolled: it holds no records yet, and the command to repeat is another.

enrolling-unreachable = The server cannot be reached and this device is not enrolled yet. Check the network, then run enrol again: the code is not used up.
enrolling-captive-portal = A sign-in page of this network (hotel, shop, airport) answered instead of the server. Sign in with a browser, then run enrol again.
enrolling-no-answer = The server did not answer in full and this device is not enrolled. Run enrol again on a steady network; if the code was used, ask { -office } for a new one.
enrolling-wrong-server = What answered is no Daiban server, and this device is not enrolled yet. Check the address, then run enrol again.

## The client's folder.

home-disk-full = The disk is full: { $path } cannot be written and nothing was saved. Make room, then record it again.
home-not-permitted = { $path } may not be read or written. Check who owns the folder, or name another with --home.
home-file = { $path } cannot be read or written. Check the disk, or name another folder with --home.
home-key = The key file { $path } is damaged. Restore it from a backup; do not delete the folder, it holds what was not uploaded.
home-key-lost = The key file { $path } is missing and what was recorded cannot be opened. Restore it from a backup; do not enrol again.
home-busy = Another daiban-field is using { $path }. Wait until it has ended.
home-none = There is no home directory. Name a folder with --home DIR.
file = The file { $path } cannot be read or written. Check its name and who may use it.

## What was typed.

clock = { $variable }={ $value } is not a time in Unix seconds. Correct or clear it.
usage = { $what ->
        [missing] Something that is required is missing
        [nothing] Say what is to be done
        [unknown-option] An option is not known
        [unknown-command] There is no such command
        [conflict] Options exclude each other
        [value] A value cannot be used
       *[other] The command cannot be read
    }{ $about }. Write it as shown below, or see --help.
    { $words }
usage-about = {" "}({ $words })
moment = "{ $text }" is not a time such as 2026-11-20 14:30.
standard-input = Standard input cannot be read as UTF-8 text: { $why }
json = { $field } is no valid JSON: { $why }
sealed-length = must have 1 to { $most } characters
not-found = No { $what ->
        [case] case
       *[other] record
    } on this device has an id that begins with "{ $given }". List ids with { $what ->
        [case] daiban-field cases
       *[other] daiban-field status
    }; run sync first if it is new.
too-short = "{ $given }" is too short: type at least { $digits } digits of the { $what ->
        [case] case id, as daiban-field cases
       *[other] record id, as daiban-field status
    } lists it.
ambiguous = "{ $given }" begins the ids of { $count } { $what ->
        [case] cases
       *[other] records
    }; type more digits: { $found }
date-in-doubt = { $questions }
    Nothing was saved. Correct the date, or say --sure if it is right.

fields = { $errors }

## Records: what is saved, and what may be done with it.

record-gone = its case has left this device: tell { -office } its number, it may rule on it, or the present agent records it
saved = Saved here: { $kind } (record { $record }, case { $case })
saved-note = Note: { $note }
saved-forecast = Note: if it were sent now it would be { $forecast }
again-sent-back = This record was sent back: correct it with amend, it need not be recorded again.
again-unreadable = The time or content of this record is outside what can be read; record it anew.
again-needless = Only a quarantined or void record is recorded again; this one is: { $state }
amend-nothing = Nothing to correct: say what with --set FIELD=VALUE.
amend-pair = "{ $text }" is not FIELD=VALUE, such as text=what is right.
amend-field = { $kind } has no field "{ $field }" to correct; see the names with show --json, and use --occurred for the time
amend-row = "{ $field }": the list is shorter; count from 0
amend-misfit = What came out is no record of its kind: { $why }
amend-newer = This record is of a kind that this version does not know; update the program.

status-none = No records.
status-line = { $record }  { $when }  { $kind }  { $title }
next-reason = resolve the reason, then run sync; it can be sent as it is, the server decides
next-sync = run sync when there is a network
next-again = record it with again, or ask { -office } to adopt quarantine no. { $quarantine }
next-void = resolve the reason, then record it with again
next-late = wait for the ruling of { -office }
next-unrecognised = wait for the server to be updated
next-duplicate = record it anew
next-mend = correct it with amend { $record } --set field=value (the rest is filled in), then run sync

## Duties.

due-none = Nothing is due.
due-line = [{ $lamp }] { $due }  { $title }
due-line-of-case = [{ $lamp }] { $due }  { $case }  { $title }
due-owed = { $state }; owed by: { $owed_by }; clause: { $clause }
due-period = the period has { $days } working days: { $first } to { $last }
due-first = counted from the day after { $start }: working day 1 is { $first }
due-counted = counted from the day after { $start }: working day 1 is { $first }, working day { $days } is { $last }
due-recounted = { $why }
due-provisional = provisional: { $why }

## Enrolling and connecting.

enrolled = Enrolled as a device of { $name } ({ $role }, { $unit }).
enrolled-number = Confirmation number: { $number }
enrolled-next = Next: { -office } compares this number with its own screen and confirms; then run daiban-field sync.
enrolled-differs = If the numbers differ, somebody else used the code or stands in between: do not confirm, tell the office at once.
connected = The server is now reached at { $server }.
connected-proved = Checked: it is the server this device is enrolled with.
connected-unproved = Nobody answered yet: run sync with a network, which checks the server.

## Carrying records in a file.

bundle-written = { $records ->
        [one] One unsent record
       *[other] { $records } unsent records
    } written to { $file } ({ $bytes } bytes).
bundle-next = Next: give the file unchanged to a colleague on the case, who runs bundle import and sync; nothing changes here.
bundle-open = The file is not encrypted: give it only to members of the case or to { -office }.
bundle-taken = { $records ->
        [one] One record
       *[other] { $records } records
    } of somebody else taken in; sync delivers them.

## sync.

sync-so-far = { $sent } of { $total } records were sent, { $left } are still only here.
sync-bar = sending {"{"}bar:40{"}"} {"{"}pos{"}"}/{"{"}len{"}"} records, {"{"}eta{"}"} left
sync-done = Synced: { $sent } sent, { $left } still only here.
sync-quarantined = Quarantined records are kept here: see status for the reason, then record them again, or ask { -office } to adopt them.
sync-of-record = { $kind } { $record }, recorded { $when }: { $what }
sync-of-case = { $case }  { $what }

## Cases.

cases-none = No case on this device: run sync to fetch yours, or open one.
cases-line = { $handle }  [{ $lamp }] { $title }{ $numbered ->
        [false] {" "}(no number yet)
       *[other] {""}
    } ({ $state }{ $due }{ $waiting ->
        [0] {""}
       *[other] ; { $waiting } unsent
    }{ $quarantined ->
        [0] {""}
       *[other] ; { $quarantined } quarantined
    })
cases-due = ; next due { $day }
case-alarm = ! { $what }
case-contested = ! { $what }
case-head = { $title }  [{ $lamp }] { $stage }
case-ids = number { $number }; enterprise { $enterprise }; id { $id }
case-member = { $role }{ $group }: { $person }, { $unit }
case-group = {" "}({ $group })
case-update = ! this version is too old, update it.
case-unreadable = no. { $number }  unreadable record of { $person }: { $verdict }
case-later = no. { $number }  written by a later version and kept as it is: update this program to read it
case-record = { $when }  { $kind }  { $by }  { $id } ({ $state }{ $amended ->
        [true] , corrected
       *[other] {""}
    })
case-record-numbered = no. { $number } { $verdict }
case-record-here = only here, expected { $verdict }
case-record-by-other = { $by } (recorded by { $other })
kind-unknown = { $kind }
field = { $label }: { $text }
next-step = → { $next }

people-none = No names on this device yet: run sync to fetch them.
people-line = { $typed }  { $unit }

## A table of rows in a file.

rows-of-file = { $file }: { $what }
rows-too-large = { $file } is larger than 1 MB and no table. Check the file.
rows-unreadable = { $file } cannot be read: { $why }
rows-encoding = { $file } is neither UTF-8, UTF-16 nor GB18030. Save it as CSV UTF-8.
rows-json = no valid JSON: { $why }
rows-no-list = a JSON list of rows is expected
rows-empty = the file is empty; fill in titles and rows
rows-column = there is no column "{ $title }"; check the titles
rows-quote = a quote is never closed

## Help.

help-who = { $roles }
help-occurred = when it happened; now if absent
help-sure = the dates asked about are right
help-case = number of the case, or the first digits of its id
help-rows = repeatable, or a .csv or .json file
help-several = repeatable
help-standard-input = - reads standard input
help-record = record id, its first digits are enough
help-person = yourself if absent
help-week = the week it happened in if absent
help-of-case = the case's if absent
help-on-site = on site if absent
help-one = 1 if absent
help-required = required
help-signed = the date, if both signed on the same day
help-recipient = who received it or to whom it was addressed, stored sealed
help-exit-codes = Exit codes: 0 done; 1 refused or failed; 2 usage; 3 offline (records are kept)
help-environment = Environment: DAIBAN_FIELD_HOME folder; DAIBAN_FIELD_LANG zh or en; DAIBAN_FIELD_CLOCK fixed time for demonstrations and tests (Unix seconds)
