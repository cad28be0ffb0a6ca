import DaibanCore
import DaibanKit
import XCTest

/// A server that never answers, and people who do not want to wait.
final class CancelTests: XCTestCase {
    private func waiting() async throws -> (TestPhone, FakeServer, DaibanServer) {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        _ = try zhou.openCase()
        let hanging = try FakeServer { _, _ in .hang }
        try await zhou.phone.connect(server: hanging.url)
        return (zhou, hanging, server)
    }

    func testCancellingTheTaskReturnsAtOnceAndLosesNothing() async throws {
        let (zhou, hanging, server) = try await waiting()
        defer { hanging.stop() }
        let phone = zhou.phone
        let syncing = Task { try await phone.sync(within: 300) }
        while hanging.requests == 0 { try await Task.sleep(nanoseconds: 10_000_000) }
        let began = Date()
        syncing.cancel()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
        XCTAssertLessThan(Date().timeIntervalSince(began), 5, "the server would have hung for ever")
        XCTAssertEqual(report.left, 1)
        try await zhou.phone.connect(server: server.url)
        let after = try await zhou.sync()
        XCTAssertEqual([after.sent, after.left], [1, 0])
    }

    func testATaskThatWasCancelledBeforeItBeganReturnsToo() async throws {
        let (zhou, hanging, _) = try await waiting()
        defer { hanging.stop() }
        let phone = zhou.phone
        let syncing = Task {
            try? await Task.sleep(nanoseconds: 1_000_000_000)
            return try await phone.sync(within: 300)
        }
        syncing.cancel()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
    }

    func testTheEnginesOwnCancelReturnsAtOnce() async throws {
        let (zhou, hanging, _) = try await waiting()
        defer { hanging.stop() }
        let phone = zhou.phone
        let syncing = Task { try await phone.engine.syncNow(deadlineMs: 300_000) }
        while hanging.requests == 0 { try await Task.sleep(nanoseconds: 10_000_000) }
        try phone.engine.cancelSync()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
        XCTAssertEqual(try phone.engine.syncStatus().running, false)
    }

    func testADeadlineEndsTheSync() async throws {
        let (zhou, hanging, _) = try await waiting()
        defer { hanging.stop() }
        let report = try await zhou.sync(within: 1)
        XCTAssertEqual(report.end, .deadline)
        XCTAssertEqual(report.left, 1)
    }

    func testClosingEndsTheSyncAndEverythingAfter() async throws {
        let (zhou, hanging, _) = try await waiting()
        defer { hanging.stop() }
        let phone = zhou.phone
        let syncing = Task { try await phone.sync(within: 300) }
        while hanging.requests == 0 { try await Task.sleep(nanoseconds: 10_000_000) }
        try phone.close()
        _ = try? await syncing.value
        let error = try await refusal { try phone.engine.overview() }
        XCTAssertEqual(error.code, "closed")
    }
}
