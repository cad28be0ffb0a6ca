//! Turns the pack's TOML, which people write, into JSON, which the core reads anyway: phones carry no second parser. The numbers that
//! the pack declares get their names in the code here, so that no use of one can be misspelt.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const PACK: &str = "data/packs/pulandian-2021";

fn main() -> Result<(), Box<dyn Error>> {
    let to = env::var("OUT_DIR")?;
    for name in ["duties", "numbers"] {
        let file = format!("{PACK}/{name}.toml");
        println!("cargo::rerun-if-changed={file}");
        let written: serde_json::Value = toml::from_str(&fs::read_to_string(&file)?)?;
        fs::write(Path::new(&to).join(format!("{name}.json")), written.to_string())?;
        if name == "numbers" {
            fs::write(Path::new(&to).join("number.rs"), number_enum(&written)?)?;
        }
    }
    Ok(())
}

/// The source of `Number`: a variant for each block, in the file's order.
fn number_enum(file: &serde_json::Value) -> Result<String, Box<dyn Error>> {
    let (mut variants, mut all, mut ids) = (String::new(), String::new(), String::new());
    for block in file["number"].as_array().ok_or("numbers.toml declares no number")? {
        let (Some(id), Some(en)) = (block["id"].as_str(), block["en"].as_str()) else {
            return Err("a number lacks id or en".into());
        };
        let name: String = id.split('_').map(capitalised).collect();
        writeln!(variants, "/// `{id}`: {en}.\n{name},")?;
        write!(all, "Number::{name}, ")?;
        writeln!(ids, "Number::{name} => {id:?},")?;
    }
    Ok(format!(
        "/// A number that the office may set, as the pack declares it.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Number {{\n{variants}}}\n\
         impl Number {{\n/// All of them, in the pack's order.\npub const ALL: &[Number] = &[{all}];\n\
         /// Its name in orders and answers.\npub const fn id(self) -> &'static str {{ match self {{ {ids} }} }}\n}}\n"
    ))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
