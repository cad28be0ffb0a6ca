### The database, as whoever runs the server is told of it.

full = The database's disk is full. Make room, then try again; what was not finished was not kept.
busy = The database is busy or takes no more connections. Try again later; if it happens often, allow it or this user more connections.
contended = The work met other work and was undone. Try again.
slow = The database took too long and nothing was kept. Try again later; if it happens often, look at its load.
lost = The connection to the database was lost and nothing was kept. Try again later.
uncertain = The connection was lost during a commit and it is not known whether the work was kept. Look whether it was done before trying again.
overtaken = Another node took the job over; see the outcome there.
unreachable = The database cannot be reached ({ $why }). Check address, port, name, certificates, and whether it runs.
denied = The database refuses this user or password ({ $why }). Check both and the user's rights.
read-only = The database takes no writes; it is a replica or read-only. Use the address of the primary.
too-old = The database server has version { $found }, at least { $oldest } is needed. Upgrade it first.
encoding = The database has encoding { $found }, UTF8 is needed. Make a new one with UTF8.
foreign = The database is used by another program ({ $what }) and nothing was changed. Make an empty one for this program.
address = The database address cannot be used ({ $why }); it reads postgres://user:password@host:port/name.
newer = The data was written by a newer version. Use that.
unusable = The text holds a NUL character and was not kept. Take it out and try again.
stopped = The server is stopping. Try again later.
disk = The database file cannot be read or written ({ $why }), mostly because the disk is full or rights are missing. Make room and check rights, then start again; put nothing over what is there.
broken = The database failed ({ $why }). Check disk and rights, and restore a backup if need be.

## Moving a store.

source = source
target = target
unnamed = Name source and target sqlite:PATH (a file or a data folder) or postgres://user:password@host/name.
same-kind = One of the two must be a file and the other a server; between two of a kind use daiban backup or the database's own tools.
missing = { $path } is not there. The source may be a database file or a data folder.
not-ours = { $what } is not a Daiban database. Check the source.
damaged = The source { $path } is damaged: { $why }. Use a sound backup.
older = The source has schema { $found }, this program needs { $known }. Start the server on it once with this program, stop it, then move it.
served = { $connections ->
        [one] One connection of a running node uses
       *[other] { $connections } connections of running nodes use
    } the source. Stop all nodes first.
changed = The source was written to meanwhile, and nothing was kept at the target. Stop all nodes first.
exists = { $path } exists. Name another file, or move it away.
not-empty = The target is not empty ({ $what }), and this command clears nothing. Make an empty one, such as: createdb -E UTF8 -T template0 NAME
other-key = The data folder's server.key is not the one this store was written with. Use the folder that belongs to it.
text-with-nul = { $table } ({ $row }): column { $column } holds U+0000, which PostgreSQL does not store. Nothing was kept at the target; correct the row in the source.
stray = { $table } ({ $row }) belongs to a case or a chain that is not there. Run daiban verify, or use a sound backup.
table = { $side } { $table }: { $why } Everything was undone.
differs = { $what } was read back other than it was written, and everything was undone. Check the target, and keep things as they are.
of-side = { $side }: { $why }
unsure = The connection was lost at the commit; the target holds everything or nothing. Run this again; if the target is not empty, check it with daiban verify --full.
file = { $path } cannot be read or written ({ $why }). Check path, rights and room.

## What is being done while a store is moved.

opening-source = opening the source
opening-target = opening the target
reading-back = reading back and comparing
rows-carried = { $rows ->
        [one] one row
       *[other] { $rows } rows
    } of { $table }
