### What a record's fields must be, and how they are shown.

-save-again = Take it away and save again.
-not-saved = nothing was saved
-original = Check the original.

errors = { $errors }
row = { $list }, entry { $number }
in-row = { $row }: { $field }

## What does not fit its field.

empty = "{ $field }" must not be empty. Fill it in.
too-long = "{ $field }" is longer than { $most } characters. Shorten it, or record it in parts.
outside = "{ $field }" must be { $min } to { $max } { $unit }. Check it.
too-few = "{ $field }" needs at least { $least ->
        [one] one entry
       *[other] { $least } entries
    }.
too-many = "{ $field }" has more than { $most } entries. Record it in parts.
no-such-field = There is no field called { $name }. Update the app and fill in the form again.
not-one-way = Choose exactly one way of "{ $field }".
no-such-way = "{ $field }" has no way called { $way }. Choose again.
not-sealed = "{ $field }" cannot be sealed: { $why }
amount-unreadable = "{ $field }": "{ $text }" is no amount such as 12000, 25000万元 or 1.2亿, down to { $finest }.
number-unreadable = "{ $field }": "{ $text }" is no whole number.
flag-unreadable = "{ $field }" must be { $yes } or { $no }, not "{ $text }".
no-such-choice = "{ $field }": "{ $text }" is none of { $choices }.
of-another-sort = "{ $field }" has a value of another sort; { $sort } is expected.
because = "{ $field }": { $why }
because-of-date = "{ $field }": { $why }
choice = { $name } ({ $label })

yuan = yuan
ten-thousand-yuan = 10,000 yuan
cent = a cent
yes = yes
no = no

## What single kinds ask.

handover-to-self = Work is handed over to another person. Choose who takes it.
nil-of-dispatch-only = Only the dispatch group may answer that it has nothing to do, and without rows.
rows-missing = The flow table needs at least one row.
group-owes-no-table = The generation group hands in no flow table. Choose the own group.
fee-without-basis = Row { $row }: a fee needs its statutory basis. Fill it in.

## What is not written.

misshapen = The fields do not have the form of their kind: { $why }
not-read-back = The record does not read back as it was written, and nothing was saved: { $why }
occurred-outside = The time of the event must lie between 1970 and 2100, and { -not-saved }. Check the date and save again.
clock-outside = This device's clock is wrong: it must lie between 1970 and 2100, and { -not-saved }. Let it set its time by itself, and save again.
invisible = Character { $place } of "{ $field }" is U+{ $code }, which cannot be seen. { -save-again }
year-outside = The year of "{ $field }" must be { $first } to { $last }. { -original }
content = content
no-such-kind = There is no kind of record called { $kind }. Update the app and try again.

## Codes with a check digit.

code-note = { $field }: { $note }
noted = { $text } (note: { $note })
project-code-shape = no project code of 4-6-2-2-6 digits; look at the paper
project-code-digit = its last digit does not fit; look at the paper
credit-code-shape = no credit code of 18 signs; look at the licence
credit-code-digit = its last sign does not fit; look at the licence

## How a record is shown.

sealed = (sealed, this device has no key)
record = record { $digits }
roster = roster

channel-window = at the window
channel-on-site = on site
channel-telephone = by telephone
channel-wechat = by WeChat
channel-platform = on the platform
