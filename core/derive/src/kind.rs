//! A kind: `#[kind(name = "…", zh = "…", en = "…", clause = "…", since = …, who = […], …)]` before its struct.

use crate::field::Field;
use crate::sets;
use crate::words::Words;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Ident, LitInt, LitStr, Result, Token, bracketed};

#[derive(Default)]
struct Head {
    name: Option<LitStr>,
    words: Words,
    clause: Option<LitStr>,
    since: Option<LitInt>,
    who: Vec<Ident>,
    before_letter: bool,
    public: bool,
    founds: bool,
    returned_by: Vec<Ident>,
}

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let (declared, fields) = declared(input)?;
    let digest = digest(input, &fields);
    Ok(quote!(#declared #digest))
}

pub fn derive_ruling(input: &DeriveInput) -> Result<TokenStream> {
    declared(input).map(|(declared, _)| declared)
}

/// The description of a kind, and its fields.
fn declared(input: &DeriveInput) -> Result<(TokenStream, Vec<Field>)> {
    let Data::Struct(data) = &input.data else { return Err(Error::new_spanned(input, "a kind is a struct")) };
    let mut head = Head::default();
    for attribute in input.attrs.iter().filter(|a| a.path().is_ident("kind")) {
        head.take(attribute)?;
    }
    let fields = sets::read(&data.fields)?;
    let (set, info) = (sets::set(input, &fields)?, head.info(input)?);
    Ok((quote!(#set #info), fields))
}

impl Head {
    fn take(&mut self, attribute: &Attribute) -> Result<()> {
        attribute.parse_nested_meta(|meta| {
            match meta.path.get_ident().map(ToString::to_string).as_deref() {
                Some("name") => self.name = Some(meta.value()?.parse()?),
                Some("zh") => self.words.zh = Some(meta.value()?.parse()?),
                Some("en") => self.words.en = Some(meta.value()?.parse()?),
                Some("clause") => self.clause = Some(meta.value()?.parse()?),
                Some("since") => self.since = Some(meta.value()?.parse()?),
                Some("who") => self.who = roles(&meta)?,
                Some("returned_by") => self.returned_by = roles(&meta)?,
                Some("before_letter") => self.before_letter = true,
                Some("public") => self.public = true,
                Some("founds") => self.founds = true,
                _ => return Err(meta.error("no such word of a kind")),
            }
            Ok(())
        })
    }

    fn info(&self, input: &DeriveInput) -> Result<TokenStream> {
        let (ident, at) = (&input.ident, input.ident.span());
        let missing = |what: &str| Error::new(at, format!("the kind needs {what}"));
        let name = self.name.as_ref().ok_or_else(|| missing("name = \"…\""))?;
        let label = self.words.both("the kind", at)?;
        let clause = self.clause.as_ref().filter(|c| !c.value().is_empty()).ok_or_else(|| missing("clause = \"…\""))?;
        let since = self.since.as_ref().ok_or_else(|| missing("since = …, the version of the table it came with"))?;
        if self.who.is_empty() {
            return Err(missing("who = [Role, …]"));
        }
        let (who, before_letter, public) = (&self.who, self.before_letter, self.public);
        let (founds, returned_by) = (self.founds, &self.returned_by);
        Ok(quote! {
            impl #ident {
                /// The line of the table of kinds.
                pub const INFO: crate::fact::kind::KindInfo = crate::fact::kind::KindInfo {
                    name: #name,
                    label: #label,
                    clause: #clause,
                    since: #since,
                    who: &[#(crate::people::Role::#who),*],
                    before_letter: #before_letter,
                    public: #public,
                    founds: #founds,
                    returned_by: &[#(crate::people::Role::#returned_by),*],
                    fields: <#ident as crate::fact::field::FieldSet>::FIELDS,
                };
            }
        })
    }
}

/// `[Role, …]`.
fn roles(meta: &ParseNestedMeta<'_>) -> Result<Vec<Ident>> {
    let value = meta.value()?;
    let roles;
    bracketed!(roles in value);
    Ok(Punctuated::<Ident, Token![,]>::parse_terminated(&roles)?.into_iter().collect())
}

fn digest(input: &DeriveInput, fields: &[Field]) -> TokenStream {
    let name = &input.ident;
    let digest = format_ident!("Digest");
    let doc = format!("What rules and judgement may read of [`{name}`], on the phone and on the server.");
    let read: Vec<&Field> = fields.iter().filter(|field| field.rules).collect();
    let (idents, types): (Vec<_>, Vec<_>) = read.iter().map(|field| (&field.ident, &field.ty)).unzip();
    let docs = read.iter().map(|field| format!("See [`{name}::{}`].", field.ident));
    let names = read.iter().map(|field| field.ident.to_string());
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        pub struct #digest {
            #(#[doc = #docs] pub #idents: #types,)*
        }

        impl #digest {
            /// A field by its name; `None` if it is not given or rules may not read it.
            pub(in crate::fact) fn field(&self, name: &str) -> ::core::option::Option<crate::fact::Node> {
                match name {
                    #(#names => crate::fact::Node::of(&self.#idents).ok(),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl #name {
            /// The fields that rules may read.
            pub fn digest(&self) -> #digest {
                #digest { #(#idents: self.#idents.clone()),* }
            }
        }
    }
}
