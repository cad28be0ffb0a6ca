//! Sets of fields, and choices between them.

use crate::field::Field;
use crate::words::Words;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Result, Variant};

pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    match &input.data {
        Data::Struct(data) => {
            let fields = read(&data.fields)?;
            let (set, name) = (set(input, &fields)?, &input.ident);
            Ok(quote! {
                #set
                impl crate::fact::field::FieldType for #name {
                    const SHAPE: crate::fact::field::Shape =
                        crate::fact::field::Shape::Fields(<#name as crate::fact::field::FieldSet>::FIELDS);
                    fn check(&self, _: &crate::fact::field::FieldInfo, place: &crate::fact::field::Place<'_>,
                        out: &mut crate::fact::field::FieldErrors) {
                        crate::fact::field::FieldSet::check_fields(self, place, out);
                    }
                }
            })
        }
        Data::Enum(data) => one_of(input, data),
        Data::Union(_) => Err(Error::new_spanned(input, "a struct or an enum is expected")),
    }
}

/// Named fields as declared.
pub fn read(fields: &Fields) -> Result<Vec<Field>> {
    match fields {
        Fields::Named(named) => named.named.iter().map(Field::read).collect(),
        Fields::Unit => Ok(Vec::new()),
        Fields::Unnamed(_) => Err(Error::new_spanned(fields, "fields need names")),
    }
}

/// `FieldSet` of a struct.
pub fn set(input: &DeriveInput, fields: &[Field]) -> Result<TokenStream> {
    let name = &input.ident;
    let infos: Vec<TokenStream> = fields.iter().map(Field::info).collect::<Result<_>>()?;
    let checks = fields.iter().enumerate().map(|(at, field)| {
        let (ident, ty) = (&field.ident, &field.ty);
        quote!(<#ty as crate::fact::field::FieldType>::check(&self.#ident, &Self::FIELDS[#at], &place.then(&Self::FIELDS[#at]), out);)
    });
    Ok(quote! {
        impl crate::fact::field::FieldSet for #name {
            const FIELDS: &'static [crate::fact::field::FieldInfo] = &[#(#infos),*];
            fn check_fields(&self, place: &crate::fact::field::Place<'_>, out: &mut crate::fact::field::FieldErrors) {
                #(#checks)*
            }
        }
    })
}

fn one_of(input: &DeriveInput, data: &DataEnum) -> Result<TokenStream> {
    let name = &input.ident;
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    for (number, variant) in data.variants.iter().enumerate() {
        let fields = read(&variant.fields)?;
        let (info, arm) = (variant_info(variant, &fields)?, arm(number, variant, &fields));
        variants.push(info);
        arms.push(arm);
    }
    Ok(quote! {
        impl crate::fact::field::FieldType for #name {
            const SHAPE: crate::fact::field::Shape = crate::fact::field::Shape::OneOf(&[#(#variants),*]);
            fn check(&self, field: &crate::fact::field::FieldInfo, place: &crate::fact::field::Place<'_>,
                out: &mut crate::fact::field::FieldErrors) {
                let variants = field.shape.variants();
                match self { #(#arms),* }
            }
        }
    })
}

fn variant_info(variant: &Variant, fields: &[Field]) -> Result<TokenStream> {
    let mut label = Words::default();
    for attribute in variant.attrs.iter().filter(|a| a.path().is_ident("field")) {
        attribute.parse_nested_meta(|meta| {
            match meta.path.get_ident().map(ToString::to_string).as_deref() {
                Some("zh") => label.zh = Some(meta.value()?.parse()?),
                Some("en") => label.en = Some(meta.value()?.parse()?),
                _ => return Err(meta.error("no such word of a variant")),
            }
            Ok(())
        })?;
    }
    let name = snake(&variant.ident.to_string());
    let label = label.both(&format!("the variant `{name}`"), variant.ident.span())?;
    let infos: Vec<TokenStream> = fields.iter().map(Field::info).collect::<Result<_>>()?;
    Ok(quote!(crate::fact::field::VariantInfo { name: #name, label: #label, fields: &[#(#infos),*] }))
}

fn arm(number: usize, variant: &Variant, fields: &[Field]) -> TokenStream {
    let ident = &variant.ident;
    let idents: Vec<_> = fields.iter().map(|field| &field.ident).collect();
    let names: Vec<_> = (0..fields.len()).map(|at| format_ident!("value_{at}")).collect();
    let checks = fields.iter().zip(&names).enumerate().map(|(at, (field, value))| {
        let ty = &field.ty;
        quote!(<#ty as crate::fact::field::FieldType>::check(#value, &fields[#at], &place.then(&fields[#at]), out);)
    });
    quote!(Self::#ident { #(#idents: #names),* } => {
        let variant = &variants[#number];
        let (place, fields) = (&place.within(variant), variant.fields);
        #(#checks)*
        let _ = (place, fields);
    })
}

/// `ByHand` is written `by_hand` in changes and JSON.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
