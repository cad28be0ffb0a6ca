import DaibanCore
import DaibanKit
import XCTest

/// Defects, the engine's own and the host's: each becomes an error of one call and harms nothing else.
/// Scenario `panic_and_foreign_exceptions`.
final class DefectTests: XCTestCase {
    /// What no interface declares.
    private struct Surprise: Error {}

    private final class BrokenTransport: Transport {
        func send(request: HttpRequest) async throws -> HttpResponse { throw Surprise() }
    }

    private final class BrokenKeys: KeyStore {
        func load(name: String) throws -> Data? { throw Surprise() }
        func save(name: String, secret: Data) throws { throw Surprise() }
    }

    private final class BrokenClock: DaibanCore.Clock {
        func now() throws -> Date { throw Surprise() }
    }

    private final class BrokenLog: LogSink {
        func log(level: LogLevel, target: String, message: String) throws { throw Surprise() }
    }

    func test_panic_and_foreign_exceptions() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let before = try zhou.log("出错前", in: caseId).recordId
        for _ in 1...2 {
            XCTAssertThrowsError(try zhou.engine.diagnosticPanic()) { error in
                XCTAssertFalse(error is EngineError, "a panic is the bindings' own error: \(error)")
                let failure = Failure(error)
                XCTAssertEqual([failure.code], ["defect"])
                XCTAssertEqual(failure.next, .report)
                XCTAssertTrue(failure.en.contains("diagnostic panic"), failure.en)
                assertChinese(failure.zh)
            }
        }
        XCTAssertTrue(try zhou.place(of: before).isLocal)
        let after = try zhou.log("出错后", in: caseId).recordId
        let report = try await zhou.sync()
        XCTAssertEqual(report.sent, 2)
        XCTAssertEqual(try zhou.place(of: after).verdict?.code, .effective)
    }

    func test_panic_and_foreign_exceptions_of_the_transport() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try zhou.openCase()
        try await zhou.reopen(transport: BrokenTransport())
        let error = try await refusal("transport_broke") { try await zhou.sync() }
        XCTAssertEqual(Failure(error).next, .report)
        XCTAssertEqual(try zhou.engine.syncStatus().lastErrorCode, "transport_broke")
        try await zhou.reopen()
        let report = try await zhou.sync()
        XCTAssertEqual([report.sent, report.left], [1, 0])
        XCTAssertEqual(try server.records(of: caseId).count, 1)
    }

    func test_panic_and_foreign_exceptions_of_key_store_clock_and_log() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        try zhou.phone.shutDown()
        let keys = try await refusal("key_store_failed") { try await zhou.reopen(keys: BrokenKeys()) }
        guard case .Keys = keys else { return XCTFail("\(keys)") }

        let (folder, store) = (zhou.data, zhou.keys)
        let timeless = try await Phone.open(folder: folder, keys: store, clock: BrokenClock())
        let clock = try await refusal("host_failed") { try timeless.engine.overview() }
        XCTAssertEqual(Failure(clock).next, .report)
        try timeless.shutDown()

        let talking = try await Phone.open(folder: folder, keys: store, log: BrokenLog())
        let saved = try talking.engine.recordLog(caseId: caseId, text: "日志出错也照样保存")
        let report = try await talking.sync()
        XCTAssertEqual(report.sent, 1)
        try talking.shutDown()
        try await zhou.reopen()
        XCTAssertEqual(try zhou.place(of: saved.recordId).verdict?.code, .effective)
    }
}
