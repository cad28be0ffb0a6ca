//! The days off that the law fixes, whatever a notice adds: 全国年节及纪念日放假办法 第二条.
//!
//! Two versions matter here: State Council Order 644 (from 2014: eleven days) and Order 795 (from 2025: thirteen days, adding
//! the eve of Spring Festival and 2 May). Before 2014 nothing is claimed.

use super::date::Date;
use chrono::Datelike;
use daiban_messages::say::calendar as say;

/// A statutory day off and its name.
pub(super) type NamedDay = (Date, &'static str);

const FIRST_YEAR: i32 = 2014;
const ORDER_795_FROM: i32 = 2025;

type MonthDay = (u32, u32);

/// By year from [`FIRST_YEAR`]: Spring Festival (正月初一), Tomb-Sweeping Day (清明), Dragon Boat (五月初五), Mid-Autumn (八月十五).
///
/// Two public lunar calendars agree on each row (PyPI lunardate 0.3.0, zhdate 0.1); 清明 was checked against the sun's longitude.
const MOVABLE: [[MonthDay; 4]; 37] = [
    [(1, 31), (4, 5), (6, 2), (9, 8)],   // 2014
    [(2, 19), (4, 5), (6, 20), (9, 27)], // 2015
    [(2, 8), (4, 4), (6, 9), (9, 15)],   // 2016
    [(1, 28), (4, 4), (5, 30), (10, 4)], // 2017
    [(2, 16), (4, 5), (6, 18), (9, 24)], // 2018
    [(2, 5), (4, 5), (6, 7), (9, 13)],   // 2019
    [(1, 25), (4, 4), (6, 25), (10, 1)], // 2020
    [(2, 12), (4, 4), (6, 14), (9, 21)], // 2021
    [(2, 1), (4, 5), (6, 3), (9, 10)],   // 2022
    [(1, 22), (4, 5), (6, 22), (9, 29)], // 2023
    [(2, 10), (4, 4), (6, 10), (9, 17)], // 2024
    [(1, 29), (4, 4), (5, 31), (10, 6)], // 2025
    [(2, 17), (4, 5), (6, 19), (9, 25)], // 2026
    [(2, 6), (4, 5), (6, 9), (9, 15)],   // 2027
    [(1, 26), (4, 4), (5, 28), (10, 3)], // 2028
    [(2, 13), (4, 4), (6, 16), (9, 22)], // 2029
    [(2, 3), (4, 5), (6, 5), (9, 12)],   // 2030
    [(1, 23), (4, 5), (6, 24), (10, 1)], // 2031
    [(2, 11), (4, 4), (6, 12), (9, 19)], // 2032
    [(1, 31), (4, 4), (6, 1), (9, 8)],   // 2033
    [(2, 19), (4, 5), (6, 20), (9, 27)], // 2034
    [(2, 8), (4, 5), (6, 10), (9, 16)],  // 2035
    [(1, 28), (4, 4), (5, 30), (10, 4)], // 2036
    [(2, 15), (4, 4), (6, 18), (9, 24)], // 2037
    [(2, 4), (4, 5), (6, 7), (9, 13)],   // 2038
    [(1, 24), (4, 5), (5, 27), (10, 2)], // 2039
    [(2, 12), (4, 4), (6, 14), (9, 20)], // 2040
    [(2, 1), (4, 4), (6, 3), (9, 10)],   // 2041
    [(1, 22), (4, 4), (6, 22), (9, 28)], // 2042
    [(2, 10), (4, 5), (6, 11), (9, 17)], // 2043
    [(1, 30), (4, 4), (5, 31), (10, 5)], // 2044
    [(2, 17), (4, 4), (6, 19), (9, 25)], // 2045
    [(2, 6), (4, 4), (6, 8), (9, 15)],   // 2046
    [(1, 26), (4, 5), (5, 29), (10, 4)], // 2047
    [(2, 14), (4, 4), (6, 15), (9, 22)], // 2048
    [(2, 2), (4, 4), (6, 4), (9, 11)],   // 2049
    [(1, 23), (4, 4), (6, 23), (9, 30)], // 2050
];

/// The statutory days off of a year, ascending, a day that two holidays share twice.
///
/// Of a year past the table only those with a fixed date are known.
pub(super) fn days(year: i32) -> Vec<NamedDay> {
    if year < FIRST_YEAR {
        return Vec::new();
    }
    let mut days = fixed(year);
    days.extend(movable(year));
    days.sort();
    days
}

/// The name of the statutory day off that a date is.
pub(super) fn name(date: Date) -> Option<&'static str> {
    days(date.year()).into_iter().find_map(|(day, name)| (day == date).then_some(name))
}

fn fixed(year: i32) -> Vec<NamedDay> {
    let may = if year < ORDER_795_FROM { 1 } else { 2 };
    let on = |month, day, name| Date::from_ymd_opt(year, month, day).map(|date| (date, name));
    let new_year = std::iter::once(on(1, 1, say::NewYear::FIXED.zh));
    let labour = (1..=may).map(|day| on(5, day, say::LabourDay::FIXED.zh));
    let national = (1..=3).map(|day| on(10, day, say::NationalDay::FIXED.zh));
    new_year.chain(labour).chain(national).flatten().collect()
}

fn movable(year: i32) -> Vec<NamedDay> {
    let row = usize::try_from(year - FIRST_YEAR).ok().and_then(|row| MOVABLE.get(row));
    let Some(&[spring, tomb_sweeping, dragon_boat, mid_autumn]) = row else { return Vec::new() };
    let on = |(month, day)| Date::from_ymd_opt(year, month, day);
    let eve = if year < ORDER_795_FROM { 0 } else { -1 };
    let spring = on(spring).into_iter().flat_map(|first| (eve..=2).map(move |days| first + chrono::TimeDelta::days(days)));
    let mut found: Vec<NamedDay> = spring.map(|date| (date, say::SpringFestival::FIXED.zh)).collect();
    let others = [
        (tomb_sweeping, say::TombSweeping::FIXED.zh),
        (dragon_boat, say::DragonBoat::FIXED.zh),
        (mid_autumn, say::MidAutumn::FIXED.zh),
    ];
    found.extend(others.into_iter().filter_map(|(day, name)| Some((on(day)?, name))));
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn order_644_gave_eleven_days_and_order_795_gives_thirteen() {
        assert!((2014..=2024).all(|year| days(year).len() == 11));
        assert!((2025..=2050).all(|year| days(year).len() == 13));
        assert_eq!(days(2051).len(), 6);
        assert_eq!(days(2013).len(), 0);
    }

    #[test]
    fn the_eve_of_spring_festival_counts_from_2025_on() {
        let eve = |y, m, d| name(Date::from_ymd_opt(y, m, d).unwrap());
        assert_eq!(eve(2024, 2, 9), None);
        assert_eq!(eve(2025, 1, 28), Some("春节"));
        assert_eq!(eve(2027, 2, 5), Some("春节"));
        assert_eq!(eve(2027, 2, 9), None);
    }
}
