### Lines of lists and documents, as an official reads them.

-office = the office

## Units, people, devices.

unit = { $name }, { $kind } (id { $id }){ $lacks }
unit-lacks-agent = ; it has no agent yet and must name one
unit-lacks-specialist = ; { $group } has no specialist yet and this unit must name one
staff = { $name }, { $unit }, { $role }{ $group }{ $phone }, since { $since }{ $left } (id { $id })
in-group = {" "}({ $group })
telephone = , telephone { $phone }
left = , left on { $day }
device = device of { $whose } ({ $model }), { $state ->
        [pending] not confirmed yet
        [active] confirmed
       *[revoked] revoked
    }, confirmation number { $number }, enrolled { $enrolled }, { $seen } (id { $id })
device-seen = last synced { $at }
device-never-seen = never synced
server = the server
person-unlisted = somebody not in the directory
unit-unlisted = a unit not in the directory

## Cases: the line in the list, the team, the records.

case = [{ $lamp }] { $title } ({ $called }) { $stage }{ $due }
case-due = , next due { $due }
case-unnumbered = no number yet, id { $id }
seat = { $role }{ $group }: { $unit } { $name }, from { $since }{ $until }
seat-until = {" "}until { $at }
fact = { $number }{ $at } { $who }{ $other } { $kind }: { $verdict }{ $open ->
        [true] {" "}({ -office } may rule on it)
       *[false] {""}
    }{ $clock-wrong ->
        [true] {" "}(received while the server's clock was wrong)
       *[false] {""}
    }
fact-by-other = {" "}(recorded by { $who })
kind-unrecognised = not recognised yet
quarantined = No. { $no }: received at { $at } from { $who } for { $title }; { $why }{ $adopted ->
        [true] , adopted since
       *[false] {""}
    }
quarantined-never-member = its author never had a seat on this case; with a seat it can be taken in as it is
quarantined-unfit = it did not stand the checks

## Duties, notices, reports.

duty = [{ $lamp }] { $about }: { $owed }{ $behind }
duty-of-case = [{ $lamp }] { $owed }
duty-behind = {" "}(the case has new records and is being computed anew; look again later)
owed = { $title }, due { $due }, { $state }{ $who }
owed-by = , owed by { $person }
notice-withdrawn = [withdrawn: { $why }] { $notice }
report = Report of { $whose } for { $week }: { $state ->
        [draft] a draft
        [frozen] confirmed
       *[sent] sent
    }

## The audit log, and what its rows are about.

act = No. { $no }{ $node } { $at } { $who }: { $action }{ $object }
act-node = {" "}(node { $node })
act-other = something else
act-about = {" "}({ $object })
about-report = { $week }, { $whose }
about-quarantine = No. { $no } in quarantine
about-numbers = settings no. { $no }
about-edition = notice of { $year }
