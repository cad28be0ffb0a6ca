### Who asks: enrolling a device, its signature, the office.

-office = the office
-kept = the records are safe on the phone

too-many-devices = This person has { $devices ->
        [one] one device
       *[other] { $devices } devices
    }, as many as allowed. Revoke one first.
code-worn = Too many enrolments were begun with this code. Ask { -office } for a new one.
code-wrong = There is no such code. Check it, or ask { -office } for a new one.
code-used = The code was used. Ask { -office } for a new one.
code-expired = The code expired. Ask { -office } for a new one.
enrolment-malformed = The enrolment cannot be read: { $why }
enrolment-interrupted = This is not what was committed to for the code last. Begin again; if it stays so, somebody else may have used the code: ask { -office } for a new one.
enrolment-signature = The device's signature does not stand: { $why }
device-known = This key is enrolled already. Make a new key on the phone, then scan again.
person-left = This person has left and can enrol no device. Ask { -office }.
confirmation-wrong = The confirmation number is not the device's. Compare the two screens; if they differ, revoke the device.
device-revoked = The device is revoked. Give out a new code.

## A request by a device.

signature-missing = The request has no usable signature: { $why }
length-missing = The request does not say its length, perhaps a device of the network changed it; { -kept }: { $why }
app-newer = The app is newer than the server; { -kept }: { $why }
app-older = The app and the server are of different versions, update the app; { -kept }: { $why }
signature-wrong = The request's signature does not stand. Update the app, then sync again.
body-changed = The body is not the one its `content-digest` names; send it again.
device-unknown = This device is not enrolled here. Keep its records and ask { -office } to enrol it again.
device-unconfirmed = This device is not confirmed yet. Tell { -office } the number { $number }.
device-out-of-use = This device was revoked. Give what was not uploaded to { -office } as a file.
device-revoked-meanwhile = This device was revoked. Ask { -office }.
counter-ahead = This counter is too far above the last one; go on above `counter`.
counter-reused = This counter was used with another body; go on above `counter`.
counter-replayed = This counter was passed already; go on above `counter`.

## The office.

token-missing = Enter by the link of { -office }, or send the office token as bearer.
token-wrong = The office token is wrong. Ask the administrator for a new link.
