//! What people record, in words that differ from one record to the next.

use crate::random::SeededRandom;
use daiban_core::calendar::{Week, local_date};
use daiban_core::fact::Body;
use daiban_core::fact::kinds::{
    AgentHandover, AuthorizationLetterSigned, CaseOpened, Channel, Delivery, FlowRow, FlowTableSubmitted, Inquiry,
    InquiryAnswered, MaterialItem, MaterialReceived, MaterialReturned, NoChange, ProblemRaised, ResultDelivered, WorkLog,
};
use daiban_core::ids::{FactId, PersonId, UnitId};
use daiban_core::people::Group;

/// 建设单位 of every case: a letter names the one of its case.
pub const ENTERPRISE: &str = "大连建设单位有限公司";
/// 建设单位 of no case.
pub const FOREIGN_ENTERPRISE: &str = "大连冒名建设有限公司";
/// Works for 区发展和改革委员会, and stands in tables for another unit.
pub const FOREIGN_AGENT: &str = "wei-dong";

const DAY: i64 = 24 * 3600;
const WORDS: [&str; 8] = [
    "规划许可窗口要求补正总平面图",
    "陪同建设单位现场踏勘",
    "消防设计审查材料已递交",
    "用地预审意见已领取",
    "与自然资源局沟通控规调整",
    "施工图审查合格书待出具",
    "人防易地建设费核定",
    "水土保持方案专家评审",
];

/// What a draft is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 工作日志.
    Log,
    /// 委托书, signed so many days ago.
    Letter(u16),
    /// 委托书 of another enterprise.
    ForeignLetter,
    /// 收到材料.
    Received,
    /// 材料移交.
    Returned,
    /// 结果交付.
    Delivered,
    /// 问询.
    Inquiry,
    /// 答复.
    Answer(FactId),
    /// 流程表 of a group.
    FlowTable(Group),
    /// 流程表 of a group with an agent who works for another unit than the row's.
    ForeignTable(Group),
    /// 本周无变化.
    NoChange,
    /// 反映问题.
    Problem,
    /// 代办员交接.
    Handover(PersonId, PersonId),
}

/// Writes drafts.
pub struct Drafter(SeededRandom);

impl Drafter {
    /// With words of its own.
    pub fn new(random: SeededRandom) -> Drafter {
        Drafter(random)
    }

    fn words(&mut self) -> String {
        let number = self.0.below(1_000_000);
        format!("{}（{number}）", self.0.pick(&WORDS))
    }

    fn items(&mut self) -> Vec<MaterialItem> {
        let title = self.0.pick(&["总平面图", "营业执照副本", "用地红线图"]).to_owned();
        vec![MaterialItem { title, copies: 1 + self.0.below(3) as i64, original: self.0.once_in(2) }]
    }

    /// A case that is large enough.
    pub fn opening(&mut self) -> CaseOpened {
        let number = self.0.below(1_000_000);
        CaseOpened {
            title: format!("松木岛化工园区项目{number}"),
            enterprise: ENTERPRISE.to_owned(),
            location: UnitId::from("taiping"),
            investment_10k_yuan: Some(10_000 + number as i64),
            decision: None,
            benefit: None,
            needs: None,
            contact: None,
        }
    }

    /// A body of a kind, as written at `clock`.
    pub fn body(&mut self, kind: Kind, chief: &PersonId, clock: i64) -> Body {
        let channel = self.0.pick(&[Channel::Window, Channel::OnSite, Channel::Telephone]);
        match kind {
            Kind::Log => Body::WorkLog(WorkLog {
                text: self.words(),
                channel,
                item: self.0.once_in(2).then(|| "建设工程规划许可".to_owned()),
                place: None,
                next_step: self.0.once_in(3).then(|| "下周一补正后再报".to_owned()),
                minutes: Some(self.0.below(200) as i64),
                met: None,
            }),
            Kind::Letter(days_ago) => self.letter(ENTERPRISE, chief, clock - i64::from(days_ago) * DAY),
            Kind::ForeignLetter => self.letter(FOREIGN_ENTERPRISE, chief, clock),
            Kind::Received => Body::MaterialReceived(MaterialReceived { items: self.items(), handed_by: None }),
            Kind::Returned => Body::MaterialReturned(MaterialReturned { items: self.items(), received: None, taken_by: None }),
            Kind::Delivered => Body::ResultDelivered(ResultDelivered {
                results: vec!["建设用地规划许可证".to_owned()],
                delivery: Delivery::ByHand { recipient: None },
            }),
            Kind::Inquiry => Body::Inquiry(Inquiry { text: self.words(), channel, asked_by: None }),
            Kind::Answer(inquiry) => Body::InquiryAnswered(InquiryAnswered { inquiry, text: self.words(), channel }),
            Kind::FlowTable(group) => self.flow_table(group, None),
            Kind::ForeignTable(group) => self.flow_table(group, Some(PersonId::from(FOREIGN_AGENT))),
            Kind::NoChange => Body::NoChange(NoChange { week: Week::of(local_date(clock)), note: None }),
            Kind::Problem => Body::ProblemRaised(ProblemRaised {
                text: self.words(),
                group: self.0.pick(&[Group::Planning, Group::Construction, Group::Dispatch]),
                units_needed: Vec::new(),
                suggestion: self.0.once_in(2).then(|| "请牵头单位召开协调会".to_owned()),
            }),
            Kind::Handover(from, to) => Body::AgentHandover(AgentHandover {
                from,
                to,
                open_items: vec!["施工许可".to_owned()],
                reason: "工作调整".to_owned(),
            }),
        }
    }

    fn letter(&mut self, enterprise: &str, chief: &PersonId, signed: i64) -> Body {
        let on = local_date(signed.max(DAY));
        Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
            project_name: "松木岛化工园区项目".to_owned(),
            project_code: None,
            enterprise: enterprise.to_owned(),
            chief: chief.clone(),
            scope: vec!["建设用地规划许可".to_owned(), "施工许可".to_owned()],
            chief_signed_on: on,
            enterprise_signed_on: on,
            accompanied_by: None,
            signatory: None,
        })
    }

    fn flow_table(&mut self, group: Group, agent: Option<PersonId>) -> Body {
        let rows = vec![FlowRow {
            unit: UnitId::from("natural-resources"),
            item: self.words(),
            agent,
            materials: vec!["总平面图".to_owned()],
            fee_yuan: None,
            fee_basis: None,
            planned_working_days: 5,
        }];
        Body::FlowTableSubmitted(FlowTableSubmitted { group, rows, nil_reason: None })
    }
}
