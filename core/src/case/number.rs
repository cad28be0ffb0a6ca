//! What a case is called when people speak of it: `普代〔2026〕17号`, handed out by the server when its first row comes. How it is
//! written the pack says.

use daiban_messages::say::case as say;
use serde::{Deserialize, Serialize};

/// What stands for the number of a case that the server has not seen yet.
pub const UNNUMBERED: &str = say::Unnumbered::FIXED.zh;
/// What stands for the name of a case that has none yet.
pub const UNNAMED: &str = say::Unnamed::FIXED.zh;

/// Characters of the words before the year that are looked over.
const PREFIX_CHARS_MAX: usize = 12;
/// Digits of the number within its year.
const NUMBER_DIGITS_MAX: usize = 6;

/// The number of a case: running within the year in which its first row came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseNumber {
    /// The year, by the calendar of Asia/Shanghai.
    pub year: u16,
    /// 1, 2, 3 … within the year.
    pub number: u32,
}

impl CaseNumber {
    /// How it is written where no district is known: every district reads it.
    pub const PLAIN: &str = "〔{year}〕{number}号";

    /// The number in a form, in which `{year}` and `{number}` are filled in.
    pub fn written(self, form: &str) -> String {
        form.replace("{year}", &format!("{:04}", self.year)).replace("{number}", &self.number.to_string())
    }

    /// Whether a number written in that form is read back: some letters, the year, one mark, the number, and 号 or
    /// nothing; 第 may stand before the number.
    pub fn is_form(form: &str) -> bool {
        let parts = form.split_once("{year}").and_then(|(prefix, rest)| Some((prefix, rest.split_once("{number}")?)));
        let Some((prefix, (between, tail))) = parts else { return false };
        let word = prefix.strip_suffix(['〔', '（', '【', '(']).unwrap_or(prefix);
        let is_letter = |c: char| c.is_ascii_alphabetic() || ('一'..='龥').contains(&c);
        let mut marks = between.chars();
        let is_mark = marks.next().is_some_and(|mark| "〕）】)年_.-".contains(mark)) && matches!(marks.as_str(), "" | "第");
        let fits = word.chars().count() < PREFIX_CHARS_MAX && word.chars().all(is_letter);
        fits && is_mark && matches!(tail, "" | "号")
    }

    /// Reads a number as people type it, with or without the words around it: `普代〔2026〕17号`, `普代2026-17`, `(2026) 17`, with
    /// brackets and digits of either width. `None` for anything else.
    pub fn read(text: &str) -> Option<CaseNumber> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
        let begins = plain.find(|c: char| c.is_ascii_digit())?;
        let (prefix, rest) = plain.split_at(begins);
        let (year, rest) = rest.split_at(digits(rest));
        let behind = rest.find(|c: char| c.is_ascii_digit())?;
        let (between, rest) = rest.split_at(behind);
        let (number, tail) = rest.split_at(digits(rest));
        let is_mark = |c: char| "〔〕[]()【】-—–_/.年第".contains(c);
        let fits = prefix.chars().count() <= PREFIX_CHARS_MAX
            && year.len() == 4
            && (1..=NUMBER_DIGITS_MAX).contains(&number.len())
            && between.chars().all(is_mark)
            && matches!(tail, "" | "号");
        let read = CaseNumber { year: year.parse().ok()?, number: number.parse().ok()? };
        fits.then_some(read)
    }
}

/// What people call a case: its title, and behind it the number as `number` says it.
pub fn called(title: Option<&str>, number: Option<&str>) -> String {
    let title = title.unwrap_or(UNNAMED);
    number.map_or_else(|| title.to_owned(), |number| format!("{title}（{number}）"))
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// Full-width forms of ASCII as ASCII.
fn narrow(c: char) -> char {
    let code = u32::from(c);
    if (0xFF01..=0xFF5E).contains(&code) { char::from_u32(code - 0xFEE0).unwrap_or(c) } else { c }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_in_the_ways_people_write_it() {
        let number = CaseNumber { year: 2026, number: 17 };
        assert_eq!(number.written("普代〔{year}〕{number}号"), "普代〔2026〕17号");
        for text in [
            "普代〔2026〕17号",
            "普代2026-17",
            "2026-17",
            "普代[2026]17号",
            "普代（２０２６）１７号",
            " 普代 【2026】第17号 ",
            "普代〔2026〕017",
        ] {
            assert_eq!(CaseNumber::read(text), Some(number), "{text}");
        }
        for text in [
            "",
            "17",
            "普代17号",
            "202617",
            "普代〔2026〕",
            "普代〔26〕17号",
            "普代〔2026〕17号楼",
            "普代〔2026〕1234567号",
            "0123abcd",
        ] {
            assert_eq!(CaseNumber::read(text), None, "{text}");
        }
        assert_eq!(CaseNumber::read(&"0123456789abcdef".repeat(2)), None, "an id is no number");
        assert_eq!(CaseNumber::read("2026a17b2026a17b2026a17b2026a17b"), None);
    }

    #[test]
    fn a_form_is_one_in_which_a_number_is_read_back() {
        let number = CaseNumber { year: 2026, number: 17 };
        for form in [
            CaseNumber::PLAIN,
            "普代〔{year}〕{number}号",
            "QL{year}-{number}",
            "青代（{year}）第{number}号",
            "{year}年{number}号",
        ] {
            assert!(CaseNumber::is_form(form), "{form}");
            assert_eq!(CaseNumber::read(&number.written(form)), Some(number), "{form}");
        }
        for form in [
            "",
            "{number}",
            "{number}-{year}",
            "第{year}号{number}",
            "普2代{year}-{number}",
            "{year}{number}",
            "{year}-{number}-{number}",
        ] {
            assert!(!CaseNumber::is_form(form), "{form}");
        }
    }
}
