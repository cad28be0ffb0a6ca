### The server's own work: the night, the proof of what is stored.

## What is being done.

recognising = recognising records of new kinds
computing = computing cases with new rows
closing = closing reporting periods
sweeping = sweeping duties
verifying = verifying chain tails
backing-up = backing up
verifying-cases = case chains and signatures
verifying-audit = audit log
verifying-reports = frozen reports
verifying-derived = derived rows

## What came of a night.

no-backup = none
night-done = night of { $day }: { $computed } cases computed, { $drafted } reports drafted, { $notices } notices ({ $urged } urged, { $escalated } escalated), { $withdrawn } withdrawn, backup { $backup }, { $links } links verified
night-early = the night of { $day } was done before its hour and will be done again; { $notices } notices
night-running = the night of { $day } is running
night-done-before = the night of { $day } was done before; nothing was repeated
night-to-come = { $day } is still to come; its night begins at { $time }

## What is not as it was written.

finding = { $table } { $row }: { $what }
link-broken = the link does not follow from the row before
report-changed = the frozen bytes do not have their hash
derived-differs = it is not what recomputing gives

## Records of kinds that the server came to know.

recognised-reason = The server was updated and knows this kind of record now; it was judged again as of when it came.
