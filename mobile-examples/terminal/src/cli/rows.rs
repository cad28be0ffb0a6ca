//! Rows of a table as a JSON or CSV file, whatever kind they belong to.

use crate::fault::Fault;
use daiban_core::fact::FieldInfo;
use daiban_core::fact::field::{FieldValue, Shape};
use daiban_messages::say::terminal as say;
use daiban_messages::{Both, Message, Say};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;
use std::path::Path;

const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// A further title of a field's column.
pub type Also<'a> = &'a dyn Fn(&str) -> Option<&'static str>;

/// Whether a text names a file of rows, and is no row itself.
pub fn is_file(text: &str) -> bool {
    has_extension(Path::new(text), "csv") || has_extension(Path::new(text), "json")
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

/// Reads the file by its extension; what stands in the cells is read with the record.
pub fn read(path: &Path, infos: &[FieldInfo], also: Also<'_>) -> Result<Vec<FieldValue>, Fault> {
    let refused = |said: Message| Fault::Input { field: "rows", said };
    let file = path.display();
    let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    if size > FILE_BYTES_MAX {
        return Err(refused(say::RowsTooLarge { file }.say()));
    }
    let unreadable = |error: std::io::Error| say::RowsUnreadable { file: path.display(), why: Both::new("", error.to_string()) };
    let bytes = std::fs::read(path).map_err(|error| refused(unreadable(error).say()))?;
    let text = decoded(&bytes).ok_or_else(|| refused(say::RowsEncoding { file: path.display() }.say()))?;
    let rows = if has_extension(path, "json") { from_json(&text) } else { from_csv(&text, infos, also) };
    rows.map_err(|what| refused(say::RowsOfFile { file, what }.say()))
}

/// The text of a file: by its mark (UTF-8, UTF-16), else UTF-8, else what a Chinese spreadsheet writes as plain CSV (GBK, in its whole
/// GB18030). `None` if it is none of these.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return whole(encoding, bytes.get(mark..)?);
    }
    whole(UTF_8, bytes).or_else(|| whole(GB18030, bytes))
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

fn from_json(text: &str) -> Result<Vec<FieldValue>, Message> {
    let json: serde_json::Value = serde_json::from_str(text).map_err(|why| say::RowsJson { why }.say())?;
    match FieldValue::from(json) {
        FieldValue::List(rows) => Ok(rows),
        _ => Err(say::RowsNoList.say()),
    }
}

fn from_csv(text: &str, infos: &[FieldInfo], also: Also<'_>) -> Result<Vec<FieldValue>, Message> {
    let mut records = records(text, separator(text))?.into_iter();
    let header = records.next().ok_or_else(|| say::RowsEmpty.say())?;
    let column =
        |title: &String| infos.iter().find(|info| is_called(info, title, also)).ok_or_else(|| say::RowsColumn { title }.say());
    let columns = header.iter().map(column).collect::<Result<Vec<_>, Message>>()?;
    let row = |cells: Vec<String>| {
        let filled = columns.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty());
        FieldValue::Fields(filled.map(|(info, cell)| (info.name.to_owned(), value(info, cell.trim()))).collect())
    };
    Ok(records.map(row).collect())
}

/// A column is titled by its field's name, its label, or its label with what it counts behind it: `相关费用（元）`.
fn is_called(info: &FieldInfo, title: &str, also: Also<'_>) -> bool {
    let title = title.trim();
    let bare = title.split(['（', '(']).next().unwrap_or(title).trim();
    let known = [Some(info.name), Some(info.label.zh), Some(info.label.en), also(info.name)];
    known.into_iter().flatten().any(|name| name == title || name == bare)
}

/// Several values stand in one cell.
fn value(info: &FieldInfo, cell: &str) -> FieldValue {
    match info.shape {
        Shape::List { .. } => {
            let parts = cell.split([';', '；', '、', '\n']).map(str::trim).filter(|part| !part.is_empty());
            FieldValue::List(parts.map(FieldValue::from).collect())
        }
        _ => FieldValue::from(cell),
    }
}

/// What stands between the titles of the first line: a comma, or what spreadsheets write instead of it.
fn separator(text: &str) -> char {
    let titles = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    ['\t', ';', ','].into_iter().find(|c| titles.contains(*c)).unwrap_or(',')
}

/// RFC 4180 with any separator: quoted cells may hold it, line ends and doubled quotes. Blank lines are skipped.
fn records(text: &str, separator: char) -> Result<Vec<Vec<String>>, Message> {
    let (mut records, mut record, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            c if c == separator && !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            other => cell.push(other),
        }
    }
    if quoted {
        return Err(say::RowsQuote.say());
    }
    record.push(cell);
    records.push(record);
    records.retain(|r| r.iter().any(|c| !c.trim().is_empty()));
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;
    use daiban_core::fact::fact_kind;

    fn infos() -> &'static [FieldInfo] {
        let rows = fact_kind("flow_table_submitted").and_then(|kind| kind.field("rows")).unwrap();
        match rows.shape {
            Shape::List { of: Shape::Fields(infos), .. } => infos,
            _ => panic!("rows have columns"),
        }
    }

    fn also(field: &str) -> Option<&'static str> {
        [("unit", "部门"), ("item", "事项")].into_iter().find(|(name, _)| *name == field).map(|(_, title)| title)
    }

    fn csv(text: &str) -> Result<Vec<FieldValue>, Message> {
        from_csv(text, infos(), &also)
    }

    fn row(cells: &[(&str, FieldValue)]) -> FieldValue {
        FieldValue::Fields(cells.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    #[test]
    fn a_table_saved_by_a_spreadsheet_is_read() {
        let text = "审批部门,代办事项,申请材料清单,相关费用（元）,收费依据,计划时长（工作日）\r\n\
                    区发改局,\"备案,变更\",\"申请表；营业执照\",,,3\r\n\r\n住建局,施工许可,,100,\"\"\"某办法\"\"\",7\r\n";
        let rows = csv(text).unwrap();
        let materials = FieldValue::List(vec!["申请表".into(), "营业执照".into()]);
        let first = [("unit", "区发改局".into()), ("item", "备案,变更".into()), ("materials", materials)];
        assert_eq!(rows[0], row(&[&first[..], &[("planned_working_days", "3".into())]].concat()));
        let second = [("unit", "住建局"), ("item", "施工许可"), ("fee_yuan", "100"), ("fee_basis", "\"某办法\"")];
        let second = second.map(|(name, text)| (name, FieldValue::from(text)));
        assert_eq!(rows[1], row(&[&second[..], &[("planned_working_days", "7".into())]].concat()));
        assert_eq!(csv("部门,事项,计划时长\ndrc,备案,三天\n").unwrap().len(), 1);
    }

    #[test]
    fn what_a_chinese_spreadsheet_saves_is_read() {
        let text = "审批部门,代办事项,计划时长\r\n区发改局,备案,3\r\n";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect();
        let gbk = GB18030.encode(text).0.into_owned();
        let marked = format!("\u{feff}{text}").into_bytes();
        let files: [Vec<u8>; 5] = [text.into(), marked, gbk, utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
        for file in files {
            assert_eq!(decoded(&file).as_deref(), Some(text), "{file:?}");
        }
        assert_eq!(decoded(&[0xFF, 0xFF, 0x00]), None);
        for separator in ["\t", ";", ","] {
            assert_eq!(csv(&text.replace(',', separator)).unwrap(), csv(text).unwrap());
        }
    }

    #[test]
    fn what_is_wrong_with_a_table_is_named() {
        assert!(csv("部门,别的\n").unwrap_err().zh.contains("别的"));
        assert!(csv("\"部门\n").unwrap_err().zh.contains("引号"));
        assert!(csv("").is_err());
        assert!(from_json("{}").is_err() && from_json("[{\"unit\":\"drc\"}]").is_ok());
        assert!(is_file("流程表.CSV") && is_file("a/b.json") && !is_file("营业执照:2:原件") && !is_file("清单.csv:1"));
    }
}
