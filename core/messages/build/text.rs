//! A message's text in one language, as far as the catalogue uses Fluent: words, arguments, terms, and one text of several.

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::{BTreeMap, BTreeSet};

/// Terms (`-name = …`) of one language, by name.
pub type Terms<'a> = BTreeMap<&'a str, &'a Pattern<&'a str>>;

/// How deep terms and choices may stand in each other.
const DEPTH_MAX: usize = 8;

/// Pieces, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Piece>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// What the argument of that name says.
    Argument(String),
    /// One text of several, by an argument.
    Choice {
        /// The argument.
        by: String,
        /// The texts for what it may be.
        arms: Vec<(Arm, Text)>,
        /// The text for everything else.
        otherwise: Text,
    },
}

/// What an argument must be for its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arm {
    /// That number. English `one` is 1.
    Number(i128),
    /// That word.
    Word(String),
}

impl Text {
    /// Reads a pattern; an error names what the catalogue does not use of Fluent.
    pub fn read(pattern: &Pattern<&str>, terms: &Terms<'_>) -> Result<Text, String> {
        let mut text = Text::default();
        text.add(pattern, terms, 0)?;
        if text.holds_control() { Err("it holds a control character".to_owned()) } else { Ok(text) }
    }

    /// The arguments, and whether each must be a number.
    pub fn arguments(&self) -> BTreeMap<String, bool> {
        let mut all = BTreeMap::new();
        self.collect(&mut all);
        all
    }

    /// The generated texts mark arguments and choices by control characters.
    fn holds_control(&self) -> bool {
        self.0.iter().any(|piece| match piece {
            Piece::Words(words) => words.chars().any(|c| c.is_control() && c != '\n'),
            Piece::Argument(_) => false,
            Piece::Choice { arms, otherwise, .. } => {
                otherwise.holds_control() || arms.iter().any(|(_, text)| text.holds_control())
            }
        })
    }

    fn collect(&self, all: &mut BTreeMap<String, bool>) {
        for piece in &self.0 {
            match piece {
                Piece::Words(_) => (),
                Piece::Argument(name) => _ = all.entry(name.clone()).or_insert(false),
                Piece::Choice { by, arms, otherwise } => {
                    let number = arms.iter().any(|(arm, _)| matches!(arm, Arm::Number(_)));
                    *all.entry(by.clone()).or_insert(false) |= number;
                    arms.iter().map(|(_, text)| text).chain([otherwise]).for_each(|text| text.collect(all));
                }
            }
        }
    }

    fn add(&mut self, pattern: &Pattern<&str>, terms: &Terms<'_>, depth: usize) -> Result<(), String> {
        if depth > DEPTH_MAX {
            return Err(format!("terms and choices stand more than {DEPTH_MAX} deep in each other"));
        }
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words(value),
                PatternElement::Placeable { expression } => self.expression(expression, terms, depth)?,
            }
        }
        Ok(())
    }

    fn expression(&mut self, expression: &Expression<&str>, terms: &Terms<'_>, depth: usize) -> Result<(), String> {
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => self.words(value),
            Expression::Inline(InlineExpression::VariableReference { id }) => self.0.push(Piece::Argument(id.name.to_owned())),
            Expression::Inline(InlineExpression::TermReference { id, attribute: None, arguments: None }) => {
                let term = terms.get(id.name).ok_or_else(|| format!("there is no term -{}", id.name))?;
                self.add(term, terms, depth + 1)?;
            }
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                let (mut arms, mut otherwise, mut kept) = (Vec::new(), Text::default(), BTreeSet::new());
                for variant in variants {
                    let mut text = Text::default();
                    text.add(&variant.value, terms, depth + 1)?;
                    if variant.default {
                        otherwise = text;
                        continue;
                    }
                    let arm = Arm::read(&variant.key)?;
                    if !kept.insert(format!("{arm:?}")) {
                        return Err(format!("two texts stand for the same of ${}", id.name));
                    }
                    arms.push((arm, text));
                }
                self.0.push(Piece::Choice { by: id.name.to_owned(), arms, otherwise });
            }
            _ => return Err("only words, { $argument }, { -term } and a choice by { $argument -> … } are used here".to_owned()),
        }
        Ok(())
    }

    fn words(&mut self, words: &str) {
        match self.0.last_mut() {
            Some(Piece::Words(before)) => before.push_str(words),
            _ => self.0.push(Piece::Words(words.to_owned())),
        }
    }
}

impl Arm {
    fn read(key: &VariantKey<&str>) -> Result<Arm, String> {
        match key {
            VariantKey::NumberLiteral { value } => {
                value.parse().map(Arm::Number).map_err(|_| format!("[{value}] is not a whole number"))
            }
            VariantKey::Identifier { name: "one" } => Ok(Arm::Number(1)),
            VariantKey::Identifier { name: name @ ("zero" | "two" | "few" | "many") } => {
                Err(format!("neither Chinese nor English has the number [{name}]"))
            }
            VariantKey::Identifier { name } => Ok(Arm::Word((*name).to_owned())),
        }
    }
}
