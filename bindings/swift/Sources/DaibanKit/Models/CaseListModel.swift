import DaibanCore

/// The first screen: whose phone, the cases with their lamps, what waits to be sent.
public final class CaseListModel: ScreenModel {
    /// As last read; `nil` before the first reading.
    public private(set) var overview: Overview?

    /// A model; `start` makes it read.
    public override init(_ phone: Phone) { super.init(phone) }

    /// The cases, the most urgent first.
    public var cases: [CaseRow] { overview?.cases ?? [] }

    /// “3条未上传”; `nil` if nothing waits.
    public var unsentZh: String? {
        guard let unsent = overview?.unsent, unsent > 0 else { return nil }
        return "\(unsent)条未上传"
    }

    override func concerns(_ event: EngineEvent) -> Bool { event.kind != .case }

    override func read() async { await showing({ try $0.overview() }, keep: { overview = $0 }) }
}
