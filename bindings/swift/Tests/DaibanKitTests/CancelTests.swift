import DaibanCore
import DaibanKit
import XCTest

/// A server that never answers, and people who do not want to wait. Scenario `cancellation`.
final class CancelTests: XCTestCase {
    /// Ends a wait that would last for ever; what it proves is that the call returned, not how fast.
    private static let hopeless: TimeInterval = 300

    private struct Waiting {
        let zhou: TestPhone
        let hanging: FakeServer
        let server: DaibanServer

        /// Everything was delivered once after all.
        func goesWellAfterwards(in caseId: String) async throws {
            try await zhou.phone.connect(server: server.url)
            let report = try await zhou.sync()
            XCTAssertEqual([report.sent, report.left], [2, 0])
            XCTAssertEqual(try server.records(of: caseId).count, 2)
            hanging.stop()
        }
    }

    private func waiting() async throws -> (Waiting, String) {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        try zhou.log("等待上传", in: caseId)
        let hanging = try FakeServer { _, _ in .hang }
        try await zhou.phone.connect(server: hanging.url)
        return (Waiting(zhou: zhou, hanging: hanging, server: server), caseId)
    }

    private func heard(_ hanging: FakeServer) async throws {
        try await eventually("the request is on its way") { hanging.requests > 0 }
    }

    func test_cancellation_by_the_engine() async throws {
        let (scene, caseId) = try await waiting()
        let engine = scene.zhou.engine
        let syncing = Task { try await engine.syncNow(deadlineMs: Int64(Self.hopeless * 1000)) }
        try await heard(scene.hanging)
        XCTAssertTrue(try engine.syncStatus().running)
        try engine.cancelSync()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
        XCTAssertEqual(report.left, 2)
        XCTAssertEqual(try engine.syncStatus().lastEnd, .cancelled)
        XCTAssertFalse(try engine.syncStatus().running)
        try await scene.goesWellAfterwards(in: caseId)
    }

    func test_cancellation_of_the_task() async throws {
        let (scene, caseId) = try await waiting()
        let phone = scene.zhou.phone
        let syncing = Task { try await phone.sync(within: Self.hopeless) }
        try await heard(scene.hanging)
        syncing.cancel()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
        try await scene.goesWellAfterwards(in: caseId)
    }

    func test_cancellation_before_it_began() async throws {
        let (scene, caseId) = try await waiting()
        let phone = scene.zhou.phone
        let syncing = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await phone.sync(within: Self.hopeless)
        }
        syncing.cancel()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
        try await scene.goesWellAfterwards(in: caseId)
    }

    func test_cancellation_with_a_transport_that_hangs() async throws {
        let (scene, caseId) = try await waiting()
        let hung = HangingTransport()
        try await scene.zhou.reopen(transport: hung)
        let phone = scene.zhou.phone
        let syncing = Task { try await phone.sync(within: Self.hopeless) }
        try await eventually("the transport was asked") { hung.asked > 0 }
        syncing.cancel()
        let report = try await syncing.value
        XCTAssertEqual(report.end, .cancelled)
        try await eventually("the transport's task was cancelled, too") { hung.cancelled > 0 }
        try await scene.zhou.reopen()
        try await scene.goesWellAfterwards(in: caseId)
    }

    func test_cancellation_by_a_deadline() async throws {
        let (scene, caseId) = try await waiting()
        let report = try await scene.zhou.sync(within: 1)
        XCTAssertEqual(report.end, .deadline)
        XCTAssertEqual(report.left, 2)
        try await scene.goesWellAfterwards(in: caseId)
    }

    func test_cancellation_by_shutting_down() async throws {
        let (scene, caseId) = try await waiting()
        let phone = scene.zhou.phone
        let syncing = Task { try await phone.sync(within: Self.hopeless) }
        try await heard(scene.hanging)
        try phone.shutDown()
        _ = await syncing.result
        _ = try await refusal("closed") { try phone.engine.overview() }
        try await scene.zhou.reopen()
        try await scene.goesWellAfterwards(in: caseId)
    }
}

/// Takes a request and never answers.
private final class HangingTransport: Transport, @unchecked Sendable {
    private let lock = NSLock()
    private var counts = (asked: 0, cancelled: 0)

    var asked: Int { lock.withLock { counts.asked } }
    var cancelled: Int { lock.withLock { counts.cancelled } }

    func send(request: HttpRequest) async throws -> HttpResponse {
        lock.withLock { counts.asked += 1 }
        do {
            try await Task.sleep(nanoseconds: 3_600_000_000_000)
        } catch {
            lock.withLock { counts.cancelled += 1 }
        }
        throw TransportError.Cancelled
    }
}
