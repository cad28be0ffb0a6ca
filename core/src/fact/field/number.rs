//! Whole numbers and amounts of money, and how people write them.

use super::{Fee, FieldErrors, FieldInfo, FieldType, Place, Shape, Words};
use crate::fact::Node;
use daiban_messages::say::fact as say;

/// What one of an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// 元.
    Yuan,
    /// 万元.
    TenThousandYuan,
}

impl Money {
    /// Its name.
    pub const fn words(self) -> Words {
        match self {
            Money::Yuan => Words::of(say::Yuan::FIXED),
            Money::TenThousandYuan => Words::of(say::TenThousandYuan::FIXED),
        }
    }

    /// How many zeros of 元 one of it stands for.
    const fn zeros(self) -> usize {
        match self {
            Money::Yuan => 0,
            Money::TenThousandYuan => 4,
        }
    }

    /// What it is given to the finest: 分, 万元.
    pub(super) const fn finest(self) -> Words {
        match self {
            Money::Yuan => Words::of(say::Cent::FIXED),
            Money::TenThousandYuan => self.words(),
        }
    }

    /// How many decimals one of it has.
    const fn decimals(self) -> usize {
        match self {
            Money::Yuan => 2,
            Money::TenThousandYuan => 0,
        }
    }

    /// An amount as people write it: `12000`, `12,000`, `1,234.56元`, `25000万元`, `1.2亿`, also with full-width digits. What is finer
    /// than the unit's decimals, and an amount in another unit that does not come out even, is no amount.
    pub(super) fn read(self, typed: &str) -> Option<Node> {
        let finest = self.count(typed)?;
        Some(match self {
            Money::Yuan => Fee::cents(finest).node(),
            Money::TenThousandYuan => Node::Int(finest),
        })
    }

    /// How many of the finest part.
    fn count(self, typed: &str) -> Option<i64> {
        let text = super::half_width(typed);
        let (text, yuan) = text.strip_suffix('元').map_or((text.as_str(), false), |text| (text, true));
        let (number, zeros) = match (text.strip_suffix('亿'), text.strip_suffix('万')) {
            (Some(number), _) => (number, 8),
            (None, Some(number)) => (number, 4),
            (None, None) if yuan => (text, 0),
            (None, None) => (text, self.zeros()),
        };
        let shift = (zeros + self.decimals()).checked_sub(self.zeros());
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        let part = part.trim_end_matches('0');
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) {
            return None;
        }
        match shift {
            Some(shift) if part.len() <= shift => format!("{whole}{part:0<shift$}").parse().ok(),
            // 元 for a field in 万元: whole ones only.
            None if part.is_empty() => whole.parse::<i64>().ok().filter(|yuan| yuan % 10_000 == 0).map(|yuan| yuan / 10_000),
            _ => None,
        }
    }
}

impl FieldType for i64 {
    const SHAPE: Shape = Shape::Integer { min: i64::MIN, max: i64::MAX, unit: None };

    fn check(&self, field: &FieldInfo, place: &Place<'_>, out: &mut FieldErrors) {
        let (min, max, unit) = match field.shape {
            Shape::Integer { min, max, unit } => (min, max, unit),
            Shape::Money { unit, min, max } => (min, max, Some(unit.words())),
            _ => return,
        };
        if !(min..=max).contains(self) {
            let unit = unit.unwrap_or(Words { zh: "", en: "" });
            out.at(place, field, |field| say::Outside { field, min, max, unit });
        }
    }
}
