//! Which page of a list is shown, and the pages beside it.

use serde::Deserialize;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct AskedPage {
    #[serde(default)]
    page: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Pager {
    /// 1, 2, 3 …
    pub page: usize,
    /// How many pages there are, at least one.
    pub pages: usize,
    /// The page before.
    pub previous_href: Option<String>,
    /// The page after.
    pub next_href: Option<String>,
}

impl Pager {
    /// The page asked for of the list at `path` with so many rows, so many a page; the nearest there is.
    pub fn of(path: &str, asked: &AskedPage, rows: usize, per_page: usize) -> Pager {
        let pages = rows.div_ceil(per_page.max(1)).max(1);
        let page = asked.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages);
        let href = |page: usize| if page == 1 { path.to_owned() } else { format!("{path}?page={page}") };
        let (previous_href, next_href) = ((page > 1).then(|| href(page - 1)), (page < pages).then(|| href(page + 1)));
        Pager { page, pages, previous_href, next_href }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_a_page_and_its_neighbours_are_named() {
        let asked = |page: &str| AskedPage { page: Some(page.to_owned()) };
        let first = Pager::of("/duties", &AskedPage::default(), 1_001, 500);
        assert_eq!(
            (first.page, first.pages, first.previous_href, first.next_href.as_deref()),
            (1, 3, None, Some("/duties?page=2"))
        );
        let last = Pager::of("/duties", &asked("99"), 1_001, 500);
        assert_eq!((last.page, last.previous_href.as_deref(), last.next_href), (3, Some("/duties?page=2"), None));
        assert_eq!(Pager::of("/duties", &asked("2"), 1_001, 500).previous_href.as_deref(), Some("/duties"));
        assert_eq!(Pager::of("/duties", &asked("-1"), 0, 500).pages, 1);
    }
}
