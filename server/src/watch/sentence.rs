//! What a notice says: who is to do what by when, on which clause.

use daiban_core::calendar::zh_date;
use daiban_core::permit::enforcement::Step;
use daiban_core::rules::{Duty, State, clause_in_full};

/// "【今日到期】某项目：请于今日24时前完成：…。（依据：《实施方案》第四部分第（四）项第3目）".
pub(super) fn notice_zh(about: &str, duty: &Duty, step: Step) -> String {
    let (title, due_on) = (&duty.title_zh, zh_date(duty.due_on));
    // The district's duty reads as what to do; the others begin with who does it.
    let comma = if duty.case.is_some() { "完成：" } else { "" };
    let provisional = if duty.certainty.is_certain() { "" } else { "（时限为暂定，以当年放假安排为准）" };
    let ask = match duty.state {
        State::DueToday => format!("请于今日24时前{comma}{title}"),
        State::Overdue { working_days: 0 } => format!("{title}，应于{due_on}（含）前完成，现已逾期不足1个工作日，请尽快完成"),
        State::Overdue { working_days } => {
            format!("{title}，应于{due_on}（含）前完成，现已逾期{working_days}个工作日，请尽快完成")
        }
        _ => format!("请于{due_on}（含）前{comma}{title}"),
    };
    let set_by = if duty.is_of_one_document() { String::new() } else { format!("，期限按{}", duty.numbers_document) };
    let recounted = duty.recounted_zh().map_or_else(String::new, |said| format!("{said}。"));
    format!("【{}】{about}：{ask}{provisional}。{recounted}（依据：{}{set_by}）", step.zh(), clause_in_full(&duty.clause))
}
