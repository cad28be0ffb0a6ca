//! A text in Chinese and English, as attributes give it.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Error, LitStr, Result};

/// Both languages of one text.
#[derive(Default)]
pub struct Words {
    pub zh: Option<LitStr>,
    pub en: Option<LitStr>,
}

impl Words {
    /// The pair, both needed.
    pub fn both(&self, what: &str, at: Span) -> Result<TokenStream> {
        match (filled(&self.zh), filled(&self.en)) {
            (Some(zh), Some(en)) => Ok(quote!(crate::fact::field::Words { zh: #zh, en: #en })),
            (None, _) => Err(Error::new(at, format!("{what} needs a text in Chinese: zh = \"…\""))),
            (_, None) => Err(Error::new(at, format!("{what} needs a text in English: en = \"…\""))),
        }
    }

    /// The pair if it is there; one alone is an error.
    pub fn both_or_none(&self, what: &str, at: Span) -> Result<TokenStream> {
        match (&self.zh, &self.en) {
            (None, None) => Ok(quote!(::core::option::Option::None)),
            _ => self.both(what, at).map(|words| quote!(::core::option::Option::Some(#words))),
        }
    }
}

fn filled(text: &Option<LitStr>) -> Option<&LitStr> {
    text.as_ref().filter(|text| !text.value().trim().is_empty())
}
