//! Derives for declarations: `Fields` for a set of fields or a choice between sets, `Kind` for a kind of record or ruling.
//!
//! They read `#[kind(…)]` and `#[field(…)]` and write what `daiban_core::fact::field` and `daiban_core::fact::kind` ask for. A label
//! that is missing, a word that is unknown and a role that does not exist are compile errors at the place.

mod field;
mod kind;
mod sets;
mod words;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// A set of named fields (a struct), or one of several such sets (an enum with named fields).
#[proc_macro_derive(Fields, attributes(field))]
pub fn fields(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    sets::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A kind of ruling: its fields and its line of the table of kinds.
#[proc_macro_derive(Ruling, attributes(kind, field))]
pub fn ruling(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    kind::derive_ruling(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A kind: its fields, its line of the table of kinds, and its digest: the fields marked `rules`.
#[proc_macro_derive(Kind, attributes(kind, field))]
pub fn kind(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    kind::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
