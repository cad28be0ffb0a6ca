//! Which words of the plan a duty rests on, written out: the shorthand of tables is not for notices.

/// A duty's clause with its shorthand written out and without the plan's words: "四(四)3：…" is
/// "《实施方案》第四部分第（四）项第3目". What is no shorthand stays as it is.
pub fn clause_in_full(clause: &str) -> String {
    let places = clause.split('：').next().unwrap_or_default();
    let told: Vec<String> = places.split('；').map(|place| in_full(place).unwrap_or_else(|| place.to_owned())).collect();
    if told.iter().any(|place| place.starts_with('第')) {
        format!("《实施方案》{}", told.join("、"))
    } else {
        told.join("、")
    }
}

fn in_full(place: &str) -> Option<String> {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let rest = place.trim_start_matches(NUMERALS);
    let part = place.strip_suffix(rest).filter(|part| !part.is_empty())?;
    let mut full = format!("第{part}部分");
    let rest = match rest.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((item, rest)) => {
            full.push_str(&format!("第（{item}）项"));
            rest
        }
        None => rest,
    };
    if !rest.is_empty() {
        if !rest.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        full.push_str(&format!("第{rest}目"));
    }
    Some(full)
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
