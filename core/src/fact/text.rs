//! Characters that nobody sees: which of them no form takes, and how they are shown where they came anyway.
//!
//! Admission stays blind: what another device wrote is kept as it is. Whatever prints it passes [`visible`] or
//! [`visible_line`].

use std::borrow::Cow;
use std::fmt::Write;

/// Whether no form takes this character: controls of ASCII and Latin-1 but tab and newline, marks that turn the direction of
/// writing, U+200B, U+2060, U+FEFF and noncharacters. Variation selectors, joiners, private use and unassigned characters stay:
/// names of people and places are written with them.
pub fn refused(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n');
    let direction = matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let nothing = matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}');
    let noncharacter = matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE;
    control || direction || nothing || noncharacter
}

/// The first character that no form takes, and its place among the characters, from 1.
pub fn first_refused(text: &str) -> Option<(usize, char)> {
    text.chars().zip(1..).find(|(c, _)| refused(*c)).map(|(c, place)| (place, c))
}

/// Lines end with LF: text pasted from a document brings CR LF.
pub fn lines(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// The text for a place that has lines: refused characters as signs that can be seen.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, refused)
}

/// The text for one line of a list: tabs and line ends are shown as signs, too.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    shown(text, |c| refused(c) || matches!(c, '\t' | '\n'))
}

/// Lines as clauses of one line: blank ones left out, each without the stop it ends with, joined by 「；」.
pub fn clauses(text: &str) -> String {
    let lines = text.lines().map(|line| line.trim().trim_end_matches(['。', '；', ';']).trim_end());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("；")
}

/// A JSON document with the JSON escape of each refused character in its place: the same document, and nothing in it steers a
/// terminal.
pub fn visible_json(document: &str) -> Cow<'_, str> {
    if !document.chars().any(refused) {
        return Cow::Borrowed(document);
    }
    let mut out = String::with_capacity(document.len().saturating_mul(2));
    for c in document.chars() {
        if refused(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether two names are one: letters, digits and signs count the same wide or narrow; blanks and what nobody sees do not count.
pub fn same_name(one: &str, other: &str) -> bool {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    fn said<'a>(text: &'a str, narrow: impl Fn(char) -> char + 'a) -> impl Iterator<Item = char> + 'a {
        text.chars().filter(|c| !c.is_whitespace() && !refused(*c)).map(narrow)
    }
    said(one, narrow).eq(said(other, narrow))
}

fn shown(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    text.chars().for_each(|c| if hidden(c) { sign(&mut out, c) } else { out.push(c) });
    Cow::Owned(out)
}

/// ASCII controls have pictures of their own (U+2400–U+2421); the others stand by their number.
fn sign(out: &mut String, c: char) {
    let picture = match u32::from(c) {
        code @ 0..=0x1F => char::from_u32(0x2400 | code),
        0x7F => Some('␡'),
        _ => None,
    };
    match picture {
        Some(picture) => out.push(picture),
        None => {
            // Writing to a string does not fail.
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_refused_and_what_names_need_is_not() {
        let hidden = "\0\u{7}\u{8}\u{B}\u{C}\r\u{1B}\u{1F}\u{7F}\u{80}\u{85}\u{9F}\u{61C}\u{200B}\u{200E}\u{200F}\u{202A}\u{202E}\
                      \u{2060}\u{2066}\u{2069}\u{FEFF}\u{FDD0}\u{FDEF}\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}";
        for c in hidden.chars() {
            assert!(refused(c), "U+{:04X}", u32::from(c));
        }
        // 葛 with a variation selector, joiners, private use, an ideograph of extension J, emoji.
        let needed =
            "\t\n a中，葛\u{E0100}\u{FE00}\u{200C}\u{200D}\u{E000}\u{F0000}\u{323B0}👩\u{200D}🌾\u{00A0}\u{3000}\u{FFFD}";
        for c in needed.chars() {
            assert!(!refused(c), "U+{:04X}", u32::from(c));
        }
        assert_eq!(first_refused("张\u{202E}三"), Some((2, '\u{202E}')));
        assert_eq!(first_refused("张三\n李四"), None);
    }

    #[test]
    fn a_name_is_one_however_wide_it_is_typed() {
        assert!(same_name(" 大连某某（集团）有限公司\u{3000}", "大连某某(集团) 有限公司"));
        assert!(same_name("ＡＢＣ１２科技", "ABC12科技") && same_name("某\0公司\u{200B}", "某公司"));
        for other in ["大连某某食品公司", "大连某某(集团)有限公司分公司", "", "abc12科技"] {
            assert!(!same_name("大连某某(集团)有限公司", other) && !same_name("ABC12科技", other), "{other}");
        }
    }

    #[test]
    fn what_came_anyway_is_shown() {
        assert_eq!(visible("a\u{1B}[31m\u{202E}b\u{7}\0\u{7F}\n\tc"), "a␛[31m⟨U+202E⟩b␇␀␡\n\tc");
        assert_eq!(visible_line("a\n\tb"), "a␊␉b");
        assert!(matches!(visible("项目"), Cow::Borrowed(_)));
        assert_eq!(lines("a\r\nb\rc\n"), "a\nb\rc\n");
    }
}
