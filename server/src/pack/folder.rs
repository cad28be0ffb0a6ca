//! Reads the files of a pack.

use super::line::{Lines, line_at};
use super::{PackProblem, PlacedFault};
use daiban_core::plan::{BEFORE, PackFault, Place, Plan, Wrong};
use daiban_messages::say::server::PackFolder;
use daiban_messages::{Message, Say};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// No file of a pack is longer: bytes.
const FILE_BYTES_MAX: u64 = 128 * 1024;

/// Reads and checks a pack.
pub fn read(folder: &Path) -> Result<Plan, PackProblem> {
    read_with(folder, |_| Vec::new())
}

/// The same, with what else the reader finds wrong in its files.
pub fn read_with(folder: &Path, others: impl Fn(&Value) -> Vec<PackFault>) -> Result<Plan, PackProblem> {
    let refused = |faults| PackProblem { folder: folder.to_owned(), faults };
    let unreadable = |place: Place, why: String| PackFault { place, wrong: Wrong::Unreadable(why) };
    let names = match names(folder) {
        Ok(names) => names,
        Err(why) => {
            let Message { zh, en, .. } = PackFolder { why }.say();
            let file = folder.display().to_string();
            return Err(refused(vec![PlacedFault { file, line: None, place: String::new(), zh, en }]));
        }
    };
    let (mut files, mut texts, mut faults) = (Map::new(), BTreeMap::new(), Vec::new());
    for name in names {
        let place = Place::file(&name);
        if name == BEFORE {
            faults.push((name, PlacedFault::of(&PackFault { place, wrong: Wrong::OtherFile }, folder, None)));
            continue;
        }
        let path = folder.join(format!("{name}.toml"));
        let read = text(&path).map_err(|why| (None, why)).and_then(|text| {
            let value = toml::from_str::<Value>(&text).map_err(|error| {
                let line = error.span().map(|span| line_at(&text, span.start));
                (line, error.message().lines().next().unwrap_or_default().to_owned())
            })?;
            Ok((text, value))
        });
        match read {
            Ok((text, value)) => {
                texts.insert(name.clone(), text);
                files.insert(name, value);
            }
            Err((line, why)) => faults.push((name.clone(), PlacedFault::of(&unreadable(place, why), folder, line))),
        }
    }
    // Of a file that cannot be read nothing else is said.
    let unread: Vec<String> = faults.iter().map(|(name, _)| name.clone()).collect();
    let mut faults: Vec<PlacedFault> = faults.into_iter().map(|(_, fault)| fault).collect();
    let files = Value::Object(files);
    let parsed: BTreeMap<&String, Lines<'_>> = texts.iter().filter_map(|(name, text)| Some((name, Lines::read(text)?))).collect();
    let (plan, others) = (Plan::read(&files), others(&files));
    for fault in plan.as_ref().err().into_iter().flatten().chain(&others).filter(|fault| !unread.contains(&fault.place.file)) {
        let line = parsed.get(&fault.place.file).and_then(|lines| lines.of(&fault.place.path));
        faults.push(PlacedFault::of(fault, folder, line));
    }
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    match plan {
        Ok(plan) if faults.is_empty() => Ok(plan),
        _ => Err(refused(faults)),
    }
}

/// The names of its files, without ending, in order.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let (Some(name), Some("toml")) = (path.file_stem(), path.extension().and_then(|end| end.to_str())) {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn text(path: &Path) -> Result<String, String> {
    // A pipe would be waited for, a device read without end: what is no file is not opened at all.
    if !fs::metadata(path).map_err(|why| why.to_string())?.is_file() {
        return Err("not a file".to_owned());
    }
    let mut text = String::new();
    let file = fs::File::open(path).map_err(|why| why.to_string())?;
    file.take(FILE_BYTES_MAX + 1).read_to_string(&mut text).map_err(|why| why.to_string())?;
    if text.len() as u64 > FILE_BYTES_MAX { Err(format!("more than {FILE_BYTES_MAX} bytes")) } else { Ok(text) }
}
