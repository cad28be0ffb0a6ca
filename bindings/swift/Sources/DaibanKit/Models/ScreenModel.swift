import DaibanCore

/// The model of a screen: it reads when the screen appears, and again whenever the engine says that something it shows changed.
public class ScreenModel: ObservedModel {
    private var listening: Task<Void, Never>?

    deinit { listening?.cancel() }

    /// Reads, and goes on reading at every change until `stop` or until the model goes. To be called when the screen appears.
    public func start() {
        guard listening == nil else { return }
        do {
            let events = try phone.events()
            listening = Task { [weak self] in
                for await event in events {
                    guard let self else { return }
                    if self.concerns(event) { await self.read() }
                }
            }
        } catch {
            fail(error)
        }
    }

    /// Stops reading; what was read stays. To be called when the screen disappears.
    public func stop() {
        listening?.cancel()
        listening = nil
    }

    /// Whether an event is about what this model shows. The first event of every subscription is one of the list of cases.
    func concerns(_ event: EngineEvent) -> Bool { true }

    /// Reads what the screen shows.
    func read() async {}

    /// Reads by `work` and shows it, unless the screen went meanwhile.
    func showing<T: Sendable>(_ work: @escaping @Sendable (Engine) throws -> T, keep: (T) -> Void) async {
        await keeping(work, keep: { if !Task.isCancelled { keep($0) } })
    }
}
