//! Names that are near to what somebody typed, to be offered instead.

use std::cmp::Reverse;

/// How many are offered.
const OFFERED_MAX: usize = 5;

/// Of named things those whose name has the most characters in common with what was typed, at least `least` of them; the nearest first,
/// at most five.
pub fn near<'a, T>(typed: &str, least: usize, named: impl Iterator<Item = (&'a str, T)>) -> Vec<T> {
    let common = |name: &str| typed.chars().filter(|c| name.contains(*c)).count();
    let mut found: Vec<(usize, T)> = named.map(|(name, thing)| (common(name), thing)).collect();
    found.retain(|(common, _)| *common >= least);
    found.sort_by_key(|(common, _)| Reverse(*common));
    found.into_iter().take(OFFERED_MAX).map(|(_, thing)| thing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shares_most_characters_is_offered_first() {
        let names = ["区水务局", "区自然资源局", "区司法局", "区供电公司"];
        let offered = |typed| near(typed, 2, names.iter().map(|name| (*name, *name)));
        assert_eq!(offered("水务厅"), ["区水务局"]);
        assert_eq!(offered("区自然资源"), ["区自然资源局"]);
        assert_eq!(offered("外星人"), Vec::<&str>::new());
    }
}
