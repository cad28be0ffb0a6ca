### Commands about people, units and devices.

-office = the office

person-known = { $person } is { $name } ({ $unit }) already, and nothing was saved. Give somebody else another id; if the name changes, say so (--sure).
term-implausible = A seat on { $day } is not plausible. Check the year.
registered = Registered: { $name } ({ $person }), { $role }
person-id = The person id { $id } must have 2 to 40 of a-z, 0-9 and '-'. Give another.
person-name = A name must be given, in at most { $most } characters.
unit-added = Unit { $name } ({ $unit }) is added.
unit-unknown = There is no unit { $unit }{ $near }. See `daiban unit list`, or add it with `daiban unit add`.

## Leaving.

left = { $name } has left; { $phones ->
        [one] one device is
       *[other] { $phones } devices are
    } revoked. { $seats }{ $unsent }If that was a mistake, undo it with person add, device invite and case assign.
unsent = The phone { $phone } may hold records made since its last sync. Ask the person; if there are any, have them exported to a file for { -office }.{" "}
seat-taken-over = In { $title } the seat of { $leaver } ({ $role }) has ended; { $name } takes over what is open.{" "}
seat-left-empty = In { $title } the seat of { $leaver } ({ $role }) has ended and nobody takes over. Assign somebody soon.{" "}
last-of-role = { $name } is the only holder of the role { $role } and cannot leave. Register a successor first.

## Devices.

invited = One-time code for { $name }, valid { $minutes } minutes, shown once; earlier ones are void: { $code }
confirmed = Confirmed: device { $device } of { $person } ({ $model })
confirmation-wrong = No device that waits shows the number { $number }. Compare it with the phone's screen.
confirmation-ambiguous = Several devices that wait show this number. Revoke them and give out new codes.
revoked = Device { $device } is revoked; what it recorded before stays.
