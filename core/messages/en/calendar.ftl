### Dates, weeks, counts of days and editions of the calendar.

-original = check the original
-notice-text = Check the text of the notice.

## Dates and weeks as people write them.

no-such-month = { $year } has no month { $month }; { -original }
no-such-day = { $year }-{ $month } has no day { $day }; { -original }
year-outside = the year of "{ $text }" is outside { $first } to { $last }; { -original }
date-unreadable = "{ $text }" is not written like a date, such as 2021-02-09 or 2021年2月9日
week-unreadable = "{ $text }" is not written like a week, such as 2026-W47.
no-such-week = There is no week { $text }. Check the year and the number, up to 52 or 53.

## Counts of days.

count-too-long = A count of { $days } days is longer than { $most }. Check it.
count-backward = A limit of { $days } calendar days cannot run backward. Give 0 or more.
start-outside = The year of the start { $start } is outside { $first } to { $last }; { -original }.
not-published-yet = the { $year } holiday notice is not in; days from { $from } on may still change
before-the-first = no holiday notice is held for days before { $from }; check that year's notice

## Editions.

edition-unreadable = The file is no calendar edition: { $why }. Take what daiban --json calendar show YEAR prints as a pattern.
edition-too-large = The file has { $bytes } bytes, more than { $most }. Check that it is the right one.
edition-schema = Schema { $schema } is not known. Take what daiban --json calendar show YEAR prints as a pattern, or update the server first.
edition-year = Year { $year } is outside 2000 to 2199. Check the year in the notice's title.
holiday-nameless = A holiday has no name. Fill it in as the notice does.
notice-missing = The edition of { $year } names no notice. Fill in its number and date.
notice-numberless = A notice has no number. Fill it in.
notice-dateless = Notice { $number } has no date. Fill it in.
day-outside = { $day } is outside what the notice of { $year } can rule (20 December before it to 10 January after it). Check the year.
day-twice = { $day } stands twice. Take one away.
day-off-and-worked = { $day } is both off and a make-up day. { -notice-text }
makeup-on-weekday = Make-up day { $day } is not a Saturday or Sunday. { -notice-text }
makeup-too-many = There are { $days } make-up days, more than { $most } in any year. { -notice-text }
off-too-many = There are { $days } days off, more than { $most }. { -notice-text }
makeup-without-notice = The edition of { $year } has make-up days but no notice. Fill in the notice, or take the days away.
statutory-missing = { $day } ({ $name }) is off by law but not in the edition. { -notice-text }
edition-not-published = The edition of { $year } rests on no notice. Import it once the notice is published.
edition-not-adjacent = The edition of { $year } does not join those of { $first } to { $last }. Import the years between first.

## Days off that the law fixes.

new-year = New Year's Day
spring-festival = Spring Festival
tomb-sweeping = Tomb-Sweeping Day
labour-day = Labour Day
dragon-boat = Dragon Boat Festival
mid-autumn = Mid-Autumn Festival
national-day = National Day
