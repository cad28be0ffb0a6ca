//! Which words of the plan a duty rests on, written out: the shorthand of tables is not for notices.

use daiban_messages::say::duty as say;
use daiban_messages::{Argument, Both, Message, Say};

/// A duty's clause with its shorthand written out and without the plan's words: "四(四)3：…" is
/// "《实施方案》第四部分第（四）项第3目". What is no shorthand stays as it is.
pub fn clause_in_full(clause: &str) -> String {
    let places: Vec<&str> = clause.split('：').next().unwrap_or_default().split('；').collect();
    let full: Vec<Option<Message>> = places.iter().map(|place| in_full(place)).collect();
    let told = full.iter().zip(&places).map(|(full, place)| full.as_ref().map_or_else(|| place.both(), Argument::both));
    let told = Both::listed(&told.collect::<Vec<_>>());
    if full.iter().any(Option::is_some) { say::Clause { places: told }.say().zh } else { told.zh }
}

fn in_full(place: &str) -> Option<Message> {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let rest = place.trim_start_matches(NUMERALS);
    let part = place.strip_suffix(rest).filter(|part| !part.is_empty())?;
    let (place, point) = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((item, rest)) => (say::ClauseItem { part, item }.say(), rest),
        None => (say::ClausePart { part }.say(), rest),
    };
    let is_number = point.bytes().all(|digit| digit.is_ascii_digit());
    let full = || if point.is_empty() { place } else { say::ClausePoint { place, point }.say() };
    is_number.then(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_written_out_without_the_plans_words() {
        assert_eq!(clause_in_full("四(四)3：项目调度组牵头单位每周将…"), "《实施方案》第四部分第（四）项第3目");
        assert_eq!(clause_in_full("四(四)1；附件3"), "《实施方案》第四部分第（四）项第1目、附件3");
        assert_eq!(clause_in_full("二"), "《实施方案》第二部分");
        for unknown in ["", "附件3", "四(四)甲", "四(四", "(四)"] {
            assert_eq!(clause_in_full(unknown), unknown);
        }
    }
}
