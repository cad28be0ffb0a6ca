//! So many bytes of pages; the one not asked for longest goes first.

use super::Made;
use crate::render::Lang;
use daiban_core::ids::CaseId;
use std::collections::HashMap;
use std::sync::Arc;

/// What a page costs besides its text.
const EACH: usize = 512;

pub(super) struct Shelf {
    pages: HashMap<(CaseId, Lang), Place>,
    bytes: usize,
    bytes_max: usize,
    asked: u64,
}

struct Place {
    made: Arc<Made>,
    asked: u64,
}

impl Shelf {
    pub(super) fn new(bytes_max: usize) -> Shelf {
        Shelf { pages: HashMap::new(), bytes: 0, bytes_max, asked: 0 }
    }

    pub(super) fn get(&mut self, case: CaseId, lang: Lang) -> Option<Arc<Made>> {
        self.asked += 1;
        let place = self.pages.get_mut(&(case, lang))?;
        place.asked = self.asked;
        Some(place.made.clone())
    }

    pub(super) fn put(&mut self, case: CaseId, lang: Lang, made: Arc<Made>) {
        self.remove((case, lang));
        self.asked += 1;
        self.bytes += EACH + made.bytes();
        self.pages.insert((case, lang), Place { made, asked: self.asked });
        while self.bytes > self.bytes_max {
            let Some(oldest) = self.pages.iter().min_by_key(|(_, place)| place.asked).map(|(key, _)| *key) else { return };
            self.remove(oldest);
        }
    }

    fn remove(&mut self, key: (CaseId, Lang)) {
        if let Some(place) = self.pages.remove(&key) {
            self.bytes -= EACH + place.made.bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Made, Stand};
    use super::*;
    use crate::app::App;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::db::DbError;
    use crate::files::TempFolder;
    use daiban_core::ids::Chain;

    #[test]
    fn the_bytes_have_an_end_and_the_one_not_asked_for_longest_goes() {
        let folder = TempFolder::new("shelf");
        let app = App::open(Config::local(folder.path()), Clock::moved(1_795_395_600)).expect("a server");
        let version = app.db.read::<_, DbError>(|conn| Ok(app.reference(conn)?.version())).expect("a version");
        let stand = Stand { chain: Chain([0; 32]), computed: 0, duties: (0, 0), version };
        let page = |bytes: usize| {
            Arc::new(Made { stand, from: 0, until: 1, contact: None, text: Some(("x".repeat(bytes), String::new())) })
        };
        let case = |no: u8| CaseId([no; 16]);
        let mut shelf = Shelf::new(3 * (EACH + 100));
        for no in 1..=3 {
            shelf.put(case(no), Lang::Zh, page(100));
        }
        assert!(shelf.get(case(1), Lang::Zh).is_some());
        shelf.put(case(4), Lang::Zh, page(100));
        assert!(shelf.get(case(2), Lang::Zh).is_none(), "asked for longest ago");
        assert!(shelf.get(case(1), Lang::Zh).is_some() && shelf.get(case(4), Lang::Zh).is_some());
        shelf.put(case(4), Lang::Zh, page(50));
        assert_eq!((shelf.pages.len(), shelf.bytes), (3, 3 * EACH + 250), "the same page is kept once");
        shelf.put(case(5), Lang::En, page(1_000_000));
        assert_eq!((shelf.pages.len(), shelf.bytes), (0, 0), "what is larger than the shelf is not kept");
    }
}
