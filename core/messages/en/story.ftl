### The story that `daiban demo` tells; its people are made up.

## Act 1: a case is opened without signal.

act-one = Act 1, week 6: a case is opened without signal
device-enrolled = { $role } { $name } enrols a device; both screens show { $number }
date-refused = an impossible date ({ $typed }) is refused with a sentence, not rounded: { $why }
opened-offline = zhang opens a case on site, offline
kept-on-phone = durable on the phone, not yet on the server
uploaded = uploaded in the evening, effective
team-assigned = the office assigns the team
written-at-once = two agents write the same case at once, both offline
both-stand = both records stand and both phones see both

## Act 2: the letter is signed.

act-two = Act 2, week 6: the letter is signed, the clocks start
too-early = zhang registers materials before the letter
kept-void = kept, void with its reason, and told to its author: { $why }
letter-recorded = the chief agent records the letter, signed 5 and 6 February
letter-effective = the letter is effective
table-due = { $group }: its flow table is due { $day }, { $days } working days after the later signature, on the State Council's calendar

## Act 3: before the holiday.

act-three = Act 3, week 7: the report is frozen before the holiday
asked = the enterprise asks by telephone; the answer comes the next day
answered-in-time = answered within one working day
clock-fast = li's phone is two days fast; li writes and syncs
time-doubtful = the claimed time is clamped and marked doubtful
awaits-ruling = the weekly duty waits for a ruling: a phone clock alone proves nothing
met-by-ruling = met after the office's ruling
log-in-time = zhang's log arrives in time
log-unseen = zhang writes one more where there is no signal; the phone dies
week-confirmed = on a worked Saturday the three specialists confirm the week
confirmed-in-time = in time: Saturday was the week's last working day
log-in-report = zhang's log stands in the group's report
week-of-holidays = week 8 has no working day
report-refused = no report is owed, its days go into the next one: { $why }
not-refused = it was not refused

## Act 4: after the holiday.

act-four = Act 4, week 9: late, reassigned, carried by hand
late-arrived = on the first working day zhang's log of 13 February arrives
frozen-unchanged = the frozen report did not change
week-sent = the dispatch group sends week 7 to the district government
late-supplemented = the late log is listed under 补报 with both dates
log-unsent = zhang writes a log, unsent
reassigned = zhang leaves the case, wang takes over
late-kept = written before and arrived after: kept, waiting for a ruling
late-adopted = after the ruling everybody sees it in force
case-withdrawn = the case was withdrawn from zhang's device; zhang's own records stay listed
bundle-exported = li exports a bundle of { $bytes } bytes; zhou carries it
bundle-delivered = delivered by zhou's device, attributed to li by li's own signature
bundle-once = when li is online again the same record does not appear twice
weeks-confirmed = on another worked Saturday weeks 8 and 9 are confirmed as one
frozen-still = week 7 is still what it was
weeks-sent = the report of weeks 8 and 9 goes to the district government
week-owes-none = nobody owes anything for week 8

## Act 5: the fifteenth working day.

act-five = Act 5, week 10: the fifteenth working day
tables-submitted = { $one } submits its flow table, { $other } answers nil
deadline-over = 5 March is over and { $group } has not submitted; the night job runs twice
table-overdue = { $group }: its flow table is overdue
notices-once = { $count } notices, each exactly once however often the night runs
table-after-all = { $group } submits after all
met-late = met late, and history is not rewritten
equal-duties = server and phone compute the same { $count } duties
frozen-after-weeks = five weeks later the frozen report is the same
chains-verified = every chain verifies: { $found }
verified = { $rows } rows, { $signatures } signatures
enterprise-sees = the enterprise sees its own case and no internal facts
link-unguessable = a guessed link does not exist
