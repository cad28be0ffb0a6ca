import DaibanCore
import Foundation

/// The phone engine as a Swift app holds it: one per process, made at the start, kept by the `App`.
///
/// Calls of `Engine` block for as long as the storage takes; `call` runs them away from the main thread. What is slow by nature,
/// enrolling and syncing, is `async` and obeys the cancelling of its task.
///
/// ```swift
/// let phone = try await Phone.open(folder: applicationSupport, keys: KeychainKeyStore())
/// let overview = try await phone.call { try $0.overview() }
/// let report = try await phone.sync(within: 25)
/// ```
public final class Phone: Sendable {
    /// The engine itself, for what is not wrapped here. Its calls block.
    public let engine: Engine

    /// Not the cooperative pool: a save waits for the storage, and the pool's few threads must not.
    private let desk = DispatchQueue(label: "cn.daiban.engine", qos: .userInitiated, attributes: .concurrent)

    /// Wraps an engine that was opened elsewhere.
    public init(engine: Engine) { self.engine = engine }

    /// Opens the phone's store, or makes it.
    ///
    /// - Parameters:
    ///   - folder: of the app's own, in Application Support, with `FileProtectionType.completeUntilFirstUserAuthentication`; it is
    ///     kept out of backups here.
    ///   - keys: `KeychainKeyStore` in an app.
    ///   - log: takes the engine's log lines; they hold no personal data.
    /// - Throws: `EngineError`; `.Keys` before the first unlock of the phone, `.UpdateApp` if a newer app wrote the data.
    public static func open(
        folder: URL, keys: KeyStore, transport: Transport = URLSessionTransport(), clock: DaibanCore.Clock = SystemClock(),
        log: LogSink? = nil
    ) async throws -> Phone {
        let settings = EngineSettings(dataDir: folder.path)
        return try await Task.detached {
            let engine = try Engine.open(settings: settings, keyStore: keys, transport: transport, clock: clock, log: log)
            try keepOutOfBackups(folder)
            return Phone(engine: engine)
        }.value
    }

    /// Runs blocking calls of the engine away from the caller's thread. One call per screen or act is meant, not one per field.
    public func call<T: Sendable>(_ work: @escaping @Sendable (Engine) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { done in
            desk.async { [engine] in done.resume(with: Result { try work(engine) }) }
        }
    }

    /// Becomes a person's device. Show the `confirmation` of what it returns: the office compares it.
    ///
    /// Cancelling the task does not take an enrolment back: it may have reached the server. Enrol again with the same code.
    public func enrol(server: String, code: String, model: String) async throws -> IdentityView {
        try await engine.enrol(server: server, code: code, model: model)
    }

    /// Goes to the same server under another address.
    public func connect(server: String) async throws { try await engine.connect(server: server) }

    /// Sends what waits and fetches what is new. Safe to call at any time and as often as wanted: at every start of the app, after a
    /// save, when the network comes back, from a background task.
    ///
    /// If the task is cancelled the engine is told, and the report's `end` is `.cancelled`: the generated code alone would go on
    /// waiting. The engine cancels every sync under way, another caller's too; all are resumed by the next call.
    ///
    /// - Parameter seconds: when to stop; the next call goes on from there. iOS gives a refresh task about 30 seconds.
    public func sync(within seconds: TimeInterval = 60) async throws -> SyncReport {
        let stopper = Stopper(engine)
        defer { stopper.ended() }
        return try await withTaskCancellationHandler {
            try await engine.syncNow(deadlineMs: Int64(seconds * 1000))
        } onCancel: {
            stopper.stop()
        }
    }

    /// Every change from now on, the first event at once. The sequence ends when its task is cancelled; dropping it unsubscribes.
    public func events() throws -> AsyncStream<EngineEvent> { try EventStream.of(engine) }

    /// Ends the engine: syncs are cancelled, events stop, the file is free. For tests, and before an app is replaced.
    public func shutDown() throws { try engine.shutDown() }
}

/// Tells the engine to stop until the call has ended: a word spoken before the engine listens would be lost.
private final class Stopper: @unchecked Sendable {
    private let engine: Engine
    private let lock = NSLock()
    private var over = false

    init(_ engine: Engine) { self.engine = engine }

    func ended() { lock.withLock { over = true } }

    func stop() {
        Task.detached { [self] in
            while !lock.withLock({ over }) {
                try? engine.cancelSync()
                try await Task.sleep(nanoseconds: 20_000_000)
            }
        }
    }
}

/// Records exist once: a phone that is set up from a backup enrols as a new device.
private func keepOutOfBackups(_ folder: URL) throws {
    #if !os(Linux)
    var values = URLResourceValues()
    values.isExcludedFromBackup = true
    var folder = folder
    try folder.setResourceValues(values)
    #endif
}
