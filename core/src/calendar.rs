//! Civil dates, working days and reporting weeks: the room every due date comes from.
//!
//! Nothing here reads a clock; `now` is always an argument. Days are civil dates in Asia/Shanghai (UTC+8, no daylight saving),
//! never UTC dates: at 07:30 in the district it is still the day before in UTC.
//!
//! A day is worked if a State Council notice makes it a make-up day (调休上班), or if it is Monday to Friday and no notice takes it
//! off. Days are looked up **by date over all editions**, never by the notice's year: the 2023 notice takes 2022-12-31 off.
//! A count that leans on a year without a notice is not refused: it is [`Certainty::Provisional`] (暂定) and says why.
//!
//! Statute: 民法典 200–204 (the starting day is not counted; a last day on a holiday rolls on), 行政许可法 82, 全国年节及纪念日放假办法.

mod certainty;
mod count;
mod date;
mod edition;
mod edition_error;
mod moved;
mod statutory;
mod week;
mod week_plan;
mod working_days;
mod zone;

pub use certainty::Certainty;
pub use count::{COUNT_DAYS_MAX, CalendarCount, Count, CountError, Interval};
pub use date::{Date, DateError, NoSuchDay, YEAR_MAX, YEAR_MIN, parse_date, written, zh_date};
pub use edition::{Edition, HolidayPeriod, Notice, Status};
pub use edition_error::EditionError;
pub use moved::{Moved, moved};
pub use week::{Week, WeekError};
pub use week_plan::{WeekPlan, WeekSettings};
pub use working_days::{Calendar, Day, Why};
pub use zone::{local_date, local_midnight, local_stamp};
