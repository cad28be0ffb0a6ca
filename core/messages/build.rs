//! Makes a Rust type of every message in the catalogue, so that the compiler finds a wrong name, a missing argument or one too many.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/generate.rs"]
mod generate;
#[path = "build/text.rs"]
mod text;

use catalogue::{Catalogue, Source};
use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// The languages, in the order of [`Source`]'s texts.
const FOLDERS: [&str; 2] = ["zh-CN", "en"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let room = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            sources.push(Source { folder: folder.to_owned(), room, text: fs::read_to_string(&path)? });
        }
    }
    let catalogue = Catalogue::read(&sources, FOLDERS).map_err(|errors| {
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        format!("the catalogue has {} errors:\n{}", all.len(), all.join("\n"))
    })?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("say.rs"), generate::rust(&catalogue))?;
    Ok(())
}
