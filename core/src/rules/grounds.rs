//! What a duty is counted by, in words: the document, its clause and the days (R001), and what a corrected date changed.

use super::Duty;
use crate::calendar::zh_date;

impl Duty {
    /// "普政办发〔2021〕1号 四(四)2，15个工作日"; where another document set the number of days it is named too: "…，按普政办发〔2026〕3号为10个工作日".
    pub fn grounds_zh(&self) -> String {
        let set = if self.is_of_one_document() { String::new() } else { format!("按{}为", self.numbers_document) };
        match self.days() {
            Some(days) => format!("{}，{set}{days}个工作日", self.cited()),
            None => self.cited(),
        }
    }

    /// The same in English.
    pub fn grounds_en(&self) -> String {
        let set = if self.is_of_one_document() { String::new() } else { format!(" by {}", self.numbers_document) };
        match self.days() {
            Some(days) => format!("{}, {days} working day(s){set}", self.cited()),
            None => self.cited(),
        }
    }

    /// What a corrected date changed: "签订日期更正前按2026年11月30日有效的普政办发〔2021〕1号计算，现按2026年12月2日有效的…计算".
    pub fn recounted_zh(&self) -> Option<String> {
        let recounted = self.recounted.as_ref()?;
        let (from, to) = (zh_date(recounted.from), zh_date(recounted.to));
        let (before, now) = (&recounted.document, &self.numbers_document);
        Some(format!("日期更正前按{from}施行的{before}计算期限，更正后按{to}施行的{now}计算"))
    }

    /// The same in English.
    pub fn recounted_en(&self) -> Option<String> {
        let recounted = self.recounted.as_ref()?;
        let (from, to, before) = (recounted.from, recounted.to, &recounted.document);
        Some(format!(
            "the date was corrected: counted by {before} in force on {from} before, by {} in force on {to} now",
            self.numbers_document
        ))
    }

    /// Document and clause, without the clause's words.
    fn cited(&self) -> String {
        let clause = self.clause.split('：').next().unwrap_or_default();
        if self.document.is_empty() { clause.to_owned() } else { format!("{} {clause}", self.document) }
    }

    /// Whether the document whose clause it is also set its number of days.
    pub fn is_of_one_document(&self) -> bool {
        self.numbers_document.is_empty() || self.numbers_document == self.document
    }

    /// How many working days after day 0 it is due; `None` of a period.
    fn days(&self) -> Option<usize> {
        self.day0.map(|_| self.counted.len())
    }
}
