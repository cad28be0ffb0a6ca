### What the engine of a phone says.

-office = the office

not-enrolled = This device is not enrolled. Ask { -office } for a one-time code.
already-enrolled = This device is enrolled already. Ask { -office } if it shall be another person's.
fields = { $errors }
not-found = There is no such { $what ->
        [case] case
        [record] record
       *[other] thing
    } here. Sync, then choose from the list.
already-recorded = Another record was saved from this form before, and this one was not. Look at your records: correct that one, or begin a new one.
answer = The server's answer cannot be read; the records are safe on this device. Try again later; if it stays so, update the app.
other-server = The answer is signed by another server than the one this device is enrolled with, and nothing of it was taken; the records are safe on this device. Check the server's address.
uninvited-server = The server that answered is not the one the invitation names; this device is not enrolled, and the code was not given to it. Use another network and check the address; if it stays so, tell { -office }.
nothing-asked = No sync is under way. Begin it again.

## What looks like a typing error.

surplus = more returned than received: { $titles }
person-unknown = { $person } is of none of your teams
person-unclear = { $count } people are called { $typed }; type instead: { $choices }
unit-unknown = { $unit } is no known unit{ $near }
unit-near = ; like it are: { $units }
personal = personal data
not-sealed = it cannot be sealed; shorten it and try again

## Where an own record stands.

saved-doubtful = Saved here; this device's clock does not agree with the server's: let it set its time by itself, or the record is marked as doubtful.
saved-forecast = Saved here; if it were sent now it would be { $forecast }
local = only here (waits to be sent)
local-forecast = only here; if it were sent now: { $forecast }
uploaded = on the server as no. { $sequence }: { $verdict }
judged = no. { $sequence }: { $verdict }
quarantined = quarantined as no. { $number }: { $why }
quarantined-again = quarantined (recorded again)
quarantined-adopted = quarantined (adopted by { -office })
time-doubtful = { $verdict }, time doubtful
kind-unknown = not known here

## Who is called what.

name-of-server = the server
name-unknown = unknown person ({ $id })

id-unreadable = An id has { $digits } hexadecimal digits. Copy all of it from the list.
