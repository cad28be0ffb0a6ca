import DaibanCore
import DaibanKit
import XCTest

/// Codes that are no good, servers that are another, clocks that are off.
final class EnrolTests: XCTestCase {
    func test_bad_code() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone(of: .agent)
        try server.add(.agent)
        let url = server.url
        for code in ["0123456789ABCDEF0123456789ABCDEF", "", "你好"] {
            let error = try await refusal("code_invalid") { try await zhou.phone.enrol(server: url, code: code, model: "测试") }
            XCTAssertEqual(Failure(error).next, .callOffice)
        }
        let nowhere = try await refusal("address") { try await zhou.phone.enrol(server: "http://10.0.0.1", code: "A", model: "测试") }
        XCTAssertEqual(Failure(nowhere).next, .correct(field: "server"))
        XCTAssertNil(try zhou.engine.overview().identity)
        _ = try await refusal("not_enrolled") { try zhou.openCase() }
        _ = try await refusal("not_enrolled") { try await zhou.sync() }

        let code = try server.invite(.agent)
        let identity = try await zhou.phone.enrol(server: url, code: code, model: "测试")
        let early = try await refusal("device_unconfirmed") { try await zhou.sync() }
        XCTAssertEqual(Failure(early).next, .callOffice)
        try server.confirm(identity.confirmation)
        let report = try await zhou.sync()
        XCTAssertEqual(report.end, .done)
        let other = try await TestPhone(of: .agent)
        _ = try await refusal("code_used") { try await other.phone.enrol(server: url, code: code, model: "测试") }
    }

    func test_expired_code() async throws {
        // A server whose clock went back takes nothing, so all that is before the code is as old.
        let server = try DaibanServer(started: false)
        try server.add(.agent, under: "-20m")
        let code = try server.invite(.agent, under: "-20m")
        try server.start()
        let zhou = try await TestPhone(of: .agent)
        let url = server.url
        let error = try await refusal("code_expired") { try await zhou.phone.enrol(server: url, code: code, model: "测试") }
        XCTAssertEqual(Failure(error).next, .callOffice)
        XCTAssertTrue(error.zh.contains("过期"), error.zh)
        let fresh = try server.invite(.agent)
        let identity = try await zhou.phone.enrol(server: url, code: fresh, model: "测试")
        XCTAssertEqual(identity.person, Person.agent.id)
    }

    func test_other_server() async throws {
        let (server, stranger) = (try DaibanServer(), try DaibanServer())
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let kept = try zhou.log("发往别处的记录", in: caseId).recordId
        try await zhou.phone.connect(server: stranger.url)
        do {
            _ = try await zhou.sync()
            XCTFail("another server took it")
        } catch let error as EngineError {
            XCTAssertTrue(["device_unknown", "other_server"].contains(error.code), "\(error)")
            assertChinese(error.zh)
        }
        XCTAssertTrue(try zhou.place(of: kept).isLocal)
        try await zhou.phone.connect(server: server.url)
        try await zhou.sync()
        XCTAssertEqual(try zhou.place(of: kept).verdict?.code, .effective)
    }

    func test_clock_years_off() async throws {
        let server = try DaibanServer()
        for year in [1999, 2091] {
            let zhou = try await TestPhone.enrolled(.agent, at: server)
            let caseId = try await zhou.sharedCase(at: server)
            let moment = try XCTUnwrap(Calendar(identifier: .gregorian).date(from: DateComponents(year: year, month: 6, day: 1)))
            zhou.clock.offset = moment.timeIntervalSinceNow
            let saved = try zhou.log("时钟在\(year)年时的记录", in: caseId)
            if year == 1999 {
                XCTAssertTrue(saved.notices.contains { $0.code == "clock_off" }, "certainly behind: \(saved.notices)")
            }
            let report = try await zhou.sync()
            XCTAssertEqual([report.sent, report.left], [1, 0], "the record is kept and taken")
            XCTAssertTrue(report.notices.contains { $0.code == "clock_off" }, "\(report.notices)")
            let overview = try zhou.engine.overview()
            let notice = try XCTUnwrap(overview.notices.first { $0.code == "clock_off" })
            assertChinese(notice.zh)
            let verdict = try XCTUnwrap(zhou.place(of: saved.recordId).verdict)
            XCTAssertTrue(verdict.clockDoubtful, "\(verdict)")
            XCTAssertTrue(verdict.zh.contains("时间存疑"), verdict.zh)
            XCTAssertLessThan(abs(verdict.effectiveAt.timeIntervalSinceNow), 3_600, "it counts from a believable moment")

            zhou.clock.offset = 0
            try await zhou.sync()
            XCTAssertTrue(try zhou.engine.overview().notices.isEmpty, "put right, the notice is gone")
            try server.revokeDevices(of: .agent)
        }
    }
}
