### What `daiban demo` says beside its story.

summary = { $held } outcomes held, { $failed } failed
parts = server { $url }    data { $data }    store { $store }
cannot-wait = cannot wait for ctrl-c, ending.
folder-taken = { $folder } is not empty; take another
store-taken = { $address } is not empty; take a new database
command-refused = the office's command failed: { $why }
field-failed = a field client failed: { $why }
answer-wrong = over HTTP: { $what }
input-output = the demo broke off ({ $why }); check room and rights of the temporary folder

## Where to look when it is over.

how-to-look = how to look (Ctrl-C ends)
office-pages = the office's pages
enterprise-page = the enterprise's page (nobody signs in)
field-client = the field client
interface = the API
data = data
