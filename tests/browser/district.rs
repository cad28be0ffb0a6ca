//! A small district for looking at: three cases with everything a page can show, written through the server's own ledger.

use daiban_core::calendar::{Calendar, Week, local_midnight, parse_date};
use daiban_core::fact::kinds::*;
use daiban_core::fact::ruling::{LateWork, ReportConfirmed};
use daiban_core::fact::{Body, Fact, Names, Ruling, RulingBody, SealKey, Sealed};
use daiban_core::ids::{CaseId, DeviceId, FactId, KeyId, PersonId, UnitId};
use daiban_core::people::{Group, Organisation, Role, RosterEntry};
use daiban_core::plan::Plan;
use daiban_core::report::{FrozenGroup, ReportCase, district_report, group_report, hash_of};
use daiban_core::rules::duties;
use daiban_server::app::App;
use daiban_server::db::sql::directory::{Person, put_person};
use daiban_server::db::sql::{cases, quarantine, reports};
use daiban_server::ledger::{self, Env, LedgerError};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The office of the pages: Monday 23 November 2026, 16:30.
pub fn now() -> i64 {
    at("2026-11-23", 16, 30)
}

fn at(date: &str, hour: i64, minute: i64) -> i64 {
    local_midnight(parse_date(date).expect("a date")) + hour * 3600 + minute * 60
}

/// The case with everything.
pub const FULL: CaseId = CaseId([0xa1; 16]);
/// A case that still is a lead.
pub const LEAD: CaseId = CaseId([0xb2; 16]);
/// A case whose title is full of markup.
pub const RUDE: CaseId = CaseId([0xc3; 16]);

/// What must never be seen.
pub const SECRET: &str = "13800138000";

struct Writer {
    app: Arc<App>,
    next: u8,
}

impl Writer {
    fn id(&mut self) -> FactId {
        self.next += 1;
        FactId([self.next; 16])
    }

    fn env(&self, now: i64) -> Env {
        Env { now, key: self.app.key.clone(), epoch: self.app.epoch }
    }

    fn seat(&self, case: CaseId, person: &str, role: Role, unit: &str, group: Option<Group>, from: i64) {
        let entry = RosterEntry { person: person.into(), role, unit: unit.into(), group, from, until: None };
        let env = self.env(from);
        self.write(move |tx| ledger::append_roster(tx, &env, case, entry.clone()).map(drop));
    }

    /// A fact that happened two hours before it was recorded and arrived `travel` seconds after.
    #[expect(clippy::too_many_arguments, reason = "one line a fact keeps the story readable")]
    fn fact(
        &mut self,
        case: CaseId,
        by: &str,
        unit: &str,
        recorded_at: i64,
        travel: i64,
        amends: Option<FactId>,
        body: Body,
    ) -> FactId {
        let id = self.id();
        let fact = Fact { id, by: by.into(), unit: unit.into(), occurred_at: recorded_at - 7200, recorded_at, amends, body };
        let (env, by) = (self.env(recorded_at + travel), PersonId::from(by));
        self.write(move |tx| ledger::append_fact(tx, &env, case, &by, &fact).map(drop));
        id
    }

    fn rule(&mut self, case: CaseId, by: &str, reason: &str, now: i64, body: RulingBody) {
        let ruling = Ruling::new(self.id(), by.into(), reason, &body);
        let env = self.env(now);
        self.write(move |tx| ledger::append_ruling(tx, &env, case, ruling.clone()).map(drop));
    }

    fn write(&self, work: impl Fn(&daiban_server::db::Transaction<'_>) -> Result<(), LedgerError> + Send + 'static) {
        self.app.db.write_blocking(work).expect("the ledger takes it");
    }
}

fn sealed(text: &str, n: u8) -> Option<Sealed> {
    let key = SealKey { id: KeyId([n; 16]), key: vec![n; 32] };
    Some(Sealed::seal(text, &key, [n; 24]).expect("a key seals"))
}

type Employee = (&'static str, &'static str, &'static str, Role, Option<Group>, Option<&'static str>);

fn employees() -> [Employee; 5] {
    [
        ("li", "李昇玥", "business-environment", Role::ChiefAgent, None, Some("0411-83110000")),
        ("wang", "王喆", "natural-resources", Role::GroupSpecialist, Some(Group::Planning), None),
        ("zhao", "赵堃", "housing", Role::GroupSpecialist, Some(Group::Construction), None),
        ("chen", "陈芳", "drc", Role::GroupSpecialist, Some(Group::Dispatch), None),
        ("zhang", "张伟", "ecology", Role::UnitAgent, None, None),
    ]
}

/// As the server's directory calls people and units.
struct Directory(Organisation);

impl Names for Directory {
    fn person(&self, person: &PersonId) -> String {
        let known = employees().into_iter().find(|employee| employee.0 == person.as_str());
        known.map_or_else(|| person.to_string(), |employee| employee.1.to_owned())
    }

    fn unit(&self, unit: &UnitId) -> String {
        self.0.unit(unit).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
    }
}

fn staff(app: &App) {
    for (id, name, unit, role, group, phone) in employees() {
        let (id, unit, phone) = (PersonId::from(id), UnitId::from(unit), phone.map(str::to_owned));
        let person = Person { id, name: name.into(), unit, role, group, phone, joined_at: at("2026-10-08", 9, 0), left_at: None };
        app.db
            .write_blocking::<_, daiban_server::db::DbError>(move |tx| put_person(tx, &person))
            .expect("the directory takes it");
    }
}

fn opened(title: &str, enterprise: &str) -> Body {
    Body::CaseOpened(CaseOpened {
        title: title.into(),
        enterprise: enterprise.into(),
        location: "drc".into(),
        investment_10k_yuan: Some(126_000),
        decision: None,
        benefit: Some("达产后年产值约18亿元，新增就业400人。".into()),
        needs: Some("工业用地210亩，用电负荷2万千伏安。".into()),
        contact: sealed(SECRET, 1),
    })
}

fn letter(title: &str, enterprise: &str, signed: &str) -> Body {
    let on = parse_date(signed).expect("a date");
    Body::AuthorizationLetterSigned(AuthorizationLetterSigned {
        project_name: title.into(),
        project_code: None,
        enterprise: enterprise.into(),
        chief: "li".into(),
        scope: vec!["企业投资项目备案".into(), "建设用地规划许可证核发".into(), "施工许可证核发".into()],
        chief_signed_on: on,
        enterprise_signed_on: on,
        accompanied_by: Some("zhang".into()),
        signatory: sealed(SECRET, 2),
    })
}

fn log(text: &str, next: Option<&str>) -> Body {
    Body::WorkLog(WorkLog {
        text: text.into(),
        channel: Channel::OnSite,
        item: Some("环境影响评价".into()),
        place: Some("太平街道".into()),
        next_step: next.map(str::to_owned),
        minutes: Some(90),
        met: sealed(SECRET, 3),
    })
}

fn papers(titles: &[(&str, i64, bool)]) -> Vec<MaterialItem> {
    titles
        .iter()
        .map(|(title, copies, original)| MaterialItem { title: (*title).into(), copies: *copies, original: *original })
        .collect()
}

/// Fills the server.
pub fn fill(app: &Arc<App>) {
    staff(app);
    let mut w = Writer { app: app.clone(), next: 0 };
    full(&mut w);
    lead(&mut w);
    rude(&mut w);
    report(&mut w);
    refuse(app);
}

fn full(w: &mut Writer) {
    let (title, enterprise) = ("大连智造新能源电池材料生产基地（一期）项目", "大连昇玥新能源科技有限公司");
    let begin = at("2026-10-26", 9, 0);
    w.seat(FULL, "zhang", Role::UnitAgent, "ecology", None, begin);
    w.seat(FULL, "li", Role::ChiefAgent, "business-environment", None, begin);
    w.seat(FULL, "wang", Role::GroupSpecialist, "natural-resources", Some(Group::Planning), begin);
    w.seat(FULL, "chen", Role::GroupSpecialist, "drc", Some(Group::Dispatch), begin);
    w.fact(FULL, "zhang", "ecology", at("2026-10-26", 15, 0), 1200, None, opened(title, enterprise));
    w.fact(FULL, "li", "business-environment", at("2026-10-30", 16, 0), 300, None, letter(title, enterprise, "2026-10-30"));
    w.fact(FULL, "li", "business-environment", at("2026-11-02", 9, 30), 300, None, letter(title, enterprise, "2026-11-02"));
    let received = papers(&[("建设用地规划许可证申请表", 2, true), ("勘测定界图", 1, false)]);
    let body = Body::MaterialReceived(MaterialReceived { items: received, handed_by: sealed(SECRET, 4) });
    w.fact(FULL, "zhang", "ecology", at("2026-11-05", 11, 0), 600, None, body);
    let returned = papers(&[("勘测定界图", 1, false)]);
    let body = Body::MaterialReturned(MaterialReturned { items: returned, received: None, taken_by: None });
    w.fact(FULL, "zhang", "ecology", at("2026-11-10", 10, 0), 600, None, body);
    let row = FlowRow {
        unit: "natural-resources".into(),
        item: "建设用地规划许可证核发".into(),
        agent: Some("wang".into()),
        materials: vec!["申请表".into()],
        fee_yuan: None,
        fee_basis: None,
        planned_working_days: 20,
    };
    let body = Body::FlowTableSubmitted(FlowTableSubmitted { group: Group::Planning, rows: vec![row], nil_reason: None });
    w.fact(FULL, "wang", "natural-resources", at("2026-11-12", 14, 0), 600, None, body);
    let first = w.fact(
        FULL,
        "zhang",
        "ecology",
        at("2026-11-18", 17, 0),
        7200,
        None,
        log("到企业现场核对环评报告表，企业承诺周三前补齐监测数据", None),
    );
    w.fact(
        FULL,
        "zhang",
        "ecology",
        at("2026-11-19", 9, 0),
        600,
        Some(first),
        log("到企业现场核对环评报告表，企业承诺周五前补齐监测数据", Some("周五取件")),
    );
    let problem = ProblemRaised {
        text: "用地红线与规划道路存在0.8亩重叠，影响建设用地规划许可证核发".into(),
        group: Group::Planning,
        units_needed: vec!["transport".into()],
        suggestion: Some("建议由区自然资源分局会同区交通运输局本周内复核红线".into()),
    };
    w.fact(FULL, "zhang", "ecology", at("2026-11-19", 16, 0), 600, None, Body::ProblemRaised(problem));
    let ask =
        |text: &str, n| Body::Inquiry(Inquiry { text: text.into(), channel: Channel::Telephone, asked_by: sealed(SECRET, n) });
    let asked = w.fact(FULL, "li", "business-environment", at("2026-11-19", 11, 0), 60, None, ask("环评批复何时可以领取？", 5));
    let answer =
        InquiryAnswered { inquiry: asked, text: "补齐监测数据后5个工作日内。".into(), channel: Channel::Telephone };
    w.fact(FULL, "li", "business-environment", at("2026-11-20", 9, 0), 60, None, Body::InquiryAnswered(answer));
    w.fact(FULL, "li", "business-environment", at("2026-11-23", 11, 0), 60, None, ask("施工许可证能否分期办理？", 6));
    let body = Body::FlowTableSubmitted(FlowTableSubmitted {
        group: Group::Dispatch,
        rows: Vec::new(),
        nil_reason: Some("本组无审批事项".into()),
    });
    w.fact(FULL, "zhang", "ecology", at("2026-11-20", 9, 0), 60, None, body);
    let late = w.fact(
        FULL,
        "zhang",
        "ecology",
        at("2026-11-06", 17, 0),
        16 * 86_400,
        None,
        log("参加项目对接会，手机无信号，回区后补传", None),
    );
    let late = LateWork { fact: late, accepted: true };
    w.rule(FULL, "office", "当日确在无信号区域，有同行人员证明，予以采纳。", at("2026-11-23", 10, 0), RulingBody::LateWork(late));
}

fn lead(w: &mut Writer) {
    let begin = at("2026-11-20", 9, 0);
    w.seat(LEAD, "zhang", Role::UnitAgent, "ecology", None, begin);
    w.fact(
        LEAD,
        "zhang",
        "ecology",
        at("2026-11-20", 10, 0),
        600,
        None,
        opened("海洋食品精深加工园项目", "大连海之源食品有限公司"),
    );
}

fn rude(w: &mut Writer) {
    let (title, enterprise) = ("<script>alert(1)</script>\"&'标题", "超长名称".repeat(20));
    let begin = at("2026-11-02", 9, 0);
    w.seat(RUDE, "zhang", Role::UnitAgent, "ecology", None, begin);
    w.seat(RUDE, "li", Role::ChiefAgent, "business-environment", None, begin);
    w.seat(RUDE, "zhao", Role::GroupSpecialist, "housing", Some(Group::Construction), begin);
    w.fact(RUDE, "zhang", "ecology", at("2026-11-03", 9, 0), 600, None, opened(title, &enterprise));
    let to_come = w.fact(
        RUDE,
        "li",
        "business-environment",
        at("2026-12-01", 9, 0) - 8 * 86_400,
        60,
        None,
        letter(title, &enterprise, "2026-12-10"),
    );
    w.fact(RUDE, "zhang", "ecology", at("2026-11-23", 12, 0), 60, None, log(&"A".repeat(300), None));
    // A date to come counts by a ruling only, and gives a due date that is 暂定.
    let accepted = LateWork { fact: to_come, accepted: true };
    w.rule(RUDE, "office", "原件如此，双方约定生效日期。", at("2026-11-23", 13, 0), RulingBody::LateWork(accepted));
}

/// Week 47: the planning group's report frozen, the district's sent; week 48: a draft.
fn report(w: &mut Writer) {
    let (calendar, pack) = (Calendar::builtin(), Plan::builtin());
    let names = Directory((*Plan::builtin().organisation).clone());
    let week: Week = "2026-W47".parse().expect("a week");
    let (plan, numbers) = (calendar.week(week), w.app.numbers().expect("numbers"));
    let ids = [FULL, LEAD];
    let views: Vec<_> = ids.iter().map(|id| w.app.db.read(|conn| ledger::view(conn, *id)).expect("the case folds")).collect();
    let owed: Vec<_> = views.iter().map(|view| duties(view, &calendar, &numbers, now())).collect();
    let told: Vec<ReportCase<'_>> =
        views.iter().zip(&owed).map(|(view, duties)| ReportCase { view, number: None, duties }).collect();
    let group = group_report(Group::Planning, &plan, &told, None, pack, &names);
    let dispatch = group_report(Group::Dispatch, &plan, &told, None, pack, &names);
    let mut frozen = Vec::new();
    for (report, by) in [(group, "wang"), (dispatch, "chen")] {
        let frozen_at = at("2026-11-20", 17, 0);
        let hash = hash_of(&report.to_json());
        keep(&w.app, week, Some(report.group), report.to_json(), Some((hash.clone(), by)), frozen_at);
        let confirmed = ReportConfirmed { group: report.group, week, report: hash.clone() };
        w.rule(FULL, by, "", at("2026-11-23", 10, 30), RulingBody::ReportConfirmed(confirmed));
        frozen.push(FrozenGroup { hash, confirmed_by: by.into(), recorded_by: None, frozen_at, report });
    }
    let district = district_report(&plan, &frozen, &told, &BTreeSet::new(), pack, &names);
    keep(&w.app, week, None, district.to_json(), Some((hash_of(&district.to_json()), "chen")), at("2026-11-23", 15, 0));
    let to: Vec<String> = std::iter::once(&district.to).chain(&district.copy_to).cloned().collect();
    let sent = at("2026-11-23", 16, 0);
    let marked = w
        .app
        .db
        .write_blocking::<_, daiban_server::db::DbError>(move |tx| reports::mark_sent(tx, week, signed("chen"), &to, sent));
    assert!(marked.expect("the report is sent"));
    let draft = group_report(Group::Planning, &calendar.week(week.next()), &told, None, pack, &names);
    keep(&w.app, week.next(), Some(Group::Planning), draft.to_json(), None, now());
}

fn keep(app: &App, week: Week, group: Option<Group>, body: String, frozen: Option<(String, &'static str)>, at: i64) {
    let work = move |tx: &daiban_server::db::Transaction<'_>| {
        reports::put_draft(tx, week, group, &body, at)?;
        match &frozen {
            Some((hash, by)) => reports::freeze(tx, week, group, hash, signed(by), at).map(drop),
            None => Ok(()),
        }
    };
    app.db.write_blocking::<_, daiban_server::db::DbError>(work).expect("the report is kept");
}

/// One refused change of the full case.
fn refuse(app: &App) {
    let work = |tx: &daiban_server::db::Transaction<'_>| {
        let person = PersonId::from("zhang");
        let (device, received_at) = (DeviceId([7; 16]), at("2026-11-20", 22, 15));
        let refused = quarantine::Refused {
            case: FULL,
            device,
            person: &person,
            code: "checksum",
            bytes: b"damaged",
            statement: None,
            signature: b"",
            received_at,
        };
        quarantine::insert(tx, &refused)
    };
    app.db.write_blocking::<_, daiban_server::db::DbError>(work).expect("quarantine takes it");
}

/// The enterprise's address of a case.
pub fn link(app: &App, case: CaseId) -> String {
    let head = app.db.read(|conn| cases::find(conn, case)).expect("the store reads").expect("the case is there");
    format!("/e/{}", data_encoding::HEXLOWER.encode(&head.link))
}

/// Whoever answers for a report, by their own hand.
fn signed(by: &str) -> reports::Signature<'_> {
    reports::Signature { by, recorded_by: None }
}
