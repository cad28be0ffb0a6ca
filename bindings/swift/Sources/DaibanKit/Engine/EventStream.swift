import DaibanCore
import Foundation

/// The engine's events as an `AsyncStream`. Several changes of one thing that come faster than they are read are one event, however
/// slow the reader.
enum EventStream {
    static func of(_ engine: Engine) throws -> AsyncStream<EngineEvent> {
        let mailbox = Mailbox()
        let subscription = try engine.observe(observer: mailbox)
        // The stream holds the subscription; the engine holds the mailbox. Whoever drops the stream ends both.
        return AsyncStream(
            unfolding: { [subscription] in
                _ = subscription
                return await mailbox.next()
            },
            onCancel: { mailbox.close() })
    }
}

/// What one reader has not read yet.
private final class Mailbox: Observer, @unchecked Sendable {
    private struct Thing: Hashable {
        let kind: EventKind
        let caseId: String?
    }

    private let lock = NSLock()
    private var unread: [Thing: EngineEvent] = [:]
    private var reader: CheckedContinuation<EngineEvent?, Never>?
    private var closed = false

    func onEvent(event: EngineEvent) throws {
        let waiting = lock.withLock { () -> CheckedContinuation<EngineEvent?, Never>? in
            guard !closed else { return nil }
            guard let waiting = reader else {
                unread[Thing(kind: event.kind, caseId: event.caseId)] = event
                return nil
            }
            reader = nil
            return waiting
        }
        waiting?.resume(returning: event)
    }

    func next() async -> EngineEvent? {
        await withCheckedContinuation { continuation in
            lock.lock()
            if closed {
                lock.unlock()
                continuation.resume(returning: nil)
            } else if let (thing, oldest) = unread.min(by: { $0.value.revision < $1.value.revision }) {
                unread[thing] = nil
                lock.unlock()
                continuation.resume(returning: oldest)
            } else {
                reader = continuation
                lock.unlock()
            }
        }
    }

    func close() {
        let waiting = lock.withLock { () -> CheckedContinuation<EngineEvent?, Never>? in
            closed = true
            unread = [:]
            defer { reader = nil }
            return reader
        }
        waiting?.resume(returning: nil)
    }
}
