### What a case is, and what became of its records.

-office = the office
-asks-office = { -office } decides

unnamed = (unnamed case)
unnumbered = not numbered yet
closed = registered by mistake ({ $reason })
late-letter = letter signed on { $signed }, received on { $heard }; the weeks before owe no reports
contested = { $records } records disagree about the { $what }, and the earlier one counts meanwhile. The chief agent looks at the original and settles it by a correction.
sent-back = sent back ({ $reason }); { $corrected ->
        [true] corrected since
       *[false] mend it and record the correction
    }
written-by-later = record not recognised ({ $kind })

## A thing of which a case has one.

single-opening = opening of the case
single-letter = authorization letter

## Stages.

stage-lead = lead
stage-planning = flow tables in preparation
stage-underway = underway

## Verdicts.

effective = effective
void = void
late = waits for a ruling
unrecognised = not recognised
duplicate-id = duplicate id
returned = sent back
with-reason = { $verdict } ({ $reason })

## Why a record is void or waits.

why-not-author = who signs as its author does not hold the device; record it again on the own device
why-unreadable = its time lies outside what can be read, or something necessary is missing; check the date and record it again, else update the app
why-fields = a field does not satisfy its kind; mend it as told and record it again
why-ineligible = below the least investment and without a decision of Party committee or government, so not eligible
why-not-member = not on the case's team when recorded; ask { -office }
why-role-may-not = the role may not write this kind; have it recorded by who may
why-before-letter = agency work before the authorization letter; record the letter first
why-membership-ended = left the case before the record arrived; { -asks-office }
why-token-expired = offline for more than 30 days; { -asks-office } on its time
why-reference-unknown = names a person or a unit that the directory does not know; { -asks-office }
why-letter-enterprise = the letter names another enterprise than the opening; { -asks-office }
why-letter-chief = the letter names a chief agent who did not hold the seat; { -asks-office }
why-agent-foreign = a row names an agent who does not work for its unit; { -asks-office }
why-receipt-unknown = names a receipt that is not in the case; { -asks-office }
why-week-closed = no change in a week that has not begun or is closed; { -asks-office }
why-amends-unknown = corrects a record that is not in the case; sync and choose again
why-amends-foreign = corrects another person's record; ask its author or the chief agent
why-already-open = the case is open already; correct it instead
why-inquiry-unknown = answers an inquiry that is not in the case; sync and choose again
why-implausible-date = a date before the plan, after the recording, or of a letter signed more than 180 days ago; { -asks-office }
why-returned = mend what it was sent back for and record the correction
why-rejected = rejected by a ruling
why-of-later-version = a reason of a later version; update the app
