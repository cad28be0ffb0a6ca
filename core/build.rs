//! Turns the pack's TOML, which people write, into JSON, which the core reads anyway: phones carry no second parser.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const DUTIES: &str = "data/packs/pulandian-2021/duties.toml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={DUTIES}");
    let written: serde_json::Value = toml::from_str(&fs::read_to_string(DUTIES)?)?;
    let to = env::var("OUT_DIR")?;
    fs::write(Path::new(&to).join("duties.json"), written.to_string())?;
    Ok(())
}
