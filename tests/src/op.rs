//! What can happen in a simulated week, as data: a schedule is a list of these, so a failure can be kept, shrunk and replayed.
//!
//! Phones and cases are named by a small number that is taken modulo how many there are; every operation is possible in every
//! state (it does nothing where it makes no sense), so a schedule stays valid when operations are taken out of it.

mod desk;
mod draw;
mod field;
mod leaver;
mod malice;
mod play;
mod schedule;

pub use draw::draw;
pub use field::{NOBODY, record};
pub use play::{Figures, Play, play};
pub use schedule::{Schedule, ScheduleError};

use serde::{Deserialize, Serialize};

/// Which phone, modulo the number of phones.
pub type PhoneNo = u8;
/// Which case, modulo the number of cases there are at that moment.
pub type CaseNo = u8;

/// What the network does to one exchange of a sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// There and back.
    Clean,
    /// The request is lost.
    DropRequest,
    /// The server does the work, its answer is lost.
    DropAnswer,
    /// The request arrives twice; the phone hears the second answer.
    Duplicate,
    /// The request is held back in the network and arrives at [`Op::DeliverHeld`], when nobody waits for its answer any more.
    Hold,
}

/// How a phone's own client spoils a request with work in it before signing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tamper {
    /// One change in the middle of the batch has a flipped bit.
    FlipMiddle,
    /// One change in the middle is encoded another way than the writer does.
    RecodeMiddle,
    /// The batch begins in the middle of the outbox.
    SkipFirst,
    /// The batch ends before its statement's tip.
    CutLast,
    /// Two changes stand in the wrong order.
    SwapTwo,
    /// A change stands twice.
    RepeatOne,
    /// The changes that the server has already come again in front.
    Overlap,
    /// The batch is cut into two batches of the same chain, the later one first.
    LaterHalfFirst,
}

/// A batch that no honest phone makes, sent by an enrolled device under its own signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attack {
    /// A change of another phone's next number in that phone's chain.
    ForeignActor,
    /// A whole fact that is not encoded canonically.
    NotCanonical,
    /// A change that Automerge takes but that makes the saved document unloadable.
    PoisonPill,
    /// Another change at the number of the last one.
    Fork,
    /// A fact that uses the id of somebody else's fact with other content.
    StolenId,
    /// A well-formed fact that bears another person's name.
    ForgedName,
}

/// Which side of the commit a server dies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Death {
    /// The work of the next group is lost, nobody hears anything.
    BeforeCommit,
    /// The work is durable, nobody hears of it.
    AfterCommit,
    /// The machine loses power between two requests: only what was synced to the disk is there afterwards.
    PowerCut,
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Op {
    /// The phone loses the network: its syncs fail until [`Op::GoOnline`].
    GoOffline { phone: PhoneNo },
    /// The phone has the network again.
    GoOnline { phone: PhoneNo },
    /// 工作日志.
    WriteLog { phone: PhoneNo, case: CaseNo },
    /// 签订委托书, `days_ago` days before now.
    SignLetter { phone: PhoneNo, case: CaseNo, days_ago: u8 },
    /// 签订委托书 with last year's number typed.
    WrongYear { phone: PhoneNo, case: CaseNo },
    /// Names whom or what is not of the case: a chief agent's letter another enterprise, a specialist's table an agent of another unit,
    /// anybody else's 代办员交接 somebody whom nobody knows.
    NameNobody { phone: PhoneNo, case: CaseNo },
    /// 收到材料.
    Receive { phone: PhoneNo, case: CaseNo },
    /// 材料移交.
    Return { phone: PhoneNo, case: CaseNo },
    /// 结果交付.
    DeliverResult { phone: PhoneNo, case: CaseNo },
    /// 问询.
    Ask { phone: PhoneNo, case: CaseNo },
    /// 答复 to a question of that case the phone knows of.
    Answer { phone: PhoneNo, case: CaseNo },
    /// 报送流程表.
    FlowTable { phone: PhoneNo, case: CaseNo },
    /// 本周无变化.
    NoChange { phone: PhoneNo, case: CaseNo },
    /// 反映问题.
    Problem { phone: PhoneNo, case: CaseNo },
    /// A new case from a lead, offline.
    OpenLead { phone: PhoneNo },
    /// Corrects a log of that case the phone knows of.
    Amend { phone: PhoneNo, case: CaseNo },
    /// 代办员交接 to another phone's person.
    HandOver { phone: PhoneNo, case: CaseNo, to: PhoneNo },
    /// The office ends one person's seat and seats another.
    Reassign { case: CaseNo, from: PhoneNo, to: PhoneNo },
    /// A unit agent leaves the service, a newcomer takes over the seats or not.
    Leave { phone: PhoneNo, succeeds: bool },
    /// Time passes for everybody.
    AdvanceHours { hours: u8 },
    /// Somebody sets a phone's clock.
    JumpClock { phone: PhoneNo, minutes: i32 },
    /// The phone syncs; the first exchanges meet these fates, further ones are clean.
    Sync { phone: PhoneNo, fates: Vec<Fate> },
    /// The phone's last request arrives at the server once more.
    DuplicateDelivery { phone: PhoneNo },
    /// Held-back requests arrive.
    DeliverHeld,
    /// The server dies while it does the next phone's work, and is started again.
    CrashServer { phone: PhoneNo, death: Death },
    /// The phone's app dies and is opened again.
    CrashPhone { phone: PhoneNo },
    /// A copy of the phone is put away.
    BackUpPhone { phone: PhoneNo },
    /// The phone goes back to the copy.
    RestorePhoneBackup { phone: PhoneNo },
    /// The phone syncs once with a spoiled request.
    RefusedFromMidOutbox { phone: PhoneNo, tamper: Tamper },
    /// A batch that no honest phone makes.
    Hostile { phone: PhoneNo, case: CaseNo, attack: Attack },
    /// Unsent work of a phone travels on another one.
    CarryBundle { from: PhoneNo, by: PhoneNo },
    /// The office decides about the oldest fact that waits in a case.
    RuleLate { case: CaseNo, accept: bool },
    /// The office sends one of the records back that count in a case and that it may send back.
    SendBack { case: CaseNo, which: u8 },
    /// The author of what was sent back last in a case, as far as the phone knows, corrects it.
    Mend { phone: PhoneNo, case: CaseNo },
    /// The office sends the confirmed report of a group for the week that ended last back.
    ReturnReport { group: u8 },
    /// The office takes the oldest readable record out of quarantine.
    Adopt,
    /// Drafts and confirms the report of a group for the week that ended last.
    ConfirmReport { group: u8 },
    /// A group's report is confirmed by the hash of another text than its draft.
    ConfirmUnread { group: u8 },
    /// Drafts, confirms and sends the district's report for the week that ended last.
    SendReport,
    /// Records something now and sets the phone's clock so that it seems to lie before the last cut-off.
    LateArrival { phone: PhoneNo, case: CaseNo },
    /// The State Council's notice for next year comes, in one of several forms.
    ImportEdition { form: u8 },
    /// The nightly job.
    Night,
}
