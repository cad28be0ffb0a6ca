import DaibanCore
#if canImport(Combine)
@preconcurrency import Combine
#endif

/// What screens and forms have in common: the engine, the last failure, and a word to whoever shows it.
///
/// On Apple's platforms a model is an `ObservableObject`, so `@StateObject` and `@ObservedObject` work; elsewhere, and in tests, set
/// `onChange`. Everything happens on the main actor; the engine's calls run away from it.
@MainActor
public class ObservedModel {
    /// The engine.
    public let phone: Phone
    /// Runs after every change.
    public var onChange: (() -> Void)?
    /// Why the last reading or act failed; `nil` once one went well.
    public private(set) var failure: Failure?

    #if canImport(Combine)
    /// Sends before every change.
    public nonisolated(unsafe) let objectWillChange = ObservableObjectPublisher()
    #endif

    init(_ phone: Phone) { self.phone = phone }

    /// Calls the engine and keeps what it gives; a failure is kept instead, and what was there before stays. Whether it went well.
    @discardableResult
    func keeping<T: Sendable>(_ work: @escaping @Sendable (Engine) throws -> T, keep: (T) -> Void) async -> Bool {
        do {
            let found = try await phone.call(work)
            change {
                failure = nil
                keep(found)
            }
            return true
        } catch {
            fail(error)
            return false
        }
    }

    func fail(_ error: Error?) { change { failure = error.map(Failure.init) } }

    func change(_ work: () -> Void) {
        willChange()
        work()
        onChange?()
    }

    func willChange() {
        #if canImport(Combine)
        objectWillChange.send()
        #endif
    }
}

#if canImport(Combine)
extension ObservedModel: ObservableObject {}
#endif
