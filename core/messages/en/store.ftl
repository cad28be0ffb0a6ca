### What a device keeps.

-office = the office

wrong-key = This device's key does not open what is stored here, and nothing was changed. Unlock the device as the same user, or ask { -office }; delete nothing.
newer = What is stored here was written by a later version. Update the app before opening it.
locked = Another program is using what is stored here. Close it and try again.
full = The device has no room and nothing was saved. Make room, then save it again.
broken = What is stored here cannot be read or written, and nothing was saved. Restart the app; if it stays so, ask { -office }.
salvaged = What was stored here was damaged; the old file is kept as "{ $file }", do not delete it. { $records } unsent records and { $rows } rows of cases were found again, { $lost } places cannot be read. Sync soon and check your records; if something is missing, ask { -office }.
