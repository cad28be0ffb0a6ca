### Seats of the task force: who holds them from when until when, and who must fill those that are empty.

held = { $holder }, since { $from }
held-until = { $holder }, from { $from }, over on { $until }
holder-with-phone = { $name } (line { $phone })
empty = empty; { $who } must name somebody
several = held by { $count } at once; { $who } must keep one
unit-lacks = ; it has to name: { $seats }
seat-line = { $seat }: { $said }
seat-of = { $seat } of { $of }

## What was noted.

noted = Noted: { $seat }, { $held }.
ended = { $seat }: the term of { $name } ends with the day before { $until }.

## What cannot be noted.

no-such-seat = There is no seat "{ $given }". Take one of: { $seats }.
of-unit-missing = There is a { $seat } of each unit: say of which with --of.
of-group-missing = There is a { $seat } of each group: say of which with --of.
of-unit-unknown = There is no unit called "{ $given }". See daiban unit list.
of-group-unknown = There is no group called "{ $given }". See daiban pack show.
of-not-asked = There is one { $seat } in the district. Leave --of out.
of-office-only = The seat { $seat } follows from the directory of people. Use daiban person add.
name-missing = A name must not be empty, nor longer than { $most } characters.
ends-before = The term ends on { $until }, not after it begins on { $from }.
taken = The seat { $seat } is held by { $held }, at the same time as { $name }. End that term first with daiban seat end, or give other days.
nobody-sits = Nobody holds the seat { $seat } on { $day }. See daiban seat list.

## The page.

page-title = Organisation
page-lead = The seats of the task force, its units and groups: who holds them and since when. Of empty ones it says who must fill them.
page-gaps =
    { $count ->
        [one] { $count } seat is empty or held twice
       *[other] { $count } seats are empty or held twice
    }
page-complete = Every seat is held.
group-led-by = lead unit: { $unit }
units-title = Member units
column-seat = Seat
column-holder = Held by
column-state = State
state-held = held
state-empty = empty
state-several = held twice
