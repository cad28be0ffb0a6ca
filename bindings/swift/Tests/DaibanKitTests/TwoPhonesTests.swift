import DaibanCore
import DaibanKit
import XCTest

/// Two phones, the real server: offline work meets, letters disagree, a member leaves, a device is lost.
final class TwoPhonesTests: XCTestCase {
    func testTwoPhonesSeeEachOthersWork() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)

        let mine = try zhou.log("规划许可窗口要求补正总平面图", in: caseId).recordId
        let theirs = try wu.log("住建窗口已预约踏勘", in: caseId).recordId
        let report = try await zhou.sync()
        XCTAssertEqual([report.sent, report.left], [1, 0])
        XCTAssertEqual(report.end, .done)
        try await wu.sync()
        try await zhou.sync()

        for phone in [zhou, wu] {
            let seen = try phone.view(caseId).records
            XCTAssertEqual(Set(seen.map(\.recordId)).intersection([mine, theirs]), [mine, theirs])
            XCTAssertTrue(seen.allSatisfy { $0.number != nil && $0.verdict.code == .effective })
        }
        XCTAssertEqual(try zhou.view(caseId).records.first { $0.recordId == theirs }?.by, Person.otherAgent.id)
        XCTAssertEqual(try zhou.view(caseId).records.first { $0.recordId == theirs }?.mine, false)
    }

    func testOfflineWorkIsKeptAndSentLater() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(with: [], at: server)
        server.stop()

        let records = try (1...5).map { try zhou.log("第\($0)天现场协调", in: caseId).recordId }
        let error = try await refusal { try await zhou.sync() }
        guard case .Offline(let code, let seconds, let zh, _) = error else { return XCTFail("\(error)") }
        XCTAssertEqual(code, "offline")
        XCTAssertGreaterThan(seconds, 0)
        assertChinese(zh)
        XCTAssertEqual(try zhou.engine.overview().unsent, 5)
        try await zhou.reopen()
        XCTAssertTrue(try records.allSatisfy { try zhou.place(of: $0).isLocal }, "still here after a restart")

        try server.start()
        try await zhou.phone.connect(server: server.url)
        let report = try await zhou.sync()
        XCTAssertEqual([report.sent, report.left], [5, 0])
        XCTAssertTrue(try records.allSatisfy { try zhou.place(of: $0).judged == .effective })
        XCTAssertEqual(try zhou.engine.overview().unsent, 0)
    }

    func testContestedLettersShowBothUntilOneIsCorrected() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let chief = try await TestPhone.enrolled(.chief, at: server)
        let caseId = try await zhou.sharedCase(with: [chief], at: server)
        let tablet = try await TestPhone.enrolled(.chief, at: server)
        try await tablet.sync()

        let today = Date()
        let earlier = try chief.letter(signed: today.addingTimeInterval(-5 * 86_400), in: caseId)
        let later = try tablet.letter(signed: today, in: caseId)
        for phone in [chief, tablet, chief, zhou] { try await phone.sync() }

        let contest = try XCTUnwrap(zhou.view(caseId).contested.first, "both are shown")
        XCTAssertEqual(Set(contest.records), [earlier, later])
        XCTAssertEqual(contest.counts, earlier, "the stricter reading counts")
        XCTAssertEqual(contest.about.code, "letter")
        assertChinese(contest.zh)

        let agreed = try chief.engine.draftOf(caseId: caseId, recordId: later)
        _ = try chief.engine.record(caseId: caseId, record: NewRecord(draft: agreed, amends: earlier))
        try await chief.sync()
        try await zhou.sync()
        XCTAssertTrue(try zhou.view(caseId).contested.isEmpty)
    }

    func testWorkOfAMemberWhoLeftWaitsForARuling() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        let late = try wu.log("离岗前完成的现场核查", in: caseId).recordId
        try server.unseat(wu.person, from: caseId)

        let report = try await wu.sync()
        XCTAssertEqual(report.sent, 1, "the work is not lost")
        XCTAssertTrue(report.notices.contains { $0.caseId == caseId }, "the person is told: \(report.notices)")
        report.notices.forEach { assertChinese($0.zh) }
        XCTAssertEqual(try wu.place(of: late).judged, .late)
        XCTAssertTrue(try wu.engine.overview().cases.isEmpty, "the case left with its work delivered")
        let gone = try await refusal { try wu.view(caseId) }
        XCTAssertEqual(Failure(gone).next, .readAgain)

        try server.order(["ruling", "late", caseId, late, "--accept", "--reason", "与本人核对"])
        try await zhou.sync()
        XCTAssertEqual(try zhou.view(caseId).records.first { $0.recordId == late }?.verdict.code, .effective)
    }

    func testARevokedDeviceIsShutOutAndKeepsItsRecords() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(with: [], at: server)
        let unsent = try zhou.log("手机遗失前的最后一条", in: caseId).recordId
        try server.revokeDevices(of: zhou.person)

        let error = try await refusal { try await zhou.sync() }
        XCTAssertEqual(error.code, "device_revoked")
        XCTAssertEqual(Failure(error).next, .callOffice)
        assertChinese(error.zh)
        XCTAssertTrue(try zhou.place(of: unsent).isLocal, "the record stays where it is")
    }
}

extension TestPhone {
    /// 委托书 with both signatures on one day; gives the record's id.
    func letter(signed: Date, in caseId: String) throws -> String {
        let day = Self.shanghai.string(from: signed)
        let letter = AuthorizationLetterDraft(
            projectName: "海湾冷链物流园", enterprise: "大连某某有限公司", scope: ["建设工程规划许可证"], chiefSignedOn: day, enterpriseSignedOn: day)
        return try engine.record(caseId: caseId, record: NewRecord(draft: .authorizationLetterSigned(letter))).recordId
    }

    private static let shanghai: DateFormatter = {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "Asia/Shanghai")
        format.dateFormat = "yyyy-MM-dd"
        return format
    }()
}
