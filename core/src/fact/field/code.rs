//! Codes with a check digit. What does not fit is told and never refused: the paper may be older than the rule, or wrong itself.

use super::Words;
use daiban_messages::say::fact as say;

/// A national code that a text field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// 投资项目统一代码: `TTTT-RRRRRR-DD-PP-NNNNNC` (GB/T 40058-2021), or of 2013–2020 with the year in front and no check digit.
    Project,
    /// 统一社会信用代码 (GB 32100-2015). No kind asks for one yet.
    Credit,
}

/// Lengths of a project code's parts.
const PROJECT_PARTS: [usize; 5] = [4, 6, 2, 2, 6];
/// All digits of a project code.
const PROJECT_DIGITS: usize = 20;
/// The signs of a credit code: digits and capitals without I, O, S, V and Z.
const CREDIT_SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The length of a credit code.
const CREDIT_CHARS: usize = 18;

impl Code {
    /// What looks wrong with a code, in words that say what to do; `None` if nothing does.
    pub fn note(self, text: &str) -> Option<Words> {
        let plain = plain(text);
        match self {
            Code::Project => project(&plain),
            Code::Credit => credit(&plain),
        }
    }

    /// Its name in golden lists.
    pub const fn name(self) -> &'static str {
        match self {
            Code::Project => "project code",
            Code::Credit => "credit code",
        }
    }
}

/// Narrow capitals, without blanks, every dash a hyphen.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '—' | '–' | '－' | '―' | '‐' | '−' => '-',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(|c| narrow(c).to_ascii_uppercase()).collect()
}

fn project(code: &str) -> Option<Words> {
    const SHAPE: Words = Words::of(say::ProjectCodeShape::FIXED);
    const DIGIT: Words = Words::of(say::ProjectCodeDigit::FIXED);
    let parts: Vec<&str> = code.split('-').collect();
    let lengths = parts.iter().map(|part| part.len());
    let whole = parts.len() == 1 && code.len() == PROJECT_DIGITS;
    let digits: Vec<u32> = code.chars().filter(|c| *c != '-').map_while(|c| c.to_digit(10)).collect();
    if !(whole || lengths.eq(PROJECT_PARTS)) || digits.len() != PROJECT_DIGITS {
        return Some(SHAPE);
    }
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + digit);
    let (time, month) = (number(&digits[..4]), number(&digits[2..4]));
    match time {
        2010.. if (1..=12).contains(&month) => (!is_mod_11_10(&digits)).then_some(DIGIT),
        2013..=2020 => None,
        _ => Some(SHAPE),
    }
}

/// ISO 7064 MOD 11,10 (GB/T 17710) over all digits, the check digit included.
fn is_mod_11_10(digits: &[u32]) -> bool {
    let Some((check, digits)) = digits.split_last() else { return false };
    let carried = digits.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (carried + check) % 10 == 1
}

fn credit(code: &str) -> Option<Words> {
    const SHAPE: Words = Words::of(say::CreditCodeShape::FIXED);
    const DIGIT: Words = Words::of(say::CreditCodeDigit::FIXED);
    let signs = code.bytes().filter(|sign| *sign != b'-').map(|sign| CREDIT_SIGNS.iter().position(|known| *known == sign));
    let Some(signs) = signs.collect::<Option<Vec<usize>>>().filter(|signs| signs.len() == CREDIT_CHARS) else {
        return Some(SHAPE);
    };
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: usize = signs.iter().zip(weights).take(CREDIT_CHARS - 1).map(|(sign, weight)| sign * weight).sum();
    (signs.last() != Some(&((31 - sum % 31) % 31))).then_some(DIGIT)
}
