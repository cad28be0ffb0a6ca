//! What became of a fact: judged once, at its number, against the state below it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The five verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// 已生效.
    Effective,
    /// 无效（理由）.
    Void,
    /// 待认定: waits for a ruling.
    Late,
    /// 待识别: a kind this server does not know yet.
    Unrecognised,
    /// 编号重复: the id was used before with other content.
    DuplicateId,
}

impl Code {
    /// The word people see.
    pub fn zh(self) -> &'static str {
        match self {
            Code::Effective => "已生效",
            Code::Void => "无效",
            Code::Late => "待认定",
            Code::Unrecognised => "待识别",
            Code::DuplicateId => "编号重复",
        }
    }

    /// The name in JSON, SQL and chains.
    pub fn name(self) -> &'static str {
        match self {
            Code::Effective => "effective",
            Code::Void => "void",
            Code::Late => "late",
            Code::Unrecognised => "unrecognised",
            Code::DuplicateId => "duplicate_id",
        }
    }

    /// The code of a stored name.
    pub fn from_name(name: &str) -> Option<Code> {
        [Code::Effective, Code::Void, Code::Late, Code::Unrecognised, Code::DuplicateId].into_iter().find(|c| c.name() == name)
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $zh:literal, $en:literal;)+) => {
        /// Why a fact is void or waits.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum Reason {
            $($(#[$doc])* $variant,)+
            /// A reason of a later version, by its code.
            Other(String),
        }
        impl Reason {
            /// The stable code.
            pub fn code(&self) -> &str {
                match self { $(Reason::$variant => $name,)+ Reason::Other(code) => code }
            }
            /// The reason of a stored code.
            pub fn from_code(code: &str) -> Reason {
                match code { $($name => Reason::$variant,)+ other => Reason::Other(other.to_owned()) }
            }
            /// A sentence for officials, with what to do next.
            pub fn zh(&self) -> &str {
                match self { $(Reason::$variant => $zh,)+ Reason::Other(_) => "本机版本不认识该理由，请更新应用。" }
            }
            /// The same for developers.
            pub fn en(&self) -> &str {
                match self { $(Reason::$variant => $en,)+ Reason::Other(code) => code }
            }
        }
    };
}

reasons! {
    /// `by` is not the person the device belongs to.
    NotAuthor = "not_author", "署名与设备持有人不一致，请用本人设备重新记录。", "`by` is not the holder of the device";
    /// The envelope cannot be read.
    Unreadable = "unreadable", "记录时间超出可读取的范围，或缺少必要内容；请核对日期后重新记录，仍无效请更新应用。", "the fact's envelope cannot be read";
    /// A field does not satisfy its kind.
    Fields = "fields", "字段不符合该类记录的要求，请按提示更正后重新记录。", "a field does not satisfy its kind";
    /// Not an eligible project.
    Ineligible = "ineligible", "投资额不足代办起点且无党委、政府决定文号，不属于代办范围。", "below the least investment and no decision of the district";
    /// Was not on the case when it was recorded.
    NotMember = "not_member", "记录时不在本项目代办团队，请联系办公室。", "not on the case's roster when recorded";
    /// On the case, but the role may not write this kind.
    RoleMayNot = "role_may_not", "您的岗位无权登记此类事项，请由相应人员登记。", "the role may not write this kind";
    /// Agency work before the letter (R014).
    BeforeLetter = "before_letter", "尚未签订《代办服务委托书》，不能开展代办事项；请先登记委托书。", "agency work before the authorization letter";
    /// Left the case before the record arrived; the office decides.
    MembershipEnded = "membership_ended", "记录到达时已调离本项目，待办公室认定。", "left the case before the record arrived";
    /// Arrived more than 30 days after the time token it leans on.
    TokenExpired = "token_expired", "离线超过30天，记录时间待办公室认定。", "offline for more than 30 days";
    /// Names a person or a unit that the directory does not know; the office decides.
    ReferenceUnknown = "reference_unknown", "所填人员或单位不在名录，待办公室认定；填写有误请用“更正”改选。", "names a person or a unit that the directory does not know";
    /// The letter names another enterprise than the opening; the office decides.
    LetterEnterprise = "letter_enterprise", "委托书的建设单位与项目登记的建设单位不一致，待办公室认定；填写有误请用“更正”改正，单位更名请先更正项目登记。", "the letter names another enterprise than the opening";
    /// The letter names a chief agent who did not hold the seat; the office decides.
    LetterChief = "letter_chief", "委托书的首席代办员在签订之日和记录之时均不任本项目首席代办员，待办公室认定；填写有误请用“更正”改正。", "the letter names a chief agent who did not hold the seat";
    /// A row of the flow table names an agent of another unit; the office decides.
    AgentForeign = "agent_foreign", "流程表中有代办员不属于该行审批部门，待办公室认定；填写有误请用“更正”改正。", "a row names an agent who does not work for its unit";
    /// Gives back what came by a receipt that the case does not have; the office decides.
    ReceiptUnknown = "receipt_unknown", "所对应的收件记录不在本项目，待办公室认定；填写有误请用“更正”改选。", "names a receipt that is not in the case";
    /// 无变化 of a week that has not begun or is closed; the office decides.
    WeekClosed = "week_closed", "所报“无变化”的周尚未开始或已截止，待办公室认定；周次有误请用“更正”改正。", "no change in a week that has not begun or is closed";
    /// Corrects a fact the case does not have.
    AmendsUnknown = "amends_unknown", "所更正的记录不存在，请同步后重新选择。", "amends a fact that is not in the case";
    /// Corrects another person's fact.
    AmendsForeign = "amends_foreign", "只能更正本人的记录，请联系原记录人或首席代办员。", "amends another person's fact";
    /// The case was opened before.
    AlreadyOpen = "already_open", "本项目已登记，请勿重复登记；如需更正请用“更正”。", "the case is open already";
    /// Answers a question the case does not have.
    InquiryUnknown = "inquiry_unknown", "所答复的问询不存在，请同步后重新选择。", "answers an inquiry that is not in the case";
    /// A date that cannot be right, or a letter signed long ago (`permit::plausible`); the office decides.
    ImplausibleDate = "implausible_date", "日期早于实施方案印发、晚于记录之时，或委托书签订已逾180天，待办公室认定；日期有误请用“更正”改正。", "a date that is not plausible";
    /// A ruling sent it back to its author (退回).
    Returned = "returned", "请按退回原因更正后重报。", "sent back to be mended";
    /// A ruling rejected it.
    Rejected = "rejected", "经认定不予采纳。", "rejected by a ruling";
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(Reason::from_code(&String::deserialize(d)?))
    }
}

/// A row's verdict. Rulings and roster rows are always [`Code::Effective`]. One of a later version is read as 待识别, its name in
/// place of the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "RawVerdict")]
pub struct Verdict {
    /// Which of the five.
    pub code: Code,
    /// Why, when not effective.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// 记录 time clamped to [time token, 到达]; Unix seconds. Membership and weekly cut-offs are judged by it.
    pub effective_at: i64,
    /// 时间存疑: the phone's clock was more than 10 minutes off, or the claim had to be clamped by more than that.
    pub clock_doubtful: bool,
}

impl Verdict {
    /// A ruling's or roster row's verdict.
    pub fn row(received_at: i64) -> Verdict {
        Verdict { code: Code::Effective, reason: None, effective_at: received_at, clock_doubtful: false }
    }

    /// The word people see: 已退回 for what was sent back, else that of the code.
    pub fn word_zh(&self) -> &'static str {
        if self.reason == Some(Reason::Returned) { "已退回" } else { self.code.zh() }
    }

    /// "无效（署名与设备持有人不一致…）".
    pub fn zh(&self) -> String {
        match &self.reason {
            Some(reason) => format!("{}（{}）", self.word_zh(), reason.zh()),
            None => self.word_zh().to_owned(),
        }
    }
}

/// A verdict as it is written: its words may be those of a later version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawVerdict {
    /// [`Code::name`].
    pub code: String,
    /// [`Reason::code`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// [`Verdict::effective_at`].
    pub effective_at: i64,
    /// [`Verdict::clock_doubtful`].
    pub clock_doubtful: bool,
}

impl RawVerdict {
    /// What it says to this version.
    pub fn read(self) -> Verdict {
        let RawVerdict { code: name, reason, effective_at, clock_doubtful } = self;
        let (code, reason) = match Code::from_name(&name) {
            Some(code) => (code, reason.as_deref().map(Reason::from_code)),
            None => (Code::Unrecognised, Some(Reason::Other(name))),
        };
        Verdict { code, reason, effective_at, clock_doubtful }
    }
}

impl From<RawVerdict> for Verdict {
    fn from(raw: RawVerdict) -> Verdict {
        raw.read()
    }
}

impl From<&Verdict> for RawVerdict {
    fn from(verdict: &Verdict) -> RawVerdict {
        let (code, reason) = (verdict.code.name().to_owned(), verdict.reason.as_ref().map(|reason| reason.code().to_owned()));
        RawVerdict { code, reason, effective_at: verdict.effective_at, clock_doubtful: verdict.clock_doubtful }
    }
}
