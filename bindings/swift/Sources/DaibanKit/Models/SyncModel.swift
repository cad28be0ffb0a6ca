import DaibanCore
import Foundation

/// How the sync stands, with its button.
public final class SyncModel: ScreenModel {
    /// As last read.
    public private(set) var status: SyncStatus?
    /// What the last sync of this model did.
    public private(set) var report: SyncReport?

    private var running: Task<Void, Never>?

    /// A model; `start` makes it read.
    public override init(_ phone: Phone) { super.init(phone) }

    /// What to show under the button; `nil` before anything was read.
    public var lineZh: String? {
        guard let status else { return nil }
        if status.running { return "正在同步，已上传\(status.sent)条，还有\(status.left)条" }
        if let error = failure?.zh ?? status.lastErrorZh { return error }
        switch status.lastEnd {
        case .done: return status.left == 0 ? "已同步" : "已同步，还有\(status.left)条未上传"
        case .deadline: return "同步未完，稍后继续"
        case .cancelled: return "已取消，稍后继续"
        case nil: return "尚未同步"
        }
    }

    override func concerns(_ event: EngineEvent) -> Bool { event.kind == .sync || status == nil }

    override func read() async {
        do {
            let now = try await phone.call { try $0.syncStatus() }
            change { status = now }
        } catch {
            fail(error)
        }
    }

    /// Syncs; a second call while one runs waits for that one.
    public func sync(within seconds: TimeInterval = 60) async {
        if let running { return await running.value }
        let task = Task { await self.run(seconds) }
        running = task
        await withTaskCancellationHandler { await task.value } onCancel: { task.cancel() }
        running = nil
    }

    /// Stops the sync that this model began; what was exchanged stays.
    public func cancel() { running?.cancel() }

    private func run(_ seconds: TimeInterval) async {
        do {
            let done = try await phone.sync(within: seconds)
            change { report = done }
            fail(nil)
        } catch {
            fail(error)
        }
        await read()
    }
}
