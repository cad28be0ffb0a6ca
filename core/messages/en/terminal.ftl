### What daiban-field, the client in a terminal, says.

## The network. Nothing recorded is ever lost by these.

-office = the task-force office
-kept = everything recorded is safe on this device

network-unreachable = The server cannot be reached; { -kept }. Check the network, then run sync again.
network-line-broke = The server was reached, but the line is too weak and keeps breaking; what was uploaded is not sent again and { -kept }. Find a better network, then run sync again.
network-timeout = The server did not answer in time; { -kept }. Run sync again a little later.
network-captive-portal = A sign-in page of this network (hotel, shop, airport) answered instead of the server. Sign in with a browser, then run sync again.
network-certificate-time = By this machine's clock the server's certificate is not valid. Check date and time; if they are right, ask { -office }.
network-tls = The secure connection failed: the server's certificate is not trusted. Do not go on; check the server's address or ask { -office }.
network-plain-text = This port does not speak TLS (https). Check the server's address and port, do not use http instead; if it stays so, ask { -office }.
network-authority = The certificate file cannot be used. Ask { -office } for the certificate in PEM form.
network-wrong-server = What answered is no Daiban server. Check the address; an enrolled device corrects it with connect --server.
network-busy = The server is busy or being restarted; { -kept }. Run sync again a little later.
network-broken = The exchange broke; { -kept }. Run sync again; if it stays so, ask { -office }.

## The same while a device is being enrolled: it holds no records yet, and the command to repeat is another.

enrolling-unreachable = The server cannot be reached and this device is not enrolled yet. Check the network, then run enrol again: the code is not used up.
enrolling-captive-portal = A sign-in page of this network (hotel, shop, airport) answered instead of the server. Sign in with a browser, then run enrol again.
enrolling-no-answer = The server did not answer in full and this device is not enrolled. Run enrol again on a steady network; if the code was used, ask { -office } for a new one.
enrolling-wrong-server = What answered is no Daiban server, and this device is not enrolled yet. Check the address, then run enrol again.

## The client's folder.

home-disk-full = The disk is full: { $path } cannot be written and nothing was saved. Make room, then record it again.
home-not-permitted = { $path } may not be read or written. Check who owns the folder, or name another with --home.
home-file = { $path } cannot be read or written. Check the disk, or name another folder with --home.
home-key = The key file { $path } is damaged. Restore it from a backup; do not delete the folder, it holds what was not uploaded.
home-key-lost = The key file { $path } is missing and what was recorded cannot be opened. Restore it from a backup; do not enrol again.
home-busy = Another daiban-field is using { $path }. Wait until it has ended.
