### The page of an enterprise: how far its project is.

-tables = the flow tables

progress = Progress
your-project = Your project
stopped = registered by mistake, stopped
held = { $title } ({ $original ->
        [true] original
       *[false] copy
    } × { $copies })

## What comes next.

due = { $overdue ->
        [true] was due by
       *[false] by
    } { $day }{ $provisional ->
        [true] {" "}(provisional)
       *[false] {""}
    }
table-of-group = { $group }: flow table of your approvals
table = flow table of your approvals
letter = Signing of the authorization letter
letter-then = The service begins with it; the chief agent will contact you.
approvals = Approvals one by one, as { -tables } say
approvals-planned = Begins when { -tables } are in.
approvals-under-way = Results are handed to you or posted.

## Questions.

answered = answered
answered-on = { $day } answered
waiting = waiting
answer-due = answer due by { $day }

## Headings and labels.

stopped-page = This project was registered by mistake and is stopped; this page changes no more. For questions see “Contact” below.
coming = What comes next
questions = Your questions
no-questions = No questions so far. Ask the chief agent at any time.
papers = Your papers with us
contact = Contact
chief = Chief agent
no-phone = The office will tell you the office line.
free = The service is free, except for fees that the law has the enterprise pay (clause 二(二)).
happened = What has happened
nothing-happened = Nothing to show yet.
for-you-only = This page is for your enterprise only; please do not pass on its address. It shows no internal records and no personal data.
stages = Stages
stage-now = Where it stands: { $stage }
asked-on = { $day } asked
