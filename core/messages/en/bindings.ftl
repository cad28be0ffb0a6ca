### What the engine says to the person at a phone, beside what the core says.

-office = the office
-kept = everything recorded is safe on this device
-later = it syncs by itself later

internal = The app failed; { -kept }. Try again; if it stays so, tell { -office } the code.
closed = The app is closing. Open it again.
folder-missing = The app named no folder for its data. Install it again, or ask { -office }.
form-of-another-kind = The form is of another kind than the record. Open the correction from your records again.
kind-of-later-version = A later version of the app wrote this record. Update the app, then correct it.
kind-unknown = not known here
clock-behind = This device's clock is before the server's last answer. Let it set its time by itself, or records are marked as doubtful.
look-again = { $note }
time-doubtful = { $verdict } (time doubtful)

## The key store.

keys-locked = The device is locked and its keys cannot be read. Unlock it and open the app again; nothing is lost.
keys-failed = The key store failed; nothing is lost. Restart the device, do not remove the app; if it stays so, ask { -office }.
keys-forgotten = The key store did not keep the key and this device cannot be used. Check its screen lock, then try again.
keys-lost = This device's key is lost and its records cannot be opened. Do not remove the app; ask { -office } at once.

## The network.

offline = The server cannot be reached; { -kept }, and { -later }.
line-broke = The server was reached, but the line broke; what was uploaded is not sent again and { -kept }. Find a better network; { -later }.
timeout = The server did not answer in time; { -kept }, and { -later }.
cancelled = The system stopped the sync; { -kept }, and { -later }.
certificate-time = By this device's clock the server's certificate is not valid. Let the device set its time by itself; if it stays so, ask { -office }.
certificate = The server's certificate is not trusted. Do not go on; try another network, check the server's address or ask { -office }.
captive-portal = A sign-in page of this network answered instead of the server. Sign in with a browser, then sync; { -kept }.
busy = The server is busy or being restarted; { -kept }, and { -later }.
wrong-server = What answered is no Daiban server. Check its address; { -kept }.
