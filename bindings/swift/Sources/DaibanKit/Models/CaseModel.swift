import DaibanCore

/// The screen of one case: team, duties, timeline, what disagrees, materials, what may be recorded.
public final class CaseModel: ScreenModel {
    /// Which case.
    public let caseId: String
    /// As last read; `nil` before the first reading.
    public private(set) var view: CaseView?

    /// A model; `start` makes it read.
    public init(_ phone: Phone, caseId: String) {
        self.caseId = caseId
        super.init(phone)
    }

    /// Nothing of the case is on this phone any more: it was withdrawn, and nothing of it waits here. Close the screen.
    public var isGone: Bool { failure?.next == .readAgain || view?.records.isEmpty == true }

    override func concerns(_ event: EngineEvent) -> Bool {
        switch event.kind {
        case .case: return event.caseId == caseId
        case .overview: return view == nil
        case .rules: return true
        case .sync: return false
        }
    }

    override func read() async {
        let id = caseId
        await showing({ try $0.caseView(caseId: id) }, keep: { view = $0 })
    }
}
