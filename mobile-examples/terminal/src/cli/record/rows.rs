//! The rows of a flow table as a JSON or CSV file.

use crate::cli::words;
use crate::fault::Fault;
use crate::said::Said;
use daiban_core::fact::kinds::FlowRow;
use daiban_core::ids::PersonId;
use std::path::Path;

const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// Column names: the plan's words and the field names.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("unit", &["审批部门", "部门"]),
    ("item", &["代办事项", "事项"]),
    ("agent", &["代办员"]),
    ("materials", &["申请材料清单", "材料"]),
    ("fee_yuan", &["相关费用（元）", "相关费用(元)", "相关费用"]),
    ("fee_basis", &["收费依据", "收费的法定依据"]),
    ("planned_working_days", &["计划时长（工作日）", "计划时长(工作日)", "计划时长"]),
];

/// Reads the file by its extension.
pub fn read(path: &Path) -> Result<Vec<FlowRow>, Fault> {
    let refused = |zh: String, en: String| Fault::input("rows", Said::new(zh, en));
    let shown = path.display();
    let size = std::fs::metadata(path).map(|m| m.len()).unwrap_or(0);
    if size > FILE_BYTES_MAX {
        return Err(refused(format!("{shown}超过1 MB，不是流程表；请核对文件。"), format!("{shown} is larger than 1 MB")));
    }
    let bytes = std::fs::read(path)
        .map_err(|e| refused(format!("无法读取{shown}；请核对文件名。"), format!("{shown} cannot be read: {e}")))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        refused(format!("{shown}不是 UTF-8 编码；请在表格软件中另存为“CSV UTF-8”。"), format!("{shown} is not UTF-8"))
    })?;
    let text = text.trim_start_matches('\u{feff}');
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
        return serde_json::from_str(text)
            .map_err(|e| refused(format!("{shown}不是流程表 JSON（{e}）；请核对字段。"), format!("{shown}: {e}")));
    }
    from_csv(text).map_err(|(zh, en)| refused(zh, en))
}

type Why = (String, String);

fn from_csv(text: &str) -> Result<Vec<FlowRow>, Why> {
    let mut records = records(text)?.into_iter();
    let header = records.next().ok_or_else(|| ("文件是空的；请填写表头和事项。".to_owned(), "the file is empty".to_owned()))?;
    let mut places = [None; COLUMNS.len()];
    for (at, title) in header.iter().enumerate() {
        let title = title.trim();
        let column = COLUMNS.iter().position(|(name, zh)| *name == title || zh.contains(&title));
        let column =
            column.ok_or_else(|| (format!("没有名为“{title}”的列；请核对表头。"), format!("unknown column {title:?}")))?;
        places[column] = Some(at);
    }
    records.enumerate().map(|(line, record)| row(&places, &record, line + 2)).collect()
}

fn row(places: &[Option<usize>; COLUMNS.len()], record: &[String], line: usize) -> Result<FlowRow, Why> {
    let cell = |column: usize| -> Option<&str> {
        places[column].and_then(|at| record.get(at)).map(|v| v.trim()).filter(|v| !v.is_empty())
    };
    let needed = |column: usize| -> Result<&str, Why> {
        let name = COLUMNS[column].1[0];
        cell(column)
            .ok_or_else(|| (format!("第{line}行缺少“{name}”；请补充。"), format!("line {line} lacks {}", COLUMNS[column].0)))
    };
    let number = |column: usize, text: &str| -> Result<i64, Why> {
        let name = COLUMNS[column].1[0];
        text.parse().map_err(|_| {
            (format!("第{line}行“{name}”应为整数，现为“{text}”。"), format!("line {line}: {text:?} is no whole number"))
        })
    };
    Ok(FlowRow {
        unit: words::unit(needed(0)?),
        item: needed(1)?.to_owned(),
        agent: cell(2).map(PersonId::from),
        materials: cell(3).map_or_else(Vec::new, list),
        fee_yuan: cell(4).map(|text| number(4, text)).transpose()?,
        fee_basis: cell(5).map(str::to_owned),
        planned_working_days: number(6, needed(6)?)?,
    })
}

fn list(text: &str) -> Vec<String> {
    text.split([';', '；', '、', '\n']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// RFC 4180: quoted cells may hold commas, line ends and doubled quotes. Blank lines are skipped.
fn records(text: &str) -> Result<Vec<Vec<String>>, Why> {
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
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            other => cell.push(other),
        }
    }
    if quoted {
        return Err(("引号没有成对；请核对文件。".to_owned(), "a quote is never closed".to_owned()));
    }
    record.push(cell);
    records.push(record);
    records.retain(|r| r.iter().any(|c| !c.trim().is_empty()));
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_saved_by_a_spreadsheet_is_read() {
        let text = "审批部门,代办事项,申请材料清单,相关费用（元）,收费依据,计划时长（工作日）\r\n\
                    区发改局,\"备案,变更\",\"申请表；营业执照\",,,3\r\n\r\n住建局,施工许可,,100,\"\"\"某办法\"\"\",7\r\n";
        let rows = from_csv(text).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].unit.as_str(), rows[0].item.as_str()), ("drc", "备案,变更"));
        assert_eq!(rows[0].materials, ["申请表", "营业执照"]);
        assert_eq!((rows[1].fee_yuan, rows[1].fee_basis.as_deref()), (Some(100), Some("\"某办法\"")));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert!(from_csv("部门,事项,计划时长\ndrc,备案,三天\n").unwrap_err().0.contains("第2行"));
        assert!(from_csv("部门,事项,计划时长\ndrc,,3\n").unwrap_err().0.contains("代办事项"));
        assert!(from_csv("部门,别的\n").unwrap_err().0.contains("别的"));
        assert!(from_csv("\"部门\n").unwrap_err().0.contains("引号"));
        assert!(from_csv("").is_err());
    }
}
