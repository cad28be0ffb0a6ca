### Commands about cases: the team, records made at the console, the contact, closing.

-office = the office

## The team.

joined = { $name } ({ $role }) has joined the team.{ $gaps }
parted = { $name } ({ $role }) has left this case.{ $gaps }
not-on-case = { $person } holds no such seat on this case; there is nothing to end.
several-seats = { $person } holds several seats on this case. Name the one to end by --role and --group.

## Records.

recorded = Row { $row } of case { $case }: { $verdict } (fact { $fact }){ $notes }
note = ; note: { $note }
returned-surplus = More of { $title } was returned than received. Check it; what was received may not be uploaded yet.
letter-not-in-person = A letter is recorded by the chief agent in person: on their own device (daiban-field), or here in their own name.
opening-first = The first record of a new case opens it. Record a `case_opened` first, or name the case.
may-not-open = { $name } ({ $role }) may not open a case. Name an agent, a specialist or the chief agent with --for.
date-in-doubt = { $asked }. Nothing was kept. Correct a wrong date; if it is right, say that you are `sure`.
fields-unfit = The fields are a JSON object, each by its name. See the API's document.
kind-unknown = There is no kind of record { $kind }. Give one of { $kinds }.
person-unknown = Nobody goes by { $person }{ $near }. Give an id, a name or NAME@UNIT; see `daiban person list`.
near = {" "}(near to it: { $names })
too-long-to-seal = Personal data is too long to be sealed. Shorten it, then try again.

## The contact.

contact = Contact of { $case }: { $contact } (that it was opened, and what for, is noted in the audit log)
contact-for-team = The contact is for the case's team and { -office }. Ask the chief agent.
contact-sealed = The key of the contact is not here: not sent yet, or erased. Ask whoever opened the case, or have them sync and try again.

## Closing.

closed = Case { $case } is closed by row { $row }; it owes nothing any more, and all records stay.
closed-before = The case is closed already. To go on with it use `case reopen`.
reopened = Case { $case } goes on by row { $row }; it owes as before.
not-closed = The case is not closed; there is nothing to reopen.
