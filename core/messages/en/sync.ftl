### The exchange between a phone and the server, as the phone tells of it.

-office = the office
-kept = the records are safe on this device

address-unreadable = "{ $text }" is not a server address such as https://daiban.example.gov.cn.
address-plain = "{ $text }" is not encrypted; only this machine may be reached by http://. Use https:// instead.
invitation = This is no invitation: scan it again, or type all of CODE@KEYHASH; else ask { -office } for a new one.
history = The server's history of the case does not extend what this device saw. Everything is kept as it was; tell { -office } and the supervisors at once.

bundle-not = This is no file of carried records.
bundle-damaged = The file was damaged on its way or is not whole. Have the original sent again.
bundle-unreadable = The file cannot be read. Update the app and try again.
bundle-signature = The file's signature does not hold and nothing was taken in. Its author exports it again on the own device.
bundle-change = There is a record in the file that cannot be admitted, and nothing was taken in. Its author updates the app and exports it again.
bundle-empty = No record waits to be uploaded; there is nothing to carry.

## What a sync shows.

judged = record sent (no. { $sequence }): { $verdict }
quarantined = record quarantined: { $why }
new-epoch = this device's chain goes on as epoch { $epoch }; unsent records are sent again
case-added = a case came to this device
case-changed = { $rows ->
        [one] one new row
       *[other] { $rows } new rows
    }
case-withdrawn = no longer yours; its content was removed from this device
server-restored = the server was restored (epoch { $epoch }); lost records go out again
rules-changed = a new calendar edition or policy came; see what is due
rules-unreadable = a calendar edition or policy cannot be read, update the program: { $why }
clock-off = this device's clock is { $side ->
        [ahead] ahead
       *[behind] behind
    } by { $time }; correct it
line-too-weak = { $what ->
        [record] a record
       *[carried] a carried batch of records
    } of { $kilobytes } kB is more than this line carries{ $behind ->
        [0] {""}
       *[other] , { $behind } wait behind it
    }; use a better network or a bundle
server-clock-behind = the server's clock is { $time } before what is held here; nothing was removed and { -kept }, tell { -office } to set it
server-full = the server has no room; nothing was uploaded, reading went on{ $said }
deferred = the day's limit of { $what ->
        [cases] new cases
        [bytes] data
       *[records] records
    } is reached; the records stay here and go on at { $hour }
carried-delivered = { $records ->
        [one] one carried record
       *[other] { $records } carried records
    } reached the server
carried-refused = carried records were refused and stay here; tell who made them: { $why }

minutes = { $n ->
        [one] one minute
       *[other] { $n } minutes
    }
hours = { $n ->
        [one] one hour
       *[other] { $n } hours
    }
days = { $n ->
        [one] one day
       *[other] { $n } days
    }
years = { $n ->
        [one] one year
       *[other] { $n } years
    }
