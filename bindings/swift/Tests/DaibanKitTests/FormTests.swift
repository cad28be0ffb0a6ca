import DaibanCore
import DaibanKit
import XCTest

/// Every kind of record through its form and back. Scenario `forms`.
final class FormTests: XCTestCase {
    func test_forms() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let values = opened()
        let founded = try zhou.engine.openCase(values: values)
        let caseId = founded.caseId
        XCTAssertEqual(try zhou.kept(founded.recordId, "case_opened", in: caseId), values)
        let inquiry = try zhou.engine.record(caseId: caseId, kind: "inquiry", values: ["text": "先问一句"]).recordId

        var told = everyKind(inquiry: inquiry)
        let kinds = Set(try zhou.view(caseId).actions.map(\.kind.code))
        // A kind of which nothing is told here: its form says what goes in.
        let untold = kinds.subtracting(told.map(\.kind)).subtracting(["case_opened"])
        for kind in untold {
            let form = try zhou.engine.form(caseId: caseId, kind: kind)
            _ = try zhou.engine.record(caseId: caseId, kind: kind, values: typedByHand(form.fields))
        }
        for (at, entry) in told.enumerated() {
            let id = try zhou.engine.record(caseId: caseId, kind: entry.kind, values: entry.values).recordId
            XCTAssertEqual(try zhou.kept(id, entry.kind, in: caseId), entry.values, "personal data included")
            told[at].recordId = id
        }
        let report = try await zhou.sync()
        XCTAssertEqual(report.sent, Int64(told.count + untold.count) + 2)
        for entry in told {
            XCTAssertEqual(try zhou.kept(entry.recordId, entry.kind, in: caseId), entry.values, "after the server, too")
        }
        XCTAssertEqual(Set(try zhou.engine.myRecords(caseId: caseId).map(\.kind.code)), kinds, "every kind there is")
    }

    func test_forms_tell_a_screen_everything() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        let form = try zhou.engine.form(caseId: caseId, kind: "work_log")
        XCTAssertEqual(form.kind.code, "work_log")
        XCTAssertEqual(form.filled, ["channel": "on_site"])
        let text = try XCTUnwrap(form.fields.first { $0.name == "text" })
        XCTAssertEqual(text.shape, .text(max: 5_000, lines: true))
        XCTAssertTrue(text.required)
        XCTAssertTrue(try XCTUnwrap(form.fields.first { $0.name == "met" }).sealed)
        let letter = try zhou.engine.form(caseId: caseId, kind: "authorization_letter_signed").filled
        XCTAssertEqual(
            letter,
            ["project_name": "海湾冷链物流园", "enterprise": "大连某某有限公司", "chief": FormValue(Person.agent.id)])
        let receipt = try zhou.engine.form(caseId: caseId, kind: "material_received")
        let id = try zhou.engine.record(caseId: caseId, kind: receipt.kind.code, values: typedByHand(receipt.fields)).recordId
        XCTAssertEqual(
            try zhou.kept(id, "material_received", in: caseId),
            ["items": [["title": "现场踏勘", "copies": 3, "original": true]], "handed_by": "王工 13800000000"])
        _ = try await refusal("field") { try zhou.engine.form(caseId: caseId, kind: "site_dreamt_of") }
    }

    func test_forms_are_checked_while_somebody_types() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        let typed: [String: FormValue] = ["text": " ", "channel": "飞鸽", "minutes": "很久", "met": "王工 13800000000"]
        let problems = try zhou.engine.check(caseId: caseId, kind: "work_log", values: typed)
        XCTAssertEqual(problems.map(\.field), ["text", "channel", "minutes"])
        let refused = try await refusal("field") {
            try zhou.engine.record(caseId: caseId, kind: "work_log", values: typed)
        }
        XCTAssertEqual(Failure(refused).problems, problems)
        XCTAssertEqual(refused.zh, problems.map(\.zh).joined(separator: "\n"))
        XCTAssertEqual(try zhou.engine.check(caseId: caseId, kind: "work_log", values: ["text": "踏勘"]), [])
        XCTAssertEqual(try zhou.engine.myRecords(caseId: nil).count, 1, "nothing but the opening was saved")
    }

    func test_forms_take_amounts_and_dates_as_people_type_them() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let amounts: [(String, Int)] = [("1.2亿", 12_000), ("25000万元", 25_000), ("２５０００", 25_000), ("12,000", 12_000)]
        for (typed, amount) in amounts {
            var values = opened()
            values["investment_10k_yuan"] = FormValue(typed)
            values["decision"] = ["number": "普委〔2021〕1号", "date": "2021年3月1日"]
            XCTAssertEqual(try zhou.engine.check(caseId: nil, kind: "case_opened", values: values), [], typed)
            let saved = try zhou.engine.openCase(values: values)
            let kept = try zhou.kept(saved.recordId, "case_opened", in: saved.caseId)
            XCTAssertEqual(kept["investment_10k_yuan"], FormValue(amount), typed)
            XCTAssertEqual(kept["decision"], ["number": "普委〔2021〕1号", "date": "2021-03-01"])
        }
        let fraction = opening().merging(["investment_10k_yuan": "1.00001亿"]) { _, typed in typed }
        let problems = try zhou.engine.check(caseId: nil, kind: "case_opened", values: fraction)
        XCTAssertEqual(problems.map(\.field), ["investment_10k_yuan"])
    }

    func test_forms_of_every_day() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let (caseId, engine) = (try zhou.openCase(), zhou.engine)
        let id = try engine.newRecordId()
        for (again, channel) in [(false, "窗口"), (true, "window")] {
            let saved = try engine.recordLog(
                caseId: caseId, text: "踏勘", channel: channel, minutes: 45, met: "李工 13900000000", recordId: id)
            XCTAssertEqual(saved.already, again)
        }
        XCTAssertEqual(
            try zhou.kept(id, "work_log", in: caseId),
            ["text": "踏勘", "channel": "window", "minutes": 45, "met": "李工 13900000000"])
        let items = [MaterialLine("总平面图", copies: 3, original: true), MaterialLine("营业执照副本")]
        let receipt = try engine.recordReceipt(caseId: caseId, items: items, handedBy: "赵工").recordId
        XCTAssertEqual(
            try zhou.kept(receipt, "material_received", in: caseId),
            [
                "items": [
                    ["title": "总平面图", "copies": 3, "original": true], ["title": "营业执照副本", "copies": 1, "original": false],
                ],
                "handed_by": "赵工",
            ])
        let handover = try engine.recordHandover(
            caseId: caseId, to: Person.otherAgent.id, reason: "轮岗", openItems: ["补正总平面图"]
        ).recordId
        XCTAssertEqual(try zhou.kept(handover, "agent_handover", in: caseId)["from"], FormValue(Person.agent.id))
        let way = Delivery.byMail(carrier: "邮政", number: "EB123", postedOn: "2026年11月20日", addressee: "周工")
        let mailed = try engine.recordDelivery(caseId: caseId, results: ["施工许可证"], by: way).recordId
        XCTAssertEqual(
            try zhou.kept(mailed, "result_delivered", in: caseId)["delivery"],
            ["mail": ["carrier": "邮政", "number": "EB123", "posted_on": "2026-11-20", "addressee": "周工"]])
        let given = try engine.recordDelivery(
            caseId: caseId, results: ["施工许可证"], by: .byHand(recipient: "孙工"), amends: mailed
        ).recordId
        XCTAssertEqual(
            try zhou.kept(given, "result_delivered", in: caseId)["delivery"], ["by_hand": ["recipient": "孙工"]])
    }

    func test_forms_amend() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let first = try zhou.log("用地红线图一份", in: caseId).recordId
        XCTAssertTrue(try zhou.seen(first, in: caseId).canAmend)
        var values = try zhou.kept(first, "work_log", in: caseId)
        values["text"] = "用地红线图两份"
        let second = try zhou.engine.record(caseId: caseId, kind: "work_log", values: values, amends: first).recordId
        try await zhou.sync()
        XCTAssertEqual(try zhou.seen(first, in: caseId).amendedBy, second)
        XCTAssertFalse(try zhou.seen(first, in: caseId).canAmend)
        XCTAssertEqual(try zhou.seen(second, in: caseId).amends, first)
    }

    func test_forms_refuse_wrong_fields() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        for (field, entry) in wrongFields(inquiry: try zhou.engine.newRecordId()) {
            do {
                _ = try zhou.engine.record(caseId: caseId, kind: entry.kind, values: entry.values)
                XCTFail("was saved: \(entry)")
            } catch EngineError.Invalid(_, let found, let problems, let zh, _) {
                XCTAssertEqual([found, problems.first?.field], [field, field], "\(entry)")
                assertChinese(zh)
            }
        }
        let small: [String: FormValue] = ["title": "甲", "enterprise": "乙", "location": "铁西街道", "investment_10k_yuan": 9_999]
        let refused = try await refusal("field") { try zhou.engine.openCase(values: small) }
        XCTAssertTrue(refused.zh.contains("四(一)"), refused.zh)
        let dated = small.merging(["decision": ["number": "普委〔2021〕1号", "date": "2021-02-30"]]) { _, typed in typed }
        let never = try await refusal("field") { try zhou.engine.openCase(values: dated) }
        XCTAssertTrue(never.zh.contains("2月没有30日"), never.zh)
        XCTAssertEqual(Failure(never).problems.map(\.field), ["decision.date"])
        XCTAssertEqual(try zhou.engine.myRecords(caseId: nil).count, 1, "nothing but the opening was saved")
    }
}
