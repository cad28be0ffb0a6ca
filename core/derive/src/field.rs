//! One field: `#[field(zh = "…", en = "…", …)]` before it.

use crate::words::Words;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Error, Expr, Ident, LitStr, Result, Type};

/// A field as declared.
pub struct Field {
    pub ident: Ident,
    pub ty: Type,
    /// It belongs to the digest.
    pub rules: bool,
    label: Words,
    help: Words,
    unit: Words,
    yes: Words,
    no: Words,
    max: Option<Expr>,
    min: Option<Expr>,
    least: Option<Expr>,
    record: Option<LitStr>,
    choices: Option<Expr>,
    money: Option<Ident>,
    filled: Option<Ident>,
    code: Option<Ident>,
    lines: bool,
    public: bool,
}

impl Field {
    pub fn read(field: &syn::Field) -> Result<Field> {
        let ident = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "a field needs a name"))?;
        let mut read = Field {
            ident,
            ty: field.ty.clone(),
            rules: false,
            label: Words::default(),
            help: Words::default(),
            unit: Words::default(),
            yes: Words::default(),
            no: Words::default(),
            max: None,
            min: None,
            least: None,
            record: None,
            choices: None,
            money: None,
            filled: None,
            code: None,
            lines: false,
            public: false,
        };
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("field")) {
            read.take(attribute)?;
        }
        Ok(read)
    }

    fn take(&mut self, attribute: &Attribute) -> Result<()> {
        attribute.parse_nested_meta(|meta| {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            match name.as_str() {
                "zh" => self.label.zh = Some(meta.value()?.parse()?),
                "en" => self.label.en = Some(meta.value()?.parse()?),
                "help_zh" => self.help.zh = Some(meta.value()?.parse()?),
                "help_en" => self.help.en = Some(meta.value()?.parse()?),
                "unit_zh" => self.unit.zh = Some(meta.value()?.parse()?),
                "unit_en" => self.unit.en = Some(meta.value()?.parse()?),
                "yes_zh" => self.yes.zh = Some(meta.value()?.parse()?),
                "yes_en" => self.yes.en = Some(meta.value()?.parse()?),
                "no_zh" => self.no.zh = Some(meta.value()?.parse()?),
                "no_en" => self.no.en = Some(meta.value()?.parse()?),
                "max" => self.max = Some(meta.value()?.parse()?),
                "min" => self.min = Some(meta.value()?.parse()?),
                "least" => self.least = Some(meta.value()?.parse()?),
                "choices" => self.choices = Some(meta.value()?.parse()?),
                "record" => self.record = Some(meta.value()?.parse()?),
                "money" => self.money = Some(meta.value()?.parse()?),
                "filled" => self.filled = Some(meta.value()?.parse()?),
                "code" => self.code = Some(meta.value()?.parse()?),
                "lines" => self.lines = true,
                "public" => self.public = true,
                "rules" => self.rules = true,
                _ => return Err(meta.error("no such word of a field")),
            }
            Ok(())
        })
    }

    /// The field's line of the description.
    pub fn info(&self) -> Result<TokenStream> {
        let (ident, ty) = (&self.ident, &self.ty);
        let name = ident.to_string();
        let what = format!("the field `{name}`");
        let label = self.label.both(&what, ident.span())?;
        let help = self.help.both_or_none(&what, ident.span())?;
        let (public, rules) = (self.public, self.rules);
        let filled = match &self.filled {
            Some(from) => quote!(::core::option::Option::Some(crate::fact::field::Filled::#from)),
            None => quote!(::core::option::Option::None),
        };
        let code = match &self.code {
            Some(code) => quote!(::core::option::Option::Some(crate::fact::field::Code::#code)),
            None => quote!(::core::option::Option::None),
        };
        let shape = self.shape()?;
        Ok(quote!(crate::fact::field::FieldInfo {
            name: #name,
            label: #label,
            help: #help,
            required: <#ty as crate::fact::field::FieldType>::REQUIRED,
            shape: #shape,
            code: #code,
            filled: #filled,
            public: #public,
            rules: #rules,
        }))
    }

    fn shape(&self) -> Result<TokenStream> {
        let ty = &self.ty;
        let mut shape = quote!(<#ty as crate::fact::field::FieldType>::SHAPE);
        if let Some(max) = &self.max {
            shape = quote!(#shape.with_max(#max));
        }
        if let Some(min) = &self.min {
            shape = quote!(#shape.with_min(#min));
        }
        if let Some(least) = &self.least {
            shape = quote!(#shape.with_least(#least));
        }
        if let Some(kind) = &self.record {
            shape = quote!(#shape.of_kind(#kind));
        }
        if let Some(choices) = &self.choices {
            shape = quote!(#shape.chosen_from(#choices));
        }
        if let Some(money) = &self.money {
            shape = quote!(#shape.as_money(crate::fact::field::Money::#money));
        }
        if self.lines {
            shape = quote!(#shape.with_lines());
        }
        if self.unit.zh.is_some() || self.unit.en.is_some() {
            let unit = self.unit.both("a unit", self.ident.span())?;
            shape = quote!(#shape.with_unit(#unit));
        }
        if self.yes.zh.is_some() {
            let at = self.ident.span();
            let (yes, no) = (self.yes.both("yes", at)?, self.no.both("no", at)?);
            shape = quote!(#shape.called(#yes, #no));
        }
        Ok(shape)
    }
}
