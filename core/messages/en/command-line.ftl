### What the server's command line says.

input-output = Something cannot be read or written ({ $why }). Check path, rights and disk.
token-unreadable = The office token's file { $path } cannot be read ({ $why }). Check path and rights.
token-missing = There is no office token: copy office.token of the server's data folder to { $path }, name it with --office-token-file, or set { $variable }.
unreachable = The server { $url } cannot be reached ({ $why }). Check that it runs.
answer-unreadable = The answer of { $url } cannot be read ({ $why }). Check address and version.
computed-later = done; duties are still to be computed ({ $why })
dates-reversed = { $from } is after { $to }: there is nothing to count. Change them round if that was meant.

## What commands and rows of an answer are called.

rows = { $of ->
        [duties] duties
        [fact_rows] records
        [editions] editions
        [imports] imports
        [roster] team
        [moved] due dates that move
        [numbers] numbers
        [decided] decisions
        [rows] rows
       *[other] { $of }
    }

noun = { $noun ->
        [unit] units
        [person] staff
        [seat] seats and who holds them
        [device] devices
        [case] cases
        [ruling] rulings
        [report] weekly reports
        [calendar] calendar editions
        [policy] the numbers that the plan fixes or leaves open
        [clock] the server's clock
       *[other] { $noun }
    }
none = none
draft-hash = (Hash of the draft, for --hash when it is confirmed: { $hash })

## A server that runs.

serving = serving at
serving-data = data folder
serving-store = store
serving-token = office token
serving-token-private = readable by its owner only
serving-pages = office pages
serving-key = contents of office.token
serving-document = OpenAPI
serving-note = note
serving-clear-text = clear text: for the TLS proxy only
serving-night = nightly
serving-night-at = daily at { $hour }:10 (Beijing time)
serving-attention = attention
serving-stop = press Ctrl-C to stop

## Keeping a store.

database-missing = There is no database { $path }. Name the data folder with --data.
database-empty = The database { $address } is empty. Check --database, or let `daiban serve` make the tables first.
verified = Verified: every chain, signature and frozen report stands ({ $cases } cases, { $rows } rows, { $audit } rows of the audit log, { $reports } reports).
backup-elsewhere = Back a PostgreSQL database up with its own tools (pg_basebackup or pg_dump).
backup-pages = pages
backed-up = Backed up to { $path } ({ $bytes } bytes, checked); keep server.key and office.token apart.

## Moving a store.

migrate-first = Stop the server first. The target must be empty. The source is only read; a file is copied to TMPDIR first. Whatever fails leaves the target without rows.
verifying = verifying the { $side }
verify-failed = { $side }: { $finding }; nothing was kept at the target.
moved = Moved: { $tables } tables, { $rows } rows, each table read back and equal; both stores verified ({ $cases } cases, { $case-rows } rows, { $statements } signatures, { $audit } rows of the audit log, { $reports } reports); the source was only read.
    { $next }
moved-to-server = Next: serve with the same data folder (it holds server.key and office.token) and --database; move the old daiban.sqlite out of it; other nodes copy server.key and office.token first; back the database up with its own tools.{ $key ->
        [true] {""}
       *[false] {" "}No server.key was found: the first node that starts decides which key this database takes.
    }
moved-to-file = Next: { $there ->
        [true] daiban --data { $folder } serve, without --database
       *[false] move { $path } into the data folder under the name { $name }, then serve it without --database
    }; start no node on the old database again.{ $key ->
        [true] {""}
       *[false] {" "}Copy server.key and office.token into the folder first.
    }

## Showing a pack.

pack-usable = The pack can be used: { $district } ({ $document }, { $id }).
pack-faults = { $count ->
        [one] one thing is wrong
       *[other] { $count } things are wrong
    }
pack-issued = { $document }　{ $issuer }　issued { $day }
pack-signed = It is signed “{ $written }”, a day that there is not; the day of issue holds
pack-in-force = In force from { $from }, to { $to }, copies to { $copies }
pack-called = Numbers of cases: { $number }; pack: { $id } ({ $hash })
pack-body = { $name }{ $window }{ $host }{ $head }
pack-body-window = , { $window }
pack-body-host = , at { $unit }
pack-body-head = , headed by { $person }
pack-groups = groups
pack-group = { $name } ({ $id }): led by { $lead }, { $members ->
        [one] one member
       *[other] { $members } members
    }{ $owes ->
        [true] , has a specialist, owes flow tables and weekly reports
       *[false] {""}
    }
pack-units = units
pack-unit = { $name }{ $aliases }: { $kind }{ $agent ->
        [true] , must name an agent
       *[false] {""}
    } (id { $id })
pack-aliases = {" "}(also { $names })
pack-renamed = called { $name } from { $from }
pack-unit-ends = dissolved from { $from }, its work goes to { $units }
pack-duties = duties
pack-clause = by { $clause }
pack-numbers = numbers
pack-number = { $name }: { $value } ({ $clause }; { $min } to { $max }; { $id })
pack-texts = texts
