import DaibanCore
import DaibanKit
import XCTest

/// Every kind of record through its form and back. Scenario `forms`.
final class FormTests: XCTestCase {
    private let item = MaterialItem(title: "营业执照", copies: 2, original: true)

    private func drafts(inquiry: String) -> [RecordDraft] {
        [
            .authorizationLetterSigned(AuthorizationLetterDraft(
                projectName: "海湾冷链物流园", enterprise: "大连某某有限公司", scope: ["用地规划许可", "施工许可"], chiefSignedOn: day(-3),
                enterpriseSignedOn: day(-2), chief: Person.chief.id, projectCode: nil, accompaniedBy: Person.agent.id,
                signatory: "王工 13800000000")),
            .workLog(WorkLogDraft(
                text: "现场踏勘，收集用地红线图", channel: .onSite, item: "建设工程规划许可证核发", place: "铁西街道", nextStep: "约规划分局", minutes: 90,
                met: "李工 13900000000")),
            .materialReceived(MaterialReceivedDraft(items: [item], handedBy: "赵工")),
            .materialReturned(MaterialReturnedDraft(items: [item], received: nil, takenBy: "钱工")),
            .resultDelivered(ResultDeliveredDraft(results: ["建设用地规划许可证"], delivery: .byHand(recipient: "孙工"))),
            .resultDelivered(ResultDeliveredDraft(
                results: ["施工许可证"], delivery: .mail(carrier: "邮政", number: "EB123", postedOn: day(-1), addressee: "周工"))),
            .agentHandover(AgentHandoverDraft(to: Person.otherAgent.id, reason: "轮岗", openItems: ["补正总平面图"], from: Person.agent.id)),
            .flowTableSubmitted(FlowTableDraft(
                group: .planning,
                rows: [FlowRowDraft(
                    unit: "natural-resources", item: "用地预审", plannedWorkingDays: 5, agent: Person.agent.id, materials: ["申请书"], feeYuan: 100,
                    feeBasis: "某某条例第3条")])),
            .noChange(NoChangeDraft(week: "2026-W47", note: "等待补正")),
            .problemRaised(ProblemDraft(text: "用地指标不足", group: .generation, unitsNeeded: ["drc"], suggestion: "协调指标")),
            .inquiry(InquiryDraft(text: "何时发证？", channel: .wechat, askedBy: "吴总")),
            .inquiryAnswered(InquiryAnsweredDraft(inquiry: inquiry, text: "预计下周", channel: .telephone)),
        ]
    }

    func test_forms() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let opened = CaseOpenedDraft(
            title: "新能源电池项目", enterprise: "大连某某公司", location: "铁西街道", investment10kYuan: nil,
            decision: DecisionDraft(number: "普委〔2021〕1号", date: "2021-03-01"), benefit: "年产值五亿元", needs: "用电扩容",
            contact: "郑工 13700000000")
        let founded = try zhou.engine.openCase(newCase: NewCase(draft: opened))
        let caseId = founded.caseId
        XCTAssertEqual(try zhou.engine.draftOf(caseId: caseId, recordId: founded.recordId), .caseOpened(opened))
        let question = RecordDraft.inquiry(InquiryDraft(text: "先问一句", channel: .window))
        let inquiry = try zhou.engine.record(caseId: caseId, record: NewRecord(draft: question)).recordId

        var saved: [String: RecordDraft] = [:]
        for draft in drafts(inquiry: inquiry) {
            let id = try zhou.engine.record(caseId: caseId, record: NewRecord(draft: draft)).recordId
            XCTAssertEqual(try zhou.engine.draftOf(caseId: caseId, recordId: id), draft, "personal data included")
            saved[id] = draft
        }
        let report = try await zhou.sync()
        XCTAssertEqual(report.sent, Int64(saved.count) + 2)
        for (id, draft) in saved {
            XCTAssertEqual(try zhou.engine.draftOf(caseId: caseId, recordId: id), draft, "after the server, too")
        }
        let kinds = Set(try zhou.engine.myRecords(caseId: caseId).map(\.kind.code))
        XCTAssertEqual(kinds, Set(try zhou.engine.choices().kinds.map(\.code)), "every kind there is")
    }

    func test_forms_amend() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let first = try zhou.log("用地红线图一份", in: caseId).recordId
        XCTAssertTrue(try zhou.seen(first, in: caseId).canAmend)
        let draft = RecordDraft.workLog(WorkLogDraft(text: "用地红线图两份", channel: .window))
        let second = try zhou.engine.record(caseId: caseId, record: NewRecord(draft: draft, amends: first)).recordId
        try await zhou.sync()
        XCTAssertEqual(try zhou.seen(first, in: caseId).amendedBy, second)
        XCTAssertFalse(try zhou.seen(first, in: caseId).canAmend)
        XCTAssertEqual(try zhou.seen(second, in: caseId).amends, first)
    }

    func test_forms_refuse_wrong_fields() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        let none = MaterialItem(title: "营业执照", copies: 0, original: false)
        let row = FlowRowDraft(unit: "drc", item: "备案", plannedWorkingDays: 3, feeYuan: 5)
        let wrong: [(String, RecordDraft)] = [
            ("text", .workLog(WorkLogDraft(text: "  ", channel: .window))),
            ("minutes", .workLog(WorkLogDraft(text: "好", channel: .window, minutes: -1))),
            ("scope", .authorizationLetterSigned(AuthorizationLetterDraft(
                projectName: "甲", enterprise: "乙", scope: [], chiefSignedOn: day(), enterpriseSignedOn: day()))),
            ("items", .materialReceived(MaterialReceivedDraft(items: []))),
            ("items", .materialReturned(MaterialReturnedDraft(items: [none]))),
            ("results", .resultDelivered(ResultDeliveredDraft(results: [], delivery: .byHand(recipient: nil)))),
            ("carrier", .resultDelivered(ResultDeliveredDraft(
                results: ["证"], delivery: .mail(carrier: "", number: "1", postedOn: day(), addressee: nil)))),
            ("reason", .agentHandover(AgentHandoverDraft(to: Person.otherAgent.id, reason: ""))),
            ("rows", .flowTableSubmitted(FlowTableDraft(group: .planning))),
            ("group", .flowTableSubmitted(FlowTableDraft(
                group: .generation, rows: [FlowRowDraft(unit: "drc", item: "备案", plannedWorkingDays: 3)]))),
            ("fee_basis", .flowTableSubmitted(FlowTableDraft(group: .planning, rows: [row]))),
            ("week", .noChange(NoChangeDraft(week: "2026-W60"))),
            ("text", .problemRaised(ProblemDraft(text: "", group: .planning))),
            ("text", .inquiry(InquiryDraft(text: "", channel: .window))),
            ("text", .inquiryAnswered(InquiryAnsweredDraft(inquiry: try zhou.engine.newRecordId(), text: "", channel: .window))),
        ]
        for (field, draft) in wrong {
            do {
                _ = try zhou.engine.record(caseId: caseId, record: NewRecord(draft: draft))
                XCTFail("was saved: \(draft)")
            } catch EngineError.Invalid(_, let found, let zh, _) {
                XCTAssertEqual(found, field, "\(draft)")
                assertChinese(zh)
            }
        }
        let small = CaseOpenedDraft(title: "甲", enterprise: "乙", location: "铁西街道", investment10kYuan: 9_999)
        let refused = try await refusal("field") { try zhou.engine.openCase(newCase: NewCase(draft: small)) }
        XCTAssertTrue(refused.zh.contains("四(一)"), refused.zh)
        let dated = CaseOpenedDraft(
            title: "甲", enterprise: "乙", location: "铁西街道", decision: DecisionDraft(number: "普委〔2021〕1号", date: "2021-02-30"))
        let never = try await refusal("date") { try zhou.engine.openCase(newCase: NewCase(draft: dated)) }
        XCTAssertTrue(never.zh.contains("2月没有30日"), never.zh)
        XCTAssertEqual(try zhou.engine.myRecords(caseId: nil).count, 1, "nothing but the opening was saved")
    }
}
