//! What became of a fact: judged once, at its number, against the state below it.

use daiban_messages::say::case as say;
use daiban_messages::{Fixed, Message, Say};
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
    pub const fn words(self) -> Fixed {
        match self {
            Code::Effective => say::Effective::FIXED,
            Code::Void => say::Void::FIXED,
            Code::Late => say::Late::FIXED,
            Code::Unrecognised => say::Unrecognised::FIXED,
            Code::DuplicateId => say::DuplicateId::FIXED,
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        self.words().zh
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
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $said:ident;)+) => {
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
            /// What is wrong, with what to do next.
            pub fn words(&self) -> Fixed {
                match self {
                    $(Reason::$variant => say::$said::FIXED,)+
                    Reason::Other(_) => say::WhyOfLaterVersion::FIXED,
                }
            }
            /// The sentence for officials.
            pub fn zh(&self) -> &'static str {
                self.words().zh
            }
            /// In English; of a later version's reason the code.
            pub fn en(&self) -> &str {
                match self { Reason::Other(code) => code, known => known.words().en }
            }
        }
    };
}

reasons! {
    /// `by` is not the person the device belongs to.
    NotAuthor = "not_author", WhyNotAuthor;
    /// The envelope cannot be read.
    Unreadable = "unreadable", WhyUnreadable;
    /// A field does not satisfy its kind.
    Fields = "fields", WhyFields;
    /// Not an eligible project.
    Ineligible = "ineligible", WhyIneligible;
    /// Was not on the case when it was recorded.
    NotMember = "not_member", WhyNotMember;
    /// On the case, but the role may not write this kind.
    RoleMayNot = "role_may_not", WhyRoleMayNot;
    /// Agency work before the letter (R014).
    BeforeLetter = "before_letter", WhyBeforeLetter;
    /// Left the case before the record arrived; the office decides.
    MembershipEnded = "membership_ended", WhyMembershipEnded;
    /// Arrived more than 30 days after the time token it leans on.
    TokenExpired = "token_expired", WhyTokenExpired;
    /// Names a person or a unit that the directory does not know; the office decides.
    ReferenceUnknown = "reference_unknown", WhyReferenceUnknown;
    /// The letter names another enterprise than the opening; the office decides.
    LetterEnterprise = "letter_enterprise", WhyLetterEnterprise;
    /// The letter names a chief agent who did not hold the seat; the office decides.
    LetterChief = "letter_chief", WhyLetterChief;
    /// A row of the flow table names an agent of another unit; the office decides.
    AgentForeign = "agent_foreign", WhyAgentForeign;
    /// Gives back what came by a receipt that the case does not have; the office decides.
    ReceiptUnknown = "receipt_unknown", WhyReceiptUnknown;
    /// 无变化 of a week that has not begun or is closed; the office decides.
    WeekClosed = "week_closed", WhyWeekClosed;
    /// Corrects a fact the case does not have.
    AmendsUnknown = "amends_unknown", WhyAmendsUnknown;
    /// Corrects another person's fact.
    AmendsForeign = "amends_foreign", WhyAmendsForeign;
    /// The case was opened before.
    AlreadyOpen = "already_open", WhyAlreadyOpen;
    /// Answers a question the case does not have.
    InquiryUnknown = "inquiry_unknown", WhyInquiryUnknown;
    /// A date that cannot be right, or a letter signed long ago (`permit::plausible`); the office decides.
    ImplausibleDate = "implausible_date", WhyImplausibleDate;
    /// A ruling sent it back to its author (退回).
    Returned = "returned", WhyReturned;
    /// A ruling rejected it.
    Rejected = "rejected", WhyRejected;
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
    pub fn words(&self) -> Fixed {
        if self.reason == Some(Reason::Returned) { say::Returned::FIXED } else { self.code.words() }
    }

    /// That word in Chinese.
    pub fn word_zh(&self) -> &'static str {
        self.words().zh
    }

    /// "无效（署名与设备持有人不一致…）".
    pub fn message(&self) -> Message {
        match &self.reason {
            Some(reason) => say::WithReason { verdict: self.words(), reason: reason.words() }.say(),
            None => self.words().message(),
        }
    }

    /// In Chinese.
    pub fn zh(&self) -> String {
        self.message().zh
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
