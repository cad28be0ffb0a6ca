//! Reads what people type: dates, times, weeks, units, lists, and texts from standard input.

use crate::fault::Fault;
use crate::said::Said;
use daiban_core::calendar::{Date, Week, local_midnight, parse_date};
use daiban_core::fact::kinds::{Channel, MaterialItem};
use daiban_core::ids::UnitId;
use daiban_core::people::{Group, Organisation};
use std::io::Read;

/// Far above any text a fact takes, far below what hurts.
const STDIN_BYTES_MAX: u64 = 1024 * 1024;

/// A date as offices write it.
pub fn date(raw: &str) -> Result<Date, Fault> {
    parse_date(raw).map_err(|e| Fault::input("date", Said::new(e.zh(), e.to_string())))
}

/// A moment: a date alone, or a date and a time of day in Asia/Shanghai (`2026-11-20 14:30`, `2026年11月20日 14:30`).
pub fn moment(raw: &str) -> Result<i64, Fault> {
    let unreadable = || {
        let zh = format!("“{raw}”不是可识别的时间，请按“2026-11-20 14:30”填写。");
        Fault::input("time", Said::new(zh, format!("{raw:?} is not a time such as 2026-11-20 14:30")))
    };
    let text = raw.trim().replace('：', ":");
    let Some((day, clock)) = text.rsplit_once([' ', 'T']).filter(|(_, clock)| clock.contains(':')) else {
        return Ok(local_midnight(date(&text)?));
    };
    let (hour, minute) = clock.split_once(':').ok_or_else(unreadable)?;
    let two_digits = |digits: &str, below: i64| -> Result<i64, Fault> {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|n| plain && *n < below);
        number.ok_or_else(unreadable)
    };
    Ok(local_midnight(date(day)?) + two_digits(hour, 24)? * 3600 + two_digits(minute, 60)? * 60)
}

/// A week by its number, or the one a date lies in.
pub fn week(raw: &str) -> Result<Week, Fault> {
    if let Ok(day) = parse_date(raw) {
        return Ok(Week::of(day));
    }
    raw.trim().parse::<Week>().map_err(|e| Fault::input("week", Said::new(e.zh(), e.to_string())))
}

/// A working group by id or name.
pub fn group(raw: &str) -> Result<Group, Fault> {
    raw.parse::<Group>().map_err(|e| Fault::input("group", Said::new(e.zh(), e.to_string())))
}

/// A channel by id or name.
pub fn channel(raw: &str) -> Result<Channel, Fault> {
    raw.parse::<Channel>()
        .map_err(|zh| Fault::input("channel", Said::new(zh, "expected window, on_site, telephone, wechat or platform")))
}

/// A unit by id, name or alias. Streets and parks are the district's own data, so an unknown word is kept as it is.
pub fn unit(raw: &str) -> UnitId {
    let raw = raw.trim();
    Organisation::builtin().find_unit(raw).map_or_else(|| UnitId::from(raw), |unit| unit.id.clone())
}

/// An amount in 万元 as people write it: `12000`, `12,000`, `25000万元`, `1.2亿`, also with full-width digits.
pub fn amount_10k_yuan(raw: &str) -> Result<i64, Fault> {
    let refused = || {
        let zh = format!("投资额（--investment）“{raw}”不是可识别的金额，请按“12000”“12000万元”或“1.2亿元”填写，精确到万元。");
        Fault::input("investment", Said::new(zh, format!("--investment {raw:?} is no whole number of 10,000 yuan")))
    };
    let text = half_width(raw);
    let text = text.strip_suffix('元').unwrap_or(&text);
    let (number, unit_digits) = match (text.strip_suffix('亿'), text.strip_suffix('万')) {
        (Some(number), _) => (number, 4),
        (None, Some(number)) => (number, 0),
        // 元 alone would be another unit.
        (None, None) if raw.contains('元') => return Err(refused()),
        (None, None) => (text, 0),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = part.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > unit_digits {
        return Err(refused());
    }
    format!("{whole}{part:0<unit_digits$}").parse().map_err(|_| refused())
}

/// Minutes: `90`, `90分钟`.
pub fn minutes(raw: &str) -> Result<i64, Fault> {
    let text = half_width(raw);
    let text = text.strip_suffix("分钟").or_else(|| text.strip_suffix('分')).unwrap_or(&text);
    text.parse().map_err(|_| {
        let zh = format!("用时（--minutes）“{raw}”不是整数，请填写分钟数，如“90”。");
        Fault::input("minutes", Said::new(zh, format!("--minutes {raw:?} is no whole number")))
    })
}

/// Digits and points in their narrow forms, without the commas and blanks that group digits.
fn half_width(raw: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '．' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    raw.chars().map(narrow).filter(|c| !matches!(c, ',' | '，') && !c.is_whitespace()).collect()
}

/// `营业执照:2:原件`: title, copies (1), original or copy (copy).
pub fn material(raw: &str) -> Result<MaterialItem, Fault> {
    let refused = || {
        let zh = format!("“{raw}”不是可识别的材料，请按“材料名称:份数:原件”或“材料名称:份数:复印件”填写。");
        Fault::input("material", Said::new(zh, format!("{raw:?} is not TITLE[:COPIES[:original|copy]]")))
    };
    let text = raw.replace('：', ":");
    let mut parts = text.split(':').map(str::trim);
    let title = parts.next().filter(|t| !t.is_empty()).ok_or_else(refused)?.to_owned();
    let copies = parts.next().map_or(Ok(1), |n| n.trim_end_matches('份').parse().map_err(|_| refused()))?;
    let original = match parts.next() {
        None | Some("复印件" | "copy") => false,
        Some("原件" | "original") => true,
        Some(_) => return Err(refused()),
    };
    parts.next().map_or(Ok(MaterialItem { title, copies, original }), |_| Err(refused()))
}

/// A text as given, or from standard input when it is `-`.
pub fn text(raw: &str) -> Result<String, Fault> {
    if raw != "-" {
        return Ok(raw.to_owned());
    }
    let mut out = String::new();
    let read = std::io::stdin().take(STDIN_BYTES_MAX).read_to_string(&mut out);
    read.map_err(|e| {
        let zh = "标准输入无法读取，或不是 UTF-8 文字；请另存为 UTF-8 后重试。";
        Fault::input("stdin", Said::new(zh, format!("standard input cannot be read as UTF-8 text: {e}")))
    })?;
    Ok(out.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_core::calendar::local_stamp;

    #[test]
    fn moments_are_read_in_the_ways_offices_write_them() {
        for raw in ["2026-11-20 14:30", "2026年11月20日 14：30", "2026/11/20T14:30"] {
            assert_eq!(local_stamp(moment(raw).unwrap()), "2026-11-20 14:30", "{raw}");
        }
        assert_eq!(local_stamp(moment("2026年11月20日").unwrap()), "2026-11-20 00:00");
        for raw in ["2026-11-20 25:00", "2026-11-20 14:60", "2026-11-20 +1:00", "14:30", "昨天", "2026-02-30 08:00"] {
            assert!(moment(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn amounts_are_read_in_the_ways_offices_write_them() {
        for raw in
            ["12000", "12,000", "12，000", " １２０００ ", "12000万", "12000万元", "1.2亿", "1.2亿元", "１．２亿元", "1.20000亿"]
        {
            assert_eq!(amount_10k_yuan(raw).unwrap(), 12_000, "{raw}");
        }
        assert_eq!(amount_10k_yuan("3亿").unwrap(), 30_000);
        for raw in ["", "亿", "1.23456亿", "2500.5", "12000元", "-1", "1e4", "一亿", "1.2.3亿", "99999999999999999999"] {
            let said = amount_10k_yuan(raw).unwrap_err().said();
            assert!(said.zh.contains("投资额（--investment）"), "{raw}: {}", said.zh);
        }
        assert_eq!(minutes("９０分钟").unwrap(), 90);
        assert!(minutes("很久").unwrap_err().said().zh.contains("--minutes"));
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_in_chinese() {
        assert_eq!(date("2021年2月30日").unwrap_err().said().zh, "2021年2月没有30日，请核对原件");
    }

    #[test]
    fn materials_have_a_title_copies_and_a_sort() {
        let item = material("营业执照：2份：原件").unwrap();
        assert_eq!((item.title.as_str(), item.copies, item.original), ("营业执照", 2, true));
        assert_eq!(material("章程").unwrap().copies, 1);
        for raw in ["", ":2", "章程:二", "章程:1:抄本", "章程:1:原件:x"] {
            assert!(material(raw).is_err(), "{raw}");
        }
    }
}
