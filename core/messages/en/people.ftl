### Roles, groups, units, and who holds a seat.

## Roles, where no district's own name is at hand.

role-chief-agent = Chief agent
role-group-specialist = Group specialist
role-unit-agent = Unit agent
role-dispatch-lead = Officer of the dispatch group's lead unit
role-office = Office
role-district-government = Government
role-supervision = Supervision
role-administrator = System administrator
officer-of-lead = Officer of the lead unit of { $group }

## Groups, by their functions.

group-generation = generation group
group-planning = planning group
group-construction = construction group
group-dispatch = dispatch group

## What sort of unit it is.

unit-party = Party department
unit-district-bureau = district bureau
unit-city-sub-bureau = sub-bureau of a city bureau
unit-vertical = body run from above
unit-enterprise = company
unit-subdistrict = subdistrict office
unit-town = town or township government
unit-park = park committee
unit-of-project = unit where the project stands

## What is not taken.

group-unknown = "{ $given }" is no group; expected one of { $expected }
role-unknown = "{ $given }" is no role; expected one of { $expected }
unit-id = unit id { $id } must be 2 to 40 of a-z, 0-9 and '-'
unit-name = unit name "{ $name }" is empty or has blanks around it
unit-taken = { $word } already names unit { $holder }; take another name, or choose that unit
seat-ends-first = the entry of { $person } ends before it begins
specialist-without-group = { $person } is a specialist of no group; name the group
group-without-specialist = { $group } has no specialist; choose another group or role

## Seats without exactly one holder.

chief-missing = There is no chief agent. { $office } names one.
several-chiefs = There are { $count } chief agents at once ({ $people }). { $office } keeps one.
specialist-missing = { $group } has no specialist; { $lead } names one.
several-specialists = { $group } has { $count } specialists at once ({ $people }); { $lead } keeps one.
lead-unit = the lead unit
lead-unit-named = the lead unit ({ $unit })
