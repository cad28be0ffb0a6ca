//! The one table of kinds: name, Chinese, who decides, who may, offline or not, sealed fields, clause.

use crate::people::Role;
use Role::{ChiefAgent, DispatchLead, GroupSpecialist, UnitAgent};

/// How a kind comes into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Recorded on a phone, signal or not.
    Fact,
    /// Given by the office as a row of the case.
    Ruling,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct KindInfo {
    /// Name in changes, JSON, SQL and commands.
    pub name: &'static str,
    /// What officials call it.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// Fact or ruling.
    pub mode: Mode,
    /// Roles on the case that may write it.
    pub who: &'static [Role],
    /// Whether it may stand before the authorization letter (R014).
    pub before_letter: bool,
    /// Fields that hold personal data and stand sealed.
    pub sealed: &'static [&'static str],
    /// The plan's clause.
    pub clause: &'static str,
    /// Whether the enterprise may see that it happened (its page shows no texts of internal facts).
    pub public: bool,
}

const STAFF: &[Role] = &[ChiefAgent, GroupSpecialist, UnitAgent];
const ALL: &[Role] = &[ChiefAgent, GroupSpecialist, UnitAgent, DispatchLead];

macro_rules! kind {
    ($name:literal, $zh:literal, $en:literal, $mode:ident, $who:expr, $before:literal, $sealed:expr, $clause:literal, $public:literal) => {
        KindInfo {
            name: $name,
            zh: $zh,
            en: $en,
            mode: Mode::$mode,
            who: $who,
            before_letter: $before,
            sealed: $sealed,
            clause: $clause,
            public: $public,
        }
    };
}

/// Every kind of this version.
pub const KINDS: &[KindInfo] = &[
    kind!("case_opened", "建案（线索）", "case opened", Fact, STAFF, true, &["contact"], "四(一)；三(一)", true),
    kind!(
        "authorization_letter_signed",
        "签订委托书",
        "authorization letter signed",
        Fact,
        &[ChiefAgent],
        true,
        &["signatory"],
        "四(四)1；附件3",
        true
    ),
    kind!("work_log", "工作日志", "work log", Fact, ALL, true, &["met"], "四(四)4", false),
    kind!("material_received", "收到材料", "material received", Fact, STAFF, false, &["handed_by"], "四(二)；四(三)", true),
    kind!("material_returned", "材料移交建设单位", "material returned", Fact, STAFF, false, &["taken_by"], "附件4；附件5", true),
    kind!("result_delivered", "结果交付", "result delivered", Fact, STAFF, false, &["delivery"], "四(四)5", true),
    kind!("agent_handover", "代办员交接", "agent handover", Fact, STAFF, true, &[], "四(四)2；五(二)", false),
    kind!("flow_table_submitted", "报送流程表", "flow table submitted", Fact, &[GroupSpecialist], false, &[], "四(四)2", true),
    kind!("no_change", "本周无变化", "no change this week", Fact, STAFF, false, &[], "四(四)3", false),
    kind!("problem_raised", "反映问题", "problem raised", Fact, STAFF, true, &[], "四(三)；三(四)", false),
    kind!("inquiry", "建设单位问询", "inquiry", Fact, STAFF, true, &["asked_by"], "四(四)4", true),
    kind!("inquiry_answered", "答复问询", "inquiry answered", Fact, STAFF, true, &[], "四(四)4", true),
    kind!("roster", "代办团队", "roster", Ruling, &[Role::Office], true, &[], "四(三)", false),
    kind!("late_work", "迟到记录认定", "late work decided", Ruling, &[Role::Office, ChiefAgent], true, &[], "四(四)3", false),
    kind!(
        "quarantine_adopted",
        "隔离记录采纳",
        "quarantined record adopted",
        Ruling,
        &[Role::Office],
        true,
        &[],
        "四(四)4",
        false
    ),
    kind!(
        "report_confirmed",
        "周报确认",
        "report confirmed",
        Ruling,
        &[GroupSpecialist, DispatchLead],
        true,
        &[],
        "四(四)3",
        false
    ),
];

/// The table's line for a kind; `None` means 待识别.
pub fn kind_info(name: &str) -> Option<&'static KindInfo> {
    KINDS.iter().find(|k| k.name == name)
}

/// The version of this table. A phone that meets kinds above its version asks for an update.
pub const KINDS_VERSION: u32 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_every_kind_cites_the_plan() {
        for (i, kind) in KINDS.iter().enumerate() {
            assert!(KINDS[..i].iter().all(|k| k.name != kind.name), "{} stands twice", kind.name);
            assert!(!kind.clause.is_empty() && !kind.who.is_empty(), "{}", kind.name);
        }
    }
}
