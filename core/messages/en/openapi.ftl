### The API's document: what it is, and each of its addresses.

description = Daiban's API. The office shows its token (office.token) as Bearer; a device signs with daiban-signature over method, path and the headers daiban-device, daiban-counter, content-digest and content-length, and names the protocol's version in daiban-protocol. Errors are RFC 9457 problem documents, Chinese first: 400 what cannot be read, 422 what can be read and is not possible.

## Addresses.

health = whether the server and its store answer
document = this document
enrol-begin = a phone commits to its key and is given a nonce
enrol = a phone asks in with its one-time code
sync = one signed round of a phone, deflated CBOR both ways
bundle = work carried by hand, by the office or an active phone
commands = everything the office orders
cases = every case, short
case = one case: team, facts, duties
case-facts = the facts of a case with their verdicts
case-duties = what a case owes now, with its trace
case-export = the case as an Automerge file
duties = the standing duties of all cases and of the district
notices = what the sweep told whom
reports = all weekly reports, without bodies
district-report = the district's report of a week
group-report = a group's report of a week
quarantine = refused changes
workdays-add = the n-th working day from a start
workdays-between = working days in (from, to]; at most 7,400 days apart
workdays-check = whether a date is a working day, and why
week = what a reporting week owes
