### What is wrong with a pack, and where it tells whom to look for.

contact = Chief agent: { $window }, { $centre }. { $office }: { $host }

## A file or a key.

no-file = the file is missing; add it
other-file = no file of a pack is called so; take it away or rename it
unreadable = cannot be read: { $why }
missing = `{ $key }` is missing; fill it in
unknown = `{ $key }` is no key of this table; check its spelling or take it away
empty = `{ $key }` is empty or has blanks around it; fill it in
of-another-sort = `{ $key }` must be { $sort }
sort-text = a text
sort-list = a list
sort-table = a table
sort-flag = true or false
sort-number = a whole number
date = { $why }
later-format = format { $format } is that of a later version; this one reads up to { $known }, so update the program first
word = "{ $given }" is none of { $expected }
twice = { $what } stands twice; keep one

## What the keys say together.

no-unit = { $unit } is no unit of this pack; list it, or correct its id
groups = there must be a dispatch group with a flow table, and one to four groups in all
no-flow-table = the generation group has no specialist and owes no flow table; set flow_table to false
seat-twice = { $first } and { $second } hold the seat { $seat } at the same time; part them by from and until, or keep one
outside = `{ $name }` must be { $min } to { $max }
no-number = `{ $name }` is no number of this version; check its spelling
case-number = the form must be letters, {"{"}year{"}"}, one mark and {"{"}number{"}"}, each once
surveillance = { $what } may not be required: photo, video, place and track never are (R190)
kinds = this version does not change kinds of record by the pack; take the file away
no-command = there is no command { $name }; see daiban pack show for the names
not-for-administrator = { $name } is not the administrator's, who keeps accounts, devices and settings and decides nothing about cases
moves-closed = in force from { $effective }: { $count ->
        [one] one duty that is closed would move
       *[other] { $count } duties that are closed would move
    }, first { $first }; take a later day

## A line of the table of duties.

duty = { $place }: { $wrong }
at-file = the file
at-duty = duty { $number } ({ $id })
at-duty-without-id = duty { $number } (without id)
at-ladder = ladder { $name }
line-missing = missing field `{ $key }`
line-unreadable = { $why }
line-empty = `{ $key }` is empty
line-without-clause = `{ $key }` is empty: every duty names its clause
line-count = `{ $key }` must be 1 to { $most } working days
line-not-there = `{ $key }` names `{ $word }`, which is not there
line-unknown = `{ $key }` is no key of this file
line-unfitting = `{ $key }` { $why }
why-until = is the first day on which it holds no more, and so later than `from`
why-twice = and `part` are those of an earlier line that holds on the same days
why-start-of-period = of each_period is the one record that counts
why-due = and no `count` go with each_period
why-count-once = in working_days or a setting and no `due` go with once_after
why-count-limit = in a field of the start and no `due` go with item_limit
why-in-time = must be confirmed_by_cutoff for what the server notes, and only for that
why-scope = must be district for what the server sends, and only for that
why-seat = must be a seat for the district, and only for the district
why-week = goes with each_period
why-tie = with a tie or a week must be a fact
why-ruling = goes with each_period, owed by the specialist of each group
why-one-way = names exactly one of fact, ruling and sent
why-group = goes with a duty of each group
why-start = goes with once_after and item_limit
why-one-tie = has at most one of by_owner, group and start
