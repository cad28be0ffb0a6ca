//! The frame around every page: head, navigation, language switch, foot.

use super::{Lang, assets};
use crate::app::App;
use axum::http::Uri;
use daiban_core::plan::{Plan, Text};
use daiban_messages::say::console;
use daiban_messages::say::page as say;
use daiban_messages::say::seat::PageTitle;
use std::sync::Arc;

/// The entries of the office's navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// `/cases` and below.
    Cases,
    /// `/duties`.
    Duties,
    /// `/reports` and below.
    Reports,
    /// `/organisation`.
    Organisation,
    /// None of them.
    Elsewhere,
}

/// One entry of the navigation, ready to print.
pub struct NavItem {
    /// Its address.
    pub href: &'static str,
    /// Its word.
    pub word: String,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// What the frame needs to know.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The page's language.
    pub lang: Lang,
    /// The page's title.
    pub title: String,
    /// Where it stands in the navigation.
    pub place: Tab,
    /// Whether the office looks at it: only then the navigation is shown.
    pub office: bool,
    /// The same page in the other language.
    pub switch_href: String,
    /// The time of the data shown, local.
    pub as_of: Option<String>,
    /// What is wrong with the server itself, with what to do.
    pub notice: Option<String>,
    /// The plan, which says whose pages these are; without one they say it of nobody.
    pub plan: Option<Arc<Plan>>,
}

impl Shell {
    /// A frame for the page at `uri`.
    pub fn new(lang: Lang, uri: &Uri, place: Tab, title: impl Into<String>) -> Shell {
        Shell {
            lang,
            title: title.into(),
            place,
            office: true,
            switch_href: switch(uri, lang.other()),
            as_of: None,
            notice: None,
            plan: None,
        }
    }

    /// The same without the office's navigation.
    pub fn public(mut self) -> Shell {
        self.office = false;
        self
    }

    /// Tells the reader how fresh the data is.
    pub fn as_of(mut self, stamp: String) -> Shell {
        self.as_of = Some(stamp);
        self
    }

    /// Says whose pages these are, and above everything else that the server's clock is not right, if it is not.
    pub fn of_clock(mut self, app: &App) -> Shell {
        self.plan = Some(app.plan());
        self.notice = app.clock_problem().map(|problem| match self.lang {
            Lang::Zh => problem.detail,
            Lang::En => problem.detail_en,
        });
        self
    }

    /// The same where nothing is said of the clock.
    pub fn of_plan(mut self, plan: Arc<Plan>) -> Shell {
        self.plan = Some(plan);
        self
    }

    fn text(&self, text: Text) -> String {
        self.plan.as_ref().map(|plan| plan.text(text)).map_or_else(String::new, |name| self.lang.t(&name.zh, &name.en).to_owned())
    }

    /// What the page's title ends with.
    pub fn site_name(&self) -> String {
        match self.plan {
            Some(_) => self.text(Text::SiteName),
            None => self.lang.say(say::SiteName),
        }
    }

    /// Whose pages these are.
    pub fn site_for(&self) -> String {
        self.text(Text::SiteFor)
    }

    /// Where the chief agent and the office are.
    pub fn contact(&self) -> String {
        let contact = self.plan.as_ref().map(|plan| plan.contact()).unwrap_or_default();
        self.lang.t(&contact.zh, &contact.en).to_owned()
    }

    /// The style sheet's address.
    pub fn css(&self) -> String {
        assets::css_href()
    }

    /// The icon's address.
    pub fn icon(&self) -> String {
        assets::icon_href()
    }

    /// The navigation.
    pub fn nav(&self) -> Vec<NavItem> {
        let item = |place, href, word| NavItem { href, word, current: place == self.place };
        vec![
            item(Tab::Cases, "/cases", self.lang.say(console::Cases)),
            item(Tab::Duties, "/duties", self.lang.say(console::Duties)),
            item(Tab::Reports, "/reports", self.lang.say(console::Reports)),
            item(Tab::Organisation, "/organisation", self.lang.say(PageTitle)),
        ]
    }
}

/// The address of `uri` with another `lang`; secrets never stand in a switch, so `key` is left out.
fn switch(uri: &Uri, lang: Lang) -> String {
    let kept =
        uri.query().unwrap_or("").split('&').filter(|p| !p.is_empty() && !p.starts_with("lang=") && !p.starts_with("key="));
    let pairs: Vec<String> = kept.map(str::to_owned).chain([format!("lang={}", lang.code())]).collect();
    format!("{}?{}", uri.path(), pairs.join("&"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_keeps_the_filter_and_drops_the_key() {
        let uri: Uri = "/cases?lamp=red&lang=zh&key=secret&q=%E5%8C%BB".parse().unwrap();
        let shell = Shell::new(Lang::Zh, &uri, Tab::Cases, "代办项目");
        assert_eq!(shell.switch_href, "/cases?lamp=red&q=%E5%8C%BB&lang=en");
        assert!(shell.nav()[0].current);
    }
}
