### What every command may say: what is not there, who may give it, what was typed, lists in parts.

-office = the office

untitled = (project without a name)
district = the district
example = example
given-as = what can be ordered: times are Unix seconds, ids lower-case hex, weeks 2026-W47
by-roles = {" "}(by { $roles })

## What is not there.

case = case
fact = fact
person = person
report = report
quarantined = quarantined record
contact = contact
edition = edition

## Who gives it.

giver-unknown = There is no person { $person }. Give the right id with --as; see `daiban person list`.
giver-left = { $name } ({ $person }) has left the service and orders nothing any more. Let somebody in service do it.
person-left = { $name } ({ $person }) has left the service. Choose somebody in service, or register the person anew first.
person-ambiguous = { $count } people go by the name { $name }: { $choices }. Give the id in brackets.
person-of-unit = { $unit } ({ $person })
own-name-only = Only { -office } records for somebody else. Record in your own name.
may-not-for = { $name } ({ $role }) may not order this, nor anybody for them. Name one of these with --for: { $roles }.
may-not = { $name } ({ $role }) may not order this; it is for { $roles }. Name somebody who may with --as.
reason-missing = A reason must be given, in at most { $most } characters.

## What was typed.

unreadable = The command cannot be read: { $why }. Check its form, then try again.
character-unseen = Character { $place } of `{ $field }` is U+{ $code }, which cannot be seen. Take it out, then send it again.
case-unreadable = { $text } is no number of a case: write 〔2026〕17号 or 2026-17, or copy the id from `daiban case list` while it has no number.
unit-kind-unknown = There is no kind of unit { $text }. Give subdistrict, town, park, district-bureau or another of the list.
json-unreadable = This is no JSON ({ $why }). Check quotes and brackets.
file-unreadable = The file { $path } cannot be read ({ $why }). Check the path.
after-unknown = `after` names no row of this list. Begin at its beginning.
note-incomplete = A note on a project takes both `case` and `words`. Give both.
