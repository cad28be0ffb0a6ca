import DaibanCore
import DaibanKit
import XCTest

/// Two phones and the real server: offline work meets, letters disagree, a member leaves, a device is lost.
final class CasesTests: XCTestCase {
    func test_two_phones_one_case() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        XCTAssertEqual(try zhou.engine.overview().identity?.name, Person.agent.name)
        XCTAssertEqual(try zhou.engine.overview().identity?.confirmation.count, 6)
        let caseId = try await zhou.sharedCase(with: [wu], at: server)

        let saved = try zhou.log("规划许可窗口要求补正总平面图", in: caseId)
        XCTAssertEqual(saved.forecast.code, .effective)
        let sent = try await zhou.sync()
        XCTAssertEqual([sent.sent, sent.left], [1, 0])
        XCTAssertEqual(sent.end, .done)
        let fetched = try await wu.sync()
        XCTAssertEqual(fetched.received, 1)

        let seen = try wu.seen(saved.recordId, in: caseId)
        XCTAssertEqual([seen.by, seen.kind.zh], [Person.agent.id, "工作日志"])
        XCTAssertFalse(seen.mine)
        XCTAssertNotNil(seen.number)
        XCTAssertEqual([seen.verdict.code], [.effective])
        XCTAssertTrue(seen.verdict.zh.contains("已生效"), seen.verdict.zh)
        XCTAssertTrue(seen.fields.contains { $0.textZh == "规划许可窗口要求补正总平面图" })

        let idle = try await wu.sync()
        XCTAssertEqual([idle.rounds, idle.sent, idle.received, idle.left], [1, 0, 0, 0])
        XCTAssertLessThanOrEqual(idle.bytesUp, 1024)
        XCTAssertLessThanOrEqual(idle.bytesDown, 1024)
    }

    func test_offline_work_survives_a_restart() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        server.stop()

        let records = try (1...5).map { try zhou.log("第\($0)天现场协调", in: caseId).recordId }
        let error = try await refusal("offline") { try await zhou.sync() }
        guard case .retry(let seconds) = Failure(error).next else { return XCTFail("\(error)") }
        XCTAssertGreaterThan(seconds, 0)
        try await zhou.reopen()
        XCTAssertEqual(try zhou.engine.overview().unsent, 5)
        XCTAssertTrue(try records.allSatisfy { try zhou.place(of: $0).isLocal })

        try server.start()
        try await zhou.phone.connect(server: server.url)
        let report = try await zhou.sync()
        XCTAssertEqual([report.sent, report.left], [5, 0])
        let again = try await zhou.sync()
        XCTAssertEqual(again.sent, 0)
        XCTAssertTrue(try records.allSatisfy { try zhou.place(of: $0).verdict?.code == .effective })
        XCTAssertEqual(try server.records(of: caseId).count, 6, "the opening and five logs, each once")
        XCTAssertEqual(try zhou.engine.overview().unsent, 0)
    }

    func test_contested_letters() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let chief = try await TestPhone.enrolled(.chief, at: server)
        let caseId = try await zhou.sharedCase(with: [chief], at: server)
        let tablet = try await TestPhone.enrolled(.chief, at: server)
        try await tablet.sync()

        let earlier = try chief.letter(signedOn: day(-5), in: caseId)
        let later = try tablet.letter(signedOn: day(), in: caseId)
        for phone in [chief, tablet, chief, zhou] { try await phone.sync() }

        let contest = try XCTUnwrap(zhou.view(caseId).contested.first, "both are shown")
        XCTAssertEqual(Set(contest.records), [earlier, later])
        XCTAssertEqual(contest.counts, earlier, "the stricter reading counts")
        XCTAssertEqual([contest.about.code, contest.about.zh], ["letter", "代办服务委托书"])
        assertChinese(contest.zh)
        let owed = try zhou.engine.duties(caseId: caseId, openOnly: true).filter { $0.rule == "D2" }
        XCTAssertFalse(owed.isEmpty)
        XCTAssertTrue(owed.allSatisfy { $0.startsOn == day(-5) && $0.counted.count == 15 }, "\(owed.map(\.startsOn))")

        let agreed = try chief.kept(later, "authorization_letter_signed", in: caseId)
        _ = try chief.engine.record(
            caseId: caseId, kind: "authorization_letter_signed", values: agreed, amends: earlier)
        try await chief.sync()
        try await zhou.sync()
        XCTAssertTrue(try zhou.view(caseId).contested.isEmpty)
        XCTAssertTrue(try zhou.engine.duties(caseId: caseId, openOnly: true).filter { $0.rule == "D2" }.allSatisfy { $0.startsOn == day() })
    }

    func test_withdrawn_agent_keeps_work() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        let late = try wu.log("离岗前完成的现场核查", in: caseId).recordId
        // A seat ends before the second it is ended in: the work must be older, the sync younger.
        try await Task.sleep(nanoseconds: 1_100_000_000)
        try server.unseat(wu.person, from: caseId)
        try await Task.sleep(nanoseconds: 1_100_000_000)

        let report = try await wu.sync()
        XCTAssertEqual(report.sent, 1, "the work is not lost")
        let told = Dictionary(grouping: report.notices, by: \.code)
        XCTAssertEqual(told["case_withdrawn"]?.first?.caseId, caseId)
        XCTAssertEqual(told["judged"]?.first?.recordId, late)
        report.notices.forEach { assertChinese($0.zh) }
        let kept = try wu.own(late)
        XCTAssertEqual(kept.place.verdict?.code, .late)
        XCTAssertEqual(kept.place.verdict?.reason, "membership_ended")
        XCTAssertTrue(kept.placeZh.contains("待认定"), kept.placeZh)
        XCTAssertTrue(try wu.engine.overview().cases.isEmpty, "the case left with its work delivered")

        try server.order(["ruling", "late", caseId, late, "--accept", "--reason", "与本人核对"])
        try await zhou.sync()
        XCTAssertEqual(try zhou.seen(late, in: caseId).verdict.code, .effective)
    }

    func test_revoked_phone() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        let unsent = try zhou.log("手机遗失前的最后一条", in: caseId).recordId
        try server.revokeDevices(of: zhou.person)

        let error = try await refusal("device_revoked") { try await zhou.sync() }
        XCTAssertEqual(Failure(error).next, .callOffice)
        XCTAssertTrue(try zhou.place(of: unsent).isLocal, "the record stays where it is")

        let file = try zhou.engine.bundleExport()
        XCTAssertEqual(try wu.engine.bundleImport(file: file).records, 1)
        let carried = try XCTUnwrap(wu.engine.carried().first)
        XCTAssertEqual([carried.caseId, carried.by, carried.kind.code], [caseId, zhou.person.id, "work_log"])
        let told = try await wu.sync()
        XCTAssertEqual(told.notices.filter { $0.code == "carried_refused" }.map(\.caseId), [caseId])
        XCTAssertFalse(try server.records(of: caseId).contains { $0["fact"] as? String == unsent }, "a revoked key brings nothing in")
        let held = String(describing: try server.order(["quarantine"]))
        XCTAssertTrue(held.contains("device_revoked"), "but the office finds it: \(held)")
    }

    func test_bundles() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        _ = try await refusal("bundle_empty") { try zhou.engine.bundleExport() }
        let log = try zhou.log("无信号，托同事带回", in: caseId).recordId
        let file = try zhou.engine.bundleExport()

        var damaged = file
        damaged[damaged.count / 2] ^= 0xFF
        _ = try await refusal("bundle_damaged") { try wu.engine.bundleImport(file: damaged) }
        _ = try await refusal("bundle_not") { try wu.engine.bundleImport(file: Data("<html>".utf8)) }
        XCTAssertTrue(try wu.engine.carried().isEmpty, "nothing of a bad file is taken")
        let mine = try zhou.engine.bundleImport(file: file)
        XCTAssertEqual(mine.records, 0, "an own file brings nothing")
        XCTAssertGreaterThan(mine.skipped, 0)

        XCTAssertEqual(try wu.engine.bundleImport(file: file), ImportReport(records: 1, cases: 1, skipped: 0))
        XCTAssertEqual(try wu.engine.bundleImport(file: file).records, 0, "twice is once")
        XCTAssertEqual(try wu.engine.overview().carried, 1)
        let delivered = try await wu.sync()
        XCTAssertEqual(delivered.notices.filter { $0.code == "carried_delivered" }.map(\.caseId), [caseId])
        XCTAssertTrue(try wu.engine.carried().isEmpty)
        try await wu.sync()
        XCTAssertEqual(try wu.seen(log, in: caseId).by, zhou.person.id)
        try await zhou.sync()
        XCTAssertEqual(try server.records(of: caseId).filter { $0["fact"] as? String == log }.count, 1)
    }
}
