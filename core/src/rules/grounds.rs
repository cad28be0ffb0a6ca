//! What a duty is counted by, in words: the document, its clause and the days (R001), and what a corrected date changed.

use super::Duty;
use crate::calendar::written;
use daiban_messages::say::duty as say;
use daiban_messages::{Message, Say};

impl Duty {
    /// "普政办发〔2021〕1号 四(四)2，15个工作日"; where another document set the number of days it is named too: "…，按普政办发〔2026〕3号为10个工作日".
    pub fn grounds(&self) -> Message {
        let clause = self.cited();
        match self.days() {
            Some(days) if self.is_of_one_document() => say::GroundsDays { clause, days }.say(),
            Some(days) => say::GroundsDaysBy { clause, days, document: &self.numbers_document }.say(),
            None => say::Grounds { clause }.say(),
        }
    }

    /// In Chinese.
    pub fn grounds_zh(&self) -> String {
        self.grounds().zh
    }

    /// In English.
    pub fn grounds_en(&self) -> String {
        self.grounds().en
    }

    /// What a corrected date changed: "日期更正前按2026年11月30日施行的普政办发〔2021〕1号计算期限，更正后按2026年12月2日施行的…计算".
    pub fn counted_again(&self) -> Option<Message> {
        let recounted = self.recounted.as_ref()?;
        let (from, to) = (written(recounted.from), written(recounted.to));
        Some(say::Recounted { from, to, before: &recounted.document, now: &self.numbers_document }.say())
    }

    /// In Chinese.
    pub fn recounted_zh(&self) -> Option<String> {
        self.counted_again().map(|said| said.zh)
    }

    /// In English.
    pub fn recounted_en(&self) -> Option<String> {
        self.counted_again().map(|said| said.en)
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
