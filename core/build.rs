//! Turns the pack's TOML, which people write, into JSON, which the core reads anyway: phones carry no second parser. The numbers that
//! the pack declares get their names in the code here, so that no use of one can be misspelt.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const PACK: &str = "data/packs/pulandian-2021";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={PACK}");
    let mut files = serde_json::Map::new();
    for entry in fs::read_dir(PACK)? {
        let path = entry?.path();
        let (Some(name), Some("toml")) = (path.file_stem(), path.extension().and_then(|end| end.to_str())) else { continue };
        files.insert(name.to_string_lossy().into_owned(), toml::from_str(&fs::read_to_string(&path)?)?);
    }
    let pack = serde_json::Value::Object(files);
    let to = env::var("OUT_DIR")?;
    let write = |name: &str, text: String| fs::write(Path::new(&to).join(name), text);
    write("number.rs", number_enum(&pack["numbers"])?)?;
    // Which document declares them stands in `pack.toml`.
    let mut numbers = pack["numbers"].clone();
    numbers["document"] = pack["pack"]["document"]["number"].clone();
    numbers["effective"] = pack["pack"]["document"]["effective"].clone();
    write("numbers.json", numbers.to_string())?;
    write("pack.json", pack.to_string())?;
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
