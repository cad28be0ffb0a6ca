import DaibanCore
import DaibanKit
import XCTest

/// Who hears what, when, and that nobody who hears badly harms anybody. Scenario `observers`.
final class ObserverTests: XCTestCase {
    func test_observers() async throws {
        let server = try DaibanServer()
        let (zhou, wu) = (try await TestPhone.enrolled(.agent, at: server), try await TestPhone.enrolled(.otherAgent, at: server))
        let caseId = try await zhou.sharedCase(with: [wu], at: server)
        let ear = Ear()
        let subscription = try zhou.engine.observe(observer: ear)
        try await eventually("the first event comes at once") { ear.heard.first?.kind == .overview }

        ear.forget()
        try zhou.log("现场协调", in: caseId)
        try await eventually("an own record is told") { ear.heard.contains { $0.kind == .case && $0.caseId == caseId } }
        try await eventually("and the list with it") { ear.heard.contains { $0.kind == .overview } }

        try wu.log("窗口答复", in: caseId)
        try await wu.sync()
        ear.forget()
        try await zhou.sync()
        try await eventually("another phone's work is told") { ear.heard.contains { $0.kind == .case && $0.caseId == caseId } }
        try await eventually("the sync is told") { ear.heard.contains { $0.kind == .sync } }
        let revisions = ear.heard.map(\.revision)
        XCTAssertEqual(revisions, revisions.sorted())
        XCTAssertGreaterThanOrEqual(try zhou.view(caseId).revision, try XCTUnwrap(revisions.last))

        try subscription.cancel()
        try await Task.sleep(nanoseconds: 50_000_000)
        ear.forget()
        let other = Ear()
        let after = try zhou.engine.observe(observer: other)
        try zhou.log("取消后的记录", in: caseId)
        try await eventually("who still listens hears it") { other.heard.contains { $0.kind == .case } }
        XCTAssertTrue(ear.heard.isEmpty, "who cancelled hears nothing")
        try after.cancel()
    }

    func test_observers_that_are_slow_throw_or_call_back() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        let gate = DispatchSemaphore(value: 0)
        let slow = Ear { _ in gate.wait() }
        let first = try zhou.engine.observe(observer: slow)
        try await eventually("the slow one is busy") { !slow.heard.isEmpty }
        let saved = try zhou.log("观察者缓慢时的保存", in: caseId)
        XCTAssertTrue(try zhou.place(of: saved.recordId).isLocal, "the save did not wait for it")
        for _ in 0..<100 { gate.signal() }
        try first.cancel()

        let throwing = Ear { _ in throw CocoaError(.featureUnsupported) }
        let engine = zhou.engine
        let calling = Ear { _ in _ = try engine.overview() }
        let (second, third) = (try engine.observe(observer: throwing), try engine.observe(observer: calling))
        for number in 1...3 { try zhou.log("第\(number)条", in: caseId) }
        try await eventually("both go on hearing") {
            [throwing, calling].allSatisfy { ear in ear.heard.contains { $0.kind == .case } }
        }
        XCTAssertNil(calling.failure)
        try second.cancel()
        try third.cancel()
    }

    func test_events_as_a_stream() async throws {
        let server = try DaibanServer()
        let zhou = try await TestPhone.enrolled(.agent, at: server)
        let caseId = try await zhou.sharedCase(at: server)
        var events = try zhou.phone.events().makeAsyncIterator()
        let first = await events.next()
        XCTAssertEqual(first?.kind, .overview)

        for number in 1...50 { try zhou.log("第\(number)条", in: caseId) }
        let last = try zhou.view(caseId).revision
        var read = 0, newest: Int64 = 0
        while newest < last, let event = await events.next() {
            read += 1
            newest = max(newest, event.revision)
        }
        XCTAssertEqual(newest, last, "the newest change is never lost")
        XCTAssertLessThanOrEqual(read, 100, "and one thing is not told more often than it changed")

        let phone = zhou.phone
        let listening = Task { () -> Int in
            var count = 0
            for await _ in try phone.events() { count += 1 }
            return count
        }
        try await Task.sleep(nanoseconds: 50_000_000)
        listening.cancel()
        let heard = try await listening.value
        XCTAssertGreaterThanOrEqual(heard, 1, "cancelling the task ends the stream")
    }
}

/// Keeps what it hears, and does what it is told at each event.
private final class Ear: Observer, @unchecked Sendable {
    private let lock = NSLock()
    private let act: @Sendable (EngineEvent) throws -> Void
    private var events: [EngineEvent] = []
    private var thrown: Error?

    var heard: [EngineEvent] { lock.withLock { events } }
    var failure: Error? { lock.withLock { thrown } }

    init(_ act: @escaping @Sendable (EngineEvent) throws -> Void = { _ in }) { self.act = act }

    func forget() { lock.withLock { events = [] } }

    func onEvent(event: EngineEvent) throws {
        lock.withLock { events.append(event) }
        do {
            try act(event)
        } catch {
            lock.withLock { thrown = error }
            throw error
        }
    }
}
