//! What a fact says, field by field. Personal data stands there as 已密封.

use super::field::Field;
use crate::render::{Lang, Names};
use daiban_core::fact::kinds::{
    AgentHandover, AuthorizationLetterSigned, CaseOpened, Delivery, FlowTableSubmitted, MaterialItem, ResultDelivered, WorkLog,
};
use daiban_core::fact::{Body, Sealed};

/// Collects fields in the reader's language.
struct Fields<'a> {
    lang: Lang,
    names: &'a Names,
    out: Vec<Field>,
}

/// The fields of a body.
pub fn fields(body: &Body, names: &Names, lang: Lang) -> Vec<Field> {
    let mut f = Fields { lang, names, out: Vec::new() };
    match body {
        Body::CaseOpened(b) => f.opening(b),
        Body::AuthorizationLetterSigned(b) => f.letter(b),
        Body::WorkLog(b) => f.log(b),
        Body::MaterialReceived(b) => f.materials(&b.items, ("交件人", "handed over by"), b.handed_by.as_ref()),
        Body::MaterialReturned(b) => f.materials(&b.items, ("接收人", "taken by"), b.taken_by.as_ref()),
        Body::ResultDelivered(b) => f.delivery(b),
        Body::AgentHandover(b) => f.handover(b),
        Body::FlowTableSubmitted(b) => f.flow_table(b),
        Body::NoChange(b) => {
            f.put("周次", "week", b.week.to_string());
            f.maybe("说明", "note", b.note.as_deref());
        }
        Body::ProblemRaised(b) => {
            f.put("存在问题", "problem", &b.text);
            f.put("请求组", "asked of", lang.t(b.group.zh(), b.group.en()));
            let units: Vec<String> = b.units_needed.iter().map(|unit| names.unit(unit, lang)).collect();
            f.list("需参会部门", "units needed", &units);
            f.maybe("建议", "suggestion", b.suggestion.as_deref());
        }
        Body::Inquiry(b) => {
            f.put("问询", "question", &b.text);
            f.put("渠道", "channel", b.channel.zh());
            f.sealed("提问人", "asked by", b.asked_by.as_ref());
        }
        Body::InquiryAnswered(b) => {
            f.put("答复", "answer", &b.text);
            f.put("渠道", "channel", b.channel.zh());
        }
        Body::Unknown { kind, .. } => f.put("类别", "kind", format!("{kind}{}", lang.t("（待识别，更新后重新认定）", ""))),
        Body::Malformed { kind, why, .. } => f.put("类别", "kind", format!("{kind}（{why}）")),
    }
    f.out
}

/// "申请表 原件 2 份".
pub fn material(item: &MaterialItem, lang: Lang) -> String {
    let sort = if item.original { lang.t("原件", "original") } else { lang.t("复印件", "copy") };
    format!("{} {sort} {} {}", item.title, item.copies, lang.t("份", "×"))
}

impl Fields<'_> {
    fn put(&mut self, zh: &str, en: &str, value: impl Into<String>) {
        self.out.push(Field { label: self.lang.t(zh, en).to_owned(), value: value.into(), sealed: false });
    }

    fn maybe(&mut self, zh: &str, en: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.put(zh, en, value);
        }
    }

    fn list(&mut self, zh: &str, en: &str, values: &[String]) {
        if !values.is_empty() {
            self.put(zh, en, values.join(self.lang.t("；", "; ")));
        }
    }

    fn sealed(&mut self, zh: &str, en: &str, value: Option<&Sealed>) {
        if value.is_some() {
            let (label, value) = (self.lang.t(zh, en).to_owned(), self.lang.t("已密封", "sealed").to_owned());
            self.out.push(Field { label, value, sealed: true });
        }
    }

    fn opening(&mut self, b: &CaseOpened) {
        self.put("项目名称", "title", &b.title);
        self.put("建设单位", "enterprise", &b.enterprise);
        self.put("所在地", "location", self.names.unit(&b.location, self.lang));
        let amount = b.investment_10k_yuan.map(|n| format!("{n} {}", self.lang.t("万元", "× 10,000 yuan")));
        self.maybe("投资额", "investment", amount.as_deref());
        let decision = b.decision.as_ref().map(|d| format!("{}（{}）", d.number, d.date));
        self.maybe("区级决定", "decision", decision.as_deref());
        self.maybe("效益", "benefit", b.benefit.as_deref());
        self.maybe("要素需求", "needs", b.needs.as_deref());
        self.sealed("经办人", "contact", b.contact.as_ref());
    }

    fn letter(&mut self, b: &AuthorizationLetterSigned) {
        self.put("项目名称", "project", &b.project_name);
        self.put("项目编码", "code", b.project_code.clone().unwrap_or_else(|| self.lang.t("待赋码", "not yet given").to_owned()));
        self.put("代办内容", "scope", b.scope.join(self.lang.t("；", "; ")));
        self.put("首席代办员", "chief agent", format!("{} · {}", self.names.person(&b.chief), b.chief_signed_on));
        self.put("建设单位", "enterprise", format!("{} · {}", b.enterprise, b.enterprise_signed_on));
        self.put("签订日期", "signed on", b.signed_on().to_string());
        let along = b.accompanied_by.as_ref().map(|person| self.names.person(person));
        self.maybe("陪同", "accompanied by", along.as_deref());
        self.sealed("签字人", "signatory", b.signatory.as_ref());
    }

    fn log(&mut self, b: &WorkLog) {
        self.put("内容", "text", &b.text);
        self.put("渠道", "channel", b.channel.zh());
        self.maybe("事项", "item", b.item.as_deref());
        self.maybe("地点", "place", b.place.as_deref());
        self.maybe("下一步", "next step", b.next_step.as_deref());
        let minutes = b.minutes.map(|n| format!("{n} {}", self.lang.t("分钟", "minutes")));
        self.maybe("用时", "time spent", minutes.as_deref());
        self.sealed("会见人员", "met", b.met.as_ref());
    }

    fn materials(&mut self, items: &[MaterialItem], person: (&str, &str), who: Option<&Sealed>) {
        let items: Vec<String> = items.iter().map(|item| material(item, self.lang)).collect();
        self.list("材料", "materials", &items);
        self.sealed(person.0, person.1, who);
    }

    fn delivery(&mut self, b: &ResultDelivered) {
        self.list("证照文件", "results", &b.results);
        match &b.delivery {
            Delivery::ByHand { recipient } => {
                self.put("方式", "way", self.lang.t("当面递交", "by hand"));
                self.sealed("接收人", "recipient", recipient.as_ref());
            }
            Delivery::Mail { carrier, number, posted_on, addressee } => {
                self.put("方式", "way", format!("{} {carrier} {number}", self.lang.t("邮寄送达", "by mail")));
                self.put("交寄日期", "posted on", posted_on.to_string());
                self.sealed("收件人", "addressee", addressee.as_ref());
            }
        }
    }

    fn handover(&mut self, b: &AgentHandover) {
        self.put("移交人", "from", self.names.person(&b.from));
        self.put("接收人", "to", self.names.person(&b.to));
        self.list("未办结", "open items", &b.open_items);
        self.put("原因", "reason", &b.reason);
    }

    fn flow_table(&mut self, b: &FlowTableSubmitted) {
        self.put("工作组", "group", self.lang.t(b.group.zh(), b.group.en()));
        self.maybe("无代办事项", "no items", b.nil_reason.as_deref());
        for (n, row) in b.rows.iter().enumerate() {
            let agent = row.agent.as_ref().map(|person| format!(" · {}", self.names.person(person))).unwrap_or_default();
            let fee = row.fee_yuan.filter(|fee| *fee > 0).map(|fee| format!(" · {fee} 元")).unwrap_or_default();
            let days = format!("{} {}", row.planned_working_days, self.lang.t("个工作日", "working days"));
            let text = format!("{} · {}{agent} · {days}{fee}", row.item, self.names.unit(&row.unit, self.lang));
            self.put(&format!("事项{}", n + 1), &format!("item {}", n + 1), text);
        }
    }
}
