//! What a notice says: who is to do what by when, on which clause.

use daiban_core::calendar::zh_date;
use daiban_core::permit::enforcement::Step;
use daiban_core::rules::{Duty, State, clause_in_full};
use daiban_messages::say::notice as say;
use daiban_messages::say::times;
use daiban_messages::{Both, Message, Say};

/// 今日24时前, or earlier where the office closes earlier.
fn today_by(duty: &Duty) -> Both {
    match duty.due_time() {
        Some(time) => times::TodayByTime { time }.say().into(),
        None => times::TodayByMidnight.say().into(),
    }
}

/// 2026年12月14日（含）前, or until a time of that day.
fn by_day(duty: &Duty) -> Both {
    match duty.due_time() {
        Some(_) => duty.due_said(),
        None => times::ByDay { day: duty.due_said() }.say().into(),
    }
}

/// "【今日到期】某项目：请于今日24时前完成：…。（依据：《实施方案》第四部分第（四）项第3目）".
pub(super) fn sentence(about: &Both, duty: &Duty, step: Step) -> Message {
    let step = Both::new(step.zh(), step.name().replace('_', " "));
    let title = Both::new(&duty.title_zh, &duty.title_en);
    // The district's duty reads as what to do; the others begin with who does it.
    let (of_case, provisional) = (duty.case.is_some(), !duty.certainty.is_certain());
    let clause = clause(duty);
    let set_by = (!duty.is_of_one_document()).then(|| say::SetBy { document: &duty.numbers_document }.say());
    let (recounted, set_by) = (recounted(duty), Both::from(set_by));
    match duty.state {
        State::DueToday => {
            let by = today_by(duty);
            say::DueBy { step, about, by, of_case, title, provisional, recounted, clause, set_by }.say()
        }
        State::Overdue { working_days: days } => {
            let day = Both::new(zh_date(duty.due_on), duty.due_on.to_string());
            say::Overdue { step, about, title, day, days, provisional, recounted, clause, set_by }.say()
        }
        _ => {
            let by = by_day(duty);
            say::DueBy { step, about, by, of_case, title, provisional, recounted, clause, set_by }.say()
        }
    }
}

/// "《实施方案》第四部分第（四）项第3目".
fn clause(duty: &Duty) -> Both {
    let cited = duty.clause.split('：').next().unwrap_or_default();
    Both::new(clause_in_full(&duty.clause), cited)
}

/// What a corrected date changed about its numbers; nothing where none did.
fn recounted(duty: &Duty) -> Both {
    let what = duty.recounted_zh().zip(duty.recounted_en()).map(|(zh, en)| Both::new(zh, en));
    what.map(|what| say::Recounted { what }.say()).into()
}
