### What the server's command line says.

input-output = Something cannot be read or written ({ $why }). Check path, rights and disk.
token-unreadable = The office token's file { $path } cannot be read ({ $why }). Check path and rights.
token-missing = There is no office token: copy office.token of the server's data folder to { $path }, name it with --office-token-file, or set { $variable }.
unreachable = The server { $url } cannot be reached ({ $why }). Check that it runs.
answer-unreadable = The answer of { $url } cannot be read ({ $why }). Check address and version.
computed-later = done; duties are still to be computed ({ $why })
dates-reversed = { $from } is after { $to }: there is nothing to count. Change them round if that was meant.

## What rows of an answer are called.

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

## Keeping a store.

database-missing = There is no database { $path }. Name the data folder with --data.
database-empty = The database { $address } is empty. Check --database, or let `daiban serve` make the tables first.
verified = Verified: every chain, signature and frozen report stands ({ $cases } cases, { $rows } rows, { $audit } rows of the audit log, { $reports } reports).
backup-elsewhere = Back a PostgreSQL database up with its own tools (pg_basebackup or pg_dump).
backed-up = Backed up to { $path } ({ $bytes } bytes, checked); keep server.key and office.token apart.

## Moving a store.

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
