### What the server says of itself and of what was asked.

-kept = the records are safe on the phone
-office = the office
-clock-kept = { -kept }. Try again later and tell { -office }.

title = { $status ->
        [400] The request cannot be read
        [401] Nobody proved who asks
        [403] Not permitted
        [404] Not found
        [405] Not done here
        [408] The request took too long
        [409] In conflict with what is there
        [411] The length is missing
        [413] Too large
        [415] Of the wrong media type
        [422] Against the rules
        [429] Too many requests
        [503] The server is busy
        [504] The outcome is not known
        [507] The server has no room
       *[other] The server failed
    }
not-found = no such { $what }
case-of-number = case { $number }
device = device
case = case
record = fact
too-large = Too much was sent at once; { -kept }: { $why }
pack-faulty = The pack { $folder } is not used: { $count } things are wrong. Mend all of them, then try again.{ $faults }
pack-fault = { $file }{ $line ->
        [0] {""}
       *[other] :{ $line }
    }: { $what }
pack-folder = cannot open the folder: { $why }

## The store, as whoever asks is told of it.

disk-full = The disk is full; { -kept }. Try again later, and tell the administrator.
outcome-unknown = It is not known whether this was kept: look whether it was done before trying again; a phone's repeated sync finds out.
contended = The work met other work and was undone. Try again.
database-unavailable = The database is not available; the same request again finds out what was kept.
busy = The server is busy or stopping. Try again later.
internal = The store failed; nothing of this request was kept. If it stays so, ask the administrator.
health-busy = A phone's work would not begin within { $seconds } s.
health-silent = The database does not answer within { $seconds } s.

## What was asked.

json-too-large = The request is too large: { $why }
json-media-type = Send it as application/json: { $why }
json-unfit = The request is not as it must be: { $why }
json-unreadable = The request cannot be read: { $why }
body-cut = The request is not whole: { $why }
path-unreadable = The address cannot be read: { $why }
query-unreadable = A part of the query is missing, too much or cannot be read: { $why }
request-unreadable = The request cannot be read. Check its address and what it holds.
list-part = The part of the list cannot be read: { $why }
group-unknown = There is no such group; it is one of { $groups }.
span-too-long = The two dates may be at most { $days } days apart.
export-failed = The case cannot be exported; run daiban verify: { $why }
sync-unreadable = What was synced cannot be read: { $why }
connections-too-many = There are too many connections from this address at once; { -kept }. Try again later.
enrolments-too-many = Too many enrolments were refused in this minute. Check the code and try again in a minute.

## Work that is bounded.

day-carried = This carrier's bytes of the day are used up; bring the bundle again after { $hour }.
disk-reserve = The disk has only its reserve left: nothing is written for phones, reading goes on; tell the administrator.
too-costly = The work would cost more than what was sent may cost; nothing of it was kept, send less at once.
field-too-long = A part of what was sent is too long: { $why }
too-dense = What was sent is packed too densely: { $why }
line-too-slow = The body came too slowly; send the same again.
body-broken = The body broke off. Send it again.
one-at-a-time = The same device, or the same carrier of bundles, sent another body meanwhile; one at a time.
method-not-allowed = This address does not do that.
order-late = Not done within { $seconds } seconds, still under way: look for the result later, do not send it again.
answer-late = Not done in time; try again.

## The clock.

clock-wrong = The server's clock is wrong; { -clock-kept }
clock-waits = The server's clock waits to be confirmed; { -clock-kept }
clock-behind = The server's clock ({ $now }) is before its newest entry ({ $newest }): set the clock; if it is right now and was ahead then, run `daiban clock declare-wrong --from … --reason …`.
clock-ahead = The server's clock ({ $now }) is far ahead of its last sign of life ({ $newest }): set it, or if it is right run `daiban clock confirm --reason …`.

## Starting and keeping a server.

folder-in-use = { $path } is in use by another process. Stop that first.
folder-damaged = { $path } does not hold what it should. Restore it from a backup.
folder-file = { $path } cannot be read or written ({ $why }). Check path, rights and disk.
folder-closed = The data folder { $path } or files in it were open to others and have been closed.
file-not-ours = Others can read { $path }, and it is not ours to close.
key-lost = There is a database, but { $path } is missing: copy it (and office.token) back from the old data folder.
key-other = This node's server.key is not the one of the nodes that share this database. Copy server.key and office.token from one of them.
token-other = This node's office.token is not the one of the node that was started last.
config-unreadable = The settings { $path } cannot be read ({ $why }). Check path and rights.
config-line = { $path }, line { $line }: { $why }. Correct it and start again.
config-clear-text = { $name }: not encrypted; only this machine may be reached by http://.
config-value = { $name }: { $why }
listen = Nothing can listen on { $address } ({ $why }). Name another with --listen, or stop what holds it.
listen-clear-text = { $address } is not the loopback: put a proxy that does TLS in front and set behind_tls_proxy, or listen on 127.0.0.1.
listen-broke = The listener stopped ({ $why }). Start the server again.
backup-exists = { $path } exists. Name another file.
backup-damaged = The copy is damaged ({ $why }). Check the disk and try again; the data itself is as it was.
backup-database = The database could not be read for the backup ({ $why }). Try again later.
backup-file = The backup could not be written ({ $why }). Check path, rights and room.
history-bad = Case { $case }, row { $sequence } is not what was written ({ $what }). Stop the server, keep things as they are, and restore a backup.

## A phone, as the office is told of it.

never-synced = the phone ({ $model }) never synced; its records may not have come
synced-unsure = the phone ({ $model }) last synced on { $day }; records of since then may not have come
synced = the phone ({ $model }) last synced on { $day }{ $unsent ->
        [0] , nothing was unsent then; records of since then may not have come
        [one] , when one record was still unsent
       *[other] , when { $unsent } records were still unsent
    }
