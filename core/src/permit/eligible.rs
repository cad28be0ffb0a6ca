//! 代办范围: which projects are helped (四(一)).

use crate::fact::Body;
use crate::fact::field::FieldError;
use crate::requirement::Requirement;
use daiban_messages::say::permit as say;
use daiban_messages::{Both, Say};

/// 亿.
const TEN_THOUSANDS_IN_HUNDRED_MILLION: i64 = 10_000;

/// What keeps a project from being helped: it is smaller than the least investment (万元, the number itself included, 民法典 1259条), and
/// neither 党委 nor 政府 decided otherwise. `None` for every other record.
pub fn ineligible(body: &Body, investment_min: i64) -> Option<FieldError> {
    let Body::CaseOpened(opened) = body else { return None };
    let is_large = opened.investment_10k_yuan.is_some_and(|amount| amount >= investment_min);
    if is_large || opened.decision.is_some() || !Requirement::R060.holds() {
        return None;
    }
    Some(FieldError::of("investment_10k_yuan", say::InvestmentTooSmall { least: amount(investment_min) }.say()))
}

/// As people write it, in 亿 where it is whole.
fn amount(ten_thousands: i64) -> Both {
    match (ten_thousands / TEN_THOUSANDS_IN_HUNDRED_MILLION, ten_thousands % TEN_THOUSANDS_IN_HUNDRED_MILLION) {
        (hundred_millions, 0) => say::HundredMillions { hundred_millions, ten_thousands }.say().into(),
        _ => say::TenThousands { ten_thousands }.say().into(),
    }
}
