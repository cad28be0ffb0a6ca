### What a server answers a phone by code: the phone's own sentence for each.

-office = the office
-kept = the records are safe on this device

outcome-signature = The device's signature could not be verified. Check that this device is enrolled and confirmed by { -office }, then record it again.
outcome-actors = This case has as many devices as it may have; the record is kept aside. Tell { -office }; do not try other devices.
outcome-device-unknown = The server does not know the device that made this record; it is kept aside. Its holder asks { -office } to enrol it again.
outcome-device-unconfirmed = The device that made this record is not confirmed yet; the record is kept aside. Tell { -office } the six digits, then send the record again.
outcome-device-revoked = The device that made this record is out of use; the record is kept aside. Ask { -office } to adopt it, or let somebody who may record it again.
outcome-never-member = Who made this record was never on the team of this case; it is kept aside. Ask { -office }: once on the team, it can be taken in as it is.
outcome-quota = The day's limit is reached; { -kept }. Sync again later, other cases go on.
outcome-deferred = The server puts this record off; { -kept } and goes out again by itself.

problem-bad-id = The id cannot be read. Check it and try again.
problem-busy = The server is busy; { -kept }. Sync again a little later.
problem-code-expired = The code has expired. Ask { -office } for a new one.
problem-code-invalid = The code is not right. Check it, or ask { -office } for a new one.
problem-code-used = The code was used. Ask { -office } for a new one.
problem-code-worn = Too many enrolments were tried with this code. Ask { -office } for a new one.
problem-contended = Something else was changing at the same time and nothing was saved; { -kept }. Sync again a little later.
problem-counter-replayed = This device's request number was used before, perhaps it was restored from a backup; it is renumbered by itself. Sync again; if it stays so, ask { -office }.
problem-counter-reused = This device's request number was used for another request, perhaps it was restored from a backup; it is renumbered by itself. Sync again; if it stays so, ask { -office }.
problem-counter-too-far = This device's request number is too far ahead; it is renumbered by itself. Sync again; if it stays so, ask { -office }.
problem-day-bytes = The day's limit of data is reached; { -kept }. Sync tomorrow, it goes on by itself.
problem-database-unavailable = The server cannot use its database; { -kept }. Sync again a little later.
problem-device-known = The key of this device is enrolled already. Ask { -office }, or enrol a new device.
problem-device-revoked = This device is out of use; what was not uploaded is kept on it. Ask { -office }.
problem-device-unconfirmed = This device is not confirmed yet. Tell { -office } the six digits on the screen, then sync again.
problem-device-unknown = The server does not know this device. Keep its records and ask { -office } to enrol it again.
problem-digest-mismatch = What was sent was changed on its way; { -kept }. Sync again on another network.
problem-disk-full = The server's disk is full; { -kept }. Sync again later, and tell the administrator.
problem-disk-reserve = The server's disk is almost full; { -kept }. Sync again later, and tell the administrator.
problem-enrolment-interrupted = The enrolment was interrupted. Begin again with the code.
problem-field-too-long = One part of what was sent is too long for the server; { -kept }. Update the app, then sync again.
problem-internal = The server failed; { -kept }. Sync again a little later; if it stays so, ask the administrator.
problem-length-required = The request did not say its length, perhaps a device of the network changed it; { -kept }. Sync again on another network.
problem-line-too-slow = The network is too slow and fell silent; { -kept }. Sync again later or on another network.
problem-method-not-allowed = This address does not do that. Check the server's address; if it stays so, update the app.
problem-not-found = The server has no such address. Check the server's address; if it stays so, update the app.
problem-one-at-a-time = The last sync of this device has not ended; { -kept }. Sync again a little later.
problem-outcome-unknown = Nobody knows whether it was saved; { -kept }. Sync again: it is found out by itself, nothing is recorded twice.
problem-overtaken = The server is being switched over; { -kept }. Sync again a little later.
problem-person-left = This person has left the task force and can enrol no device. Ask { -office }.
problem-server-clock = The server's clock is wrong and it exchanges nothing; { -kept }. Sync again later, and tell { -office } to set the clock.
problem-signature-invalid = The device's signature is not right; { -kept }. Update the app and sync again; if it stays so, ask { -office }.
problem-signature-missing = The request has no signature, perhaps a device of the network changed it. Use another network or update the app, then sync again.
problem-text-unusable = The text holds characters that the server cannot keep. Take them out and send it again.
problem-too-costly = One upload was too complicated for the server; { -kept }. Update the app and upload in parts.
problem-too-dense = What was sent is packed too densely for the server; { -kept }. Update the app, then sync again.
problem-too-large = One upload was too large; { -kept }. Update the app and upload in parts.
problem-too-many-connections = There are too many connections from this network; { -kept }. Sync again a little later.
problem-too-many-devices = As many devices are enrolled as may be. Ask { -office } to take unused ones out of use, then enrol.
problem-too-many-requests = Enrolment was tried too often. Try again a little later.
problem-too-slow = The network is too slow and not everything was sent; { -kept }. Sync again later or on another network.
problem-unreadable = What was sent was damaged on its way; { -kept }. Sync again; if it stays so, update the app.
problem-unsupported-version = The app and the server are of different versions; { -kept }. Update the app, then sync again.
problem-wrong-media-type = The server does not know this kind of request. Update the app and try again.

outcome-other = The server did not take it ({ $code }); { -kept }. Tell { -office } the code in brackets, and update the app if it asks you to.
problem-other = The server refused the request ({ $code }); { -kept }. Try again later; if it stays so, tell { -office } the code in brackets.

problem-passing = The server cannot do it now; { -kept }. Sync again a little later.
problem-foreign = A device of the network or the server refused the request; { -kept }. Check the server's address; if it stays so, ask { -office }.
